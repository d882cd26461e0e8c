"""`migrate`: brings the database up to date, or makes a new one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot import migrations
from bot.app.age_of_database import require_current
from bot.app.installation import current_time, moment_to_destroy_by, newest_moment
from bot.app.keys import encrypt_all_anew, open_database, require_keys
from bot.app.reader_language import reader_language
from bot.app.sole_use import keep_bots_out, require_no_bot
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
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
    with keep_bots_out(_file(database), then="migrate"), closing(database):
        if new:
            _require_new_ground(database)
        require_no_bot(_file(database), then="migrate")
        before = migrations.bring_up_to_date(database, may_make=new or settings.local, on_slack=not settings.local, before=require_keys)
        if before is not SchemaState.EMPTY:
            with database.look() as session:
                require_current(session, database)
        now = current_time(settings)
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
    _, log, _, journal = database_files(_file(database))
    for file in (tombstone_file_for(_file(database)), log, journal):
        if file.exists():
            if _file(database).exists():
                raise WrongDatabase(sentence("setup.is_being_made", database=_file(database).absolute(), file=file.absolute()))
            raise WrongDatabase(sentence("setup.has_stood_here", file=file.absolute()))


def _file(database: Database) -> Path:
    assert database.file is not None  # noqa: S101 - the settings see to it
    return database.file
