"""`backup`: copies the database while the bot runs, and removes copies that are too old."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING

import typer
from sqlalchemy.exc import OperationalError

from bot.app.backup import backup_file
from bot.app.backup.copying import copy_to_file
from bot.app.installation import current_time, moment_to_destroy_by, newest_moment
from bot.app.keys import require_ours, use_database
from bot.app.reader_language import reader_language
from bot.database.unit_of_work import Database
from bot.dialogue import audit
from bot.errors import SetupFault
from bot.models import AuditAct
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from datetime import datetime


def backup(file: Path) -> None:
    """Copy the database to a new file, without the key. Its backups in the same folder that are over 30 days old are removed."""
    settings, language, days = installation_settings(), reader_language(), backup_file.LIFETIME.days
    if not file.parent.is_dir():
        raise SetupFault(sentence("setup.make_folder", folder=file.parent))
    require_ours(settings)
    now = current_time(settings)
    with use_database(Database(settings.database_url), settings) as database:
        with database.look() as session:
            at = moment_to_destroy_by(settings, newest_moment(session))  # its age counts from here, or it would be kept too long
        make_backup(database, file, at)
        typer.echo(say(language, "backup.done", file=file))
        _note(database, now)
    if at < now:
        typer.echo(say(language, "backup.counts_as_older", file=file, day=date_in(language, at.date()), days=days))
    backup_file.remove_unfinished_copies(file.parent)
    for old in backup_file.backups_past_lifetime(file.parent, now):
        if old.is_too_old(at):
            old.file.unlink()
            typer.echo(say(language, "backup.removed", file=old.file, day=date_in(language, old.at.date()), days=days))
        else:
            typer.echo(say(language, "backup.stays", file=old.file))


def _note(database: Database, now: datetime) -> None:
    """Note that a backup was made. It is one also where that cannot be written just now."""
    try:
        database.write(lambda session: audit.note_operator(session, now, AuditAct.BACKUP_MADE))
    except OperationalError:
        typer.echo(say(reader_language(), "backup.not_noted"), err=True)


def make_backup(database: Database, file: Path, at: datetime) -> None:
    """Make a backup that counts as made at `at`; SetupFault if `file` exists. An unfinished copy never gets the name."""
    try:
        with backup_file.make_unfinished_copy(file) as part:
            copy = backup_file.copy_database if database.file is not None else copy_to_file
            copy(database, part)
            backup_file.mark_as_backup(part, at)
            backup_file.sync_to_disk(part)
            file.hardlink_to(part)  # unlike a rename, this never replaces a file
    except FileExistsError:
        raise SetupFault(sentence("setup.backup_there", file=file)) from None
    backup_file.sync_to_disk(file)
