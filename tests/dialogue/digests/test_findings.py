"""What stands at the top of a digest follows from rules, and a reviewer picks among what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

import handlers
from bot.dialogue.compose import record_claim
from bot.dialogue.digests import digest_reading, digest_review, quote_selection, quotes
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_text import QuoteShown, QuotesOfTheme, as_text
from bot.dialogue.digests.findings import Top
from bot.models import DigestState, Quote, QuoteState
from bot.programme import Language, Role
from bot.seam.actions import FindingFormWanted, FindingPicked
from bot.seam.answers import FindingForm, Redrawn, Said
from bot.seam.meaning import DigestDraft, LineKind
from bot.states import Finding
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, close_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import Content
    from bot.models import Digest

NOW = close_of(1)
TRUST: Any = {
    "theme": "trust",
    "title": {"da": "Tillid", "en": "Trust"},
    "asks": [],
    "people": 85,
    "wishes": None,
    "participation": None,
    "words": [{"word": "møde", "people": 40}, {"word": "ro", "people": 15}],
}
TIME: Any = TRUST | {"theme": "time", "title": {"da": "Tid", "en": "Time"}, "words": [{"word": "tid", "people": 10}]}
SILENT: Any = {"people": None, "words": []}
FATE: Any = {"digest": 1, "week": "2018-W34", "theme": {"da": "Ro", "en": "Calm"}, "shared": [], "state": "waiting", "weeks": 2}
SPEAKS_FOR_MOST, SECOND = QuoteShown(text="Vi mangler ro.", place=0), QuoteShown(text="Vi mangler tid.", place=1)


def top(
    *themes: Any, compared: str | None = None, ledger: tuple[Any, ...] = (), picked: Finding | None = None, **quoted: QuotesOfTheme
) -> Top:
    week = {"themes": list(themes or [TRUST]), "compared": compared, "ledger": list(ledger)}
    return Top(content=cast("Content", week), quoted=cast("Mapping[str, QuotesOfTheme]", quoted), picked=picked)


def first_line(found: Top) -> str:
    return found.lines(Language.DA)[0].text


def test_the_quote_that_speaks_for_most_comes_first_then_words_then_a_change_then_the_number() -> None:
    found = top(compared="more", trust=QuotesOfTheme(quotes=(SPEAKS_FOR_MOST, SECOND)))
    assert found.available == tuple(Finding)
    assert found.finding is Finding.QUOTE
    assert first_line(found) == "En af omtrent 85: »Vi mangler ro.«"
    assert [first_line(top(compared="more", picked=finding)) for finding in (Finding.WORDS, Finding.CHANGE, Finding.COUNT)] == [
        "Omtrent 85 svarede. Flere nævner møde (40), ro (15).",
        "Flere svarede end sidst: omtrent 85 svar.",
        "Omtrent 85 personer svarede.",
    ]


def test_without_the_quote_that_speaks_for_most_no_other_quote_comes_up() -> None:
    assert top(trust=QuotesOfTheme(quotes=(SECOND,), other_voice=QuoteShown(text="Nej.", place=2))).finding is Finding.WORDS


def test_where_the_theme_that_most_answered_has_no_quote_no_quote_of_another_comes_up() -> None:
    few = TIME | {"people": 20}
    assert top(TRUST, few, picked=Finding.QUOTE, time=QuotesOfTheme(quotes=(SPEAKS_FOR_MOST, SECOND))).finding is Finding.WORDS


def test_a_quote_that_is_too_long_gives_way_to_the_words() -> None:
    long = QuoteShown(text=" ".join(["ord"] * 40), place=0)
    assert top(trust=QuotesOfTheme(quotes=(long,))).finding is Finding.WORDS


def test_a_change_is_told_only_where_the_weeks_can_be_compared() -> None:
    assert [Finding.CHANGE in top(compared=compared).available for compared in ("more", "fewer", "same", None)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("more", [{}, {"people_or_more": True}])
def test_no_theme_is_called_the_most_answered(more: dict[str, Any]) -> None:
    for themes in ([TRUST | more, TIME], [TIME, TRUST | more]):
        said = " ".join(first_line(top(*themes, picked=finding)) for finding in Finding)
        assert not any(word in said for word in ("mest", "flest", "Tillid", "Tid"))


def test_a_suppressed_theme_weighs_what_silence_weighs() -> None:
    assert first_line(top(TRUST | SILENT, TIME)) == first_line(top(TIME))
    assert first_line(top(TRUST | SILENT)) == "For få svarede til, at noget kan vises."
    assert top(TRUST | SILENT).available == (Finding.COUNT,)


@pytest.mark.parametrize(
    ("themes", "ledger", "asked"),
    [
        ([TRUST | {"wishes": 20, "wish_words": [{"word": "ro", "people": 5}]}], [FATE], "Hvilket ønske tager I op, og hvornår?"),
        ([TRUST | {"wishes": 20}], [FATE], "Spørg, hvad deltagerne ønsker."),
        ([TRUST], [FATE], "»Ro« (uge 34) har ventet 2 uger: Svar på ønskerne."),
        ([TRUST], [], "Tryk Hørt, så deltagerne ved, at I lytter."),
        ([TRUST, TIME | {"wishes": 20}], [], "Nogle ønsker noget under »Tid«. Spørg, hvad det er."),
    ],
)
def test_one_thing_is_asked_that_can_be_done(themes: list[Any], ledger: list[Any], asked: str) -> None:
    assert top(*themes, ledger=tuple(ledger)).lines(Language.DA)[1].text == asked


@pytest.mark.parametrize(
    ("fates", "told"),
    [
        (
            [FATE | {"state": "done", "changed": True}, FATE | {"state": "overdue", "due": "2018-09-03"}],
            "Løftet om »Ro« (uge 34) er holdt.",
        ),
        ([FATE | {"state": "dropped", "changed": True}], "Løftet om »Ro« (uge 34) blev ikke til noget."),
        ([FATE, FATE | {"state": "overdue", "due": "2018-09-03"}], "Løftet om »Ro« (uge 34) skulle være holdt senest 3. september."),
        ([FATE, FATE | {"state": "taken_up", "changed": True, "due": "2018-10-01"}], "Nyt løfte om »Ro« (uge 34): senest 1. oktober."),
        ([FATE | {"state": "taken_up", "due": "2018-10-01"}, FATE], "Ønskerne under »Ro« fra uge 34 har ventet 2 uger på svar."),
        ([FATE | {"state": "done"}, FATE | {"weeks": 0}], None),
    ],
)
def test_it_tells_what_became_of_the_last_promise_else_which_wish_waits_longest(fates: list[Any], told: str | None) -> None:
    lines = top(TRUST | {"wishes": 20}, ledger=tuple(fates)).lines(Language.DA)
    assert [line.text for line in lines[2:]] == ([] if told is None else [told])


def test_a_kept_promise_is_told_while_another_on_the_same_wishes_is_open() -> None:
    fate = FATE | {"state": "overdue", "due": "2018-09-03"}
    kept = {"digest": 1, "week": "2018-W34", "kind": "done", "words": "To er ansat.", "wishes_on": FATE["theme"]}
    for answer, told in ((kept, "er holdt"), (kept | {"digest": 2}, "skulle være"), (kept | {"kind": "free_text"}, "skulle være")):
        found = top(ledger=(fate,))
        found.content["since_last"] = [cast("Any", answer)]
        assert told in found.lines(Language.DA)[2].text


def test_words_with_one_number_keep_their_caps_together() -> None:
    words = [{"word": "a", "people": 20}, {"word": "b", "people": 20, "or_more": True}, {"word": "c", "people": 25}]
    assert first_line(top(TRUST | {"words": words})).endswith("c (25), b (20 eller flere), a (20).")


# --- a reviewer picks


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


@pytest.fixture
def draft(world: World) -> Digest:
    """A draft with approved quotes, whose organiser is O."""
    world.add_person("O", Role.ORGANISER)
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    return digest


def pick(world: World, digest: Digest, finding: str, who: str = "O") -> object:
    return handlers.answer(FindingPicked(who=who, digest=digest.id, finding=finding), world.session, NOW, world.programme)


def drawn(world: World, digest: Digest) -> DigestDraft:
    return digest_review.draft_as_it_stands(world.session, world.programme, digest)


def test_the_form_shows_what_there_is_and_a_draft_never_the_words_of_a_quote(world: World, draft: Digest) -> None:
    form = handlers.answer(FindingFormWanted(who="O", digest=draft.id), world.session, NOW, world.programme)
    assert isinstance(form, FindingForm)
    assert (form.options[0][0], form.chosen) == ("quote", "quote")
    said = form.options[0][1].partition("»")[2].rstrip("«")
    assert said
    assert drawn(world, draft).choosable
    assert drawn(world, draft).text.top[0].text.startswith("Øverst kommer det godkendte citat")
    assert said not in as_text(drawn(world, draft).text)


def test_what_is_picked_is_drawn_and_posted(world: World, draft: Digest) -> None:
    answer = pick(world, draft, "count")
    assert isinstance(answer, Redrawn)
    assert isinstance(answer.meaning, DigestDraft)
    assert answer.meaning.text.top[0].text.startswith("Omtrent")
    draft.state = DigestState.APPROVED
    assert post_digest(world, draft).text.top[0].text.startswith("Omtrent")
    assert draft.finding is Finding.COUNT


def test_what_is_not_there_and_who_is_no_organiser_is_refused(world: World, draft: Digest) -> None:
    world.add_person("P", Role.POLITICIAN)
    for answer in (pick(world, draft, "change"), pick(world, draft, "made up"), pick(world, draft, "count", who="P")):
        assert isinstance(answer, Said)
    assert draft.finding is None


@pytest.mark.parametrize("is_remembered", [True, False], ids=["form of today", "form from before"])
def test_what_a_colleague_picked_meanwhile_is_told_before_it_is_replaced(world: World, draft: Digest, is_remembered: bool) -> None:
    form = handlers.answer(FindingFormWanted(who="O", digest=draft.id), world.session, NOW, world.programme)
    assert isinstance(form, FindingForm)
    mine = FindingPicked(who="O", digest=draft.id, finding="quote", seen=form.seen if is_remembered else None)
    world.add_person("O2", Role.ORGANISER)
    pick(world, draft, "count", who="O2")
    shown = handlers.answer(mine, world.session, NOW, world.programme)
    assert isinstance(shown, FindingForm)
    assert (shown.newer, shown.chosen, draft.finding) == ("Hvor mange der har svaret", "quote", Finding.COUNT)
    again = replace(mine, finding=shown.chosen, seen=shown.seen)
    for _ in range(2):  # sent again as it stands there, and sent twice
        assert isinstance(handlers.answer(again, world.session, NOW, world.programme), Redrawn)
        assert draft.finding is Finding.QUOTE


def test_once_it_is_decided_nothing_else_is_picked(world: World, draft: Digest) -> None:
    draft.state = DigestState.APPROVED
    answer = pick(world, draft, "count")
    assert isinstance(answer, Redrawn)
    assert answer.said.startswith("En anden nåede det først.")
    assert draft.finding is None
    assert not drawn(world, draft).choosable
    assert isinstance(handlers.answer(FindingFormWanted(who="O", digest=draft.id), world.session, NOW, world.programme), Said)


def test_if_the_quote_at_the_top_is_withdrawn_the_next_kind_stands_there(world: World, draft: Digest) -> None:
    post_digest(world, draft)
    mark_posted(world, draft)
    assert draft.finding is Finding.QUOTE
    first = next(quote for quote in quotes.find_quotes(world.session, draft, Quote.place == 0))
    text = quote_selection.quotes_in_post(world.session, draft)["trust"].quotes[0].text
    quotes.withdraw(world.session, NOW, first.reply_id or "")
    stands = digest_review.post_as_it_stands(world.session, world.programme, draft).text
    assert text not in as_text(stands)
    assert stands.top[0].text.startswith("Omtrent")


def test_a_picked_kind_that_is_gone_when_the_digest_is_posted_gives_way(world: World, draft: Digest) -> None:
    pick(world, draft, "quote")
    for quote in quotes.find_quotes(world.session, draft):
        quotes.withdraw(world.session, NOW, quote.reply_id or "")
    draft.state = DigestState.APPROVED
    record_claim(world.session, world.programme, world.post(draft))
    mark_posted(world, draft)
    assert draft.finding is not Finding.QUOTE
    assert content_of(draft)["themes"][0]["people"] is not None


def test_what_nobody_picked_is_not_kept_when_a_posting_fails_and_a_draft_says_that_a_quote_will_come_first(world: World) -> None:
    world.add_person("O", Role.ORGANISER)
    digest = draft_with_quotes(world)
    assert (drawn(world, digest).status or "").endswith("kommer et af dem øverst, medmindre I vælger noget andet.")
    review_quotes(world, digest, most=3)
    assert (post_digest(world, digest).text.top[0].kind, digest.finding) == (LineKind.QUOTE, None)
    approved, *_ = quotes.find_quotes(world.session, digest, Quote.state == QuoteState.APPROVED)
    quotes.withdraw(world.session, close_of(1), approved.reply_id or "")
    assert post_digest(world, digest).text.top[0].text.startswith("Omtrent")
    mark_posted(world, digest)
    assert digest.finding is Finding.COUNT


def test_a_digest_that_was_approved_more_than_a_week_after_its_drafting_tells_of_no_wish_that_waits(world: World, draft: Digest) -> None:
    draft.content = draft.content | {"ledger": [FATE]}
    for days, is_told in ((7, True), (8, False)):
        draft.decided_at = draft.drafted_at + timedelta(days=days)
        text = digest_reading.digest_as_it_stands(world.session, draft, Language.DA)
        assert ("har ventet" in as_text(text), "har ventet" in as_text(drawn(world, draft).text)) == (is_told, is_told)


def test_a_draft_in_which_something_was_picked_promises_no_quote_at_the_top(world: World) -> None:
    world.add_person("O", Role.ORGANISER)
    digest = draft_with_quotes(world)
    pick(world, digest, "count")
    assert "øverst" not in (drawn(world, digest).status or "")
