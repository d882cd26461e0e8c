"""`migrate`: brings the database up to date, or makes a new one."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing, nullcontext
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot import migrations
from bot.app.age_of_database import require_current
from bot.app.installation import current_time, moment_to_destroy_by, newest_moment
from bot.app.keys import encrypt_all_anew, open_database, require_keys
from bot.app.reader_language import reader_language
from bot.app.sole_use import keep_bots_out, require_no_bot
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.database.patience import at_leisure
from bot.database.sqlite import database_files
from bot.errors import WrongDatabase
from bot.migrations import SchemaState
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from schedules.housekeeping import wipe

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

WRITING: Final = 10.0  # seconds that each write waits, for on a server others may be migrating
DONE: Final = {
    SchemaState.EMPTY: "migrate.empty",
    SchemaState.PENDING: "migrate.pending",
    SchemaState.CURRENT: "migrate.current",
}


def migrate(
    new: Annotated[bool, typer.Option("--new")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Bring the database to this version's tables, seal what is not sealed yet, and say what was done. Copy the file first."""
    settings = installation_settings()
    database = open_database(settings)
    with _alone(database), closing(database):
        if new:
            _require_new_ground(database)
        if database.file is not None:
            require_no_bot(database.file, then="migrate")
        before = migrations.bring_up_to_date(database, may_make=new or settings.local, on_slack=not settings.local, before=require_keys)
        if before is not SchemaState.EMPTY:
            with database.look() as session:
                require_current(session, database)
        now = current_time(settings)
        with at_leisure(WRITING):
            replies, quotes = encrypt_all_anew(database, now)
            if replies or quotes:
                with database.look() as session:
                    destroy_by = moment_to_destroy_by(settings, newest_moment(session))
                wipe(database, now, quiet=True, destroy_by=destroy_by)  # removes the clear text from the file
    name = migrations.display_name(database.url)
    typer.echo(say(reader_language(), DONE[before], name=name))
    if replies or quotes:
        typer.echo(say(reader_language(), "migrate.sealed"))


def _require_new_ground(database: Database) -> None:
    """WrongDatabase if there is a database, or remains of one: its tombstone file, or a log with answers."""
    migrations.require_none(database)
    database.close()  # an open database has a log of its own
    for file in _remains(database):
        if file.exists():
            if database.file is not None and database.file.exists():
                raise WrongDatabase(sentence("setup.is_being_made", database=database.file.absolute(), file=file.absolute()))
            raise WrongDatabase(sentence("setup.has_stood_here", file=file.absolute()))


def _remains(database: Database) -> list[Path]:
    """The files that tell that a database has stood here."""
    listed = [tombstone_file_for(database.place)] if database.place is not None else []
    return [*listed, *(database_files(database.file)[1::2] if database.file is not None else [])]


def _alone(database: Database) -> AbstractContextManager[None]:
    """Keep bots out of a file meanwhile. On a server they notice the new tables by themselves, and write no more."""
    return keep_bots_out(database.file, then="migrate") if database.file is not None else nullcontext()
