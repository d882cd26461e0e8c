"""The folder beside a database in which a restore is rehearsed, for one rehearsal at a time.

What a killed rehearsal has left in it goes with the next one, or when a bot starts: backups hold what people were promised is gone.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bot.database.sqlite import real_file
from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def scratch_folder(database: Path) -> Path:
    """Where the folder is."""
    database = real_file(database)
    return database.with_name(f"{database.name}.rehearsal")


@contextmanager
def use_scratch_folder(database: Path) -> Iterator[Path]:
    """Make the folder, for its owner alone, and remove it at the end. SetupFault if another rehearsal is in it."""
    folder = scratch_folder(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _lock(descriptor, folder)
        for left in folder.iterdir():
            left.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SetupFault(sentence("setup.rehearsing", folder=folder)) from None


def remove_scratch(database: Path) -> None:
    """Remove what a killed rehearsal has left; one that is under way is left alone."""
    if scratch_folder(database).exists():
        with suppress(SetupFault), use_scratch_folder(database):
            pass
