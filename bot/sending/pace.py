"""The pace: how fast messages may follow each other.

A workspace takes several hundred messages a minute; how many, it does not say. So the pace starts there and grows with every message that
is taken, until one is refused for coming too soon: then it falls to about what was taken, and stays there for some minutes before it tries
whether more is possible by now. If it is refused at once while it grows, it was far too fast: it falls further, and grows anew. One
conversation takes about one message a second. All waiting is done on the clock that is handed in; a clock that is set back an hour costs a
second here, not an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from bot.clock import Clock

FORGET_ABOVE = 1000  # addresses remembered before the quiet ones are forgotten
GROWTH = 1.005  # of the pace, with each message taken while nothing is known of a limit
FALL = 0.9  # of what was refused: growing so, the pace is about a tenth above what is taken when that is noticed
FALL_A_LITTLE = 0.96  # where it had stayed: one message came too close behind another, or a little less is taken now
FALL_AGAIN, FEW = 0.75, 15  # while it grows: refused after so few messages, it was far too fast
LEAST = 0.5  # messages a second
STAYS_FOR = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The messages a minute to begin with, the most that are tried, and the gap (seconds) within one conversation."""

    per_minute: float = 500
    most_per_minute: float = 6000
    gap: float = 1.0


class Pace:
    """The pace of one workspace. `limits` None: as fast as possible; the platform's own rate limits still count."""

    def __init__(self, clock: Clock, *, limits: Limits | None) -> None:
        self._clock = clock
        self._limits = limits
        self._per_second = 0.0 if limits is None else limits.per_minute / 60
        self._stays_since: datetime | None = None  # None: it grows
        self._let_through = 0  # messages, since one was refused
        self._resumed_at: datetime | None = None  # when the wait after the last refusal was over
        self._next_at = clock.now()
        self._is_felt = False  # whether the last message had to wait for its turn
        self._last_post: dict[str, datetime] = {}

    @property
    def per_second(self) -> float:
        """Messages a second, as they go now; 0: as fast as it goes."""
        return self._per_second

    def wait(self, address: str, stop: threading.Event) -> None:
        """Return when a message to `address` may be posted, or once `stop` is set."""
        if self._limits is None:
            return
        interval, gap = timedelta(seconds=1 / self._per_second), timedelta(seconds=self._limits.gap)
        now = self._clock.now()
        self._next_at = min(self._next_at, now + interval)  # it cannot lie further ahead, unless the clock was set back
        ready = max(self._next_at, min(self._last_post.get(address, now - gap), now) + gap)
        self._is_felt = ready > now
        if self._is_felt:
            self._clock.wait(ready, stop)
            now = self._clock.now()
        self._next_at = max(self._next_at, now - interval / 4) + interval  # a message that came late lets the next one come a little sooner
        if len(self._last_post) >= FORGET_ABOVE:
            self._last_post = {key: at for key, at in self._last_post.items() if now - at < gap}
        self._last_post[address] = now
        self._let_through += 1

    def speed_up(self) -> None:
        """Go a little faster after a message was taken, if it is the pace that messages wait for."""
        if self._limits is None or not self._is_felt:
            return
        if self._stays_since is not None and not timedelta() <= self._clock.now() - self._stays_since < STAYS_FOR:
            self._stays_since = None
        if self._stays_since is None:
            self._per_second = min(self._per_second * GROWTH, self._limits.most_per_minute / 60)

    def slow_down(self, sent_at: datetime, after: float) -> None:
        """Go slower after a rate limit of `after` seconds on a message sent at `sent_at`. Those of one moment count once."""
        if self._limits is None or (self._resumed_at is not None and sent_at < self._resumed_at):
            return
        now, is_far_too_fast = self._clock.now(), self._stays_since is None and self._let_through <= FEW
        usual = FALL if self._stays_since is None else FALL_A_LITTLE
        self._per_second = max(self._per_second * (FALL_AGAIN if is_far_too_fast else usual), LEAST)
        self._stays_since = None if is_far_too_fast else now
        self._let_through, self._resumed_at = 0, now + timedelta(seconds=after)
