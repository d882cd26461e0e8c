"""`undo`: puts back the text of a programme that stood there before the last edit."""

from __future__ import annotations

from bot.app.file_edits import InFile, edit_file
from bot.seam.edits import Undo


def undo(file: InFile = None) -> None:
    """Take the last edit back. To undo that: undo again."""
    edit_file(file, lambda _programme, _now: Undo())
