"""Is each message said once, in order, and only while it is wanted?"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.models import MessageKind, MessageState, Person, PersonState
from tests.sending.stage import START, Answer, Room, put, row, simulated_people

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

HOUR = timedelta(hours=1)


def test_what_is_due_is_said_once_and_written_down_with_its_place(database: Database) -> None:
    delivery_id = put(database)
    room = Room(database)
    assert room.delivery.deliver() == 1
    assert room.delivery.deliver() == 0
    message = room.only()
    assert (message.state, message.sent_at, message.channel, message.attempts) == (MessageState.SENT, START, "DU0ANYONE", 1)
    assert message.stamp == str(START.timestamp())
    assert room.platform.sends == [delivery_id]


def test_what_is_not_due_waits_for_its_moment(database: Database) -> None:
    put(database, due_at=START + HOUR)
    room = Room(database)
    assert room.delivery.deliver() == 0
    assert room.delivery.next_moment() == START + HOUR
    room.clock.step(hours=1)
    assert room.delivery.deliver() == 1
    assert room.delivery.next_moment() is None


def test_a_round_for_many_is_said_to_all_of_them(database: Database) -> None:
    simulated_people(database, 57)
    room = Room(database)
    assert room.delivery.deliver() == 57
    assert set(room.conversations.counts().values()) == {1}
    assert len(room.conversations.counts()) == 57


def test_what_is_waited_for_goes_before_the_bulk_and_the_bulk_goes_in_the_order_it_fell_due(database: Database) -> None:
    late = put(database, due_at=START - HOUR)
    early = put(database, due_at=START - 2 * HOUR)
    draft = put(database, kind=MessageKind.DRAFT)
    room = Room(database)
    room.delivery.deliver()
    assert room.platform.sends == [draft, early, late]


def test_what_is_too_late_is_missed_and_says_so(database: Database) -> None:
    put(database, expires_at=START)
    room = Room(database)
    assert room.delivery.deliver() == 0
    message = room.only()
    assert (message.state, message.reason, message.attempts) == (MessageState.MISSED, "expired", 0)
    assert room.platform.sends == []


def test_what_expires_between_claim_and_call_is_not_said(database: Database) -> None:
    put(database, due_at=START - HOUR)
    put(database, expires_at=START + timedelta(minutes=1))
    room = Room(database)
    room.platform.before_send = lambda: room.clock.step(minutes=2)
    assert room.delivery.deliver() == 1
    assert room.states() == {MessageState.SENT: 1, MessageState.MISSED: 1}


def test_hundreds_of_missed_messages_do_not_hide_the_one_that_is_still_wanted(database: Database) -> None:
    with_time = put(database)
    for _ in range(35):
        put(database, due_at=START - HOUR, expires_at=START - timedelta(minutes=1))
    room = Room(database)
    assert room.delivery.deliver() == 1
    assert room.platform.sends == [with_time]


def test_a_person_who_left_a_moment_ago_is_not_written_to(database: Database) -> None:
    simulated_people(database, 3)
    room = Room(database)
    with database.work() as session:
        session.execute(update(Person).where(Person.address == "U000001").values(state=PersonState.LEFT))
    assert room.delivery.deliver() == 2
    left = room.messages()[1]
    assert (left.state, left.reason, left.attempts) == (MessageState.CANCELLED, "left", 0)


def test_a_welcome_that_stands_there_makes_its_person_active(database: Database) -> None:
    simulated_people(database, 1, kind=MessageKind.WELCOME)
    with database.work() as session:
        session.execute(update(Person).values(state=PersonState.INVITED))
    Room(database).delivery.deliver()
    with database.look() as session:
        person = session.get_one(Person, 1)
        assert (person.state, person.welcomed_at) == (PersonState.ACTIVE, START)


@pytest.mark.parametrize(("answer", "reason"), [(Answer.GONE, "unreachable: account_inactive"), (Answer.UNFIT, "unfit: invalid_blocks")])
def test_a_definite_no_is_kept_with_its_reason_and_not_tried_again(database: Database, answer: Answer, reason: str) -> None:
    simulated_people(database, 3)
    room = Room(database, answers=[Answer.YES, answer])
    assert room.delivery.deliver() == 2
    refused = room.messages()[1]
    assert (refused.state, refused.reason) == (MessageState.FAILED, reason)
    room.live(HOUR)
    assert len(room.platform.sends) == 3


def test_one_message_that_cannot_be_composed_does_not_stop_the_rest(database: Database) -> None:
    put(database, key="broken")
    put(database, key="whole")
    room = Room(database)
    room.hooks.broken = {"broken"}
    assert room.delivery.deliver() == 1
    broken, whole = room.messages()
    assert (broken.state, broken.reason) == (MessageState.FAILED, "fault: ZeroDivisionError")
    assert whole.state is MessageState.SENT


def fails_after_writing(session: Session) -> None:
    session.add(row(MessageKind.NOTICE))
    session.flush()
    raise ZeroDivisionError


def test_a_follow_up_that_fails_does_not_make_the_message_be_said_twice(database: Database) -> None:
    simulated_people(database, 2, kind=MessageKind.WELCOME)
    with database.work() as session:
        session.execute(update(Person).values(state=PersonState.INVITED))
    room = Room(database)
    room.hooks.after_sent = fails_after_writing
    assert room.delivery.deliver() == 2
    assert room.states() == {MessageState.SENT: 2}, "what the failed follow-up wrote is undone, the message's state is kept"


def test_a_stop_ends_between_two_messages_and_the_rest_waits_untouched(database: Database) -> None:
    simulated_people(database, 25)
    room = Room(database)
    stop = threading.Event()
    room.platform.before_send = lambda: stop.set() if len(room.platform.sends) == 4 else None
    assert room.delivery.deliver(stop) == 4
    assert room.states() == {MessageState.SENT: 4, MessageState.PENDING: 21}
    assert {message.attempts for message in room.messages() if message.state is MessageState.PENDING} == {0}
    assert room.delivery.deliver() == 21
    assert set(room.conversations.counts().values()) == {1}


def test_what_came_of_a_group_survives_a_commit_that_fails(database: Database) -> None:
    simulated_people(database, 12)
    turns: list[object] = []

    def fails_once(step: object) -> None:
        turns.append(step)
        if step == "turning" and turns.count("turning") == 2:
            raise OperationalError("commit", {}, Exception("database is locked"))

    room = Room(database, watch=fails_once)
    with pytest.raises(OperationalError):
        room.delivery.deliver()
    assert room.states() == {MessageState.SENDING: 10, MessageState.PENDING: 2}
    room.delivery.deliver()
    assert room.states() == {MessageState.SENT: 12}
    assert len(room.platform.sends) == 12


def test_no_more_than_ten_are_claimed_at_a_time(database: Database) -> None:
    simulated_people(database, 31)
    claimed: list[int] = []
    room = Room(database, watch=lambda step: claimed.append(room.states()[MessageState.SENDING]) if step == "turned" else None)
    room.delivery.deliver()
    assert claimed == [10, 10, 10, 1, 0]
