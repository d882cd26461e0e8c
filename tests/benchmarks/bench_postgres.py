"""Measures both engines side by side: a file, and a server that waits for its disk at each commit."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, func, select, text, update

from bot.database import places
from bot.dialogue.people import MARK_WELCOMED
from bot.migrations import migrate
from bot.models import MessageKind, MessageState, OutboxMessage, Reply
from tests.benchmarks.bench_digest import digesting
from tests.benchmarks.bench_slack import asking_bot
from tests.benchmarks.processes import workspace_process
from tests.support.database import open_database, unit_of_work
from tests.support.figures import figure, percentile
from tests.support.heartbeat_world import LISTS, TO_PEOPLE, HeartbeatWorld, here
from tests.support.programme import write_programme
from tests.support.server import running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.database.unit_of_work import Database
    from tests.support.server import Server

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
ENGINES = ("SQLite", "PostgreSQL")
MANY = 20_000
BEATS = 20
WELCOMED, ASKED = "2018-10-08 11:00", "2018-10-09 10:40"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server(DURABLE, on_disk=True) as made:
        yield made


@pytest.fixture(autouse=True)
def _beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands beside a database on a server goes with the test."""
    monkeypatch.setattr(places, "FOLDER", tmp_path)


@pytest.fixture
def new_url(server: Server, tmp_path: Path) -> Callable[[str], str]:
    """The address of a new database without tables, on an engine."""

    def make(engine: str) -> str:
        name = f"bench_{uuid4().hex}"
        if engine == "SQLite":
            return f"sqlite:///{tmp_path / name}.sqlite"
        on_server = create_engine(server.url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with on_server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        on_server.dispose()
        return server.url.removesuffix("postgres") + name

    return make


@contextmanager
def further_processes(root: Path, url: str, address: str, number: int) -> Iterator[None]:
    """So many processes more that answer people, on the same database."""
    command = [sys.executable, "-m", "tests.benchmarks.answering_process", url, address]
    with ExitStack() as stack:
        for _ in range(number):
            process = subprocess.Popen(command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            stack.callback(process.communicate, timeout=20)
            assert process.stdout is not None
            while process.stdout.readline() != "listens\n":
                assert process.poll() is None
        yield


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("engine", "processes", "answers"), [("SQLite", 1, 200), ("PostgreSQL", 1, 200), ("PostgreSQL", 4, 800)])
def test_answers_sent_at_one_moment(root: Path, new_url: Callable[[str], str], engine: str, processes: int, answers: int):
    url = new_url(engine)
    with workspace_process(root, answers * 5 // 4) as workspace, asking_bot(root, workspace, url) as bot:
        bot.delivery.deliver()
        with further_processes(root, url, workspace.address, processes - 1):
            assert workspace.told(f"open {answers}") == answers
            took = workspace.told("send")
        with bot.database.look() as session:
            stored = session.scalar(select(func.count()).select_from(Reply))
    acknowledged = [seconds for seconds in took if seconds is not None]
    assert stored is not None
    assert stored >= len(acknowledged), "a reply was acknowledged and is not stored"
    slow = [1000 * percentile(acknowledged, share) for share in (0.5, 0.99)]
    told = f"p50 {slow[0]:.0f} ms, p99 {slow[1]:.0f} ms, {answers - len(acknowledged)} without"
    met = slow[1] < 300 and len(acknowledged) == answers
    figure(f"{answers} answers at one moment, {processes} on {engine}", told, "p99 under 300 ms", met=met)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_roster_and_a_round_of_20_000_people_and_a_beat_with_nothing_due(
    tmp_path: Path, new_url: Callable[[str], str], engine: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(LISTS, "S0LEADERS", MANY - sum(LISTS.values()) + LISTS["S0LEADERS"])
    with closing(open_database(new_url(engine))) as database:
        database.keep_private()
        migrate(database.engine)
        world = HeartbeatWorld(write_programme(tmp_path / "schedules").parent, database)
        read = seconds(world.heart.beat)
        figure(f"reading a roster of 20,000 for the first time, {engine}", f"{read:.1f} s", "under 10 s", met=read < 10)
        world.clock.moment = here(WELCOMED)
        world.heart.beat()
        take_for_delivered(database, world)
        world.clock.moment = here(ASKED)
        opened = seconds(world.heart.beat)
        with database.look() as session:
            asked = session.scalar(select(func.count()).where(OutboxMessage.kind == MessageKind.QUESTION)) or 0
        figure(f"opening a round for {asked:,} people, {engine}", f"{opened:.1f} s", "under 3 s", met=opened < 3 and asked > 0)
        take_for_delivered(database, world)
        world.heart.beat()
        idle = 1000 * percentile([seconds(world.heart.beat) for _ in range(BEATS)], 0.5)
    figure(f"  a beat with nothing due then, {engine}", f"{idle:.1f} ms", "under 20 ms", met=idle < 20)


def take_for_delivered(database: Database, world: HeartbeatWorld) -> None:
    """What the world's `deliver` does, in a few statements for all people."""
    now = world.clock.now()
    due = OutboxMessage.kind.in_(TO_PEOPLE), OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at <= now
    welcomed = select(OutboxMessage.person_id).where(*due, OutboxMessage.kind == MessageKind.WELCOME)
    with unit_of_work(database) as session:
        if people := session.scalars(welcomed).all():
            session.execute(MARK_WELCOMED, [{"person": person, "now": now} for person in people])
        session.execute(update(OutboxMessage).where(*due).values(state=MessageState.SENT, sent_at=now))


def seconds(work: Callable[[], None]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.mark.timeout(900)
def test_a_digest_over_100_000_replies_on_both(root: Path, new_url: Callable[[str], str]):
    took = {}
    for engine in ENGINES:
        got = digesting(root, 100_000, new_url(engine))
        took[engine] = got["first"][1] + got["quotes first"][1]
    ratio = took["PostgreSQL"] / took["SQLite"]
    told = f"{took['PostgreSQL']:.1f} s: {ratio:.2f} times SQLite"
    figure("a digest over 100,000 replies on PostgreSQL", told, "at most 1.3 times", met=ratio <= 1.3)
