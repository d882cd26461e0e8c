"""What the health page looks at in a bot that runs. Each function looks and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.failures import Failures
    from bot.health.signs_of_life import SignsOfLife
    from bot.sending.lanes import Standstill


@dataclass(frozen=True, kw_only=True)
class Vitals:
    """One running bot, as its health is looked at.

    `programme` gives the id of the one that runs; `lease_sight` whether delivery is ours, and how long ago its holder showed life.
    """

    look: Callable[[], AbstractContextManager[Session]]
    now: Callable[[], datetime]
    programme: Callable[[], str]
    signs: SignsOfLife
    failures: Failures
    is_connected: Callable[[], bool]
    is_clock_believed: Callable[[], bool]
    lease_sight: Callable[[], tuple[bool, float] | None]
    standstills: Callable[[], Mapping[str, Standstill]]
    rate_limits: Callable[[], int]
    rounds_sent: Callable[[], int]
    lines_made: Callable[[], int]
