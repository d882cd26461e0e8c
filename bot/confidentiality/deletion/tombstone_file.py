"""What must a restored backup forget again?

A list beside the database, in a file of its own, since the database is what a restore replaces: one line for each thing that was deleted
or taken back, with its day and its keyed hash. It says nothing to who has no key. The last line says how far the database had come: one
that has not come so far is older than the list. It reaches the disk before the database may say that the deleted has been wiped; what no
backup can bring back any more is dropped.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion.tombstones import EXPIRY_AGE, Deletion
from bot.confidentiality.file_modes import private_opener
from bot.local_time import day_only

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINE_PATTERN: Final = re.compile(r"^(\S+) ([0-9a-f]{64})$", re.MULTILINE)  # earlier versions wrote the moment; only its day is read
MARK: Final = "newest"
MARK_PATTERN: Final = re.compile(rf"^{MARK} (\d+)\n", re.MULTILINE)


def tombstone_file_for(database: Path) -> Path:
    """Where the list of a database stands."""
    return database.with_name(f"{database.name}.erased")


def read_tombstones(file: Path) -> list[Deletion]:
    """What was deleted or taken back, each once, in the order in which it was last, with the last day on which it was.

    A line that a crash has torn is none: what it said is still in the database, and is written again.
    """
    return _merge(Deletion(at=day_only(datetime.fromisoformat(at)), token=token) for at, token in LINE_PATTERN.findall(_text_of(file)))


def read_mark(file: Path) -> int:
    """How far the database of this list had come: the id of its newest trace. 0: the list does not say."""
    return max(map(int, MARK_PATTERN.findall(_text_of(file))), default=0)


def add_tombstones(file: Path, deletions: Iterable[Deletion], now: datetime, *, mark: int = 0) -> None:
    """See that these stand in the list, on the disk, and what is too old does not. The caller sees that nobody else is doing the same.

    `mark`: how far the database has come. The list is written as a whole: the old one stands there or the new one, whenever power fails.
    """
    merged = _merge([*read_tombstones(file), *deletions])
    young = [deletion for deletion in merged if deletion.at >= day_only(now - EXPIRY_AGE)]
    lines = [f"{deletion.at:%Y-%m-%d} {deletion.token}\n" for deletion in young]
    furthest = max(mark, read_mark(file))
    text = "".join([*lines, f"{MARK} {furthest}\n" if furthest else ""])
    if text and text != _text_of(file):
        _replace_list(file, text)


def _merge(deletions: Iterable[Deletion]) -> list[Deletion]:
    """Each token at its last place, and with its last day: who comes back may be erased again."""
    merged: dict[str, Deletion] = {}
    for deletion in deletions:
        earlier = merged.pop(deletion.token, deletion)
        merged[deletion.token] = Deletion(token=deletion.token, at=day_only(max(earlier.at, deletion.at)))
    return list(merged.values())


def _text_of(file: Path) -> str:
    return file.read_text(encoding="ascii", errors="replace") if file.exists() else ""


def _replace_list(file: Path, text: str) -> None:
    """Either the old list stands there or the new one, whenever the power fails."""
    new_file = file.with_name(f"{file.name}.new")
    with open(new_file, "w", encoding="ascii", opener=private_opener) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new_file.replace(file)
    _sync_folder(file)


def _sync_folder(file: Path) -> None:
    """That a file is there, and under which name, is kept by its folder."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
