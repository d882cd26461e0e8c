"""`set`: gives a question of a programme another text.

Every other byte of the programme's file stays as it is.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from bot.app.file_edits import InFile, edit_file
from bot.app.reader_language import reader_language
from bot.seam.edits import SetQuestion
from bot.wording import say

app: Final = typer.Typer(no_args_is_help=True)


@app.callback()
def _about() -> None:
    """Change a text of a programme, and nothing else in its file."""


@app.command("question")
def question(
    question_id: Annotated[str, typer.Argument(metavar="ID")],
    da: Annotated[str | None, typer.Option("--da")] = None,
    en: Annotated[str | None, typer.Option("--en")] = None,
    file: InFile = None,
) -> None:
    """Give a question another text. Who has been asked already keeps the text they got."""
    if da is None and en is None:
        raise typer.BadParameter(say(reader_language(), "command.set.no_text"))
    edit_file(file, lambda _programme, _now: SetQuestion(question=question_id, da=da, en=en))
