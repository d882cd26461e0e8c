"""The databases of the tests, and the key they are encrypted with."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.pool import StaticPool

from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys
from bot.database import patience
from bot.database.places import SQLITE, url_of
from bot.database.unit_of_work import Database
from bot.migrations import migrate
from bot.models import Base, OutboxMessage
from tests.support.server_databases import closed_on_server, copy_on_server, give_back, is_on_server, lose_on_server, take_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.models import MessageKind

LOCKED: Final = "database is locked|due to lock timeout"  # what SQLite and PostgreSQL say to whom another one lets wait
FILES_ON_SERVER: Final = text(
    "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
    " WHERE relkind IN ('r', 'i', 't') AND pg_relation_filepath(oid) LIKE 'base/%'"
)
KEY: Final = "VGVzdHMgb3BlbiBub3RoaW5nIHdpdGggdGhpcyBrZXk="  # for databases that hold nothing of anybody


def open_database(url: str = "", *keys: str) -> Database:
    """A database, or a fresh one in memory or on the tests' server, with the tests' key or the keys given."""
    address = url or (take_database() if is_on_server() else "sqlite://")
    database = Database(address, carried={KEYS_IN_SESSION: Keys(keys or [KEY])})
    if not url and is_on_server():
        close_first = database.close

        def close() -> None:
            close_first()
            give_back(address)

        database.close = close  # type: ignore[method-assign]  # a database in memory goes when it is closed, and this one should too
    return database


@contextmanager
def unit_of_work(database: Database) -> Iterator[Session]:
    """A session in a transaction of its own, committed when the block ends and undone if it raises.

    The product writes with `Database.write` alone, whose tasks may be run again; a test's block is run once.
    """
    with database._begin(patience.PATIENCE) as connection, database._session(connection) as session:
        yield session
        session.flush()


def copy_database(url: str, file: Path) -> str:
    """The address of a copy: in this file, or on the server beside the original."""
    if is_on_server():
        return copy_on_server(url)
    with closing(sqlite3.connect(url.removeprefix(SQLITE))) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
    return url_of(file)


def remove_copy(url: str) -> None:
    """The copy is needed no more."""
    if is_on_server():
        give_back(url)
        return
    for part in Path(url.removeprefix(SQLITE)).parent.glob(f"{Path(url).name}*"):
        part.unlink()


def create_tables(database: Database) -> None:
    """Give a database in memory all tables: copied, for making them anew takes a hundred times as long. On a server it has them."""
    if is_on_server():
        return
    with closing(database.engine.raw_connection()) as connection:
        _empty_database().backup(connection.driver_connection)


@cache
def migrated_file() -> Path:
    """A database file with all tables, made once by the migrations: to be copied, for they take a hundred times as long."""
    folder = Path(tempfile.mkdtemp(prefix="migrated-"))
    atexit.register(shutil.rmtree, folder)
    with closing(Database(f"sqlite:///{folder / 'empty.sqlite'}")) as database:
        database.keep_private()
        migrate(database.engine)
    return folder / "empty.sqlite"


@cache
def _empty_database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    Base.metadata.create_all(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
    return connection


class CompiledStatements(dict[Any, Any]):
    """What SQLAlchemy has compiled. Each test has a database of its own, and would compile every statement anew: here all share it."""

    def get(self, key: Any, default: Any = None) -> Any:
        """What a statement was compiled to, for whichever database of this kind: the first part of its key is that database's dialect."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


def wait_for_no_disk(connection: sqlite3.Connection, _record: object) -> None:
    """Let a connection not wait for the disk. No test cuts the power, and what a killed process has written, the machine still has."""
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def waiting_for_disk() -> Iterator[None]:
    """Connections that are opened meanwhile wait for the disk, as outside the tests."""
    if is_on_server():
        yield
        return
    event.remove(Engine, "connect", wait_for_no_disk)
    try:
        yield
    finally:
        event.listen(Engine, "connect", wait_for_no_disk)


@contextmanager
def second_process(database: Database) -> Iterator[Database]:
    """The same file, opened as another process would."""
    other = Database(database.url, carried=database.carried)
    try:
        yield other
    finally:
        other.close()


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else holds the database meanwhile, and nobody waits long for them."""
    with pytest.MonkeyPatch.context() as impatient, second_process(database) as holder, unit_of_work(holder):
        impatient.setattr(patience, "PATIENCE", 0.001)
        database.engine.dispose()  # whoever has a connection has the patience that it was made with
        yield
    database.engine.dispose()


@contextmanager
def gone(database: Database) -> Iterator[None]:
    """The database is not at its place meanwhile: its file is elsewhere, or its server lets nobody in."""
    if database.file is None:
        with closed_on_server(database.url.render_as_string(hide_password=False)):
            yield
        return
    away = database.file.rename(database.file.with_suffix(".away"))
    yield
    away.rename(database.file)


def lose(database: Database) -> None:
    """The database is lost: its file holds something else, or its server has an empty one in its place."""
    if database.file is None:
        lose_on_server(database.url.render_as_string(hide_password=False))
    else:
        database.file.write_text("Dette er ikke en database.\n" * 50)


def files_of(database: Database) -> bytes:
    """Every byte of the database's files, and of those beside it that carry its name; on a server of its tables' and indexes'."""
    if database.file is None:
        with database.store._aside() as connection:
            connection.exec_driver_sql("CHECKPOINT")
            return b"".join(connection.scalars(FILES_ON_SERVER))
    return b"".join(file.read_bytes() for file in sorted(database.file.parent.glob(f"{database.file.name}*")))


def messages_in(database: Database, kind: MessageKind | None = None) -> list[OutboxMessage]:
    """The outbox's messages of a kind, or all, in the order they were put."""
    with database.look() as session:
        rows = select(OutboxMessage).order_by(OutboxMessage.id)
        messages = list(session.scalars(rows if kind is None else rows.where(OutboxMessage.kind == kind)))
        session.expunge_all()
        return messages
