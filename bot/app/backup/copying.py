"""Copies a whole database into a file, or from a file into a server's database, with its list of deletions.

On a server all rows of a database give way to those of a file in one transaction: killed at any moment, it leaves the old or the new.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, OperationalError

from bot import migrations
from bot.app.backup import backup_file
from bot.app.backup.sight import FURTHER, note_sight, read_sight
from bot.confidentiality.deletion import tombstone_file
from bot.database.copy_rows import copy_rows, delete_rows, restart_sequence
from bot.database.insert_once import table_of
from bot.database.places import url_of
from bot.database.unit_of_work import Database
from bot.models import Base, Lease, Round
from bot.sending.lease import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.app.backup.sight import Height

TABLES: Final = tuple(Base.metadata.sorted_tables)


def copy_to_file(database: Database, file: Path) -> None:
    """Copy a database on a server, as it is now, to a private file that is empty."""
    with closing(Database(url_of(file))) as copy:
        migrations.migrate(copy.engine)
        copy_all(database, copy)


def copy_all(database: Database, copy: Database) -> int:
    """Copy all rows of one moment into a database with the same tables; how many. NotTheSame if one came out otherwise."""
    with database.look() as source:
        return copy.write(lambda target: copy_rows(source, target, TABLES), alone=True)


def _copy_as_it_is(database: Database, file: Path, copy: Path) -> None:
    """Copy the database; if it is damaged, its bytes: a restore would find the same."""
    try:
        backup_file.copy_database(database, copy)
    except (sqlite3.OperationalError, OperationalError):  # somebody is in the way
        raise
    except (sqlite3.DatabaseError, DatabaseError):
        shutil.copyfile(file, copy)


def copy_list(place: Path, other: Path) -> None:
    """Take the list of deletions of one place along to another."""
    with suppress(FileNotFoundError):  # nothing has been deleted yet
        source, target = tombstone_file.tombstone_file_for(place), tombstone_file.tombstone_file_for(other)
        part = target.with_name(f"{target.name}.new")
        part.unlink(missing_ok=True)
        text = source.read_bytes()
        backup_file.create_private_file(part)
        part.write_bytes(text)
        part.replace(target)
        backup_file.sync_to_disk(target)


def copy_aside(database: Database, folder: Path) -> Path:
    """Copy a database, its list and how far it was seen into a folder.

    If the database is damaged, its bytes: a restore would find the same.
    """
    assert database.place is not None  # noqa: S101 - the settings see to it
    copy = folder / database.place.name
    if database.file is None:
        if migrations.state(database.engine) is not migrations.SchemaState.EMPTY:
            backup_file.create_private_file(copy)
            copy_to_file(database, copy)
    elif database.file.exists():
        backup_file.create_private_file(copy)
        _copy_as_it_is(database, database.file, copy)
    copy_list(database.place, copy)
    note_sight(copy, read_sight(database.place))
    return copy


def replace_all(database: Database, file: Path, require_unchanged: Callable[[Session], None]) -> None:
    """Let all rows of a database on a server give way to those of a file, unless `require_unchanged` raises.

    Each lease is nobody's, under a number above any before: who held it, and is frozen, claims nothing when it wakes.
    """
    assert database.place is not None  # noqa: S101 - it is on a server
    seen = read_sight(database.place)

    def replace(target: Session) -> None:
        require_unchanged(target)
        numbers = {lease.workspace: lease.number for lease in target.scalars(select(Lease))}
        target.expunge_all()
        delete_rows(target, TABLES)
        copy_rows(source, target, TABLES)
        restart_sequence(target, table_of(Round))  # a round that was forgotten gets its number again: buttons in the chat name it
        raise_leases(target, numbers, seen)

    with closing(Database(url_of(file))) as prepared, prepared.look() as source:
        database.write(replace, alone=True)


def raise_leases(session: Session, numbers: dict[str, int], seen: Height) -> None:
    """Free each lease under a number above those it has and had, and above what was seen at its place."""
    present = {lease.workspace: lease for lease in session.scalars(select(Lease))}
    for workspace in {*numbers, *present}:
        lease = present.get(workspace) or Lease(workspace=workspace, holder=NOBODY, number=0, counter=0)
        lease.holder, lease.number = NOBODY, max(lease.number, numbers.get(workspace, 0), seen[0]) + FURTHER
        session.add(lease)
