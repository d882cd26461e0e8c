"""Migrations: checks whether the database fits this program, and brings it up to date.

The tables change by numbered revisions in `versions/`; a released revision never changes. Every start calls `ensure`, which refuses a
database that does not fit and names the command that mends it. On Slack only `migrate --new` makes a new one, because a database that is
missing there is most likely in another place.
"""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DatabaseError

from bot.database.sqlite import WAL
from bot.errors import WrongDatabase

if TYPE_CHECKING:
    from sqlalchemy import URL

    from bot.database.unit_of_work import Database

MIGRATE_COMMAND = ".venv/bin/python -m bot migrate"
LOOK_AGAIN = (
    "Was it started in another folder than last time (it looked in {folder}), is this a fresh clone, was a backup to be restored, is a disk"
    " or share not mounted?"
)
MISSING = (
    "The database {file} has no tables yet: {why}. If a dialogue has run here, make no new one.{look_again} Mend that, or put a backup in"
    f" its place: .venv/bin/python -m bot restore FILE. Only the very first time: {MIGRATE_COMMAND} --new"
)
NO_LOG = (
    "The database {file} cannot be kept safely where it is: SQLite's write-ahead log does not work there (its journal mode is {mode}), as"
    " on network shares and some container mounts. Put it on a disk of this machine, and name it in DATABASE_URL."
)
NO_DATABASE = (
    " Choose another with DATABASE_URL; or, if it is what is left of a database, move it away and put a backup in its place:"
    " .venv/bin/python -m bot restore FILE"
)
NEEDS = " Its folder must be there and writable, and on a disk of this machine: not on a network share, nor on every container mount. "


class SchemaState(StrEnum):
    """The state of a database's tables, compared with this program."""

    CURRENT = "current"
    PENDING = "pending"
    NEWER = "newer"
    EMPTY = "empty"
    FOREIGN = "foreign"


def ensure(database: Database, *, create_silently: bool, on_slack: bool = False) -> SchemaState:
    """Check that the database is current, and make a new one with its folder if `create_silently`.

    Returns the state it was in: current or empty. WrongDatabase says what mends it.
    """
    state_before = _open_and_read_state(database, may_make=create_silently, on_slack=on_slack)
    if state_before is SchemaState.EMPTY and create_silently:
        migrate(database.engine)
    elif state_before is not SchemaState.CURRENT:
        raise WrongDatabase(_refusal(state_before, database.url, on_slack=on_slack))
    return state_before


def bring_up_to_date(database: Database, *, may_make: bool = True, on_slack: bool = False) -> SchemaState:
    """Bring the database up to date, and make a new one if `may_make`. Returns the state it was in, or raises WrongDatabase."""
    state_before = _open_and_read_state(database, may_make=may_make, on_slack=on_slack)
    if state_before is SchemaState.FOREIGN or (state_before is SchemaState.EMPTY and not may_make):
        raise WrongDatabase(_refusal(state_before, database.url, on_slack=on_slack))
    return migrate(database.engine)


def require_none(database: Database) -> None:
    """Raise WrongDatabase if there is already a database with tables."""
    state_before = _open_and_read_state(database, may_make=False, on_slack=False)
    if state_before is SchemaState.FOREIGN:
        raise WrongDatabase(_refusal(state_before, database.url))
    if state_before is not SchemaState.EMPTY:
        raise WrongDatabase(
            f"There is a database already in {_file_name(database)}: nothing has been changed. Without --new it is brought up to date."
        )


def state(engine: Engine) -> SchemaState:
    """The state of the database; nothing is changed."""
    with engine.execution_options(reading=True).connect() as connection:
        return _state(connection)


def is_older(revision: str | None) -> bool:
    """Whether a revision is one of ours but not the newest."""
    script = ScriptDirectory(str(Path(__file__).parent))
    return revision != script.get_current_head() and revision in {known.revision for known in script.walk_revisions()}


def migrate(engine: Engine) -> SchemaState:
    """Bring the database to the newest revision; returns the state it was in. WrongDatabase if it is newer or not ours."""
    with engine.connect() as connection:
        _set_foreign_keys(connection, on=False)
        try:
            with connection.begin():  # it holds the write lock: of two processes that start at once, the second finds the work done
                before = _state(connection)
                if before in {SchemaState.NEWER, SchemaState.FOREIGN}:
                    raise WrongDatabase(_refusal(before, connection.engine.url))
                command.upgrade(_config(connection), "head")
                return before
        finally:
            _set_foreign_keys(connection, on=True)


def _open_and_read_state(database: Database, *, may_make: bool, on_slack: bool) -> SchemaState:
    """The state of the database. Unless a new one may be made, nothing is made and an empty file stays empty."""
    if database.file is not None and not may_make and _size(database.file) == 0:
        return SchemaState.EMPTY
    if database.file is not None and may_make:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    database.keep_private(make=may_make)
    try:
        state_before, mode = state(database.engine), database.journal_mode()
    except DatabaseError as error:
        hints = NEEDS + LOOK_AGAIN.format(folder=Path(_file_name(database)).parent) if on_slack else ""
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            hints = NO_DATABASE
        raise WrongDatabase(f"The database {display_name(database.url)} cannot be opened: {error.orig}.{hints}") from error
    if on_slack and mode != WAL:
        raise WrongDatabase(NO_LOG.format(file=_file_name(database), mode=mode))
    return state_before


def _size(file: Path) -> int:
    """The bytes of a file; 0 if there is none."""
    return file.stat().st_size if file.exists() else 0


def _file_name(database: Database) -> str:
    """The absolute path of the database's file, or its name if it has no file."""
    return str(database.file.absolute()) if database.file is not None else display_name(database.url)


def display_name(url: URL) -> str:
    """The database's name for people to read, without a password."""
    return url.render_as_string(hide_password=True)


def _refusal(state_before: SchemaState, url: URL, *, on_slack: bool = False) -> str:
    name, look_again = display_name(url), ""
    if on_slack and url.database:
        file = Path(url.database).absolute()
        look_again = f" {LOOK_AGAIN.format(folder=file.parent)}"
        if state_before is SchemaState.EMPTY:
            why = f"the file holds {_size(file)} bytes and no table" if file.exists() else "there is no such file"
            return MISSING.format(file=file, why=why, look_again=look_again)
    return {
        SchemaState.EMPTY: f"The database {name} has no tables yet. Make them with: {MIGRATE_COMMAND}",
        SchemaState.PENDING: f"The database {name} is from an older Eftertanke. Copy it, then bring it up to date with: {MIGRATE_COMMAND}",
        SchemaState.NEWER: f"The database {name} is from a newer Eftertanke than this. Start that version, or choose another database.",
        SchemaState.FOREIGN: f"The database {name} holds tables of something else. Choose another with DATABASE_URL.{look_again}",
    }[state_before]


def _state(connection: Connection) -> SchemaState:
    script = ScriptDirectory.from_config(_config(connection))
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return SchemaState.FOREIGN if inspect(connection).get_table_names() else SchemaState.EMPTY
    if current == script.get_current_head():
        return SchemaState.CURRENT
    known_revisions = {revision.revision for revision in script.walk_revisions()}
    return SchemaState.PENDING if current in known_revisions else SchemaState.NEWER


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Turn foreign keys on or off. To change a table SQLite replaces it; dropping the old one would delete rows that point to it.

    The pragma has no effect inside a transaction, so it bypasses SQLAlchemy, which would open one.
    """
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
