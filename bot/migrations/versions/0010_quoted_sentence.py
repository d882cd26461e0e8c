"""Lets a reply say which of its sentences may be quoted; none says that the whole text may be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was marked before was marked as a whole."""
    op.add_column("replies", sa.Column("sentence", sa.Integer(), nullable=True))
