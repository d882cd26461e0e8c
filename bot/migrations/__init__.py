"""Migrations: checks whether the database fits this program, and brings it up to date.

The tables change by numbered revisions in `versions/`; a released revision never changes. Every start calls `ensure`, which refuses a
database that does not fit and names the command that mends it. On Slack only `migrate --new` makes a new one, because a database that is
missing there is most likely in another place.
"""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from bot.database.server_faults import FIT, name_of, require_fit, server_fault
from bot.database.sqlite import WAL
from bot.errors import WrongDatabase
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from alembic.config import Config
    from sqlalchemy import URL

    from bot.database.unit_of_work import Database
    from bot.sentence import Sentence


class SchemaState(StrEnum):
    """The state of a database's tables, compared with this program."""

    CURRENT = "current"
    PENDING = "pending"
    NEWER = "newer"
    EMPTY = "empty"
    FOREIGN = "foreign"


REFUSALS: Final = {
    SchemaState.EMPTY: "setup.without_tables",
    SchemaState.PENDING: "setup.older_database",
    SchemaState.NEWER: "setup.newer_database",
    SchemaState.FOREIGN: "setup.foreign_database",
}
WHY_UNOPENED: Final = {sqlite3.SQLITE_CANTOPEN: "setup.out_of_reach", sqlite3.SQLITE_NOTADB: "setup.not_a_database"}


def ensure(database: Database, *, create_silently: bool, on_slack: bool = False) -> SchemaState:
    """Check that the database is current, and make a new one with its folder if `create_silently`.

    Returns the state it was in: current or empty. WrongDatabase says what mends it.
    """
    state_before = _open_and_read_state(database, may_make=create_silently, on_slack=on_slack)
    if state_before is SchemaState.EMPTY and create_silently:
        migrate(database.engine)
    elif state_before is not SchemaState.CURRENT:
        raise _refusal(state_before, database.url, on_slack=on_slack)
    database.store.revision = _revisions()[-1]
    return state_before


def bring_up_to_date(
    database: Database, *, may_make: bool = True, on_slack: bool = False, before: Callable[[Database], None] | None = None
) -> SchemaState:
    """Bring the database up to date, and make a new one if `may_make`. Returns the state it was in, or raises WrongDatabase.

    `before` looks at a database of ours before anything is changed, and may refuse.
    """
    state_before = _open_and_read_state(database, may_make=may_make, on_slack=on_slack)
    if state_before is SchemaState.FOREIGN or (state_before is SchemaState.EMPTY and not may_make):
        raise _refusal(state_before, database.url, on_slack=on_slack)
    if before is not None and state_before in {SchemaState.PENDING, SchemaState.CURRENT}:
        before(database)
    return migrate(database.engine)


def require_none(database: Database) -> None:
    """Raise WrongDatabase if there is already a database with tables."""
    state_before = _open_and_read_state(database, may_make=False, on_slack=False)
    if state_before is SchemaState.FOREIGN:
        raise _refusal(state_before, database.url)
    if state_before is not SchemaState.EMPTY:
        raise WrongDatabase(sentence("setup.database_there", file=_place(database.url)))


def state_for_use(database: Database) -> SchemaState:
    """Whether a database is current, or empty and may be made; nothing is made. WrongDatabase if it is neither."""
    found = _open_and_read_state(database, may_make=False, on_slack=False)
    if found not in {SchemaState.CURRENT, SchemaState.EMPTY}:
        raise _refusal(found, database.url)
    return found


def state(engine: Engine) -> SchemaState:
    """The state of the database; nothing is changed."""
    with engine.execution_options(reading=True).connect() as connection:
        return _state(connection)


def is_earlier_revision(revision: str | None) -> bool:
    """Whether a revision is one of ours but not the newest."""
    return revision in _revisions()[:-1]


def migrate(engine: Engine) -> SchemaState:
    """Bring the database to the newest revision; returns the state it was in. WrongDatabase if it is newer or not ours."""
    with engine.execution_options(migrating=True).connect() as connection:
        _set_foreign_keys(connection, on=False)
        try:
            with connection.begin():  # it holds the lock: of two processes that start at once, the second finds the work done
                before = _state(connection)
                if before in {SchemaState.NEWER, SchemaState.FOREIGN}:
                    raise _refusal(before, connection.engine.url)
                if before is not SchemaState.CURRENT:  # or all who came second would keep the others waiting
                    from alembic import command  # noqa: PLC0415 - ten megabytes that a bot needs only where tables change

                    command.upgrade(_config(connection), "head")
                return before
        except DatabaseError as error:
            if connection.dialect.name == "sqlite":
                raise
            raise _fault_of_opening(error, engine.url, on_slack=False) from error
        finally:
            _set_foreign_keys(connection, on=True)


def _open_and_read_state(database: Database, *, may_make: bool, on_slack: bool) -> SchemaState:
    """The state of the database. Unless a new one may be made, nothing is made and an empty file stays empty."""
    if database.file is not None and not may_make and _size(database.file) == 0:
        return SchemaState.EMPTY
    if database.file is not None and may_make:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    if database.file is not None:
        database.keep_private(make=may_make)
    try:
        if database.file is None:
            _require_fit_server(database)
            database.keep_private(make=may_make)  # nothing stands here for a database that is not there
        state_before = state(database.engine)
        mode = journal_mode(database) if database.file is not None else WAL
    except DatabaseError as error:
        raise _fault_of_opening(error, database.url, on_slack=on_slack) from error
    if on_slack and mode != WAL:
        raise WrongDatabase(sentence("setup.no_log", file=_place(database.url), mode=mode))
    return state_before


def _require_fit_server(database: Database) -> None:
    """Raise WrongDatabase unless the server is new enough, keeps every letter and can be written."""
    if database.place is not None:
        with database.engine.execution_options(reading=True).connect() as connection:
            require_fit(connection.execute(text(FIT)).one(), database.url.render_as_string(hide_password=True))


def journal_mode(database: Database) -> str:
    """SQLite's journal mode: `wal`, unless the file system cannot do that."""
    with database.engine.execution_options(reading=True).connect() as connection:
        return str(connection.scalar(text("PRAGMA journal_mode")))


def _size(file: Path) -> int:
    """The bytes of a file; 0 if there is none."""
    return file.stat().st_size if file.exists() else 0


def _place(url: URL) -> Path | str:
    """The absolute path of a database's file, or its name if it has no file."""
    return Path(url.database).absolute() if url.database and url.get_backend_name() == "sqlite" else display_name(url)


def display_name(url: URL) -> str:
    """The database's name for people to read, without a password."""
    return url.render_as_string() if url.get_backend_name() == "sqlite" else name_of(url.render_as_string(hide_password=True))


def _fault_of_opening(error: DatabaseError, url: URL, *, on_slack: bool) -> WrongDatabase:
    """The fault of a database that cannot be opened."""
    if url.get_backend_name() != "sqlite":
        return server_fault(error.orig, url.render_as_string(hide_password=True))
    code = getattr(error.orig, "sqlite_errorcode", None)
    hints: tuple[Sentence, ...] = (sentence("setup.needs_ground"), _look_again(url)) if on_slack else (sentence("setup.needs_ground"),)
    if code == sqlite3.SQLITE_NOTADB:
        hints = (sentence("setup.no_database"),)
    why = sentence(WHY_UNOPENED[code]) if code in WHY_UNOPENED else error.orig
    return WrongDatabase(sentence("setup.cannot_open", file=_place(url), why=why), *hints)


def _look_again(url: URL) -> Sentence:
    return sentence("setup.look_again", folder=Path(url.database or "").absolute().parent)


def _refusal(state_before: SchemaState, url: URL, *, on_slack: bool = False) -> WrongDatabase:
    """The fault of a database in this state."""
    if on_slack and state_before is SchemaState.EMPTY and url.get_backend_name() != "sqlite":
        return WrongDatabase(sentence("setup.server.empty", name=display_name(url)), sentence("setup.server.empty.cure"))
    if on_slack and state_before is SchemaState.EMPTY:
        file = Path(url.database or "")
        why = sentence("setup.file_without_tables", n=_size(file)) if file.exists() else sentence("setup.no_such_file")
        return WrongDatabase(sentence("setup.absent", file=_place(url), why=why, look_again=_look_again(url)))
    said = sentence(REFUSALS[state_before], file=_place(url))
    is_file = url.get_backend_name() == "sqlite"
    return WrongDatabase(said, _look_again(url)) if on_slack and is_file and state_before is SchemaState.FOREIGN else WrongDatabase(said)


def _state(connection: Connection) -> SchemaState:
    tables, known = inspect(connection).get_table_names(), _revisions()
    current = connection.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in tables else None
    if current is None:
        return SchemaState.FOREIGN if tables else SchemaState.EMPTY
    if current == known[-1]:
        return SchemaState.CURRENT
    return SchemaState.PENDING if current in known else SchemaState.NEWER


def _revisions() -> list[str]:
    """The revisions of this program, the oldest first: the numbers that the names of their files begin with."""
    return sorted(file.name[:4] for file in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Turn foreign keys on or off. To change a table SQLite replaces it; dropping the old one would delete rows that point to it.

    The pragma has no effect inside a transaction, so it bypasses SQLAlchemy, which would open one.
    """
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _config(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
