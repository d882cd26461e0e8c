"""A pause for all holds back what waits, tells participants once, and wakes everything when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.confidentiality.deletion import expired_rows
from bot.dialogue import audit, people
from bot.dialogue.compose import compose
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.planning import pause_for_all
from bot.dialogue.rounds import after_opening
from bot.dialogue.rounds.opening import MissedReason
from bot.errors import Reason, Refused
from bot.message_facts import AnswerFacts, PromiseFacts
from bot.models import AuditAct, LoadedProgramme, MessageKind, MessageState, MissedSlot, PauseForAll, PersonState
from bot.programme import Week
from bot.seam.meaning import Plain, Question
from tests.support.delivery_world import row
from tests.support.programme import FOR_ALL, PROGRAMME
from tests.support.world import CLOSES, OPENS, World, at

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = OPENS + HOUR
REASON = "Vi venter på valget."
PEOPLE = 24


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def pause(world: World, now: datetime = NOW, reason: str = REASON) -> pause_for_all.PauseDecision:
    return pause_for_all.pause(world.session, now, PROGRAMME, "O0", reason)


def go_on(world: World, now: datetime, *weeks: int) -> pause_for_all.PauseDecision | None:
    return pause_for_all.end(world.session, now, PROGRAMME, "O0", [Week(year=2018, number=week) for week in weeks])


def composed(world: World, kind: MessageKind, now: datetime) -> list[object]:
    return [compose(world.session, now, PROGRAMME, message) for message in world.messages(kind)]


def acts(world: World) -> list[AuditAct]:
    world.session.flush()
    return [entry.act for entry in audit.entries(world.session)]


# --- pausing


def test_only_an_organiser_pauses_or_goes_on(world: World) -> None:
    for who in ("L0", "P0", "nobody"):
        with pytest.raises(Refused) as refused:
            pause_for_all.pause(world.session, NOW, PROGRAMME, who, REASON)
        assert refused.value.reason is Reason.NO_RIGHT
    pause(world)
    with pytest.raises(Refused):
        pause_for_all.end(world.session, NOW, PROGRAMME, "L0")


@pytest.mark.parametrize(("reason", "why"), [(" \n", Reason.EMPTY), ("x" * 301, Reason.TOO_LONG)])
def test_a_pause_has_a_short_reason(world: World, reason: str, why: Reason) -> None:
    with pytest.raises(Refused) as refused:
        pause(world, reason=reason)
    assert (refused.value.reason, refused.value.field) == (why, "reason")
    assert pause_for_all.open_pause(world.session) is None


def test_the_second_of_two_organisers_changes_nothing(world: World) -> None:
    first, second = pause(world), pause(world, NOW + HOUR, "Noget andet")
    assert (first.made, second.made) == (True, False)
    assert second.pause.reason == REASON
    assert world.count(PauseForAll) == 1
    assert len(world.messages(MessageKind.PAUSE_FOR_ALL)) == PEOPLE
    assert acts(world) == [AuditAct.PAUSED_FOR_ALL]


def test_a_reason_is_told_on_one_line(world: World) -> None:
    assert pause(world, reason=" Valg\n\n i  byen\0 ").pause.reason == "Valg i byen"


# --- what participants are told


def test_each_active_participant_is_told_once_with_the_reason_in_their_language(world: World) -> None:
    world.person("L1").language = "en"
    world.person("L2").state = PersonState.PAUSED
    world.person("L3").state = PersonState.LEFT
    pause(world)
    told = world.messages(MessageKind.PAUSE_FOR_ALL)
    assert sorted(message.address for message in told) == sorted(
        {*(f"L{n}" for n in range(12)), *(f"E{n}" for n in range(12))} - {"L2", "L3"}
    )
    by_address = {message.address: compose(world.session, NOW, PROGRAMME, message) for message in told}
    assert isinstance(by_address["L0"], Plain)
    assert by_address["L0"].paragraphs[0] == f"Dialogen holder pause. Organisatorerne skriver: »{REASON}«"
    assert isinstance(by_address["L1"], Plain)
    assert by_address["L1"].paragraphs[0] == f"The dialogue pauses. The organisers write: “{REASON}”"


def test_nobody_is_told_at_night(world: World) -> None:
    pause(world, OPENS + 12 * HOUR)
    assert {message.due_at for message in world.messages(MessageKind.PAUSE_FOR_ALL)} == {OPENS + 21 * HOUR + HOUR / 2}


def test_who_pauses_or_leaves_meanwhile_is_not_told_and_no_row_shows_it(world: World) -> None:
    pause(world)
    people.leave(world.session, NOW, world.person("L0"))
    people.pause(world.session, NOW, world.person("L1"), (NOW + 9 * DAY).date())
    assert {"L0", "L1"}.isdisjoint(message.address for message in world.messages(MessageKind.PAUSE_FOR_ALL))


def test_nobody_is_told_of_a_pause_that_is_over(world: World) -> None:
    pause(world)
    go_on(world, NOW + HOUR)
    pause(world, NOW + 2 * HOUR)
    assert [type(each) for each in composed(world, MessageKind.PAUSE_FOR_ALL, NOW + 2 * HOUR)] == [NotWanted] * PEOPLE + [Plain] * PEOPLE


def test_the_rows_that_show_who_was_told_do_not_stay(world: World) -> None:
    pause(world)
    world.deliver(NOW, MessageKind.PAUSE_FOR_ALL)
    expired_rows.delete_expired_rows(world.session, NOW + HOUR)
    assert world.messages(MessageKind.PAUSE_FOR_ALL) == []


# --- what waits


def test_questions_wait_until_an_organiser_goes_on_and_then_go_out(world: World) -> None:
    world.open()
    pause(world)
    assert composed(world, MessageKind.QUESTION, NOW) == [NotYet(until=OPENS + DAY, reason="pause")] * PEOPLE
    go_on(world, NOW + HOUR)
    assert {message.next_at for message in world.messages(MessageKind.QUESTION)} == {NOW + HOUR}
    assert {type(each) for each in composed(world, MessageKind.QUESTION, NOW + HOUR)} == {Question}


def test_what_comes_later_is_not_sent_early_because_the_pause_is_over(world: World) -> None:
    world.open(moment_for=at(OPENS + 5 * HOUR))
    pause(world)
    go_on(world, NOW + HOUR)
    assert {message.next_at for message in world.messages(MessageKind.QUESTION)} == {OPENS + 5 * HOUR}


def run_out(world: World) -> None:
    """The questions' time has run out during the pause, as delivery records it."""
    for message in world.messages(MessageKind.QUESTION):
        message.state, message.reason = MessageState.MISSED, "pause"


def test_whose_question_ran_out_of_time_is_asked_if_a_day_is_left(world: World) -> None:
    world.open()
    pause(world)
    run_out(world)
    go_on(world, CLOSES - DAY)
    questions = world.messages(MessageKind.QUESTION)
    assert {(message.state, message.expires_at) for message in questions} == {(MessageState.PENDING, CLOSES)}


def test_whose_question_ran_out_of_time_is_not_asked_on_the_last_day_and_organisers_hear_why(world: World) -> None:
    round_ = world.open()
    assert round_ is not None
    pause(world)
    run_out(world)
    go_on(world, CLOSES - DAY + HOUR)
    assert {message.state for message in world.messages(MessageKind.QUESTION)} == {MessageState.MISSED}
    world.close(round_)
    assert after_opening.report_unreached(world.session, CLOSES + HOUR, PROGRAMME) == 1
    notice = world.message(f"unsaid:{round_.id}")
    assert notice.facts["values"]["reasons"] == ["pause"]
    assert "der var pause for alle" in str(compose(world.session, CLOSES, PROGRAMME, notice))


def test_a_digest_waits_and_goes_out_in_working_hours(world: World) -> None:
    world.answer(world.add_round(1), world.add_people(30))
    message = world.post(world.draft(1))
    pause(world, CLOSES + 5 * HOUR)
    assert compose(world.session, CLOSES + 5 * HOUR, PROGRAMME, message) == NotYet(until=CLOSES + 5 * HOUR + DAY, reason="pause")
    go_on(world, CLOSES + 20 * HOUR)  # on a Saturday
    assert [digest.next_at for digest in world.messages(MessageKind.DIGEST)] == [datetime(2018, 8, 27, 5, tzinfo=OPENS.tzinfo)]


@pytest.mark.parametrize("kind", [MessageKind.ANSWER, MessageKind.PROMISE_DUE])
def test_no_answer_and_no_question_about_a_promise_goes_out(world: World, kind: MessageKind) -> None:
    world.answer(world.add_round(1), world.add_people(30))
    response = world.add_response(world.issue(1), NOW)
    facts = (AnswerFacts if kind is MessageKind.ANSWER else PromiseFacts)(response=response.id).as_stored()
    world.session.add(row(kind, facts=facts, person_id=world.person("L0").id))
    pause(world)
    assert [type(each) for each in composed(world, kind, NOW)] == [NotYet]


def test_a_pause_takes_nothing_of_the_week_that_a_politician_has(world: World) -> None:
    world.session.add(row(MessageKind.PROMISE_DUE, expires_at=NOW + HOUR, person_id=world.person("P0").id))
    pause(world)
    assert [message.expires_at for message in world.messages(MessageKind.PROMISE_DUE)] == [None]
    go_on(world, NOW + 9 * DAY)
    assert [message.expires_at for message in world.messages(MessageKind.PROMISE_DUE)] == [NOW + 16 * DAY]


def test_organisers_still_read_what_is_for_them(world: World) -> None:
    pause(world)
    (notice,) = world.messages(MessageKind.NOTICE)
    assert REASON in str(compose(world.session, NOW, PROGRAMME, notice))
    assert not pause_for_all.is_held_back(world.session, notice)


# --- slots


def test_a_slot_that_passes_is_missed_because_of_the_pause_and_nobody_is_told_of_each(world: World) -> None:
    pause(world, OPENS - HOUR)
    go_on(world, OPENS + DAY - HOUR / 2)
    before = len(world.messages(MessageKind.NOTICE))
    assert world.open(FOR_ALL, now=OPENS + DAY - HOUR / 2) is None  # too little time to ask all
    assert world.session.scalars(select(MissedSlot.reason)).all() == [MissedReason.PAUSED]
    assert len(world.messages(MessageKind.NOTICE)) == before


def test_who_goes_on_in_time_lets_the_round_open(world: World) -> None:
    pause(world, OPENS - HOUR)
    go_on(world, OPENS + 20 * HOUR)
    assert world.open(FOR_ALL, now=OPENS + 22 * HOUR) is not None


def test_a_moment_was_paused_from_the_press_to_the_going_on(world: World) -> None:
    pause(world)
    go_on(world, NOW + DAY)
    between = [(NOW - HOUR, NOW), (NOW - HOUR, NOW + HOUR), (NOW + DAY - HOUR, NOW + 2 * DAY), (NOW + DAY, NOW + 2 * DAY)]
    assert [pause_for_all.was_paused_between(world.session, *each) for each in between] == [False, True, True, False]


# --- one programme after another


def test_a_pause_that_began_in_another_programme_holds_too_and_ends_for_all(world: World) -> None:
    following = replace(PROGRAMME, id="next")
    world.session.add(LoadedProgramme(id="next", loaded_at=NOW, checksum="0" * 64))
    world.session.add(PauseForAll(programme="next", reason="Vi flytter.", since=NOW))
    world.open()
    assert composed(world, MessageKind.QUESTION, NOW) == [NotYet(until=OPENS + DAY, reason="pause")] * PEOPLE
    assert not pause(world).made
    assert go_on(world, NOW + HOUR) is not None
    assert pause_for_all.open_pause(world.session) is None
    assert {message.next_at for message in world.messages(MessageKind.QUESTION)} == {NOW + HOUR}
    assert following.id not in {message.programme for message in world.messages(MessageKind.NOTICE)}


# --- going on


def test_who_goes_on_second_is_told_that_there_is_no_pause(world: World) -> None:
    pause(world)
    assert go_on(world, NOW + HOUR) is not None
    assert go_on(world, NOW + HOUR) is None
    assert acts(world) == [AuditAct.PAUSED_FOR_ALL, AuditAct.WENT_ON]
    assert world.notices() == ["pause_all.notice", "pause_all.over"]


@pytest.mark.parametrize(
    ("weeks", "words"), [((35,), "i uge 35, går"), ((35, 36), "i uge 35 og 36, går"), ((35, 36, 37), "i uge 35, 36 og 37, går")]
)
def test_one_notice_names_all_weeks_without_a_question(world: World, weeks: tuple[int, ...], words: str) -> None:
    pause(world)
    go_on(world, NOW + 30 * DAY, *weeks)
    assert words in str(compose(world.session, NOW, PROGRAMME, world.messages(MessageKind.NOTICE)[-1]))


# --- reminding organisers


def reminded(world: World, *moments: datetime) -> list[int]:
    """On which day of the pause organisers are reminded."""
    for moment in moments:
        pause_for_all.bring_to_mind(world.session, moment, PROGRAMME)
    return [message.facts["values"]["days"] for message in world.messages(MessageKind.NOTICE) if message.facts["say"] == "pause_all.lasts"]


def test_organisers_are_reminded_on_each_monday_once_a_pause_lasts_more_than_a_week(world: World) -> None:
    pause(world)  # on a Tuesday
    hours = [NOW + HOUR * n for n in range(0, 24 * 22, 3)]
    assert reminded(world, *hours) == [13, 20]


def test_of_two_programmes_with_one_channel_only_one_reminds(world: World) -> None:
    following = replace(PROGRAMME, id="next")
    world.session.add(LoadedProgramme(id="next", loaded_at=NOW, checksum="0" * 64))
    pause(world)
    for programme in (PROGRAMME, following, PROGRAMME):
        pause_for_all.bring_to_mind(world.session, NOW + 13 * DAY, programme)
    assert world.notices() == ["pause_all.notice", "pause_all.lasts"]


def test_if_monday_is_a_day_off_organisers_are_reminded_on_the_next_working_day(world: World) -> None:
    since = datetime(2018, 12, 11, 9, tzinfo=OPENS.tzinfo)
    pause(world, since)
    assert reminded(world, *(since + DAY * n for n in range(24))) == [16, 22]
