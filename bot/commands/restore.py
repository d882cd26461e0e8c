"""`restore`: puts a backup in the database's place, without bringing back what was deleted or taken back since.

A backup over 30 days old is refused, and no bot may run on the database meanwhile.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from sqlalchemy import make_url

from bot.app.backup import backup_file, carry_over
from bot.app.backup.restoring import list_latest_deletions, lock_out_others, put_in_place
from bot.app.installation import current_time, moment_to_destroy_by
from bot.app.keys import installation_keys
from bot.errors import ProgrammeFaults, SetupFault
from bot.sentence import sentence
from bot.settings import installation_settings
from schedules.programme_store import ProgrammeStore

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.backup.backup_file import Backup
    from bot.programme import Programme
    from bot.settings import Settings

DONE: Final = (
    "{name} is as it was at {at:%Y-%m-%d %H:%M} UTC.\n"
    "Deleted again, because it was deleted since, or replaced by a text that is lost."
    " People: {people}; answers: {replies}; quotes: {quotes}.\n"
    "What was said and answered after that moment is not known any more: tell the organisers before the bot is started."
)
POSTED_SINCE_IS_UNKNOWN: Final = (
    "What was posted after that moment is not known either. Digests that may have been posted are held ({n}): the organisers are told to"
    " look in the channel, and to approve those that do not stand there.\n"
    "Marks on answers in weeks that were not posted are void, since they may have been taken back: whoever had set any is told in chat."
)


def restore(file: Path) -> None:
    """Put a backup in the database's place. What was deleted or taken back since it was made stays so."""
    settings = installation_settings()
    now, keys = current_time(settings), installation_keys(settings)
    database = Path(str(make_url(settings.database_url).database))
    backup = _accept(file, now)
    destroy_by = moment_to_destroy_by(settings, backup.at)
    with lock_out_others(database) as connection:
        is_current = list_latest_deletions(database, connection, destroy_by)
        rows = carry_over.read_rows(connection) if is_current else None
        deleted_again, held_digests = put_in_place(
            backup, database, keys, rows, now=now, destroy_by=destroy_by, programmes=partial(_programmes, settings)
        )
    typer.echo(DONE.format(name=database, at=backup.at, **vars(deleted_again)))
    if held_digests is not None:
        typer.echo(POSTED_SINCE_IS_UNKNOWN.format(n=held_digests))


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
