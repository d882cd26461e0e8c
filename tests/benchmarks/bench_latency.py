"""Measures what it costs that Slack is far away and has rate limits.

Over a line on which each call takes its time, in real seconds.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot import migrations
from bot.app.engine import USUAL_LIMITS, Engine, assemble, channels_of
from bot.app.keys import LOCAL
from bot.app.rehearsal.local_bot import APP_TOKEN, BOT_TOKEN
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys
from bot.database.unit_of_work import Database
from bot.platforms.slack import SlackPlatform
from bot.sending.delivery import CALLS_IN_FLIGHT
from schedules.programme_store import ProgrammeStore
from tests.benchmarks.processes import line_process, workspace_process
from tests.support.database import KEY
from tests.support.figures import figure, percentile
from tests.support.running_clock import RunningClock
from tests.support.world import DAY, OPENS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.clock import Clock
    from bot.sending.pace import Limits
    from tests.benchmarks.processes import WorkspaceProcess

FAR = 0.15  # seconds a call takes
LONGEST = 180.0  # seconds of fan-out at most: what is too slow is measured by how far it comes
WELCOMED_AT = OPENS - DAY + timedelta(minutes=1)
ASKED = 2000
SHARE, MOST_REFUSED = 0.95, 0.01


@contextmanager
def bot(root: Path, url: str, address: str, clock: RunningClock, limits: Limits | None) -> Iterator[Engine]:
    """The bot that runs on Slack, with a database at `url`, and Slack at `address`."""
    engine = engine_at(ProgrammeStore(root / "schedules"), url, address, clock, limits)
    engine.start()
    yield engine
    engine.stop()
    engine.database.close()


def engine_at(programme_store: ProgrammeStore, url: str, address: str, clock: Clock, limits: Limits | None) -> Engine:
    """A bot on Slack that is not started."""
    database = Database(url, carried={KEYS_IN_SESSION: Keys.read(KEY)})
    migrations.ensure(database, create_silently=True)
    programme = programme_store.current(clock.now())
    platform = SlackPlatform(
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        api_url=f"{address}api/",
        channels=channels_of(programme),
        language=programme.language,
    )
    return assemble(
        workspace=LOCAL,
        database=database,
        programme_store=programme_store,
        platform=platform,
        clock=clock,
        limits=limits,
        calls_in_flight=CALLS_IN_FLIGHT,
    )


@contextmanager
def fan_out(engine: Engine) -> Iterator[threading.Thread]:
    """What is due is delivered meanwhile, as `run` does it: whenever something is due, until it is over or lasts too long."""
    stop = threading.Event()

    def deliver() -> None:
        while not stop.is_set() and engine.delivery.next_moment() is not None:
            engine.delivery.deliver(stop)
            stop.wait(0.2)

    thread = threading.Thread(target=deliver)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()


def posts(workspace: WorkspaceProcess, messages: int) -> tuple[list[float], list[float]]:
    """When posts were taken and refused, once so many were taken, or it has lasted too long."""
    deadline = time.monotonic() + LONGEST
    while True:
        taken, refused = workspace.told("posts")
        if len(taken) >= messages or time.monotonic() > deadline:
            return taken, refused
        time.sleep(0.5)


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("rate", "messages"), [(20, 2000), (5, 300)])
def test_of_an_enforced_allowance_over_a_long_line(root: Path, tmp_path: Path, rate: int, messages: int):
    clock = RunningClock(WELCOMED_AT)
    people = messages + messages // 10  # a few live where it is another hour
    with workspace_process(root, people) as workspace, line_process(root, workspace, FAR) as address:
        workspace.told(f"limit {rate}")
        with bot(root, f"sqlite:///{tmp_path / 'bot.sqlite'}", address, clock, USUAL_LIMITS) as engine:
            engine.heartbeat.beat()
            with fan_out(engine):
                taken, refused = posts(workspace, messages)
    half = taken[len(taken) // 2 :]
    share = (len(half) - 1) / (half[-1] - half[0]) / rate
    refusals = sum(moment > half[0] for moment in refused) / len(half)
    told = f"{share:.0%} of it, {refusals:.1%} refused"
    met = share >= SHARE and refusals <= MOST_REFUSED
    far = f"{1000 * FAR:.0f} ms"
    figure(f"second half of {len(taken):,} messages at {far}, {rate}/s enforced", told, "at least 95 %, at most 1 % refused", met=met)


@pytest.mark.timeout(300)
def test_presses_do_not_wait_behind_a_fan_out_nor_for_each_other(root: Path, tmp_path: Path):
    url, clock = f"sqlite:///{tmp_path / 'bot.sqlite'}", RunningClock(WELCOMED_AT)
    with workspace_process(root, ASKED) as workspace:
        with bot(root, url, workspace.address, clock, None) as engine:
            engine.heartbeat.beat()
            engine.delivery.deliver()
            clock.set_to(OPENS - timedelta(hours=1))  # in the other time zones people are welcomed later, and a round waits for them
            engine.delivery.deliver()
            clock.set_to(OPENS)
            engine.heartbeat.beat()
            workspace.told("limit 100000")
            with fan_out(engine) as sending:
                while len(workspace.told("posts")[0]) < ASKED // 10:
                    time.sleep(0.01)
                during = workspace.told("press 100 0.005")
                still = sending.is_alive()
            engine.delivery.deliver()
            report("press to window during a fan-out", during, 0.1, "p99 under 100 ms" if still else "p99 under 100 ms (it was over)")
        with line_process(root, workspace, FAR) as address, bot(root, url, address, clock, None):
            for presses in (100, 180):
                took = workspace.told(f"press {presses} 0")
                report(f"{presses} presses at one moment at {1000 * FAR:.0f} ms", took, 3.0, "none over 3 s", share=1.0)


def report(what: str, took: list[Any], most: float, bound: str, share: float = 0.99) -> None:
    """One line of the table."""
    opened = [seconds for seconds in took if seconds is not None]
    slow = percentile(opened, share)
    told = f"{1000 * slow:.0f} ms, {len(took) - len(opened)} without"
    figure(what, told, bound, met=slow < most and len(opened) == len(took))
