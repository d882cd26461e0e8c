"""`copy-database`: moves a dialogue's database to another place, as from a file to a server, and compares every row."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from bot.app.backup.moving import move
from bot.app.keys import require_folder
from bot.app.reader_language import reader_language
from bot.database.places import fault_of_address
from bot.database.unit_of_work import Database
from bot.errors import SetupFault
from bot.migrations import display_name
from bot.sentence import sentence
from bot.settings import load_settings
from bot.wording import say


def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM")],
    target: Annotated[str, typer.Argument(metavar="TO")],
) -> None:
    """Move a dialogue to another database. Every row is compared; no bot may run meanwhile."""
    load_settings()  # they name the folder for a server's list of deletions
    with closing(_open(source, "command.word.from")) as old, closing(_open(target, "command.word.to")) as new:
        if old.file is None:
            require_folder(old)
        rows, moved = move(old, new)
        names = {"source": old.file or display_name(old.url), "target": new.file or display_name(new.url)}
    language = reader_language()
    typer.echo(say(language, "copy.done", n=rows, **names))
    typer.echo(say(language, "copy.then"))
    typer.echo(say(language, "copy.moved", file=moved) if moved is not None else say(language, "copy.left", source=names["source"]))


def _open(url: str, word: str) -> Database:
    """The database at an address, as it is typed; SetupFault names the argument that is none."""
    if (fault := fault_of_address(url)) is not None:
        raise SetupFault(sentence("setup.setting", name=sentence(word), why=fault))
    return Database(url)
