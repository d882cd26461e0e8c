"""Where does a unit of work begin and end?

`Database.work()` opens one session and one transaction: it commits when the block ends and rolls back when it raises. `run_in_group()` is
the same for one of many who come at the same moment: they share a commit. SQLite is the embedded default; a writer takes its lock at once
(BEGIN IMMEDIATE), so that two read-then-write blocks never overlap unseen. Nothing is done, and nobody is thanked, on a file that is not at
its place any more, or without its log (`bot/database/ground.py`): what is written there would be lost with it.
Below the doors nobody calls this; delivery, which commits midway, is handed `work` as a factory.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from bot.database.ground import Ground
from bot.database.group_commit import WriteBatch
from bot.database.patience import patience_left
from bot.database.sqlite import BUSY_TIMEOUT, begin_transaction, connect, database_files, prepare_connection, wipe_file
from bot.errors import DatabaseGone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

    from bot.database.group_commit import RunTask

T = TypeVar("T")
PRIVATE_MODE = 0o600  # readable by its owner alone


class Database:
    """One database: `work()` and `run_in_group()` for what may write, `look()` for what only reads."""

    def __init__(self, url: str | URL, *, carried: Mapping[str, object] | None = None) -> None:
        """`carried`: what every session has with it in its `info`, the keys above all."""
        self.url = make_url(url)
        self.carried = dict(carried or {})
        self._ground = Ground(self.file) if self.file else None
        self.engine = make_engine(self.url, partial(self._connect, self._ground) if self._ground else None)
        if self._ground:
            self._ground.watch(self.engine)
        self._reading_engine = self.engine.execution_options(reading=True)
        self._turn_lock = threading.Lock()
        self._batch: WriteBatch[Session] = WriteBatch(self._open_shared, patience=BUSY_TIMEOUT / 1000)

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One unit of work that may write. It commits at the end, or keeps nothing at all."""
        self._require_ground()
        with self._writers_turn(BUSY_TIMEOUT / 1000) as engine, self._session(engine) as session, session.begin():
            yield session
        self._require_ground()

    def run_in_group(self, task: Callable[[Session], T]) -> T:
        """What `task` gives, once what it has written is kept: like `work()`, but whoever waits at the same moment shares the commit.

        `task` has a session of its own. It may be run a second time, if another one's failure has undone the first.
        """
        return self._batch.run(task)

    @contextmanager
    def _open_shared(self, patience: float) -> Iterator[RunTask[Session]]:
        self._require_ground()
        with self._writers_turn(patience) as engine, engine.begin() as connection:
            yield lambda task: self._run_task(connection, task)
        self._require_ground()

    def _run_task(self, connection: Connection, task: Callable[[Session], T]) -> T:
        """Do what one of those who share a transaction has brought."""
        with self._session(connection) as session:
            result = task(session)
            session.flush()
            return result

    @contextmanager
    def _writers_turn(self, patience: float) -> Iterator[Engine]:
        """Writers of this process queue here, first come first served: SQLite lets those who wait try again by chance, and some starve.

        Who has waited too long goes on to SQLite all the same, which judges between processes and says "locked" at once. The
        engine that is given waits as long as is left.
        """
        until = time.monotonic() + patience_left(patience)
        acquired = self._turn_lock.acquire(timeout=patience_left(patience))
        try:
            yield self.engine.execution_options(patience=max(0.0, until - time.monotonic()))
        finally:
            if acquired:
                self._turn_lock.release()

    @contextmanager
    def look(self) -> Iterator[Session]:
        """One unit of work that only reads, and never waits for a writer."""
        self._require_ground()
        with self._session(self._reading_engine) as session:
            yield session

    @property
    def file(self) -> Path | None:
        """The file it is kept in; None: in memory, or on a server."""
        name = self.url.database if self.url.get_backend_name() == "sqlite" else None
        return Path(name) if name and name != ":memory:" else None

    def journal_mode(self) -> str:
        """How SQLite keeps what is not finished: `wal`, unless the file system cannot."""
        with self.look() as session:
            return str(session.execute(text("PRAGMA journal_mode")).scalar_one())

    def keep_private(self, *, make: bool = True) -> None:
        """See that its file is its owner's alone, before anything is written to it. The log that SQLite puts beside it takes after it.

        One that is not there is made here alone, if `make`. What cannot be made or changed is left to SQLite, which says why. A file that
        is there is not opened: closing it again would take its locks from those who use it in this process.
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
        """Write the file anew, without what was deleted from it, and empty its log. False: somebody was in the way, try again later.

        Writers wait meanwhile (about half a second for 50 MB), so it gives up at once where it would have to wait itself.
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
        connection = connect(ground.file, self.url.normalized_query)
        try:
            ground.require_file()
            return prepare_connection(connection)
        except (DatabaseGone, sqlite3.Error):
            connection.close()
            raise

    def _require_ground(self) -> None:
        if self._ground is not None:
            self._ground.require()

    def _session(self, bind: Engine | Connection) -> Session:
        """On a connection whose transaction another one began, a session only writes down and reads: it neither commits nor closes."""
        return Session(bind, expire_on_commit=False, join_transaction_mode="rollback_only", info=self.carried)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def make_engine(url: URL, connect_to_file: Callable[[], sqlite3.Connection] | None) -> Engine:
    """An engine for `url`; SQLite gets its own BEGIN. Nobody waits for a connection: only for SQLite, and that within bounds."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True)
    how: dict[str, Any] = {"creator": connect_to_file, "max_overflow": -1} if connect_to_file else {"creator": _connect_to_memory}
    engine = create_engine(url, hide_parameters=True, **how)  # an error's text may reach a log
    event.listen(engine, "begin", begin_transaction)
    return engine


def _connect_to_memory() -> sqlite3.Connection:
    return prepare_connection(sqlite3.connect(":memory:", check_same_thread=False))
