"""One process of the bot in a storm: what `run` starts on Slack, on the storm's clock, ten times as fast or at the real pace."""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot import logs
from bot.app.engine import assemble
from bot.app.keys import SLACK, make_database, rehearsal_keys
from bot.clock import WallClock
from bot.commands.run import BEAT
from bot.database import postgresql
from bot.failures import DELIVERY
from bot.platforms.slack import SlackPlatform
from bot.sending.delivery import CALLS_IN_FLIGHT
from bot.settings import LogFormat, LogLevel
from schedules.heartbeat import Metronome
from schedules.programme_store import ProgrammeStore
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app.engine import Engine

FASTER: Final = 10  # the lease's seconds, and the beat's
FREEZE: Final = "freeze"  # the file that asks whoever delivers to freeze in the midst of writing
BEGINS: Final = datetime(2018, 10, 5, 6, 0, tzinfo=UTC)  # in good time before the first question
SEED: Final = 1  # of the key


class StormClock(WallClock):
    """A clock that all processes of a storm share: it runs as any other, and the storm moves it forward.

    `skew`: the seconds by which this process's own clock is wrong.
    """

    def __init__(self, file: Path, *, skew: float = 0.0) -> None:
        self._ahead = os.open(file, os.O_RDWR)
        self._skew = timedelta(seconds=skew)

    def now(self) -> datetime:
        """The storm's moment."""
        (ahead,) = struct.unpack("d", os.pread(self._ahead, 8, 0))
        return datetime.fromtimestamp(time.time() + ahead, UTC) + self._skew

    def move_to(self, moment: datetime) -> None:
        """Move it forward for all."""
        os.pwrite(self._ahead, struct.pack("d", moment.timestamp() - time.time()), 0)


def make_clock(file: Path) -> StormClock:
    """A clock at the beginning."""
    file.write_bytes(struct.pack("d", 0.0))
    clock = StormClock(file)
    clock.move_to(BEGINS)
    return clock


def work(folder: Path, url: str, address: str, skew: float = 0.0, faster: int = FASTER) -> None:
    """Listen to people, beat and deliver, until this process is killed."""
    sys.stderr = (folder / f"log-{os.getpid()}").open("w", buffering=1)
    logs.set_up(LogLevel.WARNING, LogFormat.JSON)
    postgresql.IDLE //= faster  # type: ignore[misc]  # as fast as the lease
    store = ProgrammeStore(folder / "schedules")
    platform = SlackPlatform(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=f"{address}api/")
    engine = assemble(
        workspace=SLACK,
        database=make_database(url, rehearsal_keys(SEED)),
        programme_store=store,
        platform=platform,
        clock=StormClock(folder / "clock", skew=skew),
        limits=None,
        calls_in_flight=CALLS_IN_FLIGHT,
    )
    engine.lease._monotonic = lambda: time.monotonic() * faster
    (folder / f"holder-{engine.lease._holder}").write_text(str(os.getpid()))
    engine.start()
    stop = threading.Event()
    Metronome(partial(engine.heartbeat.beat, stop), every=BEAT / faster, failures=engine.failures).start()
    while not stop.wait(1.0 / faster):
        with engine.failures.watch(DELIVERY):
            engine.delivery.deliver(stop)
            if (folder / FREEZE).exists() and engine.lease.number is not None:
                raise_and_freeze(engine, folder / FREEZE)


def raise_and_freeze(engine: Engine, asked: Path) -> None:
    """Freeze where it costs the others most: the counter has just been raised, and now this process is the one that writes."""

    def freeze(_: object) -> None:
        if asked.exists():  # a task is run again
            asked.unlink()
            os.kill(os.getpid(), signal.SIGSTOP)

    engine.lease._proved_at = -engine.lease._monotonic()
    engine.lease.keep()
    engine.database.write(freeze, alone=True)
