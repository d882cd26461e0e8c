"""What follows once a round is open?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.confidentiality.deletion import tombstones
from bot.dialogue import people
from bot.dialogue.rounds import after_opening, replies
from bot.models import MessageKind, MessageState, OutboxMessage, Person, PersonState, Round
from bot.programme import Role
from tests.dialogue.village import (
    BEFORE,
    CLOSES,
    NUUK,
    OPENS,
    PROGRAMME,
    SLOT,
    VARIANTS,
    Village,
    at,
    changed,
    found,
    lists,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REMIND = OPENS + 2 * DAY


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session).settle_in()


def newcomer(village: Village, welcomed_at: datetime, *, timezone: str = "Europe/Copenhagen") -> None:
    """L12 joins and is welcomed."""
    village.read(changed(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(12)), found("L12", timezone=timezone)]), welcomed_at)
    village.welcome_all(welcomed_at)


def due_for(village: Village, address: str) -> datetime | None:
    return next((each.due_at for each in village.messages(MessageKind.QUESTION) if each.address == address), None)


# --- who joins late


def test_who_joins_while_a_round_is_open_is_asked_a_day_after_the_welcome(village: Village) -> None:
    village.opened()
    newcomer(village, OPENS + HOUR)
    assert after_opening.queue_late_questions(village.session, OPENS + 2 * HOUR, PROGRAMME) == 1
    assert after_opening.queue_late_questions(village.session, OPENS + 3 * HOUR, PROGRAMME) == 0
    assert due_for(village, "L12") == OPENS + HOUR + DAY


def test_who_would_have_less_than_a_day_left_is_not_asked(village: Village) -> None:
    village.opened()
    newcomer(village, CLOSES - 2 * DAY + HOUR)
    assert after_opening.queue_late_questions(village.session, CLOSES - 2 * DAY + 2 * HOUR, PROGRAMME) == 0


def test_who_has_exactly_a_day_left_is_asked(village: Village) -> None:
    village.opened()
    newcomer(village, CLOSES - 2 * DAY)
    assert after_opening.queue_late_questions(village.session, CLOSES - 2 * DAY, PROGRAMME) == 1


def test_a_late_question_comes_when_the_person_may_be_written_to(village: Village) -> None:
    village.opened()
    newcomer(village, OPENS + HOUR, timezone="Pacific/Auckland")  # 20:30 there
    after_opening.queue_late_questions(village.session, OPENS + 2 * HOUR, PROGRAMME)
    assert due_for(village, "L12") == datetime(2018, 8, 22, 19, tzinfo=UTC)  # 07:00 there


def test_a_newcomer_to_a_role_that_is_not_asked_gets_nothing(session: Session) -> None:
    village = Village(session).settle_in(leaders=9)
    village.opened(VARIANTS)
    village.read(changed(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(9)), found("L12")]), OPENS)
    village.welcome_all(OPENS)
    assert after_opening.queue_late_questions(session, OPENS + HOUR, PROGRAMME) == 0


def test_of_two_open_rounds_a_newcomer_is_asked_the_newer(village: Village) -> None:
    village.opened()
    newer = village.opened(VARIANTS, slot=type(SLOT)(week=SLOT.week, number=2), opens_at=OPENS + HOUR)
    newcomer(village, OPENS)
    after_opening.queue_late_questions(village.session, OPENS + 2 * HOUR, PROGRAMME)
    assert [each.round_id for each in village.messages(MessageKind.QUESTION) if each.address == "L12"] == [newer.id]


def test_without_an_open_round_nobody_is_asked_late(village: Village) -> None:
    assert after_opening.queue_late_questions(village.session, OPENS, PROGRAMME) == 0


# --- reminders


def remind(village: Village, one: Round, now: datetime = REMIND) -> int:
    return after_opening.queue_reminders(village.session, now, PROGRAMME, one, at(REMIND))


def test_only_those_who_got_the_question_and_have_not_answered_are_reminded_once(village: Village) -> None:
    one = village.opened()
    replies.record(village.session, OPENS, PROGRAMME, "L0", one.id, "Svar", wish=False, quote=False)
    people.leave(village.session, OPENS, village.person("L1"))
    people.pause(village.session, OPENS, village.person("L2"), CLOSES.date())
    never_got_it = OutboxMessage.address == "L3"
    village.session.execute(update(OutboxMessage).where(never_got_it).values(state=MessageState.FAILED))
    assert remind(village, one) == 20
    assert remind(village, one) == 0
    reminded = {each.address for each in village.messages(MessageKind.REMINDER)}
    assert reminded.isdisjoint({"L0", "L1", "L2", "L3", "P0", "O0"})


def test_who_got_the_question_less_than_a_day_ago_is_not_reminded(village: Village) -> None:
    one = village.open()
    assert one is not None
    village.deliver(REMIND - DAY + HOUR)
    assert remind(village, one) == 0


@pytest.mark.parametrize(("due_at", "expires_at"), [(REMIND, REMIND + DAY), (CLOSES - 20 * HOUR, CLOSES)])
def test_a_reminder_is_in_time_for_a_day_but_not_after_the_close(village: Village, due_at: datetime, expires_at: datetime) -> None:
    one = village.opened()
    after_opening.queue_reminders(village.session, REMIND, PROGRAMME, one, at(due_at))
    assert {(each.due_at, each.expires_at) for each in village.messages(MessageKind.REMINDER)} == {(due_at, expires_at)}


def test_nobody_is_reminded_of_a_closed_round(village: Village) -> None:
    one = village.opened()
    assert remind(village, one, CLOSES) == 0
    village.close(one)
    assert remind(village, one, REMIND) == 0


def test_a_list_of_those_who_have_not_answered_never_stays(village: Village) -> None:
    one = village.opened()
    remind(village, one)
    village.deliver(REMIND, MessageKind.REMINDER)
    after_opening.delete_reminders(village.session, REMIND)
    assert len(village.messages(MessageKind.REMINDER)) == 24
    village.close(one)
    assert not tombstones.is_wiping_needed(village.session)
    after_opening.delete_reminders(village.session, CLOSES)
    assert village.messages(MessageKind.REMINDER) == []
    assert len(village.messages(MessageKind.QUESTION)) == 24
    assert tombstones.is_wiping_needed(village.session)


def test_a_reminder_in_doubt_is_forgotten_only_when_the_doubt_is_over(village: Village) -> None:
    one = village.opened()
    remind(village, one)
    village.session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.REMINDER).values(state=MessageState.UNKNOWN))
    village.close(one)
    after_opening.delete_reminders(village.session, CLOSES)
    assert len(village.messages(MessageKind.REMINDER)) == 24
    assert not tombstones.is_wiping_needed(village.session)


# --- the close


def test_what_has_not_gone_out_at_the_close_is_missed_and_reminders_are_cancelled(village: Village) -> None:
    one = village.open()
    assert one is not None
    village.session.execute(update(OutboxMessage).where(OutboxMessage.address != "L0").values(state=MessageState.SENT, sent_at=OPENS))
    remind(village, one)
    assert after_opening.close_round(village.session, CLOSES, one)
    assert not after_opening.close_round(village.session, CLOSES, one)
    assert [each.address for each in village.messages(MessageKind.QUESTION, MessageState.MISSED)] == ["L0"]
    assert {each.state for each in village.messages(MessageKind.REMINDER)} == {MessageState.CANCELLED}


@pytest.mark.parametrize(("unsaid", "told"), [(0, []), (1, ["round.unsaid.few"]), (4, ["round.unsaid.few"]), (5, ["round.unsaid.many"])])
def test_organisers_see_how_many_were_not_reached_but_never_fewer_than_five(village: Village, unsaid: int, told: list[str]) -> None:
    one = village.open()
    assert one is not None
    ids = village.session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    village.session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids[unsaid:])).values(state=MessageState.SENT))
    assert after_opening.report_unreached(village.session, OPENS, PROGRAMME) == 0
    village.close(one)
    assert after_opening.report_unreached(village.session, CLOSES, PROGRAMME) == len(told)
    assert after_opening.report_unreached(village.session, CLOSES, PROGRAMME) == 0
    assert village.notices() == told
    assert all(each.facts["values"]["number"] == 5 for each in village.messages(MessageKind.NOTICE))


def test_a_participant_in_a_later_zone_is_reminded_at_their_own_hour(village: Village) -> None:
    village.read(changed(lists(), Role.LEADER, [found("L0", timezone=NUUK), *(found(f"L{i}") for i in range(1, 12))]), BEFORE)
    one = village.opened()
    hours = {"Europe/Copenhagen": REMIND, NUUK: REMIND + 4 * HOUR}
    after_opening.queue_reminders(village.session, REMIND, PROGRAMME, one, hours.__getitem__)
    due = {each.address: each.due_at for each in village.messages(MessageKind.REMINDER)}
    assert (due["L0"], due["L1"]) == (REMIND + 4 * HOUR, REMIND)


@pytest.mark.parametrize(("unreached", "told"), [(0, []), (4, ["people.unwelcomed.few"]), (5, ["people.unwelcomed.many"])])
def test_organisers_see_how_many_could_not_be_welcomed(session: Session, unreached: int, told: list[str]) -> None:
    village = Village(session)
    village.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    ids = session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids[:unreached])).values(state=MessageState.FAILED))
    assert after_opening.report_unreached(session, OPENS, PROGRAMME) == len(told)
    assert after_opening.report_unreached(session, OPENS, PROGRAMME) == 0
    assert village.notices() == told


def test_no_two_numbers_of_people_who_wait_for_a_welcome_are_ever_told(session: Session) -> None:
    """Who knew that they were ten and then nine would know of one that they had been welcomed, or had left."""
    village = Village(session)
    village.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    session.execute(update(OutboxMessage).values(state=MessageState.FAILED))
    for still in range(24, 0, -1):
        after_opening.report_unreached(session, OPENS, PROGRAMME)
        waiting = session.scalars(select(Person).where(Person.state == PersonState.INVITED)).all()
        waiting[still - 1].state = PersonState.LEFT
    told = [(each.facts["say"], each.facts["values"]["number"]) for each in village.messages(MessageKind.NOTICE)]
    assert told == [("people.unwelcomed.many", 5), ("people.unwelcomed.few", 5)]


def test_who_could_not_be_welcomed_is_told_again_when_those_invited_in_a_later_week_are_among_them(session: Session) -> None:
    village = Village(session)
    for week, size in enumerate((20, 26, 26)):
        now = BEFORE + 7 * week * DAY
        village.read(lists(leaders=size), now)
        people.queue_welcomes(session, now, PROGRAMME, at(now))
        session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.WELCOME).values(state=MessageState.FAILED))
        after_opening.report_unreached(session, now, PROGRAMME)
    assert village.notices() == ["people.unwelcomed.many"] * 2
