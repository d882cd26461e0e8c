"""Both clocks tell the time and wait for it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import time_machine

from bot.clock import MovableClock, WallClock

if TYPE_CHECKING:
    import pytest

START = datetime(2018, 8, 15, 6, 0, tzinfo=UTC)


def test_the_wall_clock_tells_the_machines_time_in_utc():
    with time_machine.travel(START, tick=False):
        assert WallClock().now() == START
        assert WallClock().now().tzinfo is UTC


def test_the_wall_clock_does_not_wait_for_what_is_past():
    WallClock().wait(datetime.now(UTC) - timedelta(hours=1))


def test_the_wall_clock_waits_until_the_moment():
    clock = WallClock()
    until = clock.now() + timedelta(milliseconds=30)
    clock.wait(until)
    assert clock.now() >= until


def test_the_wall_clock_stops_waiting_when_told_to():
    stop = threading.Event()
    threading.Timer(0.02, stop.set).start()
    began = time.monotonic()
    WallClock().wait(datetime.now(UTC) + timedelta(days=1), stop)
    assert time.monotonic() - began < 5


def test_the_wall_clock_notices_when_somebody_sets_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.clock.LONGEST_NAP", 0.01)
    with time_machine.travel(START) as machine:
        threading.Timer(0.03, lambda: machine.shift(timedelta(hours=1))).start()
        WallClock().wait(START + timedelta(minutes=30))
        assert WallClock().now() >= START + timedelta(hours=1)


def test_the_movable_clock_stands_still_until_it_is_moved():
    clock = MovableClock(START)
    assert clock.now() == START
    clock.move_to(START + timedelta(days=1))
    assert clock.now() == START + timedelta(days=1)


def test_the_movable_clock_only_goes_forward():
    clock = MovableClock(START)
    clock.move_to(START - timedelta(seconds=1))
    assert clock.now() == START


def test_the_movable_clock_tells_utc_whatever_it_is_given():
    clock = MovableClock(START.astimezone(ZoneInfo("Europe/Copenhagen")))
    assert clock.now().tzinfo is UTC
    clock.move_to((START + timedelta(hours=1)).astimezone(ZoneInfo("America/New_York")))
    assert (clock.now(), clock.now().tzinfo) == (START + timedelta(hours=1), UTC)


def test_waiting_on_the_movable_clock_moves_it_unless_we_are_stopping():
    clock, stop = MovableClock(START), threading.Event()
    clock.wait(START + timedelta(hours=1), stop)
    assert clock.now() == START + timedelta(hours=1)
    stop.set()
    clock.wait(START + timedelta(hours=2), stop)
    assert clock.now() == START + timedelta(hours=1)


def test_every_move_is_told_so_that_it_can_be_remembered():
    moves: list[datetime] = []
    clock = MovableClock(START, keep=moves.append)
    clock.move_to(START + timedelta(hours=1))
    clock.move_to(START)
    clock.restart(START)
    assert moves == [START + timedelta(hours=1), START]
    assert clock.now() == START
