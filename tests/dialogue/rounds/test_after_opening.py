"""Late questions, reminders, closing and reports follow once a round is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.confidentiality.deletion import tombstones
from bot.dialogue import outbox, people
from bot.dialogue.compose import compose
from bot.dialogue.rounds import after_opening, replies
from bot.models import MessageKind, MessageState, OutboxMessage, Participation, Person, PersonState, Round
from bot.programme import Floors, Role
from bot.seam.meaning import Plain
from tests.support.programme import NUUK, PROGRAMME, VARIANTS, programme_with
from tests.support.world import BEFORE, CLOSES, OPENS, SLOT, World, at, found, lists, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REMIND = OPENS + 2 * DAY


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def newcomer(world: World, welcomed_at: datetime, *, timezone: str = "Europe/Copenhagen") -> None:
    """L12 joins and is welcomed."""
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(12)), found("L12", timezone=timezone)]), welcomed_at)
    world.welcome_all(welcomed_at)


def due_for(world: World, address: str) -> datetime | None:
    return next((message.due_at for message in world.messages(MessageKind.QUESTION) if message.address == address), None)


# --- who joins late


def test_who_joins_while_a_round_is_open_is_asked_a_day_after_the_welcome(world: World) -> None:
    world.open_and_ask()
    newcomer(world, OPENS + HOUR)
    assert after_opening.queue_late_questions(world.session, OPENS + 2 * HOUR, PROGRAMME) == 1
    assert after_opening.queue_late_questions(world.session, OPENS + 3 * HOUR, PROGRAMME) == 0
    assert due_for(world, "L12") == OPENS + HOUR + DAY


def test_who_would_have_less_than_a_day_left_is_not_asked(world: World) -> None:
    world.open_and_ask()
    newcomer(world, CLOSES - 2 * DAY + HOUR)
    assert after_opening.queue_late_questions(world.session, CLOSES - 2 * DAY + 2 * HOUR, PROGRAMME) == 0


def test_who_has_exactly_a_day_left_is_asked(world: World) -> None:
    world.open_and_ask()
    newcomer(world, CLOSES - 2 * DAY)
    assert after_opening.queue_late_questions(world.session, CLOSES - 2 * DAY, PROGRAMME) == 1


def test_a_late_question_comes_when_the_person_may_be_written_to(world: World) -> None:
    world.open_and_ask()
    newcomer(world, OPENS + HOUR, timezone="Pacific/Auckland")  # 20:30 there
    after_opening.queue_late_questions(world.session, OPENS + 2 * HOUR, PROGRAMME)
    assert due_for(world, "L12") == datetime(2018, 8, 22, 19, tzinfo=UTC)  # 07:00 there


def test_a_newcomer_to_a_role_that_is_not_asked_gets_nothing(session: Session) -> None:
    world = World(session).populate(leaders=9)
    world.open_and_ask(VARIANTS)
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(9)), found("L12")]), OPENS)
    world.welcome_all(OPENS)
    assert after_opening.queue_late_questions(session, OPENS + HOUR, PROGRAMME) == 0


def test_of_two_open_rounds_a_newcomer_is_asked_the_newer(world: World) -> None:
    world.open_and_ask()
    newer = world.open_and_ask(VARIANTS, slot=type(SLOT)(week=SLOT.week, number=2), opens_at=OPENS + HOUR)
    newcomer(world, OPENS)
    after_opening.queue_late_questions(world.session, OPENS + 2 * HOUR, PROGRAMME)
    assert [message.round_id for message in world.messages(MessageKind.QUESTION) if message.address == "L12"] == [newer.id]


def test_without_an_open_round_nobody_is_asked_late(world: World) -> None:
    assert after_opening.queue_late_questions(world.session, OPENS, PROGRAMME) == 0


# --- reminders


def remind(world: World, round_: Round, now: datetime = REMIND) -> int:
    return after_opening.queue_reminders(world.session, now, PROGRAMME, round_, at(REMIND))


def test_only_those_who_got_the_question_and_have_not_answered_are_reminded_once(world: World) -> None:
    round_ = world.open_and_ask()
    replies.record(world.session, OPENS, PROGRAMME, "L0", round_.id, "Svar", wish=False, quote=False)
    people.leave(world.session, OPENS, world.person("L1"))
    people.pause(world.session, OPENS, world.person("L2"), CLOSES.date())
    never_got_it = OutboxMessage.address == "L3"
    world.session.execute(update(OutboxMessage).where(never_got_it).values(state=MessageState.FAILED))
    assert remind(world, round_) == 20
    assert remind(world, round_) == 0
    reminded = {message.address for message in world.messages(MessageKind.REMINDER)}
    assert reminded.isdisjoint({"L0", "L1", "L2", "L3", "P0", "O0"})


def test_who_got_the_question_less_than_a_day_ago_is_not_reminded(world: World) -> None:
    round_ = world.open()
    assert round_ is not None
    world.deliver(REMIND - DAY + HOUR)
    assert remind(world, round_) == 0


@pytest.mark.parametrize(("due_at", "expires_at"), [(REMIND, REMIND + DAY), (CLOSES - 20 * HOUR, CLOSES)])
def test_a_reminder_is_in_time_for_a_day_but_not_after_the_close(world: World, due_at: datetime, expires_at: datetime) -> None:
    round_ = world.open_and_ask()
    after_opening.queue_reminders(world.session, REMIND, PROGRAMME, round_, at(due_at))
    assert {(message.due_at, message.expires_at) for message in world.messages(MessageKind.REMINDER)} == {(due_at, expires_at)}


def test_nobody_is_reminded_of_a_closed_round(world: World) -> None:
    round_ = world.open_and_ask()
    assert remind(world, round_, CLOSES) == 0
    world.close(round_)
    assert remind(world, round_, REMIND) == 0


def test_a_list_of_those_who_have_not_answered_never_stays(world: World) -> None:
    round_ = world.open_and_ask()
    remind(world, round_)
    world.deliver(REMIND, MessageKind.REMINDER)
    after_opening.delete_reminders(world.session, REMIND)
    assert len(world.messages(MessageKind.REMINDER)) == 24
    world.close(round_)
    assert not tombstones.is_wiping_needed(world.session)
    after_opening.delete_reminders(world.session, CLOSES)
    assert world.messages(MessageKind.REMINDER) == []
    assert len(world.messages(MessageKind.QUESTION)) == 24
    assert tombstones.is_wiping_needed(world.session)


def test_a_reminder_in_doubt_is_forgotten_only_when_the_doubt_is_over(world: World) -> None:
    round_ = world.open_and_ask()
    remind(world, round_)
    world.session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.REMINDER).values(state=MessageState.UNKNOWN))
    world.close(round_)
    after_opening.delete_reminders(world.session, CLOSES)
    assert len(world.messages(MessageKind.REMINDER)) == 24
    assert not tombstones.is_wiping_needed(world.session)


# --- the close


def test_what_has_not_gone_out_at_the_close_is_missed_and_reminders_are_cancelled(world: World) -> None:
    round_ = world.open()
    assert round_ is not None
    world.session.execute(update(OutboxMessage).where(OutboxMessage.address != "L0").values(state=MessageState.SENT, sent_at=OPENS))
    remind(world, round_)
    assert after_opening.close_round(world.session, CLOSES, round_)
    assert not after_opening.close_round(world.session, CLOSES, round_)
    assert [each.address for each in world.messages(MessageKind.QUESTION, MessageState.MISSED)] == ["L0"]
    assert {message.state for message in world.messages(MessageKind.REMINDER)} == {MessageState.CANCELLED}


@pytest.mark.parametrize(("unsaid", "told"), [(0, []), (1, ["round.unsaid.few"]), (4, ["round.unsaid.few"]), (5, ["round.unsaid.many"])])
def test_organisers_see_how_many_were_not_reached_but_never_fewer_than_five(world: World, unsaid: int, told: list[str]) -> None:
    round_ = world.open()
    assert round_ is not None
    ids = world.session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    world.session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids[unsaid:])).values(state=MessageState.SENT))
    assert after_opening.report_unreached(world.session, OPENS, PROGRAMME) == 0
    world.close(round_)
    assert after_opening.report_unreached(world.session, CLOSES, PROGRAMME) == len(told)
    assert after_opening.report_unreached(world.session, CLOSES, PROGRAMME) == 0
    assert world.notices() == told
    assert all(message.facts["values"]["number"] == 5 for message in world.messages(MessageKind.NOTICE))


@pytest.mark.parametrize("unsaid", [13, 15, 19, 20])
def test_of_those_who_were_not_reached_organisers_see_no_more_than_the_cap(world: World, unsaid: int) -> None:
    """Of 24 listed all but a few did not get it: who knows the list would learn that hardly anybody pauses."""
    round_ = world.open()
    assert round_ is not None
    ids = world.session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    world.session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids[unsaid:])).values(state=MessageState.SENT))
    world.close(round_)
    after_opening.report_unreached(world.session, CLOSES, PROGRAMME)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = compose(world.session, CLOSES, PROGRAMME, notice)
    assert isinstance(said, Plain)
    assert "Omkring 15 eller flere fik det ikke." in said.paragraphs[0]


def test_of_a_list_that_is_too_short_for_any_number_organisers_see_none(session: Session) -> None:
    world = World(session, programme_with(floors=Floors(people=8))).populate(leaders=14, reps=0)
    round_ = world.open()
    assert round_ is not None
    world.close(round_)
    after_opening.report_unreached(session, CLOSES, world.programme)
    assert world.notices()[-1] == "round.unsaid.some"


def test_organisers_read_why_a_question_was_not_delivered_each_reason_once_and_no_number_of_it(world: World) -> None:
    round_ = world.open_and_ask()
    messages = world.messages(MessageKind.QUESTION)
    for message, reason in zip(messages, ("unreachable: a", "unreachable: b", "unfit: c", "unsure", "expired"), strict=False):
        message.state, message.reason = MessageState.MISSED, reason
    world.close(round_)
    after_opening.report_unreached(world.session, CLOSES, PROGRAMME)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = compose(world.session, CLOSES, PROGRAMME, notice)
    assert isinstance(said, Plain)
    assert said.paragraphs[-1] == (
        "Hvorfor: de kan ikke få beskeder fra mig i chatten; chatten tog ikke imod teksten;"
        " chatten svarede ikke, så ingen ved, om beskeden kom frem; tiden gik, før jeg nåede dem."
    )


def test_who_paused_left_or_answered_gives_no_reason(world: World) -> None:
    round_ = world.open_and_ask()
    for message in world.messages(MessageKind.QUESTION)[:3]:
        message.state, message.reason = MessageState.CANCELLED, "the person is paused"
    world.close(round_)
    assert after_opening.report_unreached(world.session, CLOSES, PROGRAMME) == 0


def test_the_close_keeps_the_reason_why_a_question_had_not_gone_out(world: World) -> None:
    round_ = world.open()
    assert round_ is not None
    first, second, *_ = world.messages(MessageKind.QUESTION)
    first.attempts, first.reason = 3, "never: chat.postMessage: some_code"
    world.close(round_)
    world.session.expire_all()
    assert (first.state, first.reason) == (MessageState.MISSED, "never: chat.postMessage: some_code")
    assert (second.state, second.reason) == (MessageState.MISSED, "the round had closed")


def test_what_is_in_doubt_is_waited_for_a_day_and_then_told_with_the_rest(world: World) -> None:
    round_ = world.open_and_ask()
    failed, doubtful, *_ = world.messages(MessageKind.QUESTION)
    failed.state, failed.reason = MessageState.FAILED, "unfit: chat.postMessage: invalid_blocks"
    doubtful.state, doubtful.reason = MessageState.UNKNOWN, "unsure: chat.postMessage: TimeoutError"
    world.close(round_)
    assert after_opening.report_unreached(world.session, CLOSES + DAY - HOUR, PROGRAMME) == 0
    assert after_opening.report_unreached(world.session, CLOSES + DAY, PROGRAMME) == 1
    (notice,) = world.messages(MessageKind.NOTICE)
    assert notice.facts["values"]["reasons"] == ["unfit", "unsure"]


@pytest.mark.parametrize(("after", "told"), [(DAY - HOUR, []), (DAY, ["people.unwelcomed.many"])])
def test_a_welcome_that_has_been_refused_for_a_day_is_told_with_its_reason(session: Session, after: timedelta, told: list[str]) -> None:
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    for message in world.messages(MessageKind.WELCOME)[:6]:
        message.attempts, message.reason = 9, "unreachable: chat.postMessage: messages_tab_disabled"
    session.flush()
    after_opening.report_unreached(session, BEFORE + after, PROGRAMME)
    assert world.notices() == told
    assert all(notice.facts["values"]["reasons"] == ["unreachable"] for notice in world.messages(MessageKind.NOTICE))


@pytest.mark.parametrize("reason", ["later", "outofservice: chat.postMessage: token_revoked", None])
def test_a_welcome_that_waits_for_what_is_about_us_is_nobodys_fault(session: Session, reason: str | None) -> None:
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    for message in world.messages(MessageKind.WELCOME):
        message.attempts, message.reason = 1, reason
    session.flush()
    assert after_opening.report_unreached(session, BEFORE + 2 * DAY, PROGRAMME) == 0


def test_a_participant_in_a_later_zone_is_reminded_at_their_own_hour(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("L0", timezone=NUUK), *(found(f"L{i}") for i in range(1, 12))]), BEFORE)
    round_ = world.open_and_ask()
    hours = {"Europe/Copenhagen": REMIND, NUUK: REMIND + 4 * HOUR}
    after_opening.queue_reminders(world.session, REMIND, PROGRAMME, round_, hours.__getitem__)
    due = {message.address: message.due_at for message in world.messages(MessageKind.REMINDER)}
    assert (due["L0"], due["L1"]) == (REMIND + 4 * HOUR, REMIND)


@pytest.mark.parametrize(("unreached", "told"), [(0, []), (4, ["people.unwelcomed.few"]), (5, ["people.unwelcomed.many"])])
def test_organisers_see_how_many_could_not_be_welcomed(session: Session, unreached: int, told: list[str]) -> None:
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    ids = session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids[:unreached])).values(state=MessageState.FAILED))
    assert after_opening.report_unreached(session, OPENS, PROGRAMME) == len(told)
    assert after_opening.report_unreached(session, OPENS, PROGRAMME) == 0
    assert world.notices() == told


def test_no_two_numbers_of_people_who_wait_for_a_welcome_are_ever_told(session: Session) -> None:
    """Who knew that they were ten and then nine would know of one that they had been welcomed, or had left."""
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    session.execute(update(OutboxMessage).values(state=MessageState.FAILED))
    for still in range(24, 0, -1):
        after_opening.report_unreached(session, OPENS, PROGRAMME)
        waiting = session.scalars(select(Person).where(Person.state == PersonState.INVITED)).all()
        waiting[still - 1].state = PersonState.LEFT
    told = [(message.facts["say"], message.facts["values"]["number"]) for message in world.messages(MessageKind.NOTICE)]
    assert told == [("people.unwelcomed.many", 5), ("people.unwelcomed.few", 5)]


def test_who_could_not_be_welcomed_is_told_again_when_those_invited_in_a_later_week_are_among_them(session: Session) -> None:
    world = World(session)
    for week, size in enumerate((20, 26, 26)):
        now = BEFORE + 7 * week * DAY
        world.read(lists(leaders=size), now)
        people.queue_welcomes(session, now, PROGRAMME, at(now))
        session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.WELCOME).values(state=MessageState.FAILED))
        after_opening.report_unreached(session, now, PROGRAMME)
    assert world.notices() == ["people.unwelcomed.many"] * 2


def test_four_people_whose_welcome_failed_twice_are_few(session: Session) -> None:
    world = World(session)
    world.read(lists())
    for attempt in range(2):
        for person in session.scalars(select(Person).where(Person.state == PersonState.INVITED).limit(4)).all():
            values = {"address": person.address, "facts": {}, "due_at": BEFORE, "person_id": person.id}
            outbox.put(session, programme=PROGRAMME.id, kind=MessageKind.WELCOME, key=f"welcome:{person.id}:{attempt}", **values)
    session.execute(update(OutboxMessage).values(state=MessageState.FAILED))
    after_opening.report_unreached(session, OPENS, PROGRAMME)
    assert world.notices() == ["people.unwelcomed.few"]


def test_weeks_that_never_had_a_digest_are_told_of_in_their_order_and_once_each(world: World) -> None:
    for week, day in ((2, 1), (1, 1), (1, 2)):
        world.add_round(week, day=day).detached_at = CLOSES
    after_opening.tell_weeks_without_digest(world.session, CLOSES + DAY, PROGRAMME)
    assert [notice.facts["values"]["week"] for notice in world.messages(MessageKind.NOTICE)] == [34, 35]


def test_who_has_answered_another_round_is_reminded_of_this_one(world: World) -> None:
    earlier, round_ = world.add_round(0), world.open_and_ask()
    world.session.add(Participation(round_id=earlier.id, person_id=world.person("L0").id))
    assert after_opening.queue_reminders(world.session, REMIND, PROGRAMME, round_, at(REMIND)) == 24
