"""What must a restored backup forget again?

A list beside the database, in a file of its own, since the database is what a restore replaces: one line for each thing that was deleted,
with its moment and its keyed hash. It says nothing to who has no key. Lines are added and reach the disk before the database may say that
the deleted has been wiped; those that no backup can bring back any more are dropped.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion.expired_rows import EXPIRY_AGE
from bot.confidentiality.deletion.tombstones import Deletion
from bot.confidentiality.file_modes import private_opener

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

LINE_PATTERN: Final = re.compile(r"^(\S+) ([0-9a-f]{64})$", re.MULTILINE)


def tombstone_file_for(database: Path) -> Path:
    """Where the list of a database stands."""
    return database.with_name(f"{database.name}.erased")


def read_tombstones(file: Path) -> list[Deletion]:
    """What was deleted, each with the last moment at which it was: who comes back may be erased again.

    A line that a crash has torn is none: what it said is still in the database, and is written again.
    """
    text = file.read_text(encoding="ascii", errors="replace") if file.exists() else ""
    deletions = [Deletion(at=datetime.fromisoformat(at), token=token) for at, token in LINE_PATTERN.findall(text)]
    return list({deletion.token: deletion for deletion in sorted(deletions, key=lambda deletion: deletion.at)}.values())


def add_tombstones(file: Path, deletions: Iterable[Deletion], now: datetime) -> None:
    """See that these stand in the list, on the disk, and what is too old does not. The caller sees that nobody else is doing the same."""
    in_file = read_tombstones(file)
    latest = {deletion.token: deletion.at for deletion in in_file}
    fresh = [deletion for deletion in deletions if deletion.token not in latest or latest[deletion.token] < deletion.at]
    young = [deletion for deletion in in_file if deletion.at >= now - EXPIRY_AGE]
    if len(young) < len(in_file):
        _replace_list(file, [*young, *fresh])
    elif fresh:
        _append_lines(file, fresh)


def _append_lines(file: Path, deletions: Collection[Deletion]) -> None:
    """Each line begins on a new one, whatever a crash has left of the last."""
    with open(file, "a", encoding="ascii", opener=private_opener) as out:
        out.write("".join(f"\n{_as_line(deletion)}" for deletion in deletions) + "\n")
        out.flush()
        os.fsync(out.fileno())
    _sync_folder(file)


def _replace_list(file: Path, deletions: Collection[Deletion]) -> None:
    """Either the old list stands there or the new one, whenever the power fails."""
    new_file = file.with_name(f"{file.name}.new")
    with open(new_file, "w", encoding="ascii", opener=private_opener) as out:
        out.write("".join(f"{_as_line(deletion)}\n" for deletion in deletions))
        out.flush()
        os.fsync(out.fileno())
    new_file.replace(file)
    _sync_folder(file)


def _as_line(deletion: Deletion) -> str:
    return f"{deletion.at.isoformat()} {deletion.token}"


def _sync_folder(file: Path) -> None:
    """That a file is there, and under which name, is kept by its folder."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
