"""Reads what a database keeps, quickly and without a trace.

No tables' classes are loaded, no file is made and nothing is written.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from bot.database.places import address_for_driver, file_of
from bot.database.server_faults import why_not_its_schema
from bot.database.sqlite import connect_to_look

if TYPE_CHECKING:
    from pathlib import Path


SOON: Final = 2  # seconds within which a server must answer


class CannotRead(Exception):
    """A database cannot be read; its cause says why."""


def read_kept(url: str, query: str, *parameters: str) -> list[Any]:
    """What a query finds; nothing where there is no database, or none with such a table. A parameter stands as :1. Raises CannotRead."""
    file = file_of(url)
    return _read_file(file, query, parameters) if file is not None else _read_server(url, query, parameters)


def _read_file(file: Path, query: str, parameters: tuple[str, ...]) -> list[Any]:
    try:
        if not (file.is_file() and file.stat().st_size):
            return []
        with closing(connect_to_look(file)) as connection:
            return connection.execute(query, parameters).fetchall()
    except (OSError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.OperationalError) and str(error).startswith("no such table"):
            return []
        raise CannotRead(error) from error


def _read_server(url: str, query: str, parameters: tuple[str, ...]) -> list[Any]:
    import psycopg  # noqa: PLC0415 - only who has a server has its driver

    statement: Any = query.replace(":1", "%s")
    try:
        with psycopg.connect(address_for_driver(url), autocommit=True, connect_timeout=SOON) as connection:
            (schema,) = connection.execute("SELECT current_schema()").fetchone() or (None,)
            if (why := why_not_its_schema(schema, url)) is not None:
                raise CannotRead from why
            return connection.execute(statement, parameters or None).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    except psycopg.Error as error:
        raise CannotRead(error) from error
