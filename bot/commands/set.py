"""`set`: gives a question of a programme another text.

Every other byte of the programme's file stays as it is.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from bot.app.file_edits import InFile, edit_file
from bot.seam.edits import SetQuestion

app: Final = typer.Typer(help="Change a text of a programme, and nothing else in its file.", no_args_is_help=True)


@app.callback()
def _about() -> None:
    """Change a text of a programme, and nothing else in its file."""


@app.command("question")
def question(
    question_id: Annotated[str, typer.Argument(metavar="ID", help="The question's id.")],
    da: Annotated[str | None, typer.Option("--da", help="Its text in Danish; otherwise that stays.")] = None,
    en: Annotated[str | None, typer.Option("--en", help="Its text in English; otherwise that stays.")] = None,
    file: InFile = None,
) -> None:
    """Give a question another text. Who has been asked already keeps the text they got."""
    if da is None and en is None:
        raise typer.BadParameter("write the new text after --da, after --en, or after both")
    edit_file(file, lambda _programme, _now: SetQuestion(question=question_id, da=da, en=en))
