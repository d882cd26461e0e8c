"""`key`: makes a key, and seals everything anew with the newest one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

from bot.app.age_of_database import require_current
from bot.app.backup import backup_file
from bot.app.installation import current_time, moment_to_destroy_by, newest_moment
from bot.app.keys import encrypt_all_anew, open_database, use_database
from bot.app.reader_language import reader_language
from bot.confidentiality import key_rotation
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key
from bot.dialogue import audit
from bot.models import AuditAct
from bot.settings import installation_settings
from bot.wording import say
from schedules.housekeeping import wipe

if TYPE_CHECKING:
    from datetime import datetime

    from bot.database.unit_of_work import Database

app: Final = typer.Typer(no_args_is_help=True)


@app.callback()
def _about() -> None:
    """The keys that seal what people write."""


@app.command()
def new() -> None:
    """Print a new key for EFTERTANKE_KEY. Keep it apart from the database and its backups: without it nothing can be read."""
    typer.echo(new_key())


@app.command()
def rotate() -> None:
    """Seal everything with the newest key. First put it in front of the old one, with a comma between them, and start the bot anew."""
    settings = installation_settings()
    with use_database(open_database(settings), settings) as database:
        with database.look() as session:
            require_current(session, database)
            destroy_by = moment_to_destroy_by(settings, newest_moment(session))
        typer.echo(_rotate(database, current_time(settings), destroy_by))


def _rotate(database: Database, now: datetime, destroy_by: datetime) -> str:
    encrypt_all_anew(database, now)
    database.write(lambda session: audit.note_operator(session, now, AuditAct.KEY_ROTATED))
    database.write(key_rotation.request_synchronisation, alone=True)
    wipe(database, now, quiet=True, destroy_by=destroy_by)
    keys = database.carried[KEYS_IN_SESSION]
    assert isinstance(keys, Keys)  # noqa: S101 - it was opened with them
    language = reader_language()
    report = say(language, "key.rotated", name=keys.name)
    return f"{report}\n{say(language, 'key.keep_older', days=backup_file.LIFETIME.days)}" if len(keys.names) > 1 else report
