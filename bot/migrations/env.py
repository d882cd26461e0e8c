"""Alembic's entry: `bot.migrations.migrate` hands it an open connection inside a transaction."""

from __future__ import annotations

from alembic import context

from bot.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
context.run_migrations()
