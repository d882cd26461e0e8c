"""Each message is said once, in order, and only while it is wanted."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.confirmed_clock import ConfirmedClock
from bot.errors import Unfit, Unreachable
from bot.models import MessageKind, MessageState, OutboxMessage, Person, PersonState
from tests.support.clock_storm import Universe
from tests.support.database import messages_in, unit_of_work
from tests.support.delivery_world import Answer, DeliveryWorld, ScriptedHooks, put, put_for_people, row
from tests.support.world import OPENS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_what_is_due_is_said_once_and_written_down_with_its_place(database: Database) -> None:
    delivery_id = put(database)
    world = DeliveryWorld(database)
    assert world.delivery.deliver() == 1
    assert world.delivery.deliver() == 0
    message = world.only()
    assert (message.state, message.sent_at, message.channel, message.attempts) == (MessageState.SENT, OPENS, "DU0ANYONE", 1)
    assert message.stamp == str(OPENS.timestamp())
    assert world.platform.sends == [delivery_id]


def test_what_is_not_due_waits_for_its_moment(database: Database) -> None:
    put(database, due_at=OPENS + HOUR)
    world = DeliveryWorld(database)
    assert world.delivery.deliver() == 0
    assert world.delivery.next_moment() == OPENS + HOUR
    world.clock.step(hours=1)
    assert world.delivery.deliver() == 1
    assert world.delivery.next_moment() is None


def test_a_round_for_many_is_said_to_all_of_them(database: Database) -> None:
    put_for_people(database, 57)
    world = DeliveryWorld(database)
    assert world.delivery.deliver() == 57
    assert set(world.conversations.counts().values()) == {1}
    assert len(world.conversations.counts()) == 57


def test_what_is_waited_for_goes_before_the_bulk_and_the_bulk_goes_in_the_order_it_fell_due(database: Database) -> None:
    late = put(database, due_at=OPENS - HOUR)
    early = put(database, due_at=OPENS - 2 * HOUR)
    draft = put(database, kind=MessageKind.DRAFT)
    world = DeliveryWorld(database)
    world.delivery.deliver()
    assert world.platform.sends == [draft, early, late]


def test_what_is_too_late_is_missed_and_says_so(database: Database) -> None:
    put(database, expires_at=OPENS)
    world = DeliveryWorld(database)
    assert world.delivery.deliver() == 0
    message = world.only()
    assert (message.state, message.reason, message.attempts) == (MessageState.MISSED, "expired", 0)
    assert world.platform.sends == []


def test_what_expires_between_claim_and_call_is_not_said(database: Database) -> None:
    put(database, due_at=OPENS - HOUR)
    put(database, expires_at=OPENS + timedelta(minutes=1))
    world = DeliveryWorld(database)
    world.platform.before_send = lambda: world.clock.step(minutes=2)
    assert world.delivery.deliver() == 1
    assert world.states() == {MessageState.SENT: 1, MessageState.MISSED: 1}


def test_hundreds_of_missed_messages_do_not_hide_the_one_that_is_still_wanted(database: Database) -> None:
    with_time = put(database)
    for _ in range(35):
        put(database, due_at=OPENS - HOUR, expires_at=OPENS - timedelta(minutes=1))
    world = DeliveryWorld(database)
    assert world.delivery.deliver() == 1
    assert world.platform.sends == [with_time]


def test_a_person_who_left_a_moment_ago_is_not_written_to(database: Database) -> None:
    put_for_people(database, 3)
    world = DeliveryWorld(database)
    with unit_of_work(database) as session:
        session.execute(update(Person).where(Person.address == "U000001").values(state=PersonState.LEFT))
    assert world.delivery.deliver() == 2
    left = world.messages()[1]
    assert (left.state, left.reason, left.attempts) == (MessageState.CANCELLED, "left", 0)


def test_a_welcome_that_stands_there_makes_its_person_active(database: Database) -> None:
    put_for_people(database, 1, kind=MessageKind.WELCOME)
    with unit_of_work(database) as session:
        session.execute(update(Person).values(state=PersonState.INVITED))
    DeliveryWorld(database).delivery.deliver()
    with database.look() as session:
        person = session.get_one(Person, 1)
        assert (person.state, person.welcomed_at) == (PersonState.ACTIVE, OPENS)


@pytest.mark.parametrize(("answer", "reason"), [(Answer.GONE, "unreachable: channel_not_found"), (Answer.UNFIT, "unfit: invalid_blocks")])
def test_a_definite_no_waits_with_its_reason_and_is_tried_again_ever_more_seldom(database: Database, answer: Answer, reason: str) -> None:
    put(database, kind=MessageKind.DRAFT)
    world = DeliveryWorld(database)
    world.platform.refusals["U0ANYONE"] = Unfit("invalid_blocks") if answer is Answer.UNFIT else Unreachable("channel_not_found")
    world.delivery.deliver()
    refused, *alarms = world.messages()
    assert len(alarms) == (answer is Answer.UNFIT), "what cannot be said as it stands is a fault of ours"
    assert (refused.state, refused.reason, refused.attempts) == (MessageState.PENDING, reason, 1)
    world.live(50 * MINUTE)
    assert sorted({round((at - OPENS) / MINUTE) for at in world.platform.sent_at}) == [0, 1, 3, 7, 15, 30, 45]
    world.platform.refusals.clear()
    world.live(15 * MINUTE)
    assert world.messages()[0].state is MessageState.SENT


def test_who_is_refused_does_not_keep_the_others_waiting(database: Database) -> None:
    put_for_people(database, 14)
    world = DeliveryWorld(database)
    world.platform.refusals["U000003"] = Unreachable("no_permission")
    assert world.delivery.deliver() == 13
    world.live(24 * HOUR)
    refused = next(message for message in world.messages() if message.state is not MessageState.SENT)
    assert (refused.address, refused.state) == ("U000003", MessageState.PENDING)
    assert set(world.conversations.counts().values()) == {1}


def test_what_is_refused_until_its_time_is_over_is_missed_with_the_reason(database: Database) -> None:
    put(database, expires_at=OPENS + 24 * HOUR)
    world = DeliveryWorld(database)
    world.platform.refusals["U0ANYONE"] = Unreachable("user_disabled")
    world.live(48 * HOUR)
    assert (world.only().state, world.only().reason) == (MessageState.MISSED, "unreachable: user_disabled")


def test_one_message_that_cannot_be_composed_does_not_stop_the_rest_and_goes_once_it_can(database: Database) -> None:
    put(database, key="broken")
    put(database, key="whole")
    world = DeliveryWorld(database)
    world.hooks.broken = {"broken"}
    assert world.delivery.deliver() == 2, "the other one, and an alarm"
    broken, whole, _ = world.messages()
    assert (broken.state, broken.reason) == (MessageState.PENDING, "fault: ZeroDivisionError")
    assert whole.state is MessageState.SENT
    world.hooks.broken.clear()
    world.live(HOUR)
    assert {message.state for message in world.messages()} == {MessageState.SENT}


def test_a_digest_whose_claim_cannot_be_recorded_is_held_alarms_and_keeps_nothing_of_it(database: Database) -> None:
    put(database, kind=MessageKind.DIGEST, key="digest:1")
    world = DeliveryWorld(database)
    world.hooks.unrecordable = {"digest:1"}
    assert world.delivery.deliver() == 1, "an alarm"
    digest, _ = world.messages()
    assert (digest.state, digest.reason, digest.channel) == (MessageState.HELD, "fault: ZeroDivisionError", None)
    assert world.platform.sends.count(digest.delivery_id) == 0


def test_a_database_that_fails_while_messages_are_composed_undoes_the_turn_and_blames_no_message(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_for_people(database, 2)

    def fails(*_: object) -> None:
        raise OperationalError("select", {}, Exception("disk I/O error"))

    with monkeypatch.context() as broken:
        broken.setattr(ScriptedHooks, "compose", fails)
        with pytest.raises(OperationalError):
            DeliveryWorld(database).delivery.deliver()
    assert [(message.state, message.attempts, message.reason) for message in messages_in(database)] == [(MessageState.PENDING, 0, None)] * 2
    world = DeliveryWorld(database)
    world.ticks.seconds += 60
    world.live(MINUTE)
    assert world.states() == {MessageState.SENT: 2}


@pytest.mark.parametrize(("reason", "state"), [("unreachable: account_inactive", MessageState.SENT), ("unsure", MessageState.FAILED)])
def test_what_an_earlier_version_gave_up_is_tried_again_unless_it_may_have_been_said(
    database: Database, reason: str, state: MessageState
) -> None:
    put(database, kind=MessageKind.WELCOME)
    with unit_of_work(database) as session:
        session.execute(update(OutboxMessage).values(state=MessageState.FAILED, reason=reason))
    world = DeliveryWorld(database)
    world.delivery.deliver()
    assert world.messages()[0].state is state


@pytest.mark.parametrize(
    ("kind", "expires_at", "state"),
    [
        (MessageKind.QUESTION, OPENS + HOUR, MessageState.SENT),
        (MessageKind.QUESTION, OPENS, MessageState.FAILED),
        (MessageKind.REMINDER, None, MessageState.FAILED),
    ],
)
def test_what_an_earlier_version_gave_up_is_tried_again_in_its_time_and_nothing_else(
    database: Database, kind: MessageKind, expires_at: datetime | None, state: MessageState
) -> None:
    put(database, kind=kind, expires_at=expires_at)
    with unit_of_work(database) as session:
        session.execute(update(OutboxMessage).values(state=MessageState.FAILED, reason="unreachable: account_inactive"))
    world = DeliveryWorld(database)
    world.delivery.deliver()
    assert world.only().state is state


def fails_after_writing(session: Session) -> None:
    session.add(row(MessageKind.NOTICE))
    session.flush()
    raise ZeroDivisionError


def test_a_follow_up_that_fails_does_not_make_the_message_be_said_twice(database: Database) -> None:
    put_for_people(database, 2, kind=MessageKind.WELCOME)
    with unit_of_work(database) as session:
        session.execute(update(Person).values(state=PersonState.INVITED))
    world = DeliveryWorld(database)
    world.hooks.after_sent = fails_after_writing
    assert world.delivery.deliver() == 2
    assert world.states() == {MessageState.SENT: 2}, "what the failed follow-up wrote is undone, the message's state is kept"


def test_a_stop_ends_between_two_messages_and_the_rest_waits_untouched(database: Database) -> None:
    put_for_people(database, 25)
    world = DeliveryWorld(database)
    stop = threading.Event()
    world.platform.before_send = lambda: stop.set() if len(world.platform.sends) == 4 else None
    assert world.delivery.deliver(stop) == 4
    assert world.states() == {MessageState.SENT: 4, MessageState.PENDING: 21}
    assert {message.attempts for message in world.messages() if message.state is MessageState.PENDING} == {0}
    assert world.delivery.deliver() == 21
    assert set(world.conversations.counts().values()) == {1}


def test_what_came_of_a_group_survives_a_commit_that_fails(database: Database) -> None:
    put_for_people(database, 24)
    turns: list[object] = []

    def fails_once(step: object) -> None:
        turns.append(step)
        if step == "turning" and turns.count("turning") == 2:
            raise OperationalError("commit", {}, Exception("database is locked"))

    world = DeliveryWorld(database, watch=fails_once)
    with pytest.raises(OperationalError):
        world.delivery.deliver()
    assert world.states() == {MessageState.SENDING: 20, MessageState.PENDING: 4}
    world.delivery.deliver()
    assert world.states() == {MessageState.SENT: 24}
    assert len(world.platform.sends) == 24


def test_no_more_than_twenty_are_claimed_at_a_time(database: Database) -> None:
    put_for_people(database, 61)
    claimed: list[int] = []
    world = DeliveryWorld(database, watch=lambda step: claimed.append(world.states()[MessageState.SENDING]) if step == "turned" else None)
    world.delivery.deliver()
    assert claimed == [20, 20, 20, 1, 0]


def test_who_was_asleep_says_nothing_that_has_expired_meanwhile(database: Database) -> None:
    """The machine sleeps for four days in the middle of a round; when it wakes up it does not know it yet."""
    universe, calls = Universe(OPENS), 0
    clock = ConfirmedClock(universe.platform, machine=universe.machine, monotonic=universe.monotonic)

    def sleep_at_the_tenth() -> None:
        nonlocal calls
        calls += 1
        universe.true += timedelta(days=4 * (calls == 10))

    put_for_people(database, 30)
    with unit_of_work(database) as session:
        session.execute(update(OutboxMessage).values(expires_at=OPENS + 24 * HOUR))
    world = DeliveryWorld(database, clock=clock)
    world.platform.before_send = sleep_at_the_tenth
    world.delivery.deliver()
    for _ in range(30):
        universe.true += timedelta(seconds=5)
        clock.look()
        world.delivery.deliver()
    assert (calls, len(world.conversations.counts())) == (10, 10)
    assert Counter(message.state for message in messages_in(database)) == {MessageState.SENT: 10, MessageState.MISSED: 20}
