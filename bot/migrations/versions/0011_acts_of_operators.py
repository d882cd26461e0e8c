"""Lets the audit log hold what operators do to the whole database, which belongs to no programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let an entry be without a programme."""
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("programme", existing_type=sa.String(100), nullable=True)
