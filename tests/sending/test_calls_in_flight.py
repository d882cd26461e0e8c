"""Several messages may be on their way at once; none is said twice, out of turn or after a stop."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.errors import OutOfService
from bot.models import MessageKind, MessageState, OutboxMessage
from bot.sending.claim import GROUP_SIZE
from bot.sending.delivery import CALLS_IN_FLIGHT, Step
from tests.support.database import unit_of_work
from tests.support.delivery_world import Answer, Conversations, DeliveryWorld, put, put_for_people
from tests.support.slack_platform import wait_until

if TYPE_CHECKING:
    from datetime import datetime

    from bot.database.unit_of_work import Database

TOGETHER = 5  # calls that wait for each other: they come only if so many are in flight
HOUR = timedelta(hours=1)


def flying(database: Database, **more: object) -> DeliveryWorld:
    return DeliveryWorld(database, calls_in_flight=CALLS_IN_FLIGHT, **more)  # type: ignore[arg-type]  # as the test says


class CountedConversations(Conversations):
    """Remembers how many messages were under way at once, altogether and to one address."""

    def __post_init__(self) -> None:
        self.lock, self.under_way = threading.Lock(), Counter[str]()
        self.most = self.most_to_one = 0

    def add(self, address: str, delivery_id: str, at: datetime) -> None:
        with self.lock:
            self.under_way[address] += 1
            self.most = max(self.most, self.under_way.total())
            self.most_to_one = max(self.most_to_one, self.under_way[address])
        threading.Event().wait(0.002)
        with self.lock:
            self.under_way[address] -= 1
            super().add(address, delivery_id, at)


def counted() -> CountedConversations:
    conversations = CountedConversations()
    conversations.__post_init__()
    return conversations


def test_several_calls_wait_for_their_answers_at_once(database: Database) -> None:
    put_for_people(database, TOGETHER)
    world = flying(database)
    meeting = threading.Barrier(TOGETHER)
    world.platform.before_send = lambda: meeting.wait(timeout=10) and None
    assert world.delivery.deliver() == TOGETHER
    assert set(world.conversations.counts().values()) == {1}


def test_never_two_to_one_conversation_and_its_messages_keep_their_order(database: Database) -> None:
    ids = [put(database, MessageKind.NOTICE, address="C0ORGANISERS") for _ in range(12)]
    put_for_people(database, 12)
    world = flying(database, conversations=counted())
    world.delivery.deliver()
    assert [delivery for address, delivery, _ in world.conversations.posts() if address == "C0ORGANISERS"] == ids
    assert world.conversations.most_to_one == 1


def test_what_is_being_looked_for_is_not_looked_for_once_more_meanwhile(database: Database) -> None:
    put_for_people(database, 12)
    with unit_of_work(database) as session:
        session.execute(update(OutboxMessage).values(state=MessageState.UNKNOWN))
    world = flying(database)
    find = world.platform.find
    world.platform.find = lambda *args: (time.sleep(0.03), find(*args))[1]  # type: ignore[method-assign]  # each takes its time
    world.delivery.deliver()
    assert len(world.platform.looks) == 12


def test_never_more_than_a_group_is_claimed_and_under_way(database: Database) -> None:
    put_for_people(database, 60)
    claimed: list[int] = []
    conversations = counted()
    world = flying(database, conversations=conversations)
    watching = flying(database)

    def watch(step: Step) -> None:
        if step is Step.TURNED:
            claimed.append(watching.states()[MessageState.SENDING])

    world.delivery._watch = watch
    assert world.delivery.deliver() == 60
    assert max(claimed) <= GROUP_SIZE
    assert 1 < conversations.most <= CALLS_IN_FLIGHT


def test_what_is_under_way_when_a_commit_fails_is_written_down_afterwards(database: Database) -> None:
    put_for_people(database, 100)
    turns: list[Step] = []

    def fails_sometimes(step: Step) -> None:
        turns.append(step)
        if step is Step.TURNING and turns.count(Step.TURNING) in {3, 5}:
            raise OperationalError("commit", {}, Exception("database is locked"))

    world = flying(database, watch=fails_sometimes)
    for _ in range(2):
        with pytest.raises(OperationalError):
            world.delivery.deliver()
    world.delivery.deliver()
    assert world.states() == {MessageState.SENT: 100}
    assert len(world.platform.sends) == 100


def test_a_stop_lets_what_is_under_way_end_and_begins_nothing_more(database: Database) -> None:
    put_for_people(database, 40)
    world = flying(database)
    stop = threading.Event()
    world.platform.before_send = lambda: stop.set() if len(world.platform.sends) >= 12 else None
    sent = world.delivery.deliver(stop)
    assert 12 <= sent <= 12 + CALLS_IN_FLIGHT
    assert world.states() == {MessageState.SENT: sent, MessageState.PENDING: 40 - sent}


def test_while_the_platform_refuses_us_one_message_is_tried_at_a_time(database: Database) -> None:
    put_for_people(database, 40)
    world = flying(database)
    world.platform.refusals = {f"U0{number:05}": OutOfService("invalid_auth", after=60) for number in range(40)}
    world.delivery.deliver()
    tried = len(world.platform.sends)
    assert tried <= CALLS_IN_FLIGHT
    world.clock.step(minutes=1)
    world.delivery.deliver()
    assert len(world.platform.sends) == tried + 1
    world.platform.refusals.clear()
    world.live(HOUR)
    assert world.states() == {MessageState.SENT: 40}


def test_calls_that_are_answered_later_together_are_waited_for_once(database: Database) -> None:
    put_for_people(database, 40)
    world = flying(database, answers=[Answer.YES] * 3 + [Answer.LATER] * 8)
    world.delivery.deliver()
    assert len(world.platform.sends) <= 3 + CALLS_IN_FLIGHT
    world.live(timedelta(minutes=20))  # on a busy machine they are not all on their way when the first is answered
    assert world.states() == {MessageState.SENT: 40}
    assert set(world.conversations.counts().values()) == {1}


def test_a_call_that_is_given_up_is_in_doubt_and_what_came_of_the_others_is_recorded(database: Database) -> None:
    put_for_people(database, 3)
    world, stop, answered = flying(database), threading.Event(), threading.Event()
    is_first = threading.Semaphore()

    def hang() -> None:
        if is_first.acquire(blocking=False):
            answered.wait(60)

    world.platform.before_send = hang
    delivering = threading.Thread(target=world.delivery.deliver, args=(stop,))
    delivering.start()
    wait_until(lambda: len(world.platform.sends) == 3)
    stop.set()
    world.delivery.give_up_calls()
    delivering.join(30)
    states = world.states()
    answered.set()
    delivering.join()
    assert states == {MessageState.UNKNOWN: 1, MessageState.SENT: 2}
