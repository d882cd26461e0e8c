"""Lets a digest be the season's report, which belongs to no week, and notes which answers repeat a quote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a digest be without a week; of answers from before nobody noted whether they repeat a quote."""
    with op.batch_alter_table("digests") as digests:
        digests.alter_column("week", existing_type=sa.String(8), nullable=True)
    op.add_column("responses", sa.Column("repeats_quote", sa.Boolean))
