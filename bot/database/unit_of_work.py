"""The database: `write` runs a task in a transaction that is committed or undone, and `look` only reads.

Whoever writes at the same moment shares a commit (`bot/database/group_commit.py`), unless the task is to run alone. SQLite is the embedded
default; a writer takes its lock at once (BEGIN IMMEDIATE), so that two transactions that read and then write never overlap unseen. Nothing
is done, and nobody is thanked, on a file that is not at its place any more, or without its log (`bot/database/ground.py`): what is written
there would be lost with it. Below the doors nobody calls this; delivery and its lease are handed `write` and `look`.
"""

from __future__ import annotations

import threading
import time
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.database.group_commit import Undone, WriteBatch
from bot.database.look_ahead import LookAhead
from bot.database.patience import at_leisure, one_budget, patience_left
from bot.database.postgresql import GLANCE, LOOK, LOOK_WAITS, PostgresqlStore
from bot.database.sqlite_store import SqliteStore
from bot.errors import Unsure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import URL, Connection, Engine

    from bot.database.group_commit import RunTask
    from bot.database.store import Store

T = TypeVar("T")
IN_TURN: Final = 10.0  # seconds that what runs alone waits for other writers of this process: nobody waits for an answer
BETWEEN_TRIES: Final = 0.05  # seconds between two tries to reach a server
NOT_ANSWERED: Final = "the database did not say whether it has kept what was written"


class Write(Protocol):
    """The type of `Database.write`, for those that are handed it."""

    def __call__(self, task: Callable[[Session], T], *, alone: bool = False) -> T:
        """Run `task` in a transaction; see `Database.write`."""
        ...


class Glance(Protocol):
    """The type of `Database.glance`, for those that are handed it."""

    def __call__(self, task: Callable[[Session], T]) -> T:
        """Run `task`, which reads by one statement; see `Database.glance`."""
        ...


class Database:
    """One database: `write` for what may write, `look` for what only reads."""

    def __init__(self, url: str | URL, *, carried: Mapping[str, object] | None = None, only_looks: bool = False) -> None:
        """`carried`: what every session has in its `info`, the keys above all. `only_looks`: a file is opened without leaving a trace."""
        self.url = make_url(url)
        self.carried = dict(carried or {})
        self.store: Store = SqliteStore(self.url, only_looks=only_looks) if is_sqlite(self.url) else PostgresqlStore(self.url)
        self.engine = self.store.engine
        self._reading_engine = self.engine.execution_options(reading=True, **({} if is_sqlite(self.url) else LOOK))
        self._glancing_engine = self.engine.execution_options(reading=True, **({} if is_sqlite(self.url) else GLANCE))
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
        with self._turn(IN_TURN), at_leisure():
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
        that has waited too long goes on all the same to the database, which judges between processes.
        """
        self.store.require_ground()
        until = time.monotonic() + patience_left(patience)
        with self._turn(patience), closing(self._open(self.engine, until)) as connection:
            yield connection
            self._commit(connection)
        self.store.require_ground()

    def _open(self, engine: Engine, until: float) -> Connection:
        """A connection whose transaction has begun. A server that cannot be reached is asked again until the time has come."""
        engine = engine.execution_options(patience=max(0.0, until - time.monotonic()))
        while True:
            connection: Connection | None = None
            try:
                connection = engine.connect()
                connection.begin()
            except Exception as error:
                if connection is not None:
                    connection.close()
                is_passing = isinstance(error, DBAPIError) and self.store.is_unreachable(error)
                if not is_passing or time.monotonic() >= until:
                    raise
                time.sleep(BETWEEN_TRIES)
            else:
                return connection

    def _commit(self, connection: Connection) -> None:
        """Commit. If the answer is lost, the store is asked: Undone if nothing was kept, Unsure if nobody knows."""
        transaction = self.store.transaction_of(connection)
        try:
            connection.commit()
        except DBAPIError as error:
            connection.rollback()  # or it would be given back within its transaction, to whoever comes next
            if transaction is None or not error.connection_invalidated:
                raise
            was_kept = self.store.was_kept(transaction)
            if was_kept is None:
                raise Unsure(NOT_ANSWERED) from error
            if not was_kept:
                raise Undone from error

    @contextmanager
    def _turn(self, patience: float) -> Iterator[None]:
        """One's turn among the writers of this process, if it comes in time. Whoever has it already keeps it."""
        has_turn = self._turn_lock.acquire(timeout=patience_left(patience))
        try:
            yield
        finally:
            if has_turn:
                self._turn_lock.release()

    def look(self) -> AbstractContextManager[Session]:
        """A session that only reads, and never waits for a writer."""
        return self._look(self._reading_engine)

    def glance(self, task: Callable[[Session], T]) -> T:
        """Run a task that reads by one statement. On a server it has no transaction, which would cost more than the statement."""
        until = time.monotonic() + patience_left()
        while True:
            try:
                with at_leisure(LOOK_WAITS), one_budget(), self._look(self._glancing_engine) as session:
                    return task(session)
            except DBAPIError as error:
                if not error.connection_invalidated or time.monotonic() >= until:
                    raise

    @contextmanager
    def _look(self, engine: Engine) -> Iterator[Session]:
        self.store.require_ground()
        if is_sqlite(self.url):
            with self._session(engine) as session:
                yield session
            return
        with closing(self._open(engine, time.monotonic() + patience_left())) as connection, self._session(connection) as session:
            yield session

    @contextmanager
    def look_ahead(self) -> Iterator[LookAhead]:
        """A look that tells of tasks, one after the other, whether they would change anything."""
        with self.look() as session:
            yield LookAhead(session)

    @property
    def file(self) -> Path | None:
        """The file of the database; None if it is in memory or on a server."""
        return self.store.file

    @property
    def place(self) -> Path | None:
        """Beside which path the database's other files stand, as the list of deletions; None if it is in memory."""
        return self.store.place

    def keep_private(self, *, make: bool = True) -> None:
        """Let only the owner read the database's files; if `make`, a missing file is made."""
        self.store.keep_private(make=make)

    def wipe(self) -> bool:
        """Leave nothing of what was deleted in the database's files. False if somebody was in the way: try again later."""
        with self._turn(IN_TURN):
            return self.store.wipe()

    def _session(self, bind: Engine | Connection) -> Session:
        """A session. On a connection that is in a transaction already, it neither commits nor closes."""
        return Session(bind, expire_on_commit=False, join_transaction_mode="rollback_only", info=self.carried)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def is_sqlite(url: URL) -> bool:
    """Whether a database is SQLite's."""
    return url.get_backend_name() == "sqlite"
