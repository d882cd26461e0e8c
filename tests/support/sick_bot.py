"""A bot as its health is looked at, in which each thing can be made to fail."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.failures import Failures
from bot.health.signs_of_life import SignsOfLife
from bot.health.vitals import Vitals
from bot.models import LoadedProgramme
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.sending.lanes import Standstill

RUNS = "landsbyen-2018"


@dataclass
class Bot:
    """All is well with it, until a test says otherwise. Its programme is loaded into the database."""

    database: Database
    now: datetime = OPENS
    signs: SignsOfLife = field(default_factory=SignsOfLife)
    failures: Failures = field(default_factory=lambda: Failures(lambda: OPENS))
    is_connected: bool = True
    is_clock_believed: bool = True
    lease_sight: tuple[bool, float] | None = (True, 1.0)
    standstills: dict[str, Standstill] = field(default_factory=dict)
    rate_limits: int = 0
    rounds_sent: int = 0
    lines_made: int = 1
    before_look: Callable[[], Any] = lambda: None

    def __post_init__(self) -> None:
        self.database.write(lambda session: session.add(LoadedProgramme(id=RUNS, loaded_at=OPENS, checksum="0")))

    def vitals(self) -> Vitals:
        return Vitals(
            look=self._look,
            now=lambda: self.now,
            programme=lambda: RUNS,
            signs=self.signs,
            failures=self.failures,
            is_connected=lambda: self.is_connected,
            is_clock_believed=lambda: self.is_clock_believed,
            lease_sight=lambda: self.lease_sight,
            standstills=lambda: self.standstills,
            rate_limits=lambda: self.rate_limits,
            rounds_sent=lambda: self.rounds_sent,
            lines_made=lambda: self.lines_made,
        )

    @contextmanager
    def _look(self) -> Iterator[Session]:
        self.before_look()
        with self.database.look() as session:
            yield session
