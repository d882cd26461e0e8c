"""`migrate`: how is the database brought up to date?"""

from __future__ import annotations

import typer

from bot import migrations
from bot.app.installation import current_time
from bot.app.keys import encrypt_all_anew, open_database, require_keys
from bot.migrations import SchemaState
from bot.settings import load_settings
from schedules.housekeeping import wipe


def migrate() -> None:
    """Bring the database to this version's tables, seal what is not sealed yet, and say what was done. Copy the file first."""
    settings = load_settings()
    database = open_database(settings)
    try:
        before = migrations.bring_up_to_date(database)
        require_keys(database)
        now = current_time(settings)
        replies, quotes = encrypt_all_anew(database, now)
        if replies or quotes:
            wipe(database, now, quiet=True)  # what stood there in clear text
    finally:
        database.close()
    name = migrations.display_name(database.url)
    typer.echo(f"{name} was up to date already." if before is SchemaState.CURRENT else f"{name} is up to date.")
    if replies or quotes:
        typer.echo(f"{replies + quotes} texts were sealed. A copy made before holds them unsealed: delete it once all is well.")
