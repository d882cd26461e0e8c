"""How is something written at most once?

By an INSERT that does nothing where a unique constraint says "already there". The database judges, and the loser of a race is told so by
a row count instead of an exception; every other broken rule of the database still raises.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias, cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sqlalchemy import Connection, CursorResult, Table

    from bot.table_base import Base

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that need no objects."""
    return cast("Table", model.__table__)


def insert_once(connection: Session | Connection, model: type[Base]) -> Insert:
    """An INSERT into the model's table that does nothing where a unique constraint already holds such a row."""
    bind = connection.get_bind() if isinstance(connection, Session) else connection
    return _build_insert(bind.dialect.name, model)


@cache
def _build_insert(dialect: str, model: type[Base]) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table_of(model)).on_conflict_do_nothing()
    return sqlite.insert(table_of(model)).on_conflict_do_nothing()


def write_once(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write the rows that are not there yet; how many were new."""
    if not rows:
        return 0
    result = session.execute(insert_once(session, model), [dict(row) for row in rows])
    return cast("CursorResult[Any]", result).rowcount
