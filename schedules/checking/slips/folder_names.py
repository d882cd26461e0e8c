"""Tells the programmes in a folder, by their names, from what else lies there.

That is side files of editors, copies, and other endings.
"""

from __future__ import annotations

import os
import re
from pathlib import Path  # noqa: TC003 - tests of types read it
from typing import TYPE_CHECKING, Final

from bot.errors import Fault
from schedules.checking.fault_messages import WrongKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDING: Final = ".yaml"
LIKE_ENDING: Final = re.compile(r"(.+?)\.ya?ml(?:\.txt)?", re.IGNORECASE)
COPY: Final = re.compile(
    r"(?:kopi af|copy of) .+|.+ (?:[-–] )?(?:kopi|copy)(?: \(?\d+\)?)?|.+ ?\(\d{1,2}\)",  # as Windows, macOS and browsers name copies
    re.IGNORECASE,
)


def is_hidden(name: str) -> bool:
    """Whether a file is an editor's own. Its name begins with a point, `~` or `#`, or ends with `~`."""
    return name.startswith((".", "~", "#")) or name.endswith("~")


def programmes_among(files: Iterable[Path]) -> list[Path]:
    """The files that are programmes by their names, in the order of their names."""
    return sorted(file for file in files if file.suffix == ENDING and not is_hidden(file.name) and _why_passed_over(file) is None)


def faults_of_names(files: Iterable[Path]) -> Iterator[Fault]:
    """Say of each file that somebody may take for a programme why it is passed over. Nothing is said of hidden ones."""
    for file in sorted(files):
        if not is_hidden(file.name) and (fault := _why_passed_over(file)):
            yield fault


def _why_passed_over(file: Path) -> Fault | None:
    like = LIKE_ENDING.fullmatch(file.name)
    if like is None:
        return None
    name = f"{like[1]}{ENDING}"
    if os.path.isdir(file):  # noqa: PTH112 - a Path raises where a link leads to a forbidden place
        said = WrongKind.FOLDER_AS_FILE.say()
    elif COPY.fullmatch(like[1]):
        said = WrongKind.COPY_PASSED_OVER.say()
    elif file.name != name:
        said = WrongKind.OTHER_ENDING.say(name=name)
    else:
        return None
    return Fault(file=str(file), line=1, column=1, said=said)
