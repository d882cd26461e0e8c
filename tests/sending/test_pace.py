"""Messages follow each other as fast as the workspace takes them, and no faster."""

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


def test_messages_follow_each_other_evenly_at_first_about_five_hundred_a_minute() -> None:
    clock = HandClock()
    went = moments(Pace(clock, limits=Limits()), clock, [f"U{n}" for n in range(501)])
    assert went == pytest.approx([n * 0.12 for n in range(501)], abs=0.001)


def test_one_conversation_gets_a_message_a_second() -> None:
    clock = HandClock()
    assert moments(Pace(clock, limits=Limits()), clock, ["C0", "U1", "C0", "C0"]) == [0, 0.12, 1, 2]


def play(pace: Pace, clock: HandClock, *, seconds: float, limit: float) -> tuple[list[float], int]:
    """Send as fast as the pace allows to a platform that takes `limit` a second, evenly; when each was taken, and how many were refused."""
    taken, refused, end = [], 0, clock.now() + timedelta(seconds=seconds)
    number, budget, counted_at = 0, 1.0, clock.now()
    while clock.now() < end:
        number += 1
        pace.wait(f"U{number}", threading.Event())
        now = clock.now()
        budget, counted_at = min(budget + (now - counted_at).total_seconds() * limit, 1.5), now
        if budget >= 1:
            budget -= 1
            taken.append((now - OPENS).total_seconds())
            pace.speed_up()
        else:
            refused += 1
            pace.slow_down(now, after=1)
            clock.step(seconds=1)
    return taken, refused


@pytest.mark.parametrize("limit", [1.5, 5, 20, 60])
def test_the_pace_finds_what_the_platform_takes_and_stays_just_under_it(limit: float) -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    play(pace, clock, seconds=60, limit=limit)
    taken, refused = play(pace, clock, seconds=300, limit=limit)
    assert len(taken) >= 0.95 * 300 * limit
    assert refused <= 0.01 * len(taken)


@pytest.mark.parametrize("limit", [1.5, 5, 8, 10])
def test_the_second_half_of_two_hundred_messages_goes_as_fast_as_the_platform_takes_them(limit: float) -> None:
    clock = HandClock()
    taken, _ = play(Pace(clock, limits=Limits()), clock, seconds=250 / limit, limit=limit)
    half = taken[100:200]
    assert (len(half) - 1) / (half[-1] - half[0]) >= 0.95 * limit


@pytest.mark.parametrize(("messages", "falls_to"), [(0, 0.75), (15, 0.75), (16, 0.9), (200, 0.9)])
def test_a_tenth_under_what_was_refused_it_goes_on_and_far_under_what_was_refused_at_once(messages: int, falls_to: float) -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    moments(pace, clock, [f"U{n}" for n in range(messages)])
    before = pace.per_second
    pace.slow_down(clock.now(), after=1)
    assert pace.per_second == pytest.approx(falls_to * before)


def test_where_it_stayed_it_falls_a_little_however_soon() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    for falls_to, messages in ((0.9, 20), (0.96, 20), (0.96, 1)):
        clock.step(seconds=2)
        moments(pace, clock, [f"U{n}" for n in range(messages)])
        pace.speed_up()
        before = pace.per_second
        pace.slow_down(clock.now(), after=1)
        assert pace.per_second == pytest.approx(falls_to * before)


def test_where_a_quarter_is_taken_from_now_on_it_gets_there() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    play(pace, clock, seconds=120, limit=20)
    play(pace, clock, seconds=120, limit=5)
    taken, refused = play(pace, clock, seconds=300, limit=5)
    assert len(taken) >= 0.94 * 300 * 5
    assert refused <= 0.01 * len(taken)


def test_calls_that_were_in_flight_when_one_was_refused_slow_it_down_once() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    began_at, before = clock.now(), pace.per_second
    clock.step(seconds=0.1)
    for _ in range(10):
        pace.slow_down(began_at, after=1)
    assert pace.per_second == pytest.approx(0.75 * before)


def test_few_messages_teach_nothing_about_how_many_are_possible() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    before = pace.per_second
    for number in range(500):
        clock.step(seconds=60)
        moments(pace, clock, [f"U{number}"])
        pace.speed_up()
    assert pace.per_second == before


def test_after_some_minutes_it_tries_whether_more_is_possible_by_now() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    play(pace, clock, seconds=120, limit=5)
    taken, _ = play(pace, clock, seconds=1200, limit=20)
    assert len([at for at in taken if at >= 1200]) >= 0.95 * 120 * 20


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
    assert len(pace._last_post) <= 2001


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
    world = DeliveryWorld(database, answers=[Answer.LOST_AFTER, Answer.LATER])
    world.delivery.deliver()
    world.platform.answers = iter([Answer.LATER] * 10)
    world.live(timedelta(seconds=59))
    assert world.platform.looks == []
    world.live(timedelta(seconds=30))
    assert world.states() == {MessageState.SENT: 1, MessageState.PENDING: 1}


def test_a_refusal_is_no_attempt_and_may_come_many_times(database: Database) -> None:
    put(database)
    world = DeliveryWorld(database, answers=[Answer.LATER] * 20)
    world.live(timedelta(hours=1))
    message = world.only()
    assert (message.state, message.attempts, message.sent_at) == (MessageState.SENT, 1, OPENS + 600 * SECOND)


def test_a_stop_ends_the_waiting() -> None:
    clock = HandClock()
    pace = Pace(clock, limits=Limits())
    moments(pace, clock, ["C0"])
    stop = threading.Event()
    stop.set()
    pace.wait("C0", stop)
    assert clock.waited == []
