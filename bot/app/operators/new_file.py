"""Makes the file that a command writes to, before it does anything else.

What cannot be written must be neither noted nor told.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from bot.confidentiality.file_modes import private_opener
from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def make_new_file(file: Path) -> Iterator[IO[str]]:
    """A new file for its owner alone. It goes again if anything fails. SetupFault if it cannot be made."""
    if not file.parent.is_dir():
        raise SetupFault(sentence("setup.make_folder", folder=file.parent))
    try:
        out = open(file, "x", encoding="utf-8", opener=private_opener)  # noqa: SIM115 - it is closed below
    except FileExistsError:
        raise SetupFault(sentence("setup.file_there", file=file)) from None
    try:
        with out:
            yield out
    except BaseException:
        file.unlink(missing_ok=True)
        raise
