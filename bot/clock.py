"""Clocks: the machine's own, and one that stands still until it is moved forward.

Everything that waits for the world (pace, Retry-After, back-off) waits on the clock it was handed; sockets and time-outs use real monotonic
time.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NAP = 1.0  # seconds; a sleeping thread reads the clock this often, since somebody may set it meanwhile


@dataclass(frozen=True, kw_only=True)
class ClockDoubt:
    """A doubt about the machine's clock: since when, and what it says now; `is_open` while nobody knows the time."""

    since: datetime
    machine: datetime
    is_open: bool


class Clock(Protocol):
    """Tells the time (aware, UTC) and waits for a moment."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        """Return at `until`, or sooner once `stop` is set."""
        ...

    def doubt(self) -> ClockDoubt | None:
        """The doubt about the machine's clock; None if it is believed, or not used."""
        ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        """Sleep until `until` in short naps, or until `stop` is set."""
        stop = stop or threading.Event()
        while not stop.is_set() and (remaining := (until - self.now()).total_seconds()) > 0:
            stop.wait(min(remaining, LONGEST_NAP))

    def doubt(self) -> ClockDoubt | None:
        """None: it is always believed."""
        return None


class MovableClock:
    """A clock that stands still until it is moved forward; `keep` is called with every new moment."""

    def __init__(self, start: datetime, *, keep: Callable[[datetime], None] | None = None) -> None:
        self._now = start.astimezone(UTC)
        self._keep = keep
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The moment that the clock shows, in UTC."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Move forward to `moment`; a moment in the past changes nothing."""
        with self._lock:
            if moment <= self._now:
                return
            self._now = moment.astimezone(UTC)
            if self._keep is not None:
                self._keep(self._now)

    def restart(self, moment: datetime) -> None:
        """Begin again at `moment`, also backwards: only for a world in which nothing has happened yet."""
        with self._lock:
            self._now = moment.astimezone(UTC)
            if self._keep is not None:
                self._keep(self._now)

    def wait(self, until: datetime, stop: threading.Event | None = None) -> None:
        """Move the clock to `until` unless `stop` is set: nobody else would move it."""
        if stop is None or not stop.is_set():
            self.move_to(until)

    def doubt(self) -> ClockDoubt | None:
        """None: it does not follow the machine's clock."""
        return None
