"""Tells which files are our backups, when they were made, and which are too old.

A backup is an SQLite file that says in its own head that it is one of Eftertanke's, and of which minute: neither its name nor the file
system's dates are believed. What people wrote is encrypted in it; the key never is.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import struct
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.local_time import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.database.unit_of_work import Database

LIFETIME: Final = timedelta(days=30)  # after that a backup may hold what people were promised is gone
APPLICATION_ID: Final = 0x45667465  # SQLite's application id; "Efte" in ASCII
SQLITE_MAGIC: Final = b"SQLite format 3\0"
HEADER: Final = struct.Struct(">60xi4xi")  # of the head: the user version, which holds the minute, and the application id
UNFINISHED: Final = (
    ".eftertanke-part"  # what a copy is called until it is whole: SQLite writes it, so its head cannot say so before the end
)
MINUTE: Final = timedelta(minutes=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A file that is a backup, and when it was made, to the minute."""

    file: Path
    at: datetime

    def is_too_old(self, now: datetime) -> bool:
        """Whether the backup is older than a backup may become."""
        return now - self.at > LIFETIME


def identify(file: Path) -> Backup | None:
    """The backup that a file is; None for everything else, also for a database in use."""
    if file.is_symlink() or not file.is_file():
        return None
    with file.open("rb") as stream:
        head = stream.read(HEADER.size)
    if len(head) < HEADER.size or not head.startswith(SQLITE_MAGIC):
        return None
    minute, application = HEADER.unpack(head)
    return Backup(file=file, at=EPOCH + minute * MINUTE) if application == APPLICATION_ID else None


def newest_in(folder: Path, now: datetime) -> Backup | None:
    """The newest backup in a folder; None if there is none. One that a clock ahead has dated would be the newest for ever."""
    backups = filter(None, map(identify, sorted(folder.iterdir())))
    return max((backup for backup in backups if backup.at <= now + DAY), key=lambda backup: backup.at, default=None)


def copy_database(database: Database, file: Path) -> None:
    """Copy a database, as it is now, to a private file that is empty. Writers need not wait meanwhile."""
    with closing(database.engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(file),))


def mark_as_backup(file: Path, now: datetime) -> None:
    """Write into a copy what it is."""
    _write_header(file, APPLICATION_ID, (now - EPOCH) // MINUTE)


def unmark_as_backup(file: Path) -> None:
    """It is to be a database again."""
    _write_header(file, 0, 0)


def _write_header(file: Path, application: int, version: int) -> None:
    address = f"{file.absolute().as_uri()}?mode=rw"  # what has been removed meanwhile must not come back as an empty file
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(f"PRAGMA application_id={application}")
        copy.execute(f"PRAGMA user_version={version}")


def backups_past_lifetime(folder: Path, now: datetime) -> list[Backup]:
    """The backups in a folder that have outlived what a backup may."""
    backups = [identify(file) for file in sorted(folder.iterdir())]
    return [backup for backup in backups if backup is not None and backup.is_too_old(now)]


def create_private_file(file: Path) -> None:
    """Make an empty file for its owner alone. FileExistsError if something is there."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def make_unfinished_copy(file: Path) -> Iterator[Path]:
    """Make the empty file that is to become `file`. It goes at the end, and until then no other backup removes it."""
    part = file.with_name(f"{file.name}{UNFINISHED}")
    _remove_unless_in_use(part)
    create_private_file(part)
    with part.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)


def remove_unfinished_copies(folder: Path) -> None:
    """Remove the copies that were never finished, whatever is in them: whole or not, nobody would know them for backups."""
    for file in sorted(folder.glob(f"*{UNFINISHED}")):
        _remove_unless_in_use(file)


def _remove_unless_in_use(part: Path) -> None:
    if part.is_file() and not part.is_symlink():
        with suppress(BlockingIOError, FileNotFoundError), part.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def sync_to_disk(file: Path) -> None:
    """Return once a file and its name would survive a power cut."""
    for path in (file, file.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
