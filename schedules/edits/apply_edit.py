"""Applies an edit to the text of a programme file, and changes nothing else in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.seam.edits import Edit
    from schedules.checking.source import SourceFile
    from schedules.due import History


def apply_edit(source: SourceFile, edit: Edit, history: History) -> bytes:
    """The bytes of the file after an edit (not Undo). EditRefused if what it names is not there, or cannot be moved."""
    raise NotImplementedError
