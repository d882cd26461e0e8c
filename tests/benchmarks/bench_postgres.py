"""Measures both engines side by side: a file, and a server that waits for its disk at each commit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
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

    from sqlalchemy import Connection

    from bot.database.unit_of_work import Database
    from tests.support.server import Server

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "1000"}
ENGINES = ("SQLite", "PostgreSQL")
BEATS = 20
OPENING = {"reading the lists for the first time": 10, "opening a round": 3, "a beat with nothing due": 0.02}  # seconds at most
DIALOGUES, CORES = 98, 4  # that are to share so many cores
HERE = int(os.environ.get("DIALOGUES", 10 * (os.cpu_count() or 1)))  # that ask in this run: fewer, beside whatever else runs here
PARTICIPANTS = 214  # of whom 204 live where it is the hour of the question
RATE = 5  # messages a second that each workspace takes, which is the least that "several hundred a minute" may mean
CONNECTIONS = text("SELECT count(*) FROM pg_stat_activity WHERE starts_with(datname, :of)")
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
        with on_server(server) as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return server.url.removesuffix("postgres") + name

    return make


@contextmanager
def on_server(server: Server) -> Iterator[Connection]:
    """A connection on which databases can be made and dropped."""
    engine = create_engine(server.url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


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


@pytest.mark.timeout(600)
def test_200_answers_at_one_moment_on_both(root: Path, new_url: Callable[[str], str]):
    slow = {engine: slow_answers(root, new_url(engine), f"200 answers at one moment, {engine}", 1, 200) for engine in ENGINES}
    compare("  on PostgreSQL", slow)


@pytest.mark.timeout(600)
def test_800_answers_at_one_moment_to_4_processes(root: Path, new_url: Callable[[str], str]):
    few = slow_answers(root, new_url("PostgreSQL"), "200 answers at one moment, PostgreSQL", 1, 200)
    many = slow_answers(root, new_url("PostgreSQL"), "800 answers at one moment, 4 processes on PostgreSQL", 4, 800)
    figure("  800 to 4 processes", f"{many / few:.1f} times 200 to one", "(ratio)", met=True)


def slow_answers(root: Path, url: str, what: str, processes: int, answers: int) -> float:
    """The seconds that 99 of 100 answers need at most, of which a line tells."""
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
    half, slow = (percentile(acknowledged, share) for share in (0.5, 0.99))
    told = f"p50 {1000 * half:.0f} ms, p99 {1000 * slow:.0f} ms, {answers - len(acknowledged)} without"
    figure(what, told, "p99 under 300 ms", met=slow < 0.3 and len(acknowledged) == answers)
    return slow


def compare(what: str, took: dict[str, float], most: float | None = None) -> None:
    """What PostgreSQL takes, in times of SQLite in the same run."""
    ratio = took["PostgreSQL"] / took["SQLite"]
    bound = "(ratio)" if most is None else f"at most {most} times"
    figure(what, f"{ratio:.2f} times SQLite", bound, met=most is None or ratio <= most)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("people", [214, 20_000])
def test_a_roster_a_round_and_a_beat_with_nothing_due_on_both(
    tmp_path: Path, new_url: Callable[[str], str], people: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(LISTS, "S0LEADERS", people - sum(LISTS.values()) + LISTS["S0LEADERS"])
    took = {engine: first_round(tmp_path / engine, new_url(engine)) for engine in ENGINES}
    for number, (what, most) in enumerate(OPENING.items()):
        seconds_of = {engine: took[engine][number] for engine in ENGINES}
        for engine, needed in seconds_of.items():
            figure(f"{what}, {people:,} people, {engine}", f"{1000 * needed:,.1f} ms", f"under {1000 * most:,.0f} ms", met=needed < most)
        compare("  on PostgreSQL", seconds_of)


def first_round(folder: Path, url: str) -> tuple[float, float, float]:
    """Seconds of reading the lists for the first time, of opening a round, and of a beat with nothing due."""
    with closing(open_database(url)) as database:
        database.keep_private()
        migrate(database.engine)
        world = HeartbeatWorld(write_programme(folder / "schedules").parent, database)
        read = seconds(world.heart.beat)
        world.clock.moment = here(WELCOMED)
        world.heart.beat()
        take_for_delivered(database, world)
        world.clock.moment = here(ASKED)
        opened = seconds(world.heart.beat)
        with database.look() as session:
            assert session.scalar(select(OutboxMessage.id).where(OutboxMessage.kind == MessageKind.QUESTION).limit(1))
        take_for_delivered(database, world)
        world.heart.beat()
        return read, opened, percentile([seconds(world.heart.beat) for _ in range(BEATS)], 0.5)


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
        figure(f"a digest over 100,000 replies, {engine}", f"{took[engine]:.1f} s", "under 5 s", met=took[engine] < 5)
    compare("  on PostgreSQL", took, 1.3)


@pytest.mark.timeout(1200)
def test_as_many_of_98_dialogues_as_fit_that_ask_at_one_moment(root: Path, server: Server, new_url: Callable[[str], str]):
    template = new_url("PostgreSQL")
    with workspace_process(root, PARTICIPANTS) as workspace, asking_bot(root, workspace, template):
        pass  # everybody is welcomed, and the questions wait
    alone = dialogues_asking(root, server, template, 1)
    dialogues_asking(root, server, template, HERE, alone)


def dialogues_asking(root: Path, server: Server, template: str, number: int, alone: float | None = None) -> float:
    """What so many dialogues reach of what Slack allows them, of which lines tell."""
    postmaster = (server.data / "postmaster.pid").read_text().split()[0]
    command = [sys.executable, "-m", "tests.benchmarks.dialogue_processes", f"{template}_{number}_", str(number), str(RATE), postmaster]
    name = template.rpartition("/")[2]
    with on_server(server) as connection:
        for each in range(number):
            connection.execute(text(f"CREATE DATABASE {name}_{number}_{each} TEMPLATE {name}"))
        with TemporaryFile("w+") as said, subprocess.Popen(command, cwd=root, stdout=said, start_new_session=True) as process:
            try:
                most = waited_for(process, connection, name)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # whatever came in between, nothing goes on
            said.seek(0)
            got = json.loads(said.read().splitlines()[-1])
    return tell_of_dialogues(got, number, most, alone)


def waited_for(process: subprocess.Popen[bytes], connection: Connection, name: str) -> int:
    """The most connections that the dialogues had until their end."""
    most = 0
    while process.poll() is None:
        most = max(most, connection.scalar(CONNECTIONS, {"of": name}) or 0)
        time.sleep(0.5)
    assert process.returncode == 0, "a dialogue did not begin"
    return most


def tell_of_dialogues(got: dict[str, Any], number: int, connections: int, alone: float | None) -> float:
    """The second half of each dialogue, when its pace has been found: its share of what Slack takes, and what it cost."""
    halves = [taken[len(taken) // 2 :] for taken in got["taken"]]
    shares = [(len(half) - 1) / (half[-1] - half[0]) / RATE for half in halves]
    reached, posts = sum(shares) / number, sum(map(len, got["taken"]))
    lasted = max(taken[-1] for taken in got["taken"]) - got["begun"]
    told = f"{reached:.0%} of it, the slowest {min(shares):.0%}"
    figure(f"{posts:,} questions of {number} dialogues, {RATE}/s enforced for each", told, "at least 95 %", met=reached >= 0.95)
    if alone is not None:
        figure("  one dialogue alone reaches", f"{alone:.0%}: {reached / alone:.2f} times", "(baseline)", met=True)
    cost = {part: 1000 * got[part] / posts for part in ("dialogues", "database", "slack")}
    told, cores = ", ".join(f"{part} {used:.1f} ms" for part, used in cost.items()), sum(cost.values()) * posts / 1000 / lasted
    figure(f"  processor for a question, {cores:.1f} cores for {lasted:.0f} s", told, "(shown)", met=True)
    needed = sum(cost.values()) / 1000 * RATE * DIALOGUES
    figure(f"  so {DIALOGUES} dialogues need", f"{needed:.1f} cores", f"at most {CORES}", met=needed <= CORES)
    figure("  connections to the database, refused messages", f"{connections}, {got['refused'] / posts:.1%}", "(shown)", met=True)
    return reached
