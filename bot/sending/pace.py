"""The pace: how fast messages may follow each other.

A workspace takes several hundred messages a minute; how many, it does not say. So the pace starts there and grows with every message that
is taken, until one is refused for coming too soon: then it falls a tenth under what was refused, creeps back to just under it, and stays
there for some minutes before it tries whether more is possible by now. One conversation takes about one message a second. All waiting is
done on the clock that is handed in; a clock that is set back an hour costs a second here, not an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from bot.clock import Clock

FORGET_ABOVE = 1000  # addresses remembered before the quiet ones are forgotten
GROWTH = 1.01  # of the pace, with each message taken while nothing is known of a limit
CREEP = 1.001  # likewise, up to just under what was refused
FALL, CEILING = 0.9, 0.98  # of what was refused: where the pace falls to, and where it stays
FALL_AGAIN = 0.75  # where it is refused again at once, it was far too fast
LEAST = 0.5  # messages a second
SOON = timedelta(seconds=3)  # after a wait, a refusal says that the pace was far too fast
CEILING_LASTS = timedelta(minutes=10)


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
        self._ceiling: tuple[float, datetime] | None = None  # messages a second, and since when it is known
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

    def speed_up(self) -> None:
        """Go a little faster after a message was taken, if it is the pace that messages wait for."""
        if self._limits is None or not self._is_felt:
            return
        if self._ceiling is not None and not timedelta() <= self._clock.now() - self._ceiling[1] < CEILING_LASTS:
            self._ceiling = None
        if self._ceiling is None:
            self._per_second = min(self._per_second * GROWTH, self._limits.most_per_minute / 60)
        else:
            self._per_second = max(self._per_second, min(self._per_second * CREEP, self._ceiling[0] * CEILING))

    def slow_down(self, sent_at: datetime, after: float) -> None:
        """Go slower after a rate limit of `after` seconds on a message sent at `sent_at`. Those of one moment count once."""
        if self._limits is None or (self._resumed_at is not None and sent_at < self._resumed_at):
            return
        now = self._clock.now()
        is_again = self._resumed_at is not None and now - self._resumed_at < SOON
        self._ceiling = (self._per_second, now)
        self._per_second = max(self._per_second * (FALL_AGAIN if is_again else FALL), LEAST)
        self._resumed_at = now + timedelta(seconds=after)
