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

from bot.confidentiality.deletion.expired_rows import OLD
from bot.confidentiality.deletion.tombstones import Erasure
from bot.confidentiality.file_modes import owners_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

LINE: Final = re.compile(r"^(\S+) ([0-9a-f]{64})$", re.MULTILINE)


def tombstone_file_beside(database: Path) -> Path:
    """Where the list of a database stands."""
    return database.with_name(f"{database.name}.erased")


def read_tombstones(file: Path) -> list[Erasure]:
    """What was deleted, each with the last moment at which it was: who comes back may be erased again.

    A line that a crash has torn is none: what it said is still in the database, and is written again.
    """
    text = file.read_text(encoding="ascii", errors="replace") if file.exists() else ""
    lines = [Erasure(at=datetime.fromisoformat(at), token=token) for at, token in LINE.findall(text)]
    return list({each.token: each for each in sorted(lines, key=lambda each: each.at)}.values())


def add_tombstones(file: Path, erased: Iterable[Erasure], now: datetime) -> None:
    """See that these stand in the list, on the disk, and what is too old does not. The caller sees that nobody else is doing the same."""
    listed = read_tombstones(file)
    known = {each.token: each.at for each in listed}
    fresh = [each for each in erased if each.token not in known or known[each.token] < each.at]
    kept = [each for each in listed if each.at >= now - OLD]
    if len(kept) < len(listed):
        _replace(file, [*kept, *fresh])
    elif fresh:
        _append(file, fresh)


def _append(file: Path, erased: Collection[Erasure]) -> None:
    """Each line begins on a new one, whatever a crash has left of the last."""
    with open(file, "a", encoding="ascii", opener=owners_alone) as out:
        out.write("".join(f"\n{_line(each)}" for each in erased) + "\n")
        out.flush()
        os.fsync(out.fileno())
    _sync_folder(file)


def _replace(file: Path, erased: Collection[Erasure]) -> None:
    """Either the old list stands there or the new one, whenever the power fails."""
    beside = file.with_name(f"{file.name}.new")
    with open(beside, "w", encoding="ascii", opener=owners_alone) as out:
        out.write("".join(f"{_line(each)}\n" for each in erased))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    _sync_folder(file)


def _line(erasure: Erasure) -> str:
    return f"{erasure.at.isoformat()} {erasure.token}"


def _sync_folder(file: Path) -> None:
    """That a file is there, and under which name, is kept by its folder."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
