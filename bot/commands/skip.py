"""`skip`: lets nothing go out in a week.

Every other byte of the programme's file stays as it is.
"""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app.file_edits import InFile, edit_file, read_weeks
from bot.seam.edits import SkipWeeks


def skip(
    weeks: Annotated[list[str], typer.Argument(metavar="WEEK")],
    file: InFile = None,
) -> None:
    """Let nothing go out in these weeks; all later questions move, and the programme ends later."""
    edit_file(file, lambda programme, now: SkipWeeks(weeks=read_weeks(" ".join(weeks), programme, now)))
