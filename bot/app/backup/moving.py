"""Moves a database to another place: all its rows as they are stored, and the list of deletions.

No bot may run on it meanwhile. All rows are written and compared in one transaction; killed at any moment, there is nothing at the new
place, or everything.
"""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from bot import migrations
from bot.app.age_of_database import require_current
from bot.app.backup.copying import TABLES, copy_list, raise_leases
from bot.app.backup.sight import is_below, read_sight
from bot.app.keys import copy_key_file
from bot.app.sole_use import alone_with, keep_bots_out, require_idle
from bot.confidentiality.deletion.tombstone_file import read_mark, read_tombstones, tombstone_file_for
from bot.database.copy_rows import copy_rows, has_rows, row_versions
from bot.database.sqlite import real_file
from bot.database.unit_of_work import Database
from bot.errors import SetupFault, WrongDatabase
from bot.migrations import SchemaState
from bot.sentence import sentence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

COMMAND: Final = "copy-database"


def move(source: Database, target: Database) -> tuple[int, Path | None]:
    """Copy a database, so that a bot may go on with the copy. How many rows there are, and what the file is called from now on.

    Raises:
        WrongDatabase: the one is not as this version makes them, or the other is not empty.
        SetupFault: a bot runs.
    """
    assert source.place is not None and target.place is not None  # noqa: S101, PT018 - neither is in memory
    if source.file is not None and not source.file.exists():
        raise SetupFault(sentence("setup.no_file", file=source.file))
    migrations.ensure(source, create_silently=False)
    seen = read_sight(source.place)
    with source.look() as session:
        require_current(session, source)
        if is_below(session, seen):
            raise WrongDatabase(sentence("setup.copy.put_back", source=source.file or migrations.display_name(source.url)))
    if migrations.state_for_use(target) is SchemaState.CURRENT:
        with target.look() as session:
            _require_empty(session, target)
    _require_no_list(source.place, target.place)
    name = _name_when_moved(source)
    with _one_moment(source, name) as moment:
        migrations.ensure(target, create_silently=True)  # only now: on tables without rows a bot would begin anew
        with moment.look() as read:
            rows = target.write(lambda written: _copy(read, written, source, target), alone=True)
    return rows, name


def _copy(read: Session, written: Session, source: Database, target: Database) -> int:
    """Copy in one transaction. Whoever delivered from the old database may claim nothing from the new one."""
    assert source.place is not None and target.place is not None  # noqa: S101, PT018 - see above
    _require_empty(written, target)
    rows = copy_rows(read, written, TABLES)
    raise_leases(written, {}, read_sight(target.place))
    written.flush()
    if source.file is None:
        _require_unchanged(read, source)
    copy_list(source.place, target.place)
    copy_key_file(source.place, target.place)
    return rows


@contextmanager
def _one_moment(source: Database, name: Path | None) -> Iterator[Database]:
    """The database as it is, with no bot on it. A file has another name when all has gone well."""
    if source.file is None or name is None:
        require_idle(source, then=COMMAND)
        yield source
        return
    source.close()
    with keep_bots_out(source.file, then=COMMAND), alone_with(source.file, then=COMMAND, report_unreadable=_refuse) as connection:
        assert connection is not None  # noqa: S101 - it was read a moment ago
        with closing(Database("sqlite://")) as copy:
            driver: Any = copy.engine.raw_connection().driver_connection
            driver.deserialize(connection.serialize())
            yield copy
        _rename(real_file(source.file), name)


def _rename(file: Path, name: Path) -> None:
    """Rename for good: after a power cut, too, no bot finds the old file."""
    file.rename(name)
    folder = os.open(name.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _name_when_moved(source: Database) -> Path | None:
    """What a file is called afterwards; None on a server. SetupFault if another one has that name."""
    if source.file is None:
        return None
    file = real_file(source.file)
    name = file.with_name(f"{file.name}.moved")
    if name.exists():
        raise SetupFault(sentence("setup.copy.moved_there", file=name))
    return name


def _require_empty(session: Session, target: Database) -> None:
    if has_rows(session, TABLES):
        raise WrongDatabase(sentence("setup.copy.has_rows", file=target.file or migrations.display_name(target.url)))


def _require_no_list(place: Path, other: Path) -> None:
    """WrongDatabase if another database has left its list at the new place; a try that was killed may have left this one's."""
    ours, listed = tombstone_file_for(place), tombstone_file_for(other)
    others = {deletion.token for deletion in read_tombstones(listed)} - {deletion.token for deletion in read_tombstones(ours)}
    if others or read_mark(listed) > read_mark(ours):
        raise WrongDatabase(sentence("setup.copy.list_there", listed=listed))


def _require_unchanged(read: Session, source: Database) -> None:
    """SetupFault if somebody has written in a database on a server since it was read."""
    with source.look() as now:
        if row_versions(now, TABLES) != row_versions(read, TABLES):
            raise SetupFault(sentence("setup.copy.changed", source=migrations.display_name(source.url)))


def _refuse(why: sqlite3.DatabaseError) -> None:
    raise why
