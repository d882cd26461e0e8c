"""`add`: puts a new question into a programme's bank.

Every other byte of the programme's file stays as it is.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from bot.app.file_edits import InFile, edit_file
from bot.seam.edits import AddQuestion

app: Final = typer.Typer(no_args_is_help=True)


@app.callback()
def _about() -> None:
    """Add to a programme, and change nothing else in its file."""


@app.command("question")
def question(
    theme: Annotated[str, typer.Option("--theme", metavar="ID")],
    da: Annotated[str, typer.Option("--da")],
    en: Annotated[str, typer.Option("--en")],
    question_id: Annotated[str, typer.Argument(metavar="ID")] = "",
    file: InFile = None,
) -> None:
    """Put a new question into the bank. To let it go out: .venv/bin/python -m bot move ID --to WEEK."""
    edit_file(file, lambda _programme, _now: AddQuestion(question=question_id, theme=theme, da=da, en=en))
