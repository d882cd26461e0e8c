"""Do messages follow each other as fast as the workspace takes them, and no faster?"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageState
from bot.sending.pace import Limits, Pace
from tests.support.delivery_world import Answer, DeliveryWorld, HandClock, put, put_for_people
from tests.support.world import OPENS

if TYPE_CHECKING:
    from bot.database.unit_of_work import Database

SECOND = timedelta(seconds=1)


def moments(pace: Pace, clock: HandClock, addresses: list[str]) -> list[float]:
    """When each message may go, in seconds from the start."""
    went = []
    for address in addresses:
        pace.wait(address, threading.Event())
        went.append((clock.now() - OPENS).total_seconds())
    return went


def test_a_burst_goes_at_once_and_then_about_five_hundred_a_minute() -> None:
    clock = HandClock()
    went = moments(Pace(clock, limits=Limits()), clock, [f"U{n}" for n in range(508)])
    assert went[:8] == [0] * 8
    assert went[8] == pytest.approx(0.12)
    assert went[-1] == pytest.approx(60, abs=0.01)


def test_no_minute_holds_more_than_the_limit_and_one_burst() -> None:
    clock = HandClock()
    went = moments(Pace(clock, limits=Limits()), clock, [f"U{n}" for n in range(1200)])
    assert max(sum(start <= at < start + 60 for at in went) for start in went) <= 508


def test_one_conversation_gets_a_message_a_second() -> None:
    clock = HandClock()
    assert moments(Pace(clock, limits=Limits()), clock, ["C0", "U1", "C0", "C0"]) == [0, 0, 1, 2]


def test_tokens_come_back_while_nothing_is_said() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    moments(pace, clock, [f"U{n}" for n in range(20)])
    clock.step(seconds=10)
    clock.waited.clear()
    moments(pace, clock, [f"V{n}" for n in range(8)])
    assert clock.waited == []


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_an_hour_costs_at_most_a_second(hours: int) -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    moments(pace, clock, ["C0"] + [f"U{n}" for n in range(20)])
    clock.step(hours=hours)
    clock.waited.clear()
    moments(pace, clock, ["C0"])
    assert sum(clock.waited, timedelta()) <= SECOND


def test_thousands_of_conversations_are_not_remembered_for_ever() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits(per_minute=60_000))
    moments(pace, clock, [f"U{n}" for n in range(5000)])
    assert len(pace._bucket._last_post) <= 2001


def test_without_limits_nothing_waits() -> None:
    clock = HandClock()
    assert moments(Pace(clock, limits=None), clock, ["C0"] * 100) == [0] * 100


def test_later_pauses_everything_that_is_posted_until_the_platform_is_ready(database: Database) -> None:
    put_for_people(database, 25)
    world = DeliveryWorld(database, answers=[*[Answer.YES] * 3, Answer.LATER])
    assert world.delivery.deliver() == 3
    assert len(world.platform.sends) == 4, "nobody is tried after the refusal"
    assert world.delivery.next_moment() == OPENS + 30 * SECOND
    world.clock.step(seconds=29)
    assert world.delivery.deliver() == 0
    assert len(world.platform.sends) == 4
    world.clock.step(seconds=1)
    assert world.delivery.deliver() == 22
    assert set(world.conversations.counts().values()) == {1}


def test_what_falls_due_during_a_pause_waits_for_its_end_too(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LATER])
    world.delivery.deliver()
    put(database, due_at=OPENS + SECOND)
    world.clock.step(seconds=2)
    assert world.delivery.deliver() == 0
    assert len(world.platform.sends) == 1


def test_a_pause_does_not_stop_looking_for_what_is_in_doubt(database: Database) -> None:
    put_for_people(database, 2)
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER])
    world.delivery.deliver()
    world.clock.step(minutes=1)
    world.pace.pause(3600)
    assert world.delivery.deliver() == 1
    assert world.states() == {MessageState.SENT: 2}


def test_a_refusal_is_no_attempt_and_may_come_many_times(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LATER] * 20)
    world.live(timedelta(hours=1))
    message = world.only()
    assert (message.state, message.attempts, message.sent_at) == (MessageState.SENT, 1, OPENS + 600 * SECOND)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_during_a_pause_makes_it_no_longer(hours: int) -> None:
    clock = HandClock()
    pace = Pace(clock, limits=None)
    pace.pause(30)
    clock.step(hours=hours)
    until = pace.paused_until()
    assert until is None or until - clock.now() <= 30 * SECOND
    clock.step(seconds=30)
    assert pace.paused_until() is None


def test_a_stop_ends_the_waiting() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    moments(pace, clock, ["C0"])
    stop = threading.Event()
    stop.set()
    pace.wait("C0", stop)
    assert clock.waited == []
