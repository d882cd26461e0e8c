"""People can read all they have a right to know, and what politicians have read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import handlers
from bot.dialogue import people
from bot.dialogue.digests import digest_reading, digest_review, quote_selection, quotes
from bot.dialogue.digests.digest_text import as_text
from bot.dialogue.welcome import right_to_know
from bot.models import DigestState, MessageKind, Quote
from bot.programme import Language, Role
from bot.seam.actions import (
    Action,
    AnswersWanted,
    DigestsWanted,
    Erased,
    Heard,
    HomeWanted,
    Left,
    MethodWanted,
    MyDataWanted,
    ReadMoreWanted,
)
from bot.seam.answers import Answer, Digests, Home, HomeChoice, MyData, Reading, ReadMore, Said
from bot.wording import say
from tests.support.programme import PROGRAMME
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import BEFORE, CLOSES, World, close_of, found, lists, post_of, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = close_of(9)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(11)), found("L11", language=Language.EN)]))
    world.welcome_all()
    return world


def act(world: World, action: Action) -> Answer:
    return handlers.answer(action, world.session, NOW, PROGRAMME)


def digests(world: World, who: str = "L0") -> list[str]:
    """The digests that somebody reads."""
    answer = act(world, DigestsWanted(who=who))
    assert isinstance(answer, Digests)
    return [as_text(digest.text) for digest in answer.digests]


def choices(world: World, who: str) -> tuple[HomeChoice, ...]:
    page = act(world, HomeWanted(who=who))
    assert isinstance(page, Home)
    return page.choices


# --- what people have a right to know


@pytest.mark.parametrize("who", ["L0", "P0", "O0", "left", "unlisted", "erased", "nobody"])
def test_whoever_asks_may_read_what_people_have_a_right_to_know_at_any_time(world: World, who: str) -> None:
    if who == "left":
        people.leave(world.session, CLOSES, world.person(who := "L1"))
    if who == "unlisted":
        world.read(lists(leaders=11), CLOSES)
        who = "L11"
    if who == "erased":
        act(world, Erased(who=(who := "L2")))
    language = Language.EN if who == "L11" else Language.DA
    assert act(world, ReadMoreWanted(who=who)) == ReadMore(language=language, parts=right_to_know(PROGRAMME, language))


@pytest.mark.parametrize("who", ["L0", "L11", "P0", "O0"])
def test_all_about_me_ends_with_what_people_have_a_right_to_know(world: World, who: str) -> None:
    mine = act(world, MyDataWanted(who=who))
    assert isinstance(mine, MyData)
    assert mine.parts[-7:] == right_to_know(PROGRAMME, mine.language)
    assert [part.lines for part in mine.parts[-6:]] == [
        (getattr(PROGRAMME.information, item).in_(mine.language),)
        for item in ("controller", "purpose", "legal_basis", "categories", "recipients", "retention")
    ]


# --- what politicians have read


def issue_with_quotes(world: World) -> None:
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)


def test_participants_read_the_digests_as_they_stand_in_the_channel_also_when_a_quote_is_taken_out(world: World) -> None:
    issue_with_quotes(world)
    digest = digest_review.require_digest(world.session, PROGRAMME, 1)
    quoted = quote_selection.quotes_in_post(world.session, digest)["trust"]
    assert quoted.other_voice is not None
    assert digests(world) == [as_text(digest_review.post_as_it_stands(world.session, PROGRAMME, digest).text)]
    assert all(quote.text in digests(world)[0] for quote in quoted.all)

    other_voice = next(quote for quote in quotes.find_quotes(world.session, digest, Quote.place == quote_selection.OTHER_VOICE))
    quotes.withdraw(world.session, NOW, other_voice.reply_id or "")
    assert quoted.other_voice.text not in digests(world)[0]
    assert digests(world) == [as_text(digest_review.post_as_it_stands(world.session, PROGRAMME, digest).text)]


def test_of_what_is_not_issued_nothing_is_read_whatever_its_state(world: World) -> None:
    world.add_round(1)
    issued = world.issue(1)
    world.add_round(2)
    draft = world.draft(2)
    for state in DigestState:
        draft.state = state
        world.session.flush()
        assert len(digests(world)) == 1 + (state is DigestState.ISSUED)
    draft.state = DigestState.ISSUED
    world.session.flush()
    feet = [text.splitlines()[-1] for text in digests(world)]
    assert [f"nr. {number}" in foot for number, foot in zip((2, 1), feet, strict=True)] == [True, True], "newest first"
    assert issued.state is DigestState.ISSUED


def test_each_reads_them_in_their_own_language(world: World) -> None:
    world.add_round(1)
    world.issue(1)
    assert "This week" in digests(world, "L11")[0]
    assert "Denne uge" in digests(world, "L0")[0]


@pytest.mark.parametrize("who", ["active", "paused", "invited", "P0", "O0"])
def test_whoever_is_in_the_dialogue_reads_them_and_is_offered_them_once_there_is_one(world: World, who: str) -> None:
    if who == "paused":
        people.pause(world.session, CLOSES, world.person("L1"), date(2018, 9, 6))
    if who == "invited":
        world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(11)), found("L99")]), BEFORE)
    address = {"active": "L1", "paused": "L1", "invited": "L99"}.get(who, who)
    assert digests(world, address) == []
    assert HomeChoice.DIGESTS not in choices(world, address)
    world.add_round(1)
    world.issue(1)
    assert len(digests(world, address)) == 1
    assert HomeChoice.DIGESTS in choices(world, address)


@pytest.mark.parametrize("who", ["nobody", "left", "left and unlisted", "unlisted", "erased", "politician no more"])
def test_nobody_else_reads_them_or_is_offered_them(world: World, who: str) -> None:
    world.add_round(1)
    world.issue(1)
    if who.startswith("left"):
        act(world, Left(who="L11"))
    if who.endswith("unlisted"):
        world.read(lists(leaders=11), CLOSES)
    if who.startswith("left") or who.endswith("unlisted"):
        who = "L11"
    if who == "erased":
        act(world, Erased(who=(who := "L2")))
    if who == "politician no more":
        world.read(lists(politicians=3), CLOSES)
        world.read(with_list(lists(), Role.POLITICIAN, [found("P1"), found("P2")]), CLOSES)
        who = "P0"
    refused = act(world, DigestsWanted(who=who))
    assert isinstance(refused, Said)
    assert refused.paragraphs == (say(refused.language, "refused.not_in_dialogue"),)
    assert HomeChoice.DIGESTS not in choices(world, who)


def test_for_a_press_on_hoert_no_message_is_drawn_anew(world: World) -> None:
    world.add_round(1)
    digest = world.issue(1)
    before = {kind: len(world.messages(kind)) for kind in MessageKind}
    answer = act(world, Heard(who="P0", digest=digest.id))
    assert isinstance(answer, Said)
    assert answer.title == "Du har trykket Hørt"
    assert {kind: len(world.messages(kind)) for kind in MessageKind} == before
    assert post_of(1) < NOW


# --- windows that tell more of a digest


@pytest.mark.parametrize("who", ["L0", "P0", "O0"])
def test_whoever_may_read_digests_may_read_how_the_numbers_are_made_and_all_answers(world: World, who: str) -> None:
    world.add_round(1)
    digest = world.issue(1)
    method, answers = act(world, MethodWanted(who=who, digest=digest.id)), act(world, AnswersWanted(who=who, digest=digest.id))
    assert isinstance(method, Reading)
    assert isinstance(answers, Reading)
    asked = [(theme["title"]["da"], len(theme["asks"])) for theme in digest.content["themes"]]
    assert [len(part.lines) for part in method.parts] == [5, *(count for _, count in asked)]
    assert [part.heading for part in method.parts[1:]] == [say("da", "method.asked", theme=title) for title, _ in asked]
    assert "ikke repræsentative for alle ansatte" in " ".join(method.parts[0].lines)
    assert answers.parts[0].lines == (say("da", "answers.none"),)


def test_of_the_answers_that_a_digest_has_no_room_for_the_window_has_all_in_full(world: World) -> None:
    world.add_round(1)
    digest = world.issue(1)
    long = " ".join(["langt"] * 400)
    fate = {"digest": 1, "week": "2018-W34", "theme": {"da": "Ro", "en": "Calm"}, "shared": [], "state": "taken_up", "weeks": 1}
    digest.content = digest.content | {
        "since_last": [{"digest": 1, "week": "2018-W34", "kind": "free_text", "words": words} for words in (long, "kort")],
        "ledger": [fate | {"words": "Vi ansætter to.", "due": "2018-10-01"}],
    }
    world.session.flush()
    text = digest_reading.digests_as_they_stand(world.session, PROGRAMME, Language.DA, page=True)[0].text
    answers = act(world, AnswersWanted(who="P0", digest=digest.id))
    assert isinstance(answers, Reading)
    assert text.shortened
    assert long not in as_text(text)
    assert [any(words in line for line in answers.parts[0].lines) for words in (long, "kort")] == [True, True]
    assert answers.parts[1].lines == ("Nyt løfte om »Ro« (uge 34): senest 1. oktober. »Vi ansætter to.«",)


def test_a_promise_that_is_shortened_above_its_buttons_is_read_in_full(world: World) -> None:
    world.add_round(1)
    digest = world.issue(1)
    wordy = {"da": "Ro " * 12 + "til sidst", "en": "Calm " * 12}
    fate = {"digest": 1, "week": "2018-W34", "theme": wordy, "shared": [], "state": "taken_up", "weeks": 1, "due": "2018-10-01"}
    for words, is_shortened in (("ord " * 30, True), ("Kort.", True), ("Kort.", False)):
        theme = wordy if is_shortened else {"da": "Ro", "en": "Calm"}
        digest.content = digest.content | {"since_last": [], "ledger": [fate | {"words": words.strip(), "promise": 8, "theme": theme}]}
        world.session.flush()
        (post,) = digest_reading.digests_as_they_stand(world.session, PROGRAMME, Language.DA, page=True)
        answers = act(world, AnswersWanted(who="P0", digest=digest.id))
        assert isinstance(answers, Reading)
        assert post.text.shortened is is_shortened
        assert words.strip() in answers.parts[1].lines[0]
        assert theme["da"].strip() in answers.parts[1].lines[0]


def test_the_answers_that_a_digest_from_before_shortens_are_read_in_full_with_their_week(world: World) -> None:
    world.add_round(1)
    digest = world.issue(1)
    answer = {"digest": digest.number, "kind": "free_text", "words": "ord " * 100 + "slut"}
    content = {**digest.content, "title": {"da": "Tillid", "en": "Trust"}, "since_last": [answer]}
    digest.content = {key: value for key, value in content.items() if key != "ledger"}
    world.session.flush()
    (post,) = digest_reading.digests_as_they_stand(world.session, PROGRAMME, Language.DA, page=True)
    answers = act(world, AnswersWanted(who="P0", digest=digest.id))
    assert isinstance(answers, Reading)
    assert post.text.shortened
    assert "slut" not in as_text(post.text)
    assert "slut" in answers.parts[0].lines[0]
    assert f"uge {int(digest.week[-2:])}" in answers.parts[0].lines[0]


@pytest.mark.parametrize("action", [MethodWanted, AnswersWanted])
def test_of_a_draft_only_organisers_may_know_more(world: World, action: type[MethodWanted | AnswersWanted]) -> None:
    world.add_round(1)
    draft = world.draft(1)
    assert isinstance(act(world, action(who="O0", digest=draft.id)), Reading)
    assert isinstance(act(world, action(who="P0", digest=draft.id)), Said)
    assert isinstance(act(world, action(who="L0", digest=draft.id + 1)), Said)
