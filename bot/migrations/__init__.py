"""Does the database fit this program, and how is it made to?

The tables grow by numbered revisions in `versions/`, each written once and never changed after a release. `ensure` is asked at every
start: it refuses a database it does not understand, and names the command that mends it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DatabaseError

from bot.errors import WrongDatabase

if TYPE_CHECKING:
    from sqlalchemy import URL

    from bot.database.unit_of_work import Database

MIGRATE_COMMAND = ".venv/bin/python -m bot migrate"


class SchemaState(StrEnum):
    """How a database stands to this program."""

    CURRENT = "current"
    PENDING = "pending"
    NEWER = "newer"
    EMPTY = "empty"
    FOREIGN = "foreign"


def ensure(database: Database, *, create_silently: bool) -> SchemaState:
    """Return if the database is current; WrongDatabase says what mends it. A new one gets its folder and tables if `create_silently`.

    How it stood before is given back: current or empty.
    """
    state_before = _open_and_read_state(database) if create_silently or _is_there(database.url) else SchemaState.EMPTY
    if state_before is SchemaState.EMPTY and create_silently:
        migrate(database.engine)
    elif state_before is not SchemaState.CURRENT:
        raise WrongDatabase(_refusal(state_before, database.url))
    return state_before


def bring_up_to_date(database: Database) -> SchemaState:
    """Bring the database up to date, a new one with its folder; returns how it stood before. WrongDatabase if that cannot be done."""
    _open_and_read_state(database)
    return migrate(database.engine)


def state(engine: Engine) -> SchemaState:
    """How the database stands to this program, without changing it."""
    with engine.execution_options(reading=True).connect() as connection:
        return _state(connection)


def migrate(engine: Engine) -> SchemaState:
    """Bring the database to this program's newest revision; returns how it stood before. WrongDatabase if it is newer or not ours."""
    with engine.connect() as connection:
        _set_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                return _upgrade(connection)
        finally:
            _set_foreign_keys(connection, on=True)


def _open_and_read_state(database: Database) -> SchemaState:
    if database.url.get_backend_name() == "sqlite" and database.url.database:
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
        database.keep_private()
    try:
        return state(database.engine)
    except DatabaseError as error:
        raise WrongDatabase(f"The database {display_name(database.url)} cannot be opened: {error.orig}.") from error


def _is_there(url: URL) -> bool:
    """Whether there is anything to open: who only looks must not leave an empty file behind."""
    return url.get_backend_name() != "sqlite" or not url.database or Path(url.database).exists()


def display_name(url: URL) -> str:
    """The database's name as people may read it, without a password."""
    return url.render_as_string(hide_password=True)


def _refusal(state_before: SchemaState, url: URL) -> str:
    name = display_name(url)
    return {
        SchemaState.EMPTY: f"The database {name} has no tables yet. Make them with: {MIGRATE_COMMAND}",
        SchemaState.PENDING: f"The database {name} is from an older Eftertanke. Copy it, then bring it up to date with: {MIGRATE_COMMAND}",
        SchemaState.NEWER: f"The database {name} is from a newer Eftertanke than this. Start that version, or choose another database.",
        SchemaState.FOREIGN: f"The database {name} holds tables of something else. Choose another with DATABASE_URL.",
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


def _upgrade(connection: Connection) -> SchemaState:
    """The write lock is held, so of two processes that start at once the second finds the work done."""
    before = _state(connection)
    if before in {SchemaState.NEWER, SchemaState.FOREIGN}:
        raise WrongDatabase(_refusal(before, connection.engine.url))
    command.upgrade(_config(connection), "head")
    return before


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """SQLite changes a table by writing it anew: with foreign keys on, dropping the old one would delete the rows that point to it.

    The pragma does nothing inside a transaction, so it goes round SQLAlchemy, which would open one.
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
