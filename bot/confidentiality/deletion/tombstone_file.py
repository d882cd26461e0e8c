"""The tombstone file lists, beside the database, what a restored backup must forget again.

It is a separate file because a restore replaces the database. Each thing that was deleted or taken back has a line with its day, its keyed
hash, which tells nothing without the key, and the id of its tombstone, by which the lists of several machines become one. The last line
tells how far the database had come: a database that has not come so far is older than the list. The list must be on the disk before the
database may call anything wiped. Things that no backup can bring back any more are dropped, and a line tells how far the database had come
then.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion.tombstones import EXPIRY_AGE, Deletion
from bot.confidentiality.file_modes import private_opener
from bot.errors import WrongDatabase
from bot.local_time import day_only
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

LINE_PATTERN: Final = re.compile(
    r"^(\S+) ([0-9a-f]{64})(?: (\d{1,15}))?$", re.MULTILINE
)  # a day, a token and an id; earlier versions wrote no id, or a moment, of which only the day is read
MARK: Final = "newest"
FORGOTTEN: Final = "forgotten"
MARK_PATTERN: Final = r"^{name} (\d{{1,15}})\n"


def tombstone_file_for(database: Path) -> Path:
    """The path of the list that belongs to a database."""
    return database.with_name(f"{database.name}.erased")


def read_tombstones(file: Path) -> list[Deletion]:
    """Read what was deleted or taken back: each thing once, at its last place and with its last day.

    A line that a crash has torn is ignored: the database still knows it and writes it again.
    """
    lines = ((_day_of(at), token, int(id_) if id_ else None) for at, token, id_ in LINE_PATTERN.findall(_text_of(file)))
    return _merge(Deletion(at=at, token=token, id=id_) for at, token, id_ in lines if at is not None)


def read_mark(file: Path, name: str = MARK) -> int:
    """How far this list's database had come: the id of its newest tombstone. 0: the list does not tell.

    `name` FORGOTTEN: how far it had come when the list last dropped old lines. A database that has come as far needs none of them.
    """
    return max(map(int, re.findall(MARK_PATTERN.format(name=name), _text_of(file), re.MULTILINE)), default=0)


def is_whole(file: Path) -> bool:
    """Whether the list is whole. Earlier versions wrote moments, and no last line."""
    return read_mark(file) > 0 or any("T" in at for at, _, _ in LINE_PATTERN.findall(_text_of(file)))


def is_ahead(file: Path, newest: int, known: Collection[str]) -> bool:
    """Whether the list knows more than a database whose newest tombstone is `newest` and that has these tokens."""
    deletions = [] if is_whole(file) else read_tombstones(file)[-1:]
    return newest < read_mark(file) or any(deletion.token not in known for deletion in deletions)


def add_tombstones(file: Path, deletions: Iterable[Deletion], now: datetime, *, mark: int = 0) -> None:
    """Add these to the list on the disk, and drop what is too old. The caller makes sure that nobody else does so meanwhile.

    `mark`: how far the database has come. The list is replaced as a whole: if power fails, either the old or the new list is there.
    """
    new = list(deletions)
    merged = _merge([*read_tombstones(file), *new])
    young = [deletion for deletion in merged if deletion.at >= day_only(now - EXPIRY_AGE)]
    lines = [_line_of(deletion) for deletion in young]
    listed, is_new_lost = read_mark(file), not {deletion.token for deletion in new} <= {deletion.token for deletion in young}
    forgotten = mark if is_new_lost else listed if len(young) < len(merged) else 0
    marks = {FORGOTTEN: max(forgotten, read_mark(file, FORGOTTEN)), MARK: max(mark, listed)}
    text = "".join([*lines, *(f"{name} {newest}\n" for name, newest in marks.items() if newest)])
    if text and text != _text_of(file):
        _replace_list(file, text)


def _merge(deletions: Iterable[Deletion]) -> list[Deletion]:
    """Keep each token once, at its last place and with its last day: somebody who came back may have been erased again."""
    merged: dict[str, Deletion] = {}
    for deletion in deletions:
        earlier = merged.pop(deletion.token, deletion)
        merged[deletion.token] = replace(deletion, at=day_only(max(earlier.at, deletion.at)))
    return list(merged.values())


def _line_of(deletion: Deletion) -> str:
    parts = [f"{deletion.at:%Y-%m-%d}", deletion.token, *([] if deletion.id is None else [str(deletion.id)])]
    return " ".join(parts) + "\n"


def _day_of(at: str) -> datetime | None:
    try:
        return day_only(datetime.fromisoformat(at))
    except ValueError:
        return None


def _text_of(file: Path) -> str:
    """Read the list; empty if there is none. WrongDatabase if it cannot be read."""
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise WrongDatabase(sentence("setup.list_unreadable", file=file, why=error)) from None


def _replace_list(file: Path, text: str) -> None:
    """Replace the list: both the new file and its folder, which holds the names of files, must reach the disk."""
    new_file = file.with_name(f"{file.name}.new")
    with open(new_file, "w", encoding="ascii", opener=private_opener) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new_file.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
