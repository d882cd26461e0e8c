"""`migrate`: how is the database brought up to date?"""

from __future__ import annotations

import typer

from bot import migrations, settings
from bot.database import Database
from bot.migrations import SchemaState


def migrate() -> None:
    """Bring the database to this version's tables, and say what was done. Copy the file first."""
    database = Database(settings.load().database_url)
    try:
        before = migrations.mend(database)
    finally:
        database.close()
    name = migrations.shown(database.url)
    typer.echo(f"{name} was up to date already." if before is SchemaState.CURRENT else f"{name} is up to date.")
