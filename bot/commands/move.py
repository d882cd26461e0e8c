"""`move`: lets a question go out in another week.

Every other byte of the programme's file stays as it is.
"""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app.file_edits import InFile, edit_file, read_weeks
from bot.seam.edits import MoveQuestion


def move(
    question_id: Annotated[str, typer.Argument(metavar="ID")],
    to: Annotated[str, typer.Option("--to", metavar="WEEK")],
    file: InFile = None,
) -> None:
    """Let a question go out in another week; those between move by one."""
    edit_file(file, lambda programme, now: MoveQuestion(question=question_id, week=read_weeks(to, programme, now)[0]))
