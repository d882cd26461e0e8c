"""Writes something at most once, and lets the first decision win.

An INSERT does nothing where a unique constraint says "already there"; an UPDATE does nothing where somebody has decided before. The
database judges, and the loser of a race is told so by a row count instead of an exception. Every other broken rule still raises.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import ARRAY, String, Text, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sqlalchemy import Connection, CursorResult, Executable, Insert, Table, Update
    from sqlalchemy.types import TypeEngine

    from bot.table_base import Base

COUNTED: Final = {"preserve_rowcount": True}  # else an INSERT of many rows does not tell how many it wrote


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that need no objects."""
    return cast("Table", model.__table__)


def insert_once(connection: Session | Connection, model: type[Base]) -> Insert:
    """An INSERT into the model's table that does nothing where a unique constraint already holds such a row."""
    bind = connection.get_bind() if isinstance(connection, Session) else connection
    return _build_insert(bind.dialect.name, model)


@cache
def _build_insert(dialect: str, model: type[Base]) -> Insert:
    """Built once for each table: it is used with every message and reply."""
    if dialect == "postgresql":
        return postgresql.insert(table_of(model)).on_conflict_do_nothing()
    return sqlite.insert(table_of(model)).on_conflict_do_nothing()


def write_once(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write the rows that are not there yet, and return how many were new. All rows name the same columns."""
    return _write_rows(session, insert_once(session, model), rows) if rows else 0


def write_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write many new rows, which name the same columns; how many they were. One that is there already raises."""
    return _write_rows(session, insert(table_of(model)), rows) if rows else 0


def _write_rows(session: Session, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write rows. PostgreSQL gets a list for each column: a value by itself for each of 20,000 rows costs it ten times as much."""
    if session.get_bind().dialect.name != "postgresql":
        return count_changes(session, statement, [dict(row) for row in rows])
    table = cast("Table", statement.table)
    lists = {name: literal([row[name] for row in rows], ARRAY(_without_bounds(table.c[name].type), dimensions=1)) for name in rows[0]}
    return count_changes(session, statement.from_select([*lists], select(*map(func.unnest, lists.values()))))


def _without_bounds(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of a column for a list of its values: a bounded text would be cut to its length there, and no error raised."""
    return Text() if type(kind) is String else kind


def count_changes(session: Session, statement: Executable, parameters: Mapping[str, Any] | list[dict[str, Any]] | None = None) -> int:
    """Run a statement that changes rows; how many it changed."""
    counted = session.execute(statement, parameters, execution_options=COUNTED)
    return cast("CursorResult[Any]", counted).rowcount


def decide_first(session: Session, row: Base, decision: Update) -> bool:
    """Run a decision whose conditions hold only until somebody has decided; whether this was the first. `row` is read anew."""
    is_first = count_changes(session, decision) == 1
    session.refresh(row)
    return is_first
