"""Adds the hour at which a person wants to be asked. Nobody has chosen one yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("people", sa.Column("ask_at", sa.Time(), nullable=True))
