"""`purge`: deletes a programme that has finished: its people, what they wrote, and what was about them.

It says first what will go, and does it on `--yes` or once somebody has typed the programme's id. A bot may run meanwhile: it is one
transaction, after which nothing of the programme is due any more. The file is wiped as after every deletion.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.age_of_database import require_current
from bot.app.installation import moment_of_deletion, moment_to_destroy_by, newest_moment
from bot.app.keys import open_database, use_database
from bot.app.operators import purging as to_be_purged
from bot.app.reader_language import reader_language
from bot.dialogue.data_rights.purging import purge as purge_programme
from bot.errors import SetupFault
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from schedules.housekeeping import wipe

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def purge(
    programme: Annotated[str, typer.Argument(metavar="ID")],
    everything: Annotated[bool, typer.Option("--all")] = False,  # noqa: FBT002 - a flag
    yes: Annotated[bool, typer.Option("--yes")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Delete a programme that has finished: its people, what they wrote, and what was about them."""
    settings, language = installation_settings(), reader_language()
    with use_database(open_database(settings), settings) as database:
        with database.look() as session:
            require_current(session, database)
            to_be_purged.require_finished(session, settings, programme, everything=everything)
            for paragraph in to_be_purged.what_will_be(session, settings, programme, language, everything=everything):
                typer.echo(paragraph)
        if not yes:
            _require_word(programme)

        def delete(session: Session) -> tuple[datetime | None, datetime]:
            require_current(session, database)
            to_be_purged.require_finished(session, settings, programme, everything=everything)
            seen = newest_moment(session)
            at = moment_of_deletion(settings, seen)
            purge_programme(session, at, programme, everything=everything)
            return seen, at

        seen, at = database.write(delete, alone=True)
        is_wiped = wipe(database, at, quiet=True, at_once=True, destroy_by=moment_to_destroy_by(settings, seen))
    typer.echo(say(language, "purge.done" if is_wiped else "purge.done_soon_wiped", programme=programme))


def _require_word(programme: str) -> None:
    """SetupFault unless somebody types the programme's id, on a terminal."""
    if sys.stdin.isatty():
        typer.echo(f"{say(reader_language(), 'purge.prompt')} ", nl=False, err=True)
        if sys.stdin.readline().strip() == programme:
            return
    raise SetupFault(sentence("setup.not_purged"))
