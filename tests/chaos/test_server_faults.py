"""A server that is away, read-only, full of connections or broken off: who writes is told in time, and all goes on by itself."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.database.patience import one_budget
from bot.errors import Unsure
from bot.migrations import SchemaState, migrate, state
from tests.support.database import open_database
from tests.support.server import Server, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

pytestmark = [pytest.mark.postgres, pytest.mark.long]  # it stops and starts a server of its own
IN_TIME = 3.0  # seconds, as long as a person's press may wait
FEW = {"synchronous_commit": "on", "max_connections": "12"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server(FEW) as server:
        engine = create_engine(server.url, poolclass=NullPool)
        migrate(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE shelf (number int)"))
        yield server


@pytest.fixture
def shelf(server: Server) -> Iterator[Database]:
    """A database with an empty table, in which one row has been written on a connection that stays open."""
    with closing(open_database(server.url)) as database:
        database.write(lambda session: session.execute(text("DELETE FROM shelf")))
        yield database


def add(session: Session) -> None:
    session.execute(text("INSERT INTO shelf VALUES (1)"))


def rows(database: Database) -> int:
    with database.look() as session:
        return session.scalar(text("SELECT count(*) FROM shelf")) or 0


@contextmanager
def refused_in_time() -> Iterator[None]:
    """What is done here is refused, while there is time left to say so."""
    began = time.monotonic()
    with pytest.raises(DBAPIError):
        yield
    assert time.monotonic() - began < IN_TIME


def command(server: Server, *statements: str) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_who_writes_or_looks_while_the_server_is_away_is_told_in_time_and_later_all_goes_on(server: Server, shelf: Database) -> None:
    server.stop("immediate")
    try:
        with refused_in_time():
            shelf.write(add)
        with refused_in_time():
            rows(shelf)
    finally:
        server.start()
    shelf.write(add)
    assert rows(shelf) == 1


def test_twenty_who_press_while_the_server_is_away_are_all_told_in_time(server: Server, shelf: Database) -> None:
    server.stop("immediate")
    try:
        began = time.monotonic()
        with ThreadPoolExecutor(20) as people:
            said = [people.submit(shelf.write, add) for _ in range(20)]
        assert all(isinstance(person.exception(), DBAPIError) for person in said)
        assert time.monotonic() - began < IN_TIME
    finally:
        server.start()
    assert rows(shelf) == 0


def test_who_writes_or_looks_while_the_server_restarts_waits_for_it(server: Server, shelf: Database) -> None:
    server.stop("immediate")
    with ThreadPoolExecutor(3) as people, one_budget(30):

        def patient(what: str) -> None:
            with one_budget(30):
                shelf.write(add) if what == "write" else rows(shelf)

        said = [people.submit(patient, what) for what in ("write", "look", "write")]
        time.sleep(0.3)
        server.start()
        for person in said:
            person.result()
    assert rows(shelf) == 2


def test_on_a_server_that_only_reads_nobody_is_thanked_and_when_it_writes_again_all_goes_on(server: Server, shelf: Database) -> None:
    command(server, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    try:
        time.sleep(0.2)
        with refused_in_time():
            shelf.write(add)
        assert rows(shelf) == 0
    finally:
        command(
            server, "SET default_transaction_read_only = off", "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()"
        )
    time.sleep(0.2)
    shelf.write(add)
    assert rows(shelf) == 1


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """The server accepts, and says nothing: the postmaster and all that it has started stand still."""
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text()
    stopped = [postmaster, *map(int, children.split())]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(stopped):
            os.kill(pid, signal.SIGCONT)


def test_who_writes_or_looks_on_a_server_that_says_nothing_is_told_in_time_and_later_all_goes_on(server: Server, shelf: Database) -> None:
    for act in (shelf.write, lambda _: rows(shelf)) * 2:  # first on a line that is open already, and then on a new one
        rows(shelf)
        with frozen(server):
            for _ in range(2):
                with one_budget(), refused_in_time():
                    act(add)
    shelf.write(add)
    assert rows(shelf) == 1


@pytest.mark.parametrize("apart", [0.0, 0.1])
def test_twenty_who_press_while_the_server_says_nothing_are_all_told_in_time(server: Server, shelf: Database, apart: float) -> None:
    """All at one moment, or one after the other: those who come later lead when their patience is nearly over, and need a new line."""

    def press(place: int) -> float:
        time.sleep(place * apart)
        began = time.monotonic()
        with one_budget(), pytest.raises(DBAPIError):
            shelf.write(add)
        return time.monotonic() - began

    with frozen(server), ThreadPoolExecutor(20) as people:
        waits = list(people.map(press, range(20)))
    assert max(waits) < IN_TIME
    shelf.write(add)
    assert rows(shelf) == 1


def test_who_writes_is_told_in_time_where_the_server_falls_silent_in_the_middle(server: Server, shelf: Database) -> None:
    stopped = []

    def add_and_freeze(session: Session) -> None:
        add(session)
        stopped.append(session.scalar(text("SELECT pg_backend_pid()")))
        os.kill(stopped[-1], signal.SIGSTOP)

    try:
        began = time.monotonic()
        with one_budget(), pytest.raises((DBAPIError, Unsure)):
            shelf.write(add_and_freeze)
        assert time.monotonic() - began < IN_TIME
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    with one_budget(10):
        shelf.write(add)


def test_where_no_connection_is_left_who_comes_waits_for_one_and_is_told_in_time(server: Server, shelf: Database) -> None:
    with ExitStack() as taken:
        with suppress(psycopg.OperationalError):
            while True:
                taken.enter_context(psycopg.connect(server.url))
        with closing(open_database(server.url)) as other, refused_in_time():
            other.write(add)
        shelf.write(add)  # who has a connection goes on
    with closing(open_database(server.url)) as other:
        other.write(add)
    assert rows(shelf) == 2


def test_a_migration_that_is_broken_off_leaves_nothing_half_done(server: Server) -> None:
    command(server, "DROP DATABASE IF EXISTS half", "CREATE DATABASE half")
    engine = create_engine(server.url.replace("/postgres", "/half"), poolclass=NullPool)
    with ThreadPoolExecutor(1) as beside:
        migrating = beside.submit(migrate, engine)
        while not migrating.done():
            command(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'half' AND query LIKE '%TABLE%'")
        migrating.exception()
    assert state(engine) in {SchemaState.EMPTY, SchemaState.CURRENT}
    migrate(engine)
    assert state(engine) is SchemaState.CURRENT
