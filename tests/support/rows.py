"""Reads and writes rows beside the program, in a database of either kind."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from bot.database.places import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


def rows(url: str, statement: str) -> list[Any]:
    """The rows that a statement gives."""
    with _engine(url).connect() as connection:
        return list(connection.execute(text(statement)))


def write_rows(url: str, statement: str, values: list[dict[str, object]] | None = None) -> None:
    """Write with a statement: once for each set of values, if there are any, all at one moment."""
    with _engine(url).begin() as connection:
        connection.execute(text(statement), values)


def has_tables(url: str) -> bool:
    """Whether a database is there, and has tables. It makes none."""
    file = file_of(url)
    return (file is None or file.exists()) and inspect(_engine(url)).has_table("alembic_version")


@contextmanager
def hold(url: str) -> Iterator[None]:
    """Another program writes meanwhile, and nobody else can."""
    engine = _engine(url)
    take = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else "LOCK TABLE alembic_version"
    with engine.connect() as connection:
        connection.exec_driver_sql(take)
        yield


def _engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)
