"""Slack's rate limits, as leaky buckets on the workspace's clock.

Each limit allows a burst and then a steady rate. Tier 4 allows a large burst, as Slack's documentation says. Posting has two limits of
its own, one for the channel and one for the whole workspace.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clock import Clock


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A first burst of calls, then `rate` calls a second."""

    rate: float
    burst: int


TIERS: Final = {2: Limit(rate=20 / 60, burst=40), 3: Limit(rate=50 / 60, burst=100), 4: Limit(rate=100 / 60, burst=500)}
IN_ONE_CHANNEL: Final = Limit(rate=1, burst=4)
IN_ALL_CHANNELS: Final = Limit(rate=10, burst=60)


class RateLimiter:
    """Counts calls against limits. Not thread safe: only the server's loop calls it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def wait(self, limits: dict[str, Limit]) -> int:
        """Count one call against every named limit and return 0; else count nothing and return the seconds to wait."""
        tokens_left = {name: self._tokens_left(name, limit) for name, limit in limits.items()}
        seconds = max(
            (math.ceil((1 - tokens_left[name]) / limit.rate) for name, limit in limits.items() if tokens_left[name] < 1), default=0
        )
        if not seconds:
            self._buckets |= {name: (tokens - 1, self._clock.now()) for name, tokens in tokens_left.items()}
        return seconds

    def forget(self) -> None:
        """Forget all calls."""
        self._buckets = {}

    def _tokens_left(self, name: str, limit: Limit) -> float:
        now = self._clock.now()
        level, since = self._buckets.get(name, (float(limit.burst), now))
        seconds = max((now - since).total_seconds(), 0.0)  # a reset turns the clock back
        return min(limit.burst, level + seconds * limit.rate)
