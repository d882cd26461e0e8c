"""Lets a beat find what waits for a channel, and old reminders, without reading all messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
IS_FOR_A_CHANNEL = sa.text("person_id IS NULL")
IS_REMINDER = sa.text("kind = 'reminder'")


def upgrade() -> None:
    """Index the messages of which there are few."""
    columns = ["programme", "kind"]
    op.create_index("ix_outbox_for_a_channel", "outbox", columns, sqlite_where=IS_FOR_A_CHANNEL, postgresql_where=IS_FOR_A_CHANNEL)
    op.create_index("ix_outbox_reminders", "outbox", ["round_id"], sqlite_where=IS_REMINDER, postgresql_where=IS_REMINDER)
