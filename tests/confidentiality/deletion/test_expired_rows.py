"""Rows that only remember that something was done are deleted; what is still needed stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import delete_expired_rows
from bot.dialogue import people
from bot.dialogue.outbox import tell_organisers
from bot.models import MessageKind, MessageState, OutboxMessage, Person, PersonState, SeenEvent, Tombstone
from bot.programme import Role
from schedules import housekeeping
from tests.support.programme import PROGRAMME
from tests.support.world import BEFORE, CLOSES, World, found, lists, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


def welcomes(session: Session) -> list[str]:
    return sorted(session.scalars(select(OutboxMessage.address).where(OutboxMessage.kind == MessageKind.WELCOME)))


def test_an_answered_event_is_remembered_for_two_days(session: Session):
    session.add_all([SeenEvent(id="old", seen_at=CLOSES - 2 * DAY - MOMENT), SeenEvent(id="new", seen_at=CLOSES - 2 * DAY)])
    session.flush()
    delete_expired_rows(session, CLOSES)
    assert session.scalars(select(SeenEvent.id)).all() == ["new"]


def test_a_trace_goes_after_35_days_once_its_remains_are_wiped_unless_it_is_to_last(session: Session):
    old = CLOSES - 35 * DAY - MOMENT
    session.add_all(
        [
            Tombstone(token="wiped", at=old, wiped_at=old),
            Tombstone(token="unwiped", at=old),
            Tombstone(token="lasting", at=old, wiped_at=old, lasting=True),
            Tombstone(token="young", at=CLOSES - 35 * DAY, wiped_at=CLOSES),
        ]
    )
    session.flush()
    delete_expired_rows(session, CLOSES)
    assert session.scalars(select(Tombstone.token).order_by(Tombstone.id)).all() == ["unwiped", "lasting", "young"]


def test_whom_a_notice_named_goes_after_35_days_and_it_is_not_told_again(session: Session):
    world = World(session)
    twice = with_list(lists(), Role.EMPLOYEE_REP, [*(found(f"E{i}") for i in range(12)), found("L0")], missing=("hanne@example.org",))
    told = ["people.missing", "people.overlaps"]
    world.read(twice)
    assert world.notices() == told
    delete_expired_rows(session, BEFORE + 36 * DAY)
    assert named(world) == {"hanne@example.org", "S0LEADERS, S0REPS"}, "it waits to be told"
    world.deliver(BEFORE, MessageKind.NOTICE)
    delete_expired_rows(session, BEFORE + 35 * DAY)
    assert named(world) == {"hanne@example.org", "S0LEADERS, S0REPS"}
    assert not tombstones.is_wiping_needed(session)
    housekeeping.delete_expired_rows(session, BEFORE + 35 * DAY + MOMENT)
    assert named(world) == {"…", "S0LEADERS, S0REPS"}, "what names lists and nobody stays"
    redrawn = {change.facts["message"] for change in world.messages(MessageKind.REDRAWN)}
    assert redrawn == {notice.id for notice in world.messages(MessageKind.NOTICE) if named_in(notice) == "…"}, "nor does the chat name them"
    session.execute(delete(Tombstone).where(Tombstone.wiped_at.is_(None)))
    delete_expired_rows(session, BEFORE + 36 * DAY)
    assert not tombstones.is_wiping_needed(session), "there is nothing more to wipe"
    world.read(twice, BEFORE + 36 * DAY)
    assert world.notices() == told


def test_whom_an_earlier_version_named_on_several_lists_goes_too(session: Session):
    world = World(session)
    tell_organisers(
        session, BEFORE, PROGRAMME, key="overlaps:0123456789abcdef", say="people.overlaps", n=1, people="L0 (S0LEADERS, S0REPS)"
    )
    world.deliver(BEFORE, MessageKind.NOTICE)
    delete_expired_rows(session, BEFORE + 36 * DAY)
    assert named(world) == {"…"}


def named(world: World) -> set[str]:
    """The people in what the organisers were told."""
    return set(map(named_in, world.messages(MessageKind.NOTICE)))


def named_in(notice: OutboxMessage) -> str:
    return str(notice.facts["values"]["people"])


def test_old_welcomes_go_but_who_could_not_be_welcomed_is_not_written_to_again(session: Session):
    world = World(session)
    world.populate(leaders=2, reps=1)
    for number, each in enumerate(session.scalars(select(Person).where(Person.address.in_(["L0", "L1", "E0"])).order_by(Person.address))):
        each.state, each.welcomed_at = PersonState.INVITED, None
        people.queue_welcomes(session, BEFORE, world.programme, lambda _: BEFORE)
        outcome = (MessageState.SENT, MessageState.FAILED, MessageState.PENDING)[number]
        session.execute(OutboxMessage.__table__.update().where(OutboxMessage.address == each.address).values(state=outcome))
        if outcome is MessageState.SENT:
            people.mark_welcomed(session, BEFORE, each.id)
    assert welcomes(session) == ["E0", "L0", "L1"]
    delete_expired_rows(session, BEFORE + 35 * DAY)
    assert welcomes(session) == ["E0", "L0", "L1"]
    delete_expired_rows(session, BEFORE + 40 * DAY)
    assert welcomes(session) == ["L0", "L1"]
    people.queue_welcomes(session, BEFORE + 40 * DAY, world.programme, lambda _: BEFORE)
    assert welcomes(session) == ["L0", "L1"]
