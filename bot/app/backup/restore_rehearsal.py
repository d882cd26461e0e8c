"""Rehearses a restore in a folder of its own, beside the database and while the bot runs.

All is done that a restore does, by the same code, to a copy of the database and of its list of deletions. Nothing of it stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app.backup.copying import copy_aside
from bot.app.backup.restoring import restore
from bot.database.scratch import use_scratch_folder

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.backup.backup_file import Backup
    from bot.confidentiality.encryption import Keys
    from bot.database.unit_of_work import Database


def rehearse(backup: Backup, database: Database, keys: Keys, *, now: datetime, destroy_by: datetime) -> None:
    """Do to a copy what `restore` would do to the database; raises what it would raise."""
    assert database.place is not None  # noqa: S101 - the settings see to it
    if database.file is None:
        database.keep_private()  # makes the folder
    with use_scratch_folder(database.place) as folder:
        copy = copy_aside(database, folder)
        restore(backup, copy, keys, now=now, destroy_by=destroy_by, programmes=tuple, place=database.place)
