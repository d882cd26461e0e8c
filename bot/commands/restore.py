"""`restore`: puts a backup in the database's place, without bringing back what was deleted or taken back since.

A backup over 30 days old is refused, and no bot may run on the database meanwhile. With `--rehearse` the same is done to a copy, while the
bot runs. Neither prints how much was deleted again, since whoever reads it is to learn nothing of what people deleted.
"""

from __future__ import annotations

from contextlib import closing, suppress
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.exc import DatabaseError

from bot.app.backup import backup_file, restoring
from bot.app.backup.restore_rehearsal import rehearse as rehearse_restore
from bot.app.backup.restoring_on_server import restore_on_server
from bot.app.installation import current_time, moment_to_destroy_by
from bot.app.keys import installation_keys, make_database, use_database
from bot.app.reader_language import reader_language
from bot.dialogue import audit
from bot.errors import ProgrammeFaults, SetupFault, WrongDatabase
from bot.migrations import display_name
from bot.models import AuditAct
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from bot.wording.dates import stamp_in
from schedules.programme_store import ProgrammeStore

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.backup.backup_file import Backup
    from bot.confidentiality.encryption import Keys
    from bot.programme import Programme
    from bot.settings import Settings


def restore(
    file: Path,
    rehearse: Annotated[bool, typer.Option("--rehearse")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Put a backup in the database's place. What was deleted or taken back since it was made stays so."""
    settings = installation_settings()
    now = current_time(settings)
    backup = _accept(_newest_in(file, now) if rehearse and file.is_dir() else file, now)
    keys = installation_keys(settings, backup.file)
    if rehearse:
        _rehearse(settings, backup, keys, now)
        return
    destroy_by, programmes = moment_to_destroy_by(settings, backup.at), partial(_programmes, settings)
    with closing(make_database(settings.database_url, keys)) as database:
        name = database.file or display_name(database.url)
        if database.file is not None:
            held_digests = restoring.restore(backup, database.file, keys, now=now, destroy_by=destroy_by, programmes=programmes)
        else:
            held_digests = restore_on_server(backup, database, keys, now=now, destroy_by=destroy_by, programmes=programmes)
    language = reader_language()
    typer.echo(say(language, "restore.done", file=name, at=stamp_in(language, backup.at, "UTC")))
    typer.echo(say(language, "restore.not_known"))
    if held_digests is not None:
        typer.echo(say(language, "restore.posted_unknown", n=held_digests))
        typer.echo(say(language, "restore.marks_void"))


def _rehearse(settings: Settings, backup: Backup, keys: Keys, now: datetime) -> None:
    """Rehearse, whatever has become of the database, and note that it went well."""
    language = reader_language()
    with closing(make_database(settings.database_url, keys)) as database:
        rehearse_restore(backup, database, keys, now=now, destroy_by=moment_to_destroy_by(settings, backup.at))
        try:
            with use_database(database, settings):
                database.write(lambda session: audit.note_operator(session, now, AuditAct.RESTORE_REHEARSED))
        except (WrongDatabase, DatabaseError):
            typer.echo(say(language, "restore.not_noted"), err=True)
    typer.echo(say(language, "restore.rehearsed", file=backup.file, at=stamp_in(language, backup.at, "UTC")))


def _newest_in(folder: Path, now: datetime) -> Path:
    """The newest backup in a folder; SetupFault if there is none."""
    newest = backup_file.newest_in(folder, now)
    if newest is None:
        raise SetupFault(sentence("setup.no_backup_in", folder=folder))
    return newest.file


def _programmes(settings: Settings) -> tuple[Programme, ...]:
    """The programmes whose organisers can be told; none if a file has faults, which must not prevent a restore."""
    with suppress(ProgrammeFaults):
        return ProgrammeStore(settings.schedules_dir).all()
    return ()


def _accept(file: Path, now: datetime) -> Backup:
    backup = backup_file.identify(file)
    if backup is None:
        raise SetupFault(sentence("setup.no_backup" if file.exists() else "setup.no_file", file=file))
    if backup.is_too_old(now):
        raise SetupFault(sentence("setup.old_backup", file=file, day=backup.at.date(), days=backup_file.LIFETIME.days))
    return backup
