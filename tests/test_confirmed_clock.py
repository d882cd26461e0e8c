"""A clock that jumps is believed only once something else agrees, and time goes on meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.confirmed_clock import ConfirmedClock
from tests.support.clock_storm import Universe

START = datetime(2018, 10, 9, 7, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Bot:
    """A process on a machine, which looks at its clock every five seconds."""

    def __init__(self, newest: datetime | None = START, **universe: timedelta | bool) -> None:
        self.universe = Universe(START, **universe)  # type: ignore[arg-type]  # each as it is called there
        self.asked = 0
        self.clock = ConfirmedClock(self._ask, newest=newest, machine=self.universe.machine, monotonic=self.universe.monotonic)
        self.clock.begin()

    def _ask(self) -> datetime:
        self.asked += 1
        return self.universe.platform()

    def go_on(self, duration: timedelta) -> None:
        for _ in range(round(duration / timedelta(seconds=5))):
            self.universe.true += timedelta(seconds=5)
            self.clock.look()

    @property
    def off(self) -> timedelta:
        """How far what it takes for the moment is from the true one."""
        return self.clock.now() - self.universe.true


@pytest.mark.parametrize("ahead", [-DAY, -HOUR, 20 * MINUTE, 4 * DAY, 366 * DAY], ids=str)
@pytest.mark.parametrize("tells", [True, False], ids=["platform tells", "platform silent"])
def test_a_clock_that_jumps_is_not_followed_while_time_goes_on(ahead: timedelta, tells: bool) -> None:
    bot = Bot()
    bot.go_on(MINUTE)
    bot.universe.ahead, bot.universe.platform_tells = ahead, tells
    assert bot.off == timedelta(), "not even before it was looked at"
    bot.go_on(HOUR)
    assert bot.off == timedelta()
    bot.universe.ahead = timedelta()
    bot.go_on(MINUTE / 6)
    assert bot.off == timedelta()
    assert bot.clock.doubt() is None


def test_a_jump_is_believed_once_the_platform_has_said_the_same_for_a_minute() -> None:
    """A machine that was asleep: nothing was seen of the time that passed."""
    bot = Bot()
    bot.universe.true += 3 * DAY
    bot.go_on(MINUTE - timedelta(seconds=10))
    assert bot.off < -2 * DAY
    bot.go_on(MINUTE)
    assert bot.off == timedelta()
    assert bot.clock.doubt() is None


def test_many_small_steps_are_a_jump_too() -> None:
    bot = Bot()
    for _ in range(100):
        bot.universe.ahead += 5 * MINUTE
        bot.go_on(MINUTE / 6)
    assert abs(bot.off) <= 10 * MINUTE


def test_an_ordinary_clock_asks_nobody() -> None:
    bot = Bot()
    asked = bot.asked
    for _ in range(20):
        bot.universe.ahead += timedelta(seconds=3)  # set by a time server now and then
        bot.go_on(MINUTE)
    assert bot.off == bot.universe.ahead
    assert bot.asked == asked


def test_while_in_doubt_the_platform_is_asked_twice_a_minute() -> None:
    bot = Bot()
    bot.universe.ahead, asked = DAY, bot.asked
    bot.go_on(10 * MINUTE)
    assert 18 <= bot.asked - asked <= 22


@pytest.mark.parametrize(
    ("ahead", "slept", "off"),
    [
        (timedelta(), 5 * DAY, timedelta()),  # the bot was down; the machine and the platform agree
        (9 * DAY, HOUR, timedelta()),  # the machine is ahead: the platform's word is older, and counts
        (-3 * DAY, HOUR, -HOUR),  # it is behind: what was before is not again
        (-HOUR, DAY, -HOUR),
    ],
    ids=str,
)
def test_at_a_start_the_moment_is_what_two_of_machine_platform_and_database_say(ahead: timedelta, slept: timedelta, off: timedelta) -> None:
    bot = Bot(START - slept, ahead=ahead)
    assert bot.off == off
    bot.go_on(HOUR)
    assert bot.off == off
    assert (bot.clock.doubt() is None) == (ahead == timedelta())


def test_a_start_where_the_platform_does_not_tell_goes_on_from_what_the_database_has_seen() -> None:
    assert Bot(START - MINUTE, platform_tells=False).off == timedelta()
    bot = Bot(START - DAY, platform_tells=False)
    bot.go_on(HOUR)
    assert bot.off == -DAY
    bot.universe.platform_tells = True
    bot.go_on(3 * MINUTE)
    assert bot.off == timedelta()


def test_a_new_database_has_seen_nothing_and_the_machine_is_believed() -> None:
    assert Bot(None, platform_tells=False, ahead=DAY).off == DAY
    assert Bot(None, ahead=DAY).off == timedelta()


def test_what_an_earlier_wrong_clock_left_in_the_database_does_not_outweigh_two_clocks() -> None:
    bot = Bot(START + 100 * DAY)
    assert bot.off == timedelta()
    assert bot.clock.doubt() is None


def test_it_is_said_in_the_log_once_and_when_it_is_over() -> None:
    bot = Bot()
    with capture_logs() as lines:
        bot.universe.ahead = 4 * DAY
        bot.go_on(HOUR)
        bot.universe.ahead = timedelta()
        bot.go_on(MINUTE)
    assert [(line["log_level"], line.get("seconds")) for line in lines] == [("warning", 96 * 3600), ("info", None)]


def test_who_waits_for_a_moment_waits_for_the_confirmed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clock.LONGEST_NAP", 0.0)
    bot = Bot()
    bot.universe.ahead = DAY
    naps = 0

    def now() -> datetime:
        nonlocal naps
        naps += 1
        bot.universe.true += timedelta(seconds=20)
        return ConfirmedClock.now(bot.clock)

    monkeypatch.setattr(bot.clock, "now", now)
    bot.clock.wait(START + MINUTE)
    assert naps >= 3


def is_open(bot: Bot) -> bool:
    doubt = bot.clock.doubt()
    return doubt is not None and doubt.is_open


def test_a_machine_that_wakes_up_does_nothing_until_it_is_known_how_late_it_is() -> None:
    bot = Bot()
    bot.universe.true += 3 * DAY
    assert is_open(bot), "not even before it was looked at"
    bot.go_on(MINUTE)
    assert is_open(bot)
    bot.go_on(MINUTE)
    assert not is_open(bot)


def test_once_the_platform_says_that_the_machine_is_wrong_all_goes_on() -> None:
    bot = Bot()
    bot.universe.ahead = 3 * DAY
    bot.go_on(MINUTE / 12)
    assert bot.clock.doubt() is not None
    assert not is_open(bot)


def test_a_platform_that_never_tells_is_waited_for_ten_minutes() -> None:
    bot = Bot()
    bot.universe.ahead, bot.universe.platform_tells = 3 * DAY, False
    bot.go_on(9 * MINUTE)
    assert is_open(bot)
    bot.go_on(2 * MINUTE)
    assert not is_open(bot)
    assert bot.off == timedelta()


def test_before_it_has_begun_nothing_is_later_than_what_the_database_knows() -> None:
    universe = Universe(START, ahead=4 * DAY)
    clock = ConfirmedClock(universe.platform, newest=START - DAY, machine=universe.machine, monotonic=universe.monotonic)
    assert clock.now() == START - DAY
