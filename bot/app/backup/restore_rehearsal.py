"""Rehearses a restore in a folder of its own, beside the database and while the bot runs.

All is done that a restore does, by the same code, to a copy of the database and of its list of deletions. Nothing of it stays.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError, OperationalError

from bot.app.backup import backup_file
from bot.app.backup.restoring import restore
from bot.confidentiality.deletion import tombstone_file
from bot.database.scratch import use_scratch_folder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.app.backup.backup_file import Backup
    from bot.confidentiality.encryption import Keys
    from bot.database.unit_of_work import Database


def rehearse(backup: Backup, database: Database, keys: Keys, *, now: datetime, destroy_by: datetime) -> None:
    """Do to a copy what `restore` would do to the database; raises what it would raise."""
    assert database.file is not None  # noqa: S101 - the settings see to it
    with use_scratch_folder(database.file) as folder:
        copy = folder / database.file.name
        if database.file.exists():
            _copy_as_it_is(database, database.file, copy)
        with suppress(FileNotFoundError):  # nothing has been deleted yet
            shutil.copyfile(tombstone_file.tombstone_file_for(database.file), tombstone_file.tombstone_file_for(copy))
        restore(backup, copy, keys, now=now, destroy_by=destroy_by, programmes=tuple)


def _copy_as_it_is(database: Database, file: Path, copy: Path) -> None:
    """Copy the database; if it is damaged, its bytes: a restore would find the same."""
    backup_file.create_private_file(copy)
    try:
        backup_file.copy_database(database, copy)
    except (sqlite3.OperationalError, OperationalError):  # somebody is in the way
        raise
    except (sqlite3.DatabaseError, DatabaseError):
        shutil.copyfile(file, copy)
