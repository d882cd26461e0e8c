"""How are the rooms wired together?

An `Engine` is everything one running bot consists of. It is assembled the same way whether the platform is Slack or the local
workspace, and whether the clock is the wall's or a rehearsal's.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import handlers
from bot.seam import Door
from bot.sending import Delivery, Lease, Limits, Pace, spokesman_of
from schedules.heartbeat import Heartbeat

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.clock import Clock
    from bot.database import Database
    from bot.programme import Programme
    from bot.seam import Action, Answer, Platform
    from schedules.shelf import Shelf

NORMAL: Final = Limits()
WORKSPACE: Final = "default"  # one installation serves one workspace; its database holds that workspace's lease


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One running bot, wired and not yet started."""

    database: Database
    shelf: Shelf
    platform: Platform
    clock: Clock
    heartbeat: Heartbeat
    delivery: Delivery
    lease: Lease

    def start(self) -> None:
        """Let people in: check the token, then listen."""
        self.platform.start(Door(act=self._act, read=self._read))

    def stop(self) -> None:
        """Let nobody in any more, and give back the right to deliver."""
        self.platform.stop()
        self.lease.release()

    def _act(self, action: Action) -> Answer:
        with self.database.work() as session:
            return self._answer(action, session)

    def _read(self, action: Action) -> Answer:
        with self.database.look() as session:
            return self._answer(action, session)

    def _answer(self, action: Action, session: Session) -> Answer:
        now = self.clock.now()
        return handlers.answer(action, session, now, self.shelf.current(now))


def assemble(*, database: Database, shelf: Shelf, platform: Platform, clock: Clock, limits: Limits | None = NORMAL) -> Engine:
    """Wire the rooms together. `limits` None: as fast as it goes."""
    lease = Lease(database.work, workspace=WORKSPACE, monotonic=time.monotonic)
    delivery = Delivery(
        work=database.work,
        look=database.look,
        platform=platform,
        spokesman=spokesman_of(lambda: shelf.current(clock.now())),
        clock=clock,
        pace=Pace(clock, limits=limits),
        lease=lease,
    )
    heartbeat = Heartbeat(database=database, shelf=shelf, platform=platform, clock=clock)
    return Engine(database=database, shelf=shelf, platform=platform, clock=clock, heartbeat=heartbeat, delivery=delivery, lease=lease)


def channels_of(programme: Programme) -> tuple[str, ...]:
    """The channels a programme cannot do without."""
    return (programme.digest.channel, programme.people.organisers_channel)
