"""`erase`: deletes a person who cannot, or will not, do it in chat.

It does what *Slet alt om mig* does, and the wiping that the bot does within a minute of that, so it works also when no bot runs. It says
the same whether there was anything to delete or not, so that nobody learns anything from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.age_of_database import require_current
from bot.app.backup import backup_file
from bot.app.installation import moment_of_deletion, moment_to_destroy_by, newest_moment
from bot.app.keys import open_database, use_database
from bot.app.operators.person_asked import person_asked
from bot.app.reader_language import reader_language
from bot.dialogue import audit
from bot.dialogue.data_rights import erasure
from bot.models import AuditAct
from bot.settings import installation_settings
from bot.wording import say
from schedules.housekeeping import wipe

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def erase(person: Annotated[str | None, typer.Argument(metavar="PERSON")] = None) -> None:
    """Delete all that is kept about a person."""
    settings, address = installation_settings(), person_asked(person)
    with use_database(open_database(settings), settings) as database:

        def delete(session: Session) -> tuple[datetime | None, datetime]:
            require_current(session, database)
            seen = newest_moment(session)
            at = moment_of_deletion(settings, seen)
            erasure.erase(session, at, address)
            audit.note_operator(session, at, AuditAct.PERSON_ERASED)  # whether or not there was such a person
            return seen, at

        seen, at = database.write(delete, alone=True)
        wipe(database, at, quiet=True, at_once=True, destroy_by=moment_to_destroy_by(settings, seen))
    typer.echo(say(reader_language(), "erase.by_command", days=backup_file.LIFETIME.days))
