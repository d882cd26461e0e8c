"""A database on a PostgreSQL server.

All who write take the one row of `alembic_version` first, so that one writes at a time, as in SQLite: what a task has read stays true until
its commit, whichever process runs it. It is a row lock, so it goes with its transaction, also behind a pooler; and it tells on the way
whether another version of the program has changed the tables meanwhile. Readers never wait for it.

A connection may be lost at any moment. Before the commit nothing was kept, and the task is run again; when the answer to the commit itself
is lost, the server is asked by the number of the transaction. A process that is frozen loses its transaction after a while, or nobody
could write until it wakes.
"""

from __future__ import annotations

import math
import time
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.database.patience import PATIENCE, has_budget, is_hurried, patience_left
from bot.database.places import place_of
from bot.database.rewriting import SIZE, rewrite_tables
from bot.database.server_faults import ADDRESS
from bot.database.silence import WATCH, connect_in_time
from bot.errors import DatabaseGone, WrongDatabase
from bot.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import URL, Connection
    from sqlalchemy.engine import ExceptionContext
    from sqlalchemy.engine.default import DefaultDialect
    from sqlalchemy.pool import ConnectionPoolEntry

# Milliseconds after which a transaction ends whose process says nothing: it is frozen, or cut off. The longest that an honest one thinks
# between two statements is a digest over 100,000 replies: 1.3 s of the processor. A holder that froze has raised its lease 5 s before at
# most, and 20 s later another one takes it: by then nobody may stand in its way.
IDLE: Final = 15_000
LOOK: Final = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # who only looks sees one moment
GLANCE: Final = {"isolation_level": "AUTOCOMMIT"}  # each statement stands for itself
CONNECTING: Final = {  # a person waits 3 s for an answer: a line on which nothing comes through is given up before
    "connect_timeout": 2,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 1_500,
    "application_name": "eftertanke",
    "client_encoding": "utf8",
}
MIGRATING: Final = 0x45667465  # the lock that migrations take; "Efte" in ASCII
MIGRATED: Final = 60_000  # milliseconds that a migration waits for another one, for a writer, or for a reader of a table
FOR_GOOD: Final = ("28", "3D", "42")  # classes of errors that waiting does not mend: a wrong password, no such database, no right to it
UNFIT: Final = "22"  # the class of errors that repeat the value already in their first line
# Asked first, so that a line that has broken since it was last used is replaced before anything rests on it.
SET_BOUNDS: Final = (
    "SELECT set_config('lock_timeout', %s, true), set_config('idle_in_transaction_session_timeout', %s, true),"
    " set_config('tcp_user_timeout', %s, true)"  # who is frozen while an answer is sent is not idle, but takes nothing
)
LOOK_WAITS: Final = 30.0  # seconds that whoever only looks waits while a table is written anew; less within somebody's act
TAKE_TURN: Final = "SELECT version_num, pg_current_xact_id()::text FROM alembic_version FOR UPDATE"
TRANSACTION: Final = "eftertanke transaction"  # the place of its number in what a connection carries
WATCHED: Final = "eftertanke watched"  # the place of the line that is cut if the server falls silent
SILENCE: Final = 0.5  # seconds after a person's patience, in which a commit under way may still be answered
TABLES_CHANGED: Final = (
    "Another version of Eftertanke has changed the tables of the database ({new} instead of {old}). This process stores nothing any more:"
    " start it anew with that version."
)


class PostgresqlStore:
    """A database, or a schema, on a server."""

    file: Path | None = None
    is_outdated = False

    def __init__(self, url: URL) -> None:
        self.revision: str | None = None
        self.place: Path | None = place_of(url.render_as_string())
        self.engine = create_engine(
            url,
            hide_parameters=True,  # an error's text may reach a log
            pool_size=2,  # what stays open while nothing happens; a server has a hundred for all who use it
            max_overflow=18,
            connect_args={
                "prepare_threshold": None,  # a pooler hands each transaction another connection
                **{name: value for name, value in CONNECTING.items() if name not in url.query},
            },
        )
        event.listen(self.engine, "do_connect", _connect)
        event.listen(self.engine, "begin", self._begin)
        event.listen(self.engine, "before_cursor_execute", _expect_answer)
        event.listen(self.engine, "after_cursor_execute", _expect_nothing)
        event.listen(self.engine, "commit", _expect_answer)
        event.listen(self.engine, "checkin", _end_watch)
        event.listen(self.engine, "handle_error", _note_address)
        event.listen(self.engine, "handle_error", _leave_out_values)

    def require_ground(self) -> None:
        """A server says itself when it is gone."""

    def is_unreachable(self, error: DBAPIError) -> bool:
        """Whether an error at connecting may be over in a moment: the server starts, or has no connection left."""
        return isinstance(error, (OperationalError, InterfaceError)) and not (sqlstate(error) or "").startswith(FOR_GOOD)

    def transaction_of(self, connection: Connection) -> str | None:
        """The number of a transaction that may write."""
        return connection.info.get(TRANSACTION)

    def was_kept(self, transaction: str) -> bool | None:
        """Ask the server whether a transaction was committed; None if it cannot be reached in time."""
        until = time.monotonic() + patience_left(IDLE / 1000)
        while time.monotonic() < until:
            try:
                with self.engine.execution_options(reading=True).connect() as connection:
                    status = connection.scalar(text("SELECT pg_xact_status(CAST(:number AS xid8))"), {"number": transaction})
            except DBAPIError as error:
                if sqlstate(error) == "22023":  # a number from the future: a server that was put back, and knows nothing of it
                    return False
                status = None
            if status in {"committed", "aborted"}:
                return bool(status == "committed")
            time.sleep(0.05)
        return None

    def keep_private(self, *, make: bool) -> None:
        """The server keeps its own files; the folder for ours is made. WrongDatabase if nothing can be written there."""
        if make and self.place is not None:
            folder = self.place.parent
            try:
                folder.mkdir(parents=True, exist_ok=True)
                TemporaryFile(dir=folder).close()
            except OSError as error:
                raise WrongDatabase(sentence("setup.data_folder_closed", folder=folder.absolute(), why=error)) from None

    def wipe(self) -> bool:
        """Write the tables anew, without what was deleted from them. False if somebody was in the way, or may still see it."""
        with self._aside() as connection:
            return rewrite_tables(connection)

    def size(self) -> int:
        """The bytes that the tables take, with what is indexed."""
        with self._aside() as connection:
            return int(connection.scalar(SIZE) or 0)

    def _aside(self) -> Connection:
        """A connection on which each statement stands for itself, and no turn is taken."""
        return self.engine.execution_options(reading=True, **GLANCE).connect()

    def _begin(self, connection: Connection) -> None:
        """Begin a transaction. One that may write takes its turn, and waits for it as long as its patience lasts."""
        options = connection.get_execution_options()
        _begin_watch(connection)
        if options.get("isolation_level") == GLANCE["isolation_level"]:
            return  # what is set for a transaction would end before the next statement
        if options.get("reading", False):
            _set_bounds(connection, patience_left(LOOK_WAITS) * 1000, IDLE)
            return
        is_migrating = options.get("migrating", False)
        patience = MIGRATED if is_migrating else patience_left(options.get("patience")) * 1000
        _set_bounds(connection, patience, 0 if is_migrating else IDLE)
        if is_migrating:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
            if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is not None:
                # who has begun to write ends first: no deadlock
                connection.exec_driver_sql("SELECT FROM alembic_version FOR NO KEY UPDATE")
            return
        revision, number = connection.exec_driver_sql(TAKE_TURN).one()
        connection.info[TRANSACTION] = number
        self.revision = self.revision or revision
        if revision != self.revision:
            self.is_outdated = True
            raise DatabaseGone(TABLES_CHANGED.format(new=revision, old=self.revision))


def _connect(dialect: DefaultDialect, _record: object, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Open a line within the time of whoever waits; None where nobody does: then it is opened as usual."""
    if not has_budget():
        return None
    line = connect_in_time(lambda: dialect.connect(*arguments, **options), patience_left() + SILENCE)
    if line is None:
        raise dialect.loaded_dbapi.OperationalError("connection failed: timeout expired")
    return line


def _begin_watch(connection: Connection) -> None:
    """Let the line be cut if the server says nothing until the time of those who wait is over."""
    options = connection.get_execution_options()
    is_watched = has_budget() if options.get("reading", False) else is_hurried() and not options.get("migrating", False)
    line = connection.connection.dbapi_connection
    if is_watched and line is not None:
        _end_watch(line, connection)
        connection.info[WATCHED] = WATCH.begin(line.fileno(), patience_left(options.get("patience", PATIENCE)) + SILENCE)


def _expect_answer(connection: Connection, *_statement: object) -> None:
    if (watched := connection.info.get(WATCHED)) is not None:
        WATCH.expect(watched, patience_left() + SILENCE)


def _expect_nothing(connection: Connection, *_statement: object) -> None:
    if (watched := connection.info.get(WATCHED)) is not None:
        WATCH.expect(watched, math.inf)


def _end_watch(_line: object, of: Connection | ConnectionPoolEntry) -> None:
    """Leave the line alone, which nobody waits for any more."""
    if (watched := of.info.pop(WATCHED, None)) is not None:
        WATCH.end(watched)


def _set_bounds(connection: Connection, patience: float, idle: int) -> None:
    """Set for how many milliseconds a transaction may wait for a lock, and its process do nothing (0: for ever)."""
    connection.exec_driver_sql(SET_BOUNDS, (str(max(1, int(patience))), str(idle), str(idle)))  # a lock of 0 is waited for for ever


def _note_address(context: ExceptionContext) -> None:
    """Let an error say of which database it is: a command may use two."""
    if context.engine is not None:
        vars(context.original_exception)[ADDRESS] = context.engine.url.render_as_string()


def _leave_out_values(context: ExceptionContext) -> None:
    """Leave in an error's text what went wrong. PostgreSQL adds the values of the row, which may be people's, and must not reach a log."""
    known = getattr(context.original_exception, "diag", None)
    whole, error = str(context.original_exception), context.sqlalchemy_exception
    if known is None or known.sqlstate is None or error is None:  # no server has said it
        return
    said = "a value does not fit" if known.sqlstate.startswith(UNFIT) else known.message_primary or ""
    context.original_exception.args = (said,)
    error.args = (error.args[0].replace(whole, said),)


def sqlstate(error: Any) -> str | None:
    """PostgreSQL's code for an error; None if it has none, as when a connection was lost."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)
