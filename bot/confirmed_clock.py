"""A clock that follows the machine's clock only as far as something else confirms it.

Nothing that cannot be undone is done on one clock's word. The machine's clock is followed as long as it goes on evenly. When it jumps, time
is counted from the last confirmed moment in monotonic seconds, until the platform's clock has agreed with the machine's for a minute. While
nobody can say which is right, nothing is done at all; but not for ever, since a platform may never tell. At a start there is nothing to
count from: then the moment is no later than both clocks say, and no earlier than what the database has seen. When a clock is set right
again, nothing remains of the doubt.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.clock import ClockDoubt, WallClock
from bot.errors import EftertankeError

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

TOLERANCE: Final = timedelta(minutes=10)  # two clocks that differ by no more than this agree
STANDS_FOR: Final = 60.0  # seconds that two clocks must agree about a jump before it is believed
ASK_EVERY: Final = 30.0  # seconds between questions to the platform while there is a doubt
OPEN_AT_MOST: Final = 600.0  # seconds that nothing is done if the platform does not tell the time


class ConfirmedClock(WallClock):
    """The machine's clock, believed only as far as something else agrees. Thread safe.

    `ask` gives the platform's moment, or raises an error of ours; `newest` is the newest moment that the database knows. `begin` finds the
    moment at the start, and `look` must be called every few seconds from then on.
    """

    def __init__(
        self,
        ask: Callable[[], datetime],
        *,
        newest: datetime | None = None,
        machine: Callable[[], datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._newest = ask, newest
        self._machine, self._monotonic = machine or WallClock().now, monotonic
        self._lock = threading.Lock()
        # In each pair the second value is when that was, in monotonic seconds.
        self._moment, self._seconds = newest or self._machine(), monotonic()  # the confirmed moment at the last look
        self._doubted: tuple[datetime, float] | None = None  # the moment since which the machine's clock is doubted
        self._agreed_since: float | None = None
        self._is_contradicted = False  # by the platform's clock
        self._heard: tuple[datetime, float] | None = None  # what the platform's clock said

    def now(self) -> datetime:
        """The confirmed moment, in UTC."""
        with self._lock:
            expected, machine = self._moment_expected(self._monotonic()), self._machine()
            return machine if self._doubted is None and _agree(machine, expected) else expected

    def doubt(self) -> ClockDoubt | None:
        """The doubt about the machine's clock, or None."""
        with self._lock:
            seconds, machine = self._monotonic(), self._machine()
            since, doubted_at = self._doubted or (self._moment_expected(seconds), seconds)
            if self._doubted is None and self._goes_on(machine, seconds):
                return None
            is_open = not self._is_contradicted and seconds - doubted_at < OPEN_AT_MOST
            return ClockDoubt(since=since, machine=machine, is_open=is_open)

    def begin(self) -> None:
        """Find the moment at a start, not before what the database has seen, so that nothing happens twice."""
        platform, machine, seconds = self._hear(self._monotonic()), self._machine(), self._monotonic()
        witness = platform or self._newest
        if witness is None or _agree(machine, witness):
            self._believe(machine, seconds)
            return
        both_say = min(machine, platform) if platform else None
        self._begin_to_doubt(max(moment for moment in (self._newest, both_say) if moment is not None), seconds)
        self._is_contradicted = platform is not None

    def look(self) -> None:
        """Check whether the machine's clock goes on evenly, and whether a jump may be believed by now."""
        machine, seconds = self._machine(), self._monotonic()
        expected, goes_on = self._moment_expected(seconds), self._goes_on(machine, seconds)
        if self._doubted is None and not goes_on:
            self._begin_to_doubt(expected, seconds)
        if self._doubted is not None and self._is_believed(machine, self._hear(seconds), seconds, goes_on=goes_on):
            self._believe(machine, seconds)
        else:
            with self._lock:
                self._moment, self._seconds = expected, seconds

    def _is_believed(self, machine: datetime, platform: datetime | None, seconds: float, *, goes_on: bool) -> bool:
        """Whether to believe the machine's clock: the platform's has agreed for a while, or the jump is over."""
        agrees = platform is not None and _agree(machine, platform)
        self._is_contradicted = platform is not None and not agrees
        if not agrees:
            self._agreed_since = None
            return goes_on and platform is None
        self._agreed_since = seconds if self._agreed_since is None else self._agreed_since
        return goes_on or seconds - self._agreed_since >= STANDS_FOR

    def _goes_on(self, machine: datetime, seconds: float) -> bool:
        """Whether the machine's clock shows the expected moment; after a long time without a look it counts as a jump."""
        return _agree(machine, self._moment_expected(seconds)) and timedelta(seconds=seconds - self._seconds) <= TOLERANCE

    def _moment_expected(self, seconds: float) -> datetime:
        """The moment counted in monotonic seconds since the last look, by TOLERANCE at most."""
        passed = timedelta(seconds=seconds - self._seconds)
        return self._moment + min(passed, TOLERANCE)

    def _believe(self, moment: datetime, seconds: float) -> None:
        with self._lock:
            has_doubted, self._doubted, self._agreed_since = self._doubted is not None, None, None
            self._moment, self._seconds = moment, seconds
        if has_doubted:
            log.info("the machine's clock is believed again")

    def _begin_to_doubt(self, moment: datetime, seconds: float) -> None:
        with self._lock:
            self._doubted, self._moment, self._seconds = (moment, seconds), moment, seconds
            self._heard, self._is_contradicted = None, False
        seconds_apart = round((self._machine() - moment).total_seconds())
        log.warning("the machine's clock is not believed until the platform's says the same", seconds=seconds_apart)

    def _hear(self, seconds: float) -> datetime | None:
        """What the platform's clock says now, or None if it does not tell."""
        if self._heard is None or seconds - self._heard[1] >= ASK_EVERY:
            try:
                self._heard = self._ask(), self._monotonic()
            except EftertankeError:
                return None
        moment, heard_at = self._heard
        return moment + timedelta(seconds=max(seconds - heard_at, 0.0))


def _agree(moment: datetime, other: datetime) -> bool:
    return abs(moment - other) <= TOLERANCE
