"""Several processes write into one database on a server, whose lines break: nothing is written twice, lost, or on old knowledge."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from bot.database import postgresql
from bot.database.patience import one_budget
from tests.support.database import open_database
from tests.support.server_proxy import ServerProxy, line_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

pytestmark = pytest.mark.postgres
PROCESSES, THREADS, TIMES = 3, 3, 12


@pytest.fixture
def line(database_url: str) -> Iterator[ServerProxy]:
    with line_to(database_url) as line:
        yield line


@pytest.fixture
def shelf(database: Database) -> Iterator[Database]:
    """A database with a table on which each row is to have the next number."""
    database.write(lambda session: session.execute(text("CREATE TABLE shelf (number int)")), alone=True)
    yield database
    database.write(lambda session: session.execute(text("DROP TABLE shelf")), alone=True)


def add(session: Session) -> int:
    """Read how many rows there are, and then write the next."""
    number = session.scalar(text("SELECT count(*) FROM shelf")) or 0
    session.execute(text("INSERT INTO shelf VALUES (:number)"), {"number": number})
    return number


def numbers(database: Database) -> list[int]:
    with database.look() as session:
        return list(session.scalars(text("SELECT number FROM shelf ORDER BY number")))


@contextmanager
def idle_holder_of(database: Database) -> Iterator[None]:
    """A process that is frozen in the middle of a transaction, and wakes at the end."""
    connection = database._open(database.engine, time.monotonic() + 5)
    try:
        yield
    finally:
        connection.invalidate()
        connection.close()


def test_what_several_processes_read_and_then_write_is_never_read_too_early(shelf: Database, database_url: str) -> None:
    databases = [open_database(database_url) for _ in range(PROCESSES)]

    def work(n: int) -> None:
        for _ in range(TIMES):
            databases[n % PROCESSES].write(add, alone=n % 2 == 0)

    with ThreadPoolExecutor(PROCESSES * THREADS) as threads:
        list(threads.map(work, range(PROCESSES * THREADS)))
    for database in databases:
        database.close()
    assert numbers(shelf) == list(range(PROCESSES * THREADS * TIMES))


@pytest.mark.parametrize("alone", [True, False])
def test_a_commit_whose_answer_is_lost_is_not_done_twice(shelf: Database, line: ServerProxy, *, alone: bool) -> None:
    with closing(open_database(line.address)) as database:
        line.breaks = ["after"]
        assert database.write(add, alone=alone) == 0
        assert not line.breaks
    assert numbers(shelf) == [0]


@pytest.mark.parametrize("alone", [True, False])
def test_a_commit_that_the_server_never_had_is_done_again_before_anybody_is_thanked(
    shelf: Database, line: ServerProxy, *, alone: bool
) -> None:
    with closing(open_database(line.address)) as database:
        line.breaks = ["before"]
        assert database.write(add, alone=alone) == 0
        assert not line.breaks
        assert numbers(shelf) == [0]


def test_a_line_that_has_broken_meanwhile_is_replaced(shelf: Database, database_url: str) -> None:
    with closing(open_database(database_url)) as database:
        runs = []

        def break_once(session: Session) -> None:
            runs.append(session.scalar(text("SELECT pg_backend_pid()")))
            if len(runs) == 1:
                shelf_look(runs[0])
            add(session)

        def shelf_look(pid: int) -> None:
            with shelf.look() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

        database.write(break_once)
    assert len(runs) == 2
    assert numbers(shelf) == [0]


def test_a_glance_on_a_line_that_has_broken_is_taken_again_and_one_that_never_succeeds_ends(database: Database, database_url: str) -> None:
    with closing(open_database(database_url)) as looking:
        broken = looking.glance(lambda session: session.scalar(text("SELECT pg_backend_pid()")))
        with database.look() as session:
            session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": broken})
        assert looking.glance(lambda session: session.scalar(text("SELECT pg_backend_pid()"))) not in {broken, None}
        with one_budget(0.3), pytest.raises(DBAPIError):
            looking.glance(lambda session: session.scalar(text("SELECT pg_terminate_backend(pg_backend_pid())")))


def test_a_glance_is_one_statement_alone(database_url: str) -> None:
    with closing(open_database(database_url)) as looking:
        said: list[str] = []
        event.listen(looking.engine, "before_cursor_execute", lambda *what: said.append(what[2]))
        begun, now = looking.glance(lambda session: session.execute(text("SELECT now(), statement_timestamp()")).one())
    assert len(said) == 1
    assert begun == now, "a transaction had begun before"


def test_a_process_that_is_frozen_in_the_middle_holds_nobody_up_for_long(
    shelf: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "IDLE", 400)
    with closing(open_database(database_url)) as frozen, idle_holder_of(frozen):
        assert shelf.write(add) == 0


def test_who_waits_for_another_process_is_told_in_time(shelf: Database, database_url: str) -> None:
    began = time.monotonic()
    with closing(open_database(database_url)) as other, idle_holder_of(other), pytest.raises(DBAPIError):
        shelf.write(add)
    assert time.monotonic() - began < 3.0
    assert numbers(shelf) == []
