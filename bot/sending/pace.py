"""How fast may messages follow each other?

A workspace takes several hundred messages a minute and forgives bursts; one conversation takes about one a second. When the platform
says "later", nothing more is posted until the wait it asked for is over. All waiting is done on the clock that is handed in; a clock
that is set back an hour costs a second here, not an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from bot.clock import Clock

FORGET_ABOVE = 1000  # addresses remembered before the quiet ones are forgotten


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The workspace's messages a minute, how many of them may come at once, and the gap (seconds) within one conversation."""

    per_minute: float = 500
    burst: int = 8
    gap: float = 1.0


class Pace:
    """One workspace's pace. `limits` None: as fast as it goes (the platform's own "later" still counts)."""

    def __init__(self, clock: Clock, *, limits: Limits | None) -> None:
        self._clock = clock
        self._bucket = None if limits is None else _Bucket(limits, clock.now())
        self._pause: tuple[datetime, timedelta] | None = None

    def wait(self, address: str, stop: threading.Event) -> None:
        """Return when a message to `address` may be posted, or once `stop` is set."""
        if self._bucket is None:
            return
        ready = self._bucket.ready(address, self._clock.now())
        if ready is not None:
            self._clock.wait(ready, stop)
        self._bucket.take_token(address, self._clock.now())

    def pause(self, after: float) -> None:
        """Post nothing more for `after` seconds."""
        self._pause = (self._clock.now(), timedelta(seconds=after))

    def paused_until(self) -> datetime | None:
        """When posting may go on; None: now."""
        if self._pause is None:
            return None
        since, length = self._pause
        now = self._clock.now()
        if now < since:  # the clock was set back: the wait begins anew rather than growing by the jump
            self._pause = (now, length)
            return now + length
        if now >= since + length:
            self._pause = None
            return None
        return since + length


class _Bucket:
    """Tokens for the workspace and a gap within each conversation. `_full_at` is when all tokens are back."""

    def __init__(self, limits: Limits, now: datetime) -> None:
        self._interval = timedelta(minutes=1) / limits.per_minute
        self._size = self._interval * limits.burst
        self._gap = timedelta(seconds=limits.gap)
        self._full_at = now
        self._last_post: dict[str, datetime] = {}

    def ready(self, address: str, now: datetime) -> datetime | None:
        """The moment from which a message may go to `address`; None: now."""
        self._full_at = min(self._full_at, now + self._size)  # it cannot lie further ahead, unless the clock was set back
        token = self._full_at - self._size + self._interval
        gap = min(self._last_post.get(address, now - self._gap), now) + self._gap
        ready = max(token, gap)
        return ready if ready > now else None

    def take_token(self, address: str, now: datetime) -> None:
        """A message goes to `address` now."""
        self._full_at = max(self._full_at, now) + self._interval
        if len(self._last_post) >= FORGET_ABOVE:
            self._last_post = {key: at for key, at in self._last_post.items() if now - at < self._gap}
        self._last_post[address] = now
