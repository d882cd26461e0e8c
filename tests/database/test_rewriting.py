"""What was deleted leaves nothing in the files of a PostgreSQL server, and nobody waits for that."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text, update
from sqlalchemy.pool import NullPool

from bot.confidentiality.deletion import detaching
from bot.database import rewriting
from bot.migrations import migrate
from bot.models import OutboxMessage, Round
from tests.support.database import open_database, unit_of_work
from tests.support.server import running_server
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.database.unit_of_work import Database
    from tests.support.server import Server

pytestmark = pytest.mark.postgres
ADDRESS = "U0LEAVESNOTHING"


@pytest.fixture
def another(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """Somebody else's connection, for whom nobody waits."""
    monkeypatch.setattr(rewriting, "BETWEEN_TRIES", 0)
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server whose files are read."""
    with running_server() as server:
        yield server


def places_of(mark: str, server: Server) -> set[str]:
    """The folders of the server whose files hold a mark. The log that it writes ahead is left out: nobody can remove anything from it."""
    engine = create_engine(server.url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
    files = [file for file in server.data.rglob("*") if file.is_file() and "pg_wal" not in file.parts]
    return {file.relative_to(server.data).parts[0] for file in files if mark.encode() in file.read_bytes()}


def test_all_is_written_anew_where_nobody_is_in_the_way(database: Database):
    assert database.wipe()


def test_rows_that_somebody_still_sees_are_not_called_wiped(database: Database, another: Connection):
    another.execution_options(isolation_level="REPEATABLE READ")
    another.execute(text("SELECT 1 FROM pg_class LIMIT 1"))  # it holds none of our tables
    with unit_of_work(database) as session:
        World(session).add_person("U0LEFT")
    assert not database.wipe()
    another.rollback()
    assert database.wipe()


def test_a_table_that_somebody_uses_is_not_waited_for(database: Database, another: Connection):
    another.execute(text("LOCK TABLE people IN ACCESS SHARE MODE"))
    assert not database.wipe()
    another.rollback()
    assert database.wipe()


def test_what_others_do_for_long_in_another_database_of_the_server_is_in_nobodys_way(database: Database):
    with closing(open_database()) as elsewhere, unit_of_work(elsewhere) as session:
        session.execute(text("SELECT pg_current_xact_id()"))
        assert database.wipe()


def test_two_who_do_it_at_once_end_and_one_more_time_does_it(database: Database):
    with closing(open_database(str(database.url))) as other:
        done = [threading.Thread(target=wiper.wipe) for wiper in (database, other)]
        for thread in done:
            thread.start()
        for thread in done:
            thread.join()
    assert database.wipe()


def test_the_size_is_that_of_all_tables(database: Database):
    before = database.store.size()
    with unit_of_work(database) as session:
        World(session).add_people(1000)
    assert database.store.size() > before > 0


def test_no_column_may_be_copied_into_the_servers_statistics(database: Database):
    with unit_of_work(database) as session:
        World(session).add_people(300)
        session.execute(text("ANALYZE"))
        assert session.scalar(text("SELECT count(*) FROM pg_stats WHERE schemaname = current_schema()")) == 0


@pytest.mark.long  # a server of its own, all of whose files are read
def test_in_the_servers_files_nothing_is_left_of_an_author_and_a_message(server: Server, now: datetime):
    with closing(open_database(server.url.replace("postgresql:", "postgresql+psycopg:"))) as database:
        migrate(database.engine)
        with unit_of_work(database) as session:
            world = World(session)
            round_ = world.add_round(1)
            authors = world.add_people(200)
            marks = [*world.answer(round_, authors)[:3], ADDRESS]
            world.add_questions(round_, authors)
            session.execute(update(OutboxMessage).where(OutboxMessage.person_id == authors[7].id).values(address=ADDRESS))
            session.execute(text("ANALYZE"))
            round_id = round_.id
        assert [places_of(mark, server) for mark in marks] == [{"base"}] * len(marks)
        with unit_of_work(database) as session:
            detaching.detach(session, now, session.get_one(Round, round_id))
        with closing(database.engine.raw_connection()) as connection:
            connection.driver_connection.autocommit = True
            connection.driver_connection.execute("VACUUM")
        assert any(places_of(mark, server) for mark in marks)  # it is not enough
        assert database.wipe()
        assert [places_of(mark, server) for mark in marks] == [set()] * len(marks)
