"""Copies all rows of a database into another one, of either kind, and compares them one by one.

Values are copied as they are stored: a text of JSON stays the same text, and what is sealed stays sealed. What is read is one moment's; it
is written in the caller's transaction, so that all of it is there, or nothing.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Text,
    Time,
    bindparam,
    cast,
    collate,
    column,
    delete,
    insert,
    select,
    table,
    text,
    type_coerce,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Column, Select, Table, TableClause
    from sqlalchemy.orm import Session
    from sqlalchemy.types import TypeEngine

BATCH: Final = 1000  # rows at a time
KINDS: Final = (DateTime, Date, Time, Boolean, Integer, LargeBinary)


class NotTheSame(Exception):
    """A copied row is not the one it was copied from."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a row of the table {name} was not copied as it is")


def has_rows(session: Session, tables: Sequence[Table]) -> bool:
    """Whether any of the tables has a row."""
    return any(session.execute(select(text("1")).select_from(kept).limit(1)).first() is not None for kept in tables)


def row_versions(session: Session, tables: Sequence[Table]) -> list[tuple[int, int]]:
    """How many rows the tables on a server have, and by which transactions.

    Whatever is written changes it.
    """
    found = text("count(*), coalesce(sum(CAST(CAST(xmin AS text) AS bigint)), 0)")
    return [(rows, int(by)) for kept in tables for rows, by in session.execute(select(found).select_from(kept))]


def delete_rows(session: Session, tables: Sequence[Table]) -> None:
    """Delete all rows; `tables` stand in the order in which they depend on one another."""
    for kept in reversed(tables):
        session.execute(delete(kept).execution_options(synchronize_session=False))


def copy_rows(source: Session, target: Session, tables: Sequence[Table]) -> int:
    """Copy all rows and compare them; how many there were. `tables` stand in the order in which they depend on one another.

    Raises:
        NotTheSame: a row came out otherwise; the caller's transaction must keep nothing.
    """
    copied = sum(_copy_table(source, target, kept) for kept in tables)
    for kept in tables:
        _compare(source, target, kept)
        set_sequence(target, kept)
    return copied


def _copy_table(source: Session, target: Session, kept: Table) -> int:
    rows = source.execute(_select(source, kept)).mappings().partitions(BATCH)
    statement, copied = _insert(target, kept), 0
    for batch in rows:
        target.execute(statement, [{f"new_{name}": value for name, value in row.items()} for row in batch])
        copied += len(batch)
    return copied


def _compare(source: Session, target: Session, kept: Table) -> None:
    for ours, theirs in zip_longest(_rows(source, kept), _rows(target, kept)):
        if ours != theirs:
            raise NotTheSame(kept.name)


def _rows(session: Session, kept: Table) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in session.execute(_select(session, kept)).yield_per(BATCH))


def _select(session: Session, kept: Table) -> Select[Any]:
    """All rows as they are stored, in the order of their keys, which is the same on every server."""
    bare = _bare(kept)
    columns = [cast(bare.c[found.name], Text).label(found.name) if _is_json(found) else bare.c[found.name] for found in kept.columns]
    return select(*columns).order_by(*(_in_order(session, bare, found) for found in kept.primary_key))


def _in_order(session: Session, bare: TableClause, found: Column[Any]) -> Any:
    is_text = isinstance(_kind(found.type), Text) and session.get_bind().dialect.name == "postgresql"
    return collate(bare.c[found.name], "C") if is_text else bare.c[found.name]


def _insert(session: Session, kept: Table) -> Any:
    is_server = session.get_bind().dialect.name == "postgresql"
    values = {found.name: _new_value(found, is_server=is_server) for found in kept.columns}
    return insert(_bare(kept)).values(values)


def _new_value(found: Column[Any], *, is_server: bool) -> Any:
    new = bindparam(f"new_{found.name}", type_=_kind(found.type))
    return type_coerce(cast(new, JSON), Text) if _is_json(found) and is_server else new


def _bare(kept: Table) -> TableClause:
    """The table with plain types, which change no value on the way."""
    return table(kept.name, *(column(found.name, _kind(found.type)) for found in kept.columns))


def _kind(of: TypeEngine[Any]) -> TypeEngine[Any]:
    plain = getattr(of, "impl_instance", of)
    return next((kind() for kind in KINDS if isinstance(plain, kind)), Text())


def _is_json(found: Column[Any]) -> bool:
    return isinstance(found.type, JSON)


def set_sequence(target: Session, kept: Table) -> None:
    """Let the ids of new rows come after all that are there, and after all that were ever given."""
    for name, highest in _sequences_of(target, kept):
        following = f"(SELECT last_value + is_called::int FROM {name})"  # noqa: S608 - our own names
        target.execute(text(f"SELECT setval('{name}', GREATEST({highest} + 1, {following}), false)"))


def restart_sequence(target: Session, kept: Table) -> None:
    """Let the next id be the one after the highest.

    A server that recovers passes over up to 32, as if they had been given.
    """
    for name, highest in _sequences_of(target, kept):
        target.execute(text(f"SELECT setval('{name}', {highest} + 1, false)"))


def _sequences_of(target: Session, kept: Table) -> Iterator[tuple[str, str]]:
    """The name of the sequence that gives a table's ids, with the highest id as an expression. A file's tables have none."""
    counted = kept.autoincrement_column
    if counted is None or target.get_bind().dialect.name != "postgresql":
        return
    name = target.scalar(text("SELECT pg_get_serial_sequence(:kept, :counted)"), {"kept": kept.name, "counted": counted.name})
    if name is not None:
        yield str(name), f"(SELECT coalesce(max({counted.name}), 0) FROM {kept.name})"  # noqa: S608 - likewise
