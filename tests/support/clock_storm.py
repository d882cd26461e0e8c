"""A season in which the machine's clock may jump at every point, compared with one where it does not.

The true time, the machine's clock, monotonic seconds and the platform's clock are made here; database, programme and beats are real.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from bot.app.installation import newest_moment
from bot.confirmed_clock import ConfirmedClock
from bot.dialogue.rounds import replies
from bot.errors import Refused, Unsure
from bot.models import MessageKind, MessageState
from schedules.heartbeat import Heartbeat
from schedules.programme_store import ProgrammeStore
from tests.support.database import copy_database, open_database, remove_copy, unit_of_work
from tests.support.heartbeat_world import HeartbeatWorld, here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.database.unit_of_work import Database

POINTS = """
2018-10-05 12:00  2018-10-08 08:00  2018-10-08 10:00  2018-10-09 09:00  2018-10-09 12:00  2018-10-10 16:00  2018-10-11 14:00
2018-10-12 09:30  2018-10-12 10:30  2018-10-12 15:00  2018-10-14 02:00  2018-10-19 09:30  2018-10-19 11:00  2018-10-23 09:00
2018-10-23 14:00  2018-10-26 10:05
"""
MOMENTS = [moment.strip() for line in POINTS.strip().splitlines() for moment in line.split("  ")]
DAY: Final = timedelta(days=1)
LOOK_EVERY, BEAT_EVERY = timedelta(minutes=4), timedelta(minutes=40)
KEPT = {  # what must be the same, whatever the clock has shown: all that cannot be made good again
    "ties": "SELECT round_id, count(*) FROM authorships GROUP BY round_id ORDER BY round_id",
    "replies": "SELECT round_id, count(*) FROM replies GROUP BY round_id ORDER BY round_id",
    "participations": "SELECT round_id, count(*) FROM participations GROUP BY round_id ORDER BY round_id",
    "slots": "SELECT week, day, reason FROM missed_slots ORDER BY week, day",
    "rounds": "SELECT week, entry, closed_at IS NULL, detached_at IS NULL, deleted_at IS NULL FROM rounds ORDER BY id",
    "people": "SELECT state, role, count(*) FROM people GROUP BY state, role ORDER BY state, role",
    "messages": "SELECT kind, state, count(*) FROM outbox WHERE kind <> 'notice' GROUP BY kind, state ORDER BY kind, state",
    "digests": "SELECT week, state FROM digests ORDER BY id",
}


@dataclass(frozen=True, kw_only=True)
class Jump:
    """The machine's clock is `ahead` (or behind) for a while, from a point of the season on."""

    point: int
    ahead: timedelta
    lasts: timedelta
    restarts: frozenset[str]  # at the "begin", in the "middle", at the "end"
    platform_tells: bool


def some_jumps(seed: int, count: int) -> list[Jump]:
    """Jumps of every size at every point, the same for the same seed."""
    pick = random.Random(seed)  # noqa: S311 - the same jumps each time
    return [
        Jump(
            point=number % len(MOMENTS),
            ahead=_some_duration(pick, timedelta(minutes=15), timedelta(days=366)) if pick.random() < 0.8 else -pick.random() * DAY,
            lasts=_some_duration(pick, timedelta(seconds=30), timedelta(days=3)),
            restarts=frozenset(when for when in ("begin", "middle", "end") if pick.random() < 0.3),
            platform_tells=pick.random() < 0.7,
        )
        for number in range(count)
    ]


def _some_duration(pick: random.Random, shortest: timedelta, longest: timedelta) -> timedelta:
    """Short ones as often as long ones."""
    return shortest * (longest / shortest) ** pick.random()


@dataclass
class Universe:
    """What time it truly is, what the machine says, and whether the platform tells."""

    true: datetime
    ahead: timedelta = timedelta()
    platform_tells: bool = True

    def machine(self) -> datetime:
        return self.true + self.ahead

    def monotonic(self) -> float:
        return self.true.timestamp()

    def platform(self) -> datetime:
        if not self.platform_tells:
            raise Unsure("no answer")
        return self.true


@dataclass
class Season:
    """A season of a small programme, kept at each of its points."""

    folder: Path
    points: list[tuple[datetime, str]] = field(default_factory=list)

    def live(self, url: str, points: int = len(MOMENTS)) -> None:
        """Live through it once in a fresh database, with everybody answering every question, and keep it at the first points."""
        write_programme(self.folder)
        database = open_database(url)
        world = HeartbeatWorld(self.folder, database)
        moment = here("2018-10-01 08:00")
        for point in map(here, MOMENTS[:points]):
            while moment < point:
                world.clock.moment = moment
                world.beat()
                _everybody_answers(world)
                moment += timedelta(hours=8)
            self.points.append((point, copy_database(url, self.folder / f"point-{len(self.points)}.sqlite")))
        database.close()

    def kept_after(self, jump: Jump | None, of: Jump, *, guarded: bool = True) -> dict[str, Any]:
        """What stands in the database some time after a jump, or if it never was, where it would have been."""
        point, source = self.points[of.point]
        url = copy_database(source, self.folder / f"run-{random.getrandbits(64)}.sqlite")
        universe, database = Universe(point.astimezone(UTC)), open_database(url)
        life = _Life(self.folder, database, universe, guarded=guarded)
        life.restart()
        life.go_on(timedelta(minutes=20))
        if jump:
            universe.ahead = jump.ahead
        for when in ("begin", "middle"):
            life.restart_if(when in of.restarts)
            universe.platform_tells = jump is None or jump.platform_tells
            life.go_on(of.lasts / 2)
        universe.ahead, universe.platform_tells = timedelta(), True
        life.restart_if("end" in of.restarts)
        life.go_on(timedelta(minutes=90))
        with database.look() as session:
            kept = {name: session.execute(text(question)).all() for name, question in KEPT.items()}
        database.close()
        remove_copy(url)
        return kept


class _Life:
    """A bot from one start to the next."""

    def __init__(self, folder: Path, database: Database, universe: Universe, *, guarded: bool) -> None:
        self.world = HeartbeatWorld(folder, database)
        self.universe, self.guarded = universe, guarded
        self.folder, self.database = folder, database

    def restart_if(self, wanted: bool) -> None:
        if wanted:
            self.restart()

    def restart(self) -> None:
        """A bot on Slack has spoken with it before it begins."""
        self.universe.platform_tells = True
        with self.database.look() as session:
            newest = newest_moment(session)
        universe = self.universe
        self.clock = ConfirmedClock(universe.platform, newest=newest, machine=universe.machine, monotonic=universe.monotonic)
        self.clock.begin()
        platform: Any = self.world.platform
        clock: Any = self.clock if self.guarded else SimpleNamespace(now=universe.machine, doubt=lambda: None)
        self.world.clock = clock
        self.world.heart = Heartbeat(database=self.database, programme_store=ProgrammeStore(self.folder), platform=platform, clock=clock)
        self.last_beat = self.universe.true - BEAT_EVERY

    def go_on(self, duration: timedelta) -> None:
        """Beat for so long, at once and then now and again, and look at the clock in between."""
        end = self.universe.true + duration
        self._look(beat=True)
        while self.universe.true < end:
            self.universe.true = min(self.universe.true + LOOK_EVERY, end)
            self._look(beat=self.universe.true - self.last_beat >= BEAT_EVERY)
        self._look(beat=True)

    def _look(self, *, beat: bool) -> None:
        self.clock.look()
        if beat:
            self.world.heart.beat()
            doubt = self.world.clock.doubt()
            if doubt is None or not doubt.is_open:
                self.world.deliver()
            self.last_beat = self.universe.true


def _everybody_answers(world: HeartbeatWorld) -> None:
    """Who has been asked and can answer yet does."""
    programme, now = ProgrammeStore(world.folder).first(), world.clock.now()
    asked = [
        (question.address, question.round_id) for question in world.messages(MessageKind.QUESTION) if question.state is MessageState.SENT
    ]
    with unit_of_work(world.database) as session:
        for address, round_id in asked:
            with suppress(Refused):
                replies.record(session, now, programme, address, round_id or 0, "Et svar", wish=False, quote=False)


def losses(kept: dict[str, Any], calm: dict[str, Any]) -> Sequence[str]:
    """What is not as it would have been."""
    return [f"{name}: {kept[name]} instead of {calm[name]}" for name in KEPT if kept[name] != calm[name]]
