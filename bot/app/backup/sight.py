"""Keeps beside a database how far its lease was seen, so that one put back is noticed.

A server's own recovery to an earlier moment leaves no trace in the tables, and the list of deletions may know nothing later. But the
lease goes up every few seconds while a bot delivers: where it is lower than it was seen, the database is an earlier one.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from bot.models import Lease

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

Height = tuple[int, int]  # a lease's number and counter
NOTHING: Height = (0, 0)
FURTHER: Final = 1000  # numbers: more than other machines can have seen of a lease since this one stood still


def file_of_sight(place: Path) -> Path:
    """The file beside a database that says how far its lease was seen."""
    return place.with_name(f"{place.name}.seen")


def read_sight(place: Path) -> Height:
    """How far the lease was seen; NOTHING if nobody has noted it, or the note cannot be read."""
    try:
        number, counter = file_of_sight(place).read_text(encoding="ascii").split()
        return int(number), int(counter)
    except (OSError, ValueError):
        return NOTHING


def note_sight(place: Path, height: Height) -> None:
    """Note how far the lease was seen, never less far than is noted already."""
    if height > read_sight(place):
        new_file = file_of_sight(place).with_name(f"{place.name}.seen.{os.getpid()}")
        new_file.write_text(f"{height[0]} {height[1]}\n", encoding="ascii")
        new_file.replace(file_of_sight(place))


def is_below(session: Session, seen: Height) -> bool:
    """Whether a database's lease is lower than it was seen. One without a lease has never delivered: it is a new one."""
    rows = session.execute(select(Lease.number, Lease.counter)).all()
    return bool(rows) and max((number, counter) for number, counter in rows) < seen


def was_seen_later(connection: sqlite3.Connection, place: Path) -> bool:
    """Whether a file's lease, or that of a copy, is lower than it was seen at its place."""
    with suppress(sqlite3.DatabaseError):  # of an earlier version, or damaged
        rows = connection.execute("SELECT number, counter FROM leases").fetchall()
        return bool(rows) and max(rows) < read_sight(place)
    return False


def forget_if_new(session: Session, place: Path) -> None:
    """Forget what was seen, if the database has no lease yet: it is another one."""
    if session.scalar(select(Lease.number).limit(1)) is None:
        file_of_sight(place).unlink(missing_ok=True)


def raise_above(session: Session, seen: Height) -> None:
    """Raise the lease above what was seen, so that nobody takes the database for an earlier one again."""
    session.execute(update(Lease).where(Lease.number <= seen[0]).values(number=seen[0] + FURTHER))
