"""An author is told kindly what is found in a text, sees what is printed, and says yes or no with one press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

import handlers
from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.encryption import own_words, session_keys
from bot.confidentiality.personal_data import FindingKind, Hold
from bot.language.visible_text import cut
from bot.models import Reply
from bot.programme import Language
from bot.seam.actions import MyRepliesWanted, QuoteWithdrawn, Replied, ReplyFormWanted
from bot.seam.answers import MyReplies, ReplyForm, Said
from bot.seam.quote_actions import QuoteAgreed, QuoteChoiceWanted
from bot.seam.quote_answers import QuoteChoice, QuotedThanks
from bot.wording import say
from handlers.quoting import MOST_NAMED, PRIVATE, _first_reason, _name
from tests.support.programme import PROGRAMME
from tests.support.world import CLOSES, OPENS, World, lists

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Round
    from bot.seam.actions import Action
    from bot.seam.answers import Answer, Objection

SHORT: Final = "Vi lyttede mere til hinanden."
TWO: Final = f"{SHORT} Det gav ro til at tænke."
TIDIED: Final = "vi lyttede   mere til hinanden!!!  det gav ro til at tænke"
NUMBER: Final = "Ring til mig på 20 30 40 50."
NO_SHORT_SENTENCE: Final = "og så talte vi om det igen " * 6
HOW: Final = ("mere", "mindre", "længe", "tit", "igen", "sammen")
LONG_WORDS: Final = "og sommerferieplanlægningen " * 12


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.read(lists(leaders=30))
    world.welcome_all()
    return world


def act(world: World, action: Action, now: datetime = OPENS) -> Answer:
    return handlers.answer(action, world.session, now, PROGRAMME)


def send(world: World, round_: Round, text: str, **more: bool) -> Answer:
    form = act(world, ReplyFormWanted(who="L0", round=round_.id))  # opened just now
    assert isinstance(form, ReplyForm)
    return act(world, Replied(who="L0", round=round_.id, text=text, **{"quote": True, **more}, seen=form.seen))


def objection(world: World, round_: Round, text: str) -> Objection:
    form = send(world, round_, text)
    assert isinstance(form, ReplyForm)
    assert (form.text, form.quote, form.replied) == (text.strip(), True, True)
    assert form.objection is not None
    assert len(form.objection.lines) == 3
    assert form.objection.lines[0] == say("da", "objection.stored")
    return form.objection


def choice(answer: Answer) -> QuoteChoice:
    assert isinstance(answer, QuoteChoice)
    return answer


def texts(answer: Answer) -> list[str]:
    return [option.text for option in choice(answer).options]


def yes(world: World, offered: QuoteChoice, place: int) -> Answer:
    option = offered.options[place]
    return act(world, QuoteAgreed(who="L0", round=offered.round, sentence=option.sentence, seen=option.fingerprint))


def bound(world: World) -> str | None:
    world.session.expire_all()
    reply, keys = world.session.scalars(select(Reply)).one(), session_keys(world.session)
    return bound_text(keys, own_words(keys, reply), reply.cleared, reply.sentence) if reply.quote else None


def test_where_nobody_is_quoted_an_old_tick_is_none_and_no_yes_can_be_given(world: World, round_: Round) -> None:
    offered = choice(send(world, round_, TIDIED))
    raised = {**round_.snapshot["floors"], "asked": 1000}
    round_.snapshot = {**round_.snapshot, "floors": raised}
    for answer in (yes(world, offered, 0), act(world, QuoteChoiceWanted(who="L0", round=round_.id))):
        assert isinstance(answer, ReplyForm)
        assert (answer.may_quote, answer.objection) == (False, None)
    for text in (SHORT, TIDIED, NUMBER):
        assert isinstance(send(world, round_, text), Said)
        assert not world.session.scalars(select(Reply.quote)).one()


# --- the objection


@pytest.mark.parametrize(
    ("text", "why", "standing_out"),
    [
        ("Hannes idé var god.", "»Hannes« kan være navn på nogen.", ["Hannes"]),
        (NUMBER, "20 30 40 50", ["20 30 40 50"]),
        ("we should listen more to each other before we decide", "Citater er kun på dansk.", []),
        (NO_SHORT_SENTENCE, "højst 30 ord", []),
        (LONG_WORDS, "300 tegn", []),
    ],
)
def test_what_cannot_be_quoted_is_kept_and_told_in_three_lines_and_stands_out(
    world: World, round_: Round, text: str, why: str, standing_out: list[str]
) -> None:
    told = objection(world, round_, text)
    assert why in told.lines[1]
    assert told.lines[2] == say("da", "objection.ways")
    assert [part for part, is_found in told.parts if is_found] == standing_out
    assert "".join(part for part, _ in told.parts) == (text if standing_out else "")
    assert not told.may_choose
    assert world.count(Reply) == 1
    assert bound(world) is None


def test_the_same_kind_is_told_once_and_family_is_told_apart_from_names(world: World, round_: Round) -> None:
    why = objection(world, round_, "Hanne og Jens hjalp mig, da min søn var syg. Ring 20 30 40 50.").lines[1]
    assert why == "»min søn« handler om nogens familie."
    assert (
        objection(world, round_, "Hanne, Kirsten og Birgitte hjalp mig.").lines[1] == "»Hanne«, »Kirsten« og 1 til kan være navn på nogen."
    )


def test_a_long_text_shows_what_stands_beside_the_findings(world: World, round_: Round) -> None:
    parts = objection(world, round_, f"{'Vi talte om ro. ' * 60}Hanne var der.{' Vi talte om tid.' * 60}").parts
    assert len("".join(part for part, _ in parts).split()) < 80
    assert ("Hanne", True) in parts


def test_one_press_sends_it_without_the_quote(world: World, round_: Round) -> None:
    objection(world, round_, "Hannes idé var god.")
    thanks = send(world, round_, "Hannes idé var rigtig god.", quote=False)
    assert isinstance(thanks, Said)
    assert bound(world) is None
    form = act(world, ReplyFormWanted(who="L0", round=round_.id))
    assert isinstance(form, ReplyForm)
    assert (form.text, form.quote, form.objection) == ("Hannes idé var rigtig god.", False, None)


def test_a_clean_sentence_of_a_text_that_is_held_may_be_chosen(world: World, round_: Round) -> None:
    told = objection(world, round_, f"{NUMBER} {SHORT}")
    assert told.may_choose
    offered = choice(send(world, round_, f"{NUMBER} {SHORT} Tak.", choose=True))
    assert (offered.lead, texts(offered)) == (f"{say('da', 'quote.choose.part')} {say('da', 'quote.no_press')}", [SHORT, "Tak."])
    yes(world, offered, 0)
    assert bound(world) == SHORT


@pytest.mark.parametrize(("sentences", "is_any_left_out"), [(25, False), (26, True)])
def test_sentences_for_which_a_window_has_no_room_are_told_of(world: World, round_: Round, sentences: int, is_any_left_out: bool) -> None:
    written = [f"Vi lyttede {'mere ' * number}til hinanden." for number in range(sentences)]
    offered = choice(send(world, round_, " ".join(written)))
    assert texts(offered) == written[:25]
    assert (say("da", "quote.left_out", n=25) in offered.notes) is is_any_left_out


def test_leaving_the_quote_out_is_no_other_version(world: World, round_: Round) -> None:
    objection(world, round_, "Hannes idé var god.")
    thanks = send(world, round_, "Hannes idé var god.", quote=False)
    assert isinstance(thanks, Said)
    assert (thanks.title, thanks.paragraphs[0]) == ("Dit svar er gemt", "Du bliver ikke citeret.")
    edited = send(world, round_, "Min idé var god.", quote=False)
    assert isinstance(edited, Said)
    assert edited.title == "Dit svar er rettet"


def test_a_text_that_is_rewritten_may_be_quoted(world: World, round_: Round) -> None:
    objection(world, round_, "Hannes idé var god.")
    assert isinstance(send(world, round_, SHORT), QuotedThanks)
    assert bound(world) == SHORT


@given(kinds=st.lists(st.sampled_from(list(FindingKind)), min_size=1, max_size=12, unique=True))
def test_however_much_is_found_one_reason_is_told_and_a_private_matter_before_a_name(kinds: list[FindingKind]) -> None:
    reason = _first_reason(Language.DA, [Hold(kind=kind, found="x") for kind in kinds])
    first = next((kind for kind in kinds if kind in PRIVATE), kinds[0])
    assert reason.replace("«, »x", "") == say("da", f"filter.{first.value}", found="x")


@given(found=st.lists(st.text("æb", min_size=1, max_size=30), min_size=1, max_size=9, unique=True))
def test_of_what_was_found_as_much_is_named_as_has_room_and_the_rest_is_counted(found: list[str]) -> None:
    named = _name(Language.DA, found)
    words, more = re.findall("»(.+?)«", named), re.findall(r" og (\d+) til$", named)
    assert len(words) + int("".join(more) or 0) == len(found)
    assert "".join(words) == "".join(found[: len(words)]) or words == [cut(found[0], MOST_NAMED)]
    assert len("".join(words)) <= MOST_NAMED


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", FindingKind)
def test_a_reason_fits_one_thing_and_several_and_speaks_to_nobody_for_reviewers_read_it_too(kind: FindingKind, language: Language) -> None:
    reason = say(language, f"filter.{kind.value}", found="")
    assert re.search(r"\b(du|dig|din|dit|dine|you|your|looks|tells|mentions|is written)\b", reason) is None


# --- the yes


def test_a_text_typed_as_it_is_printed_is_shown_in_the_thanks(world: World, round_: Round) -> None:
    thanks = send(world, round_, SHORT)
    assert isinstance(thanks, QuotedThanks)
    assert (thanks.title, thanks.quoted.text, thanks.may_choose) == ("Tak for dit svar", SHORT, False)
    assert bound(world) == SHORT
    again = send(world, round_, TWO)
    assert isinstance(again, QuotedThanks)
    assert (again.title, again.quoted.text, again.may_choose) == ("Dit svar er rettet", TWO, True)


def test_any_other_text_is_offered_as_it_is_printed_whole_and_by_sentences(world: World, round_: Round) -> None:
    offered = choice(send(world, round_, TIDIED))
    whole, first, second = (option.text for option in offered.options)
    assert whole == f"{first} {second}" != TIDIED
    assert offered.lead == f"{say('da', 'quote.choose')} {say('da', 'quote.no_press')}"
    assert bound(world) is None
    for place, text in enumerate((whole, first, second)):
        thanks = yes(world, offered, place)
        assert isinstance(thanks, QuotedThanks)
        assert (thanks.quoted.text, bound(world)) == (text, text)


def test_a_sentence_that_stands_twice_is_offered_once(world: World, round_: Round) -> None:
    assert texts(choice(send(world, round_, "vi lyttede. det gav ro. vi lyttede."))) == [
        "Vi lyttede. Det gav ro. Vi lyttede.",
        "Vi lyttede.",
        "Det gav ro.",
    ]


def test_a_yes_can_be_changed_or_taken_back(world: World, round_: Round) -> None:
    send(world, round_, TWO)
    offered = choice(act(world, QuoteChoiceWanted(who="L0", round=round_.id)))
    assert texts(offered) == [TWO, SHORT, "Det gav ro til at tænke."]
    assert offered.lead.endswith(say("da", "quote.no_press.kept", text=TWO))
    assert bound(world) == TWO
    yes(world, offered, 1)
    assert bound(world) == SHORT
    act(world, QuoteWithdrawn(who="L0", round=round_.id))
    assert bound(world) is None


def test_a_yes_to_what_has_changed_since_shows_what_there_is_now(world: World, round_: Round) -> None:
    offered = choice(send(world, round_, TIDIED))
    send(world, round_, f"{TIDIED} og tid")
    now = yes(world, offered, 0)
    assert choice(now).lead.startswith(say("da", "quote.choose.again"))
    assert bound(world) is None
    send(world, round_, "Hannes idé var god.")
    form = yes(world, offered, 0)
    assert isinstance(form, ReplyForm)
    assert form.objection is not None


@pytest.mark.parametrize("action", [QuoteChoiceWanted, QuoteAgreed])
def test_nobody_chooses_for_another_or_after_the_close(world: World, round_: Round, action: type[Action]) -> None:
    send(world, round_, TIDIED)
    more = {} if action is QuoteChoiceWanted else {"sentence": None, "seen": "f"}
    for who, moment, key in (
        ("L1", OPENS, "refused.no_reply"),
        ("nobody", OPENS, "refused.not_in_dialogue"),
        ("L0", CLOSES, "refused.round_closed.quote"),
    ):
        refused = act(world, action(who=who, round=round_.id, **more), moment)
        assert isinstance(refused, Said)
        assert (refused.is_refusal, refused.paragraphs) == (True, (say("da", key),))


def test_what_the_filter_only_marks_is_told_in_one_line_and_holds_nothing(world: World, round_: Round) -> None:
    thanks = send(world, round_, "Jeg savner ro, og min leder savner tid.")
    assert isinstance(thanks, QuotedThanks)
    assert [note for note in thanks.notes if note.endswith("hvem der menes med »min leder«.")] == list(thanks.notes[-1:])


def test_what_is_marked_is_told_only_where_it_stands_in_what_is_quoted(world: World, round_: Round) -> None:
    offered = choice(send(world, round_, "vi lyttede mere!! min leder er ny. Det gav ro."))
    assert any("»Min leder«" in note for note in offered.notes)
    without, within = yes(world, offered, 3), yes(world, offered, 2)
    assert isinstance(without, QuotedThanks)
    assert isinstance(within, QuotedThanks)
    assert without.quoted.text == "Det gav ro."
    assert not any("»Min leder«" in note for note in without.notes)
    assert "»Min leder«" in within.notes[-1]


def test_no_underline_promises_no_safety_however_many_have_answered(world: World, round_: Round) -> None:
    thanks = send(world, round_, SHORT)
    assert isinstance(thanks, QuotedThanks)
    assert say("da", "quote.not_safe") in thanks.notes
    assert say("da", "quote.not_safe") in choice(send(world, round_, TIDIED)).notes


def test_rare_words_stand_out_with_one_sentence_why(world: World, round_: Round) -> None:
    thanks = send(world, round_, "Det gav ro at vælte en zwixet.")
    assert isinstance(thanks, QuotedThanks)
    assert [part for part, is_rare in thanks.quoted.parts if is_rare] == ["ro", "vælte", "zwixet"]
    assert thanks.notes == (say("da", "quote.rare", rare="»zwixet«, »ro«, »vælte«"), say("da", "quote.not_safe"))


def test_mine_svar_says_what_is_quoted(world: World, round_: Round) -> None:
    offered = choice(send(world, round_, TIDIED))
    assert mine(world) == say("da", "mine.not_quoted.yet")
    assert mine(world, CLOSES) == say("da", "mine.not_quoted")
    yes(world, offered, 1)
    assert mine(world) == say("da", "mine.quoted", text=offered.options[1].text)


def mine(world: World, now: datetime = OPENS) -> str:
    answer = act(world, MyRepliesWanted(who="L0"), now)
    assert isinstance(answer, MyReplies)
    return answer.replies[0].quoted
