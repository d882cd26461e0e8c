"""Rehearses a restore in a folder of its own, beside the database and while the bot runs.

All is done that a restore does, by the same code, to a copy of the database and of its list of deletions. Nothing of it stays.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.app.backup import backup_file
from bot.app.backup.restoring import restore
from bot.confidentiality.deletion import tombstone_file
from bot.database.scratch import use_scratch_folder

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.backup.backup_file import Backup
    from bot.confidentiality.encryption import Keys
    from bot.database.unit_of_work import Database


def rehearse(backup: Backup, database: Database, keys: Keys, *, now: datetime, destroy_by: datetime) -> None:
    """Do to a copy what `restore` would do to the database; raises what it would raise."""
    assert database.file is not None  # noqa: S101 - the settings see to it
    with use_scratch_folder(database.file) as folder:
        copy = folder / database.file.name
        backup_file.create_private_file(copy)
        backup_file.copy_database(database, copy)
        with suppress(FileNotFoundError):  # nothing has been deleted yet
            shutil.copyfile(tombstone_file.tombstone_file_for(database.file), tombstone_file.tombstone_file_for(copy))
        restore(backup, copy, keys, now=now, destroy_by=destroy_by, programmes=tuple)
