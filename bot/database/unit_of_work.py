"""The database: `write` runs a task in a transaction that is committed or undone, and `look` only reads.

Whoever writes at the same moment shares a commit (`bot/database/group_commit.py`), unless the task is to run alone. SQLite is the embedded
default; a writer takes its lock at once (BEGIN IMMEDIATE), so that two transactions that read and then write never overlap unseen. Nothing
is done, and nobody is thanked, on a file that is not at its place any more, or without its log (`bot/database/ground.py`): what is written
there would be lost with it. Below the doors nobody calls this; delivery and its lease are handed `write` and `look`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from bot.database.ground import Ground
from bot.database.group_commit import WriteBatch
from bot.database.patience import patience_left
from bot.database.sqlite import begin_transaction, connect, database_files, prepare_connection, wipe_file
from bot.errors import DatabaseGone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

    from bot.database.group_commit import RunTask

T = TypeVar("T")
IN_TURN: Final = 10.0  # seconds that what runs alone waits for other writers of this process: nobody waits for an answer
PRIVATE_MODE = 0o600  # readable by its owner alone


class Write(Protocol):
    """The type of `Database.write`, for those that are handed it."""

    def __call__(self, task: Callable[[Session], T], *, alone: bool = False) -> T:
        """Run `task` in a transaction; see `Database.write`."""
        ...


class Database:
    """One database: `write` for what may write, `look` for what only reads."""

    def __init__(self, url: str | URL, *, carried: Mapping[str, object] | None = None, options: Mapping[str, str] | None = None) -> None:
        """`carried`: what every session has in its `info`, the keys above all. `options`: how SQLite opens the file (`connect`)."""
        self.url = make_url(url)
        self.carried, self._options = dict(carried or {}), options or {}
        self._ground = Ground(self.file) if self.file else None
        self.engine = make_engine(self.url, partial(self._connect, self._ground) if self._ground else None)
        if self._ground:
            self._ground.watch(self.engine)
        self._reading_engine = self.engine.execution_options(reading=True)
        self._turn_lock = threading.RLock()
        self._batch: WriteBatch[Session] = WriteBatch(self._transaction)

    def write(self, task: Callable[[Session], T], *, alone: bool = False) -> T:
        """Run `task` with a session of its own, and return its result once what it wrote is committed. Raises what it raises.

        Whoever waits at the same moment shares the transaction; `alone`: nobody does, as for the longer steps of the clock. The task may be
        run again: if another task of the transaction has failed, or if the database has undone it because of another transaction. So it
        changes nothing but the database, or what comes out the same when it is done twice; all else follows after `write`.
        """
        if not alone:
            return self._batch.run(task)
        with self._turn(IN_TURN):
            return self._batch.run(task, alone=True)

    @contextmanager
    def _transaction(self, patience: float) -> Iterator[RunTask[Session]]:
        """A transaction that may write, as the function that runs a task in it."""
        with self._begin(patience) as connection:
            yield partial(self._run_task, connection)

    def _run_task(self, connection: Connection, task: Callable[[Session], T]) -> T:
        with self._session(connection) as session:
            result = task(session)
            session.flush()
            return result

    @contextmanager
    def _begin(self, patience: float) -> Iterator[Connection]:
        """Begin a transaction that may write; it is committed when the block ends, and undone if it raises.

        Writers of this process queue here, first come first served: SQLite lets those that wait try again by chance, and some starve. One
        that has waited too long goes on to SQLite all the same, which judges between processes and says "locked" at once.
        """
        self._require_ground()
        until = time.monotonic() + patience_left(patience)
        with (
            self._turn(patience),
            self.engine.execution_options(patience=max(0.0, until - time.monotonic())).begin() as connection,
        ):
            yield connection
        self._require_ground()

    @contextmanager
    def _turn(self, patience: float) -> Iterator[None]:
        """One's turn among the writers of this process, if it comes in time. Whoever has it already keeps it."""
        has_turn = self._turn_lock.acquire(timeout=patience_left(patience))
        try:
            yield
        finally:
            if has_turn:
                self._turn_lock.release()

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A session that only reads, and never waits for a writer."""
        self._require_ground()
        with self._session(self._reading_engine) as session:
            yield session

    @property
    def file(self) -> Path | None:
        """The file of the database; None if it is in memory or on a server."""
        name = self.url.database if self.url.get_backend_name() == "sqlite" else None
        return Path(name) if name and name != ":memory:" else None

    def journal_mode(self) -> str:
        """SQLite's journal mode: `wal`, unless the file system cannot do that."""
        with self.look() as session:
            return str(session.execute(text("PRAGMA journal_mode")).scalar_one())

    def keep_private(self, *, make: bool = True) -> None:
        """Let only the owner read the database's file. The log that SQLite puts beside it gets the same mode.

        If `make`, a missing file is made. What cannot be made or changed is left to SQLite, which says why. A file that exists is not
        opened: closing it again would take its locks from those that use it in this process.
        """
        if self.file is None:
            return
        if make:
            with suppress(OSError):
                os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_MODE))
        for file in filter(Path.is_file, database_files(self.file)):  # a folder named by mistake would be closed to everybody
            with suppress(OSError):
                file.chmod(PRIVATE_MODE)

    def wipe(self) -> bool:
        """Write the file anew, without what was deleted from it, and empty its log.

        False if somebody was in the way: try again later. Writers wait meanwhile (about half a second for 50 MB), so it gives up at once
        where it would have to wait itself.
        """
        if self.file is None:
            return True
        self._require_ground()
        connection = self.engine.raw_connection()
        try:
            return wipe_file(connection.driver_connection)
        finally:
            connection.close()

    def _connect(self, ground: Ground) -> sqlite3.Connection:
        connection = connect(ground.file, {**self.url.normalized_query, **self._options})
        try:
            ground.require_file()
            return prepare_connection(connection, only_looks=self._options.get("mode") == "ro")
        except (DatabaseGone, sqlite3.Error):
            connection.close()
            raise

    def _require_ground(self) -> None:
        if self._ground is not None:
            self._ground.require()

    def _session(self, bind: Engine | Connection) -> Session:
        """A session. On a connection that is in a transaction already, it neither commits nor closes."""
        return Session(bind, expire_on_commit=False, join_transaction_mode="rollback_only", info=self.carried)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def make_engine(url: URL, connect_to_file: Callable[[], sqlite3.Connection] | None) -> Engine:
    """Make an engine for `url`; on SQLite it begins transactions itself.

    Nobody waits for a connection: only for SQLite, and that within bounds.
    """
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True)
    how: dict[str, Any] = {"creator": connect_to_file, "max_overflow": -1} if connect_to_file else {"creator": _connect_to_memory}
    engine = create_engine(url, hide_parameters=True, **how)  # an error's text may reach a log
    event.listen(engine, "begin", begin_transaction)
    return engine


def _connect_to_memory() -> sqlite3.Connection:
    return prepare_connection(sqlite3.connect(":memory:", check_same_thread=False))
