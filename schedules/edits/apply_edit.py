"""Applies an edit to the text of a programme file, and changes nothing else in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import EditReason, EditRefused
from bot.seam.edits import AddQuestion, MoveQuestion, SetQuestion, SkipWeeks
from schedules.edits.move import move
from schedules.edits.open_weeks import Progress
from schedules.edits.questions import add_question, set_question
from schedules.edits.replacements import replace_parts
from schedules.edits.skip import skip
from schedules.programme_file import load_content

if TYPE_CHECKING:
    from bot.programme import Programme
    from bot.seam.edits import Edit
    from schedules.checking.source import SourceFile
    from schedules.slots import History


def apply_edit(source: SourceFile, edit: Edit, history: History, today: date | None = None) -> bytes:
    """The bytes of a good file after an edit (not Undo), in which nothing else has changed.

    `today`: what should have gone out before it counts as gone out; None: only what has been sent does. EditRefused if what the edit names
    is not there, or cannot be moved. ProgrammeFaults if the file that would follow has faults.
    """
    path = Path(source.file)
    edited, meant = _make(source, load_content(path, source.content), edit, Progress(history=history, today=today or date.min))
    if load_content(path, edited.content) != meant:
        raise EditRefused(EditReason.UNUSUAL_FILE)
    return edited.content


def _make(source: SourceFile, programme: Programme, edit: Edit, progress: Progress) -> tuple[SourceFile, Programme]:
    """The file after an edit, and the programme that it must hold."""
    match edit:
        case MoveQuestion():
            made = move(source, programme, edit, progress)
        case SkipWeeks():
            return skip(source, programme, edit, progress)
        case SetQuestion():
            made = set_question(source, programme, edit)
        case AddQuestion():
            made = add_question(source, programme, edit)
        case _:
            raise TypeError("an undo is no edit of the text")
    return replace_parts(source, made.parts), made.programme
