"""Which traces last: who was erased stays out, however long they were on no list.

Of what was deleted before, nobody can tell a person from an answer without knowing whom to look for: all of it lasts.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table so."""
    op.add_column("traces", sa.Column("lasting", sa.Boolean(), nullable=True))
    op.execute("UPDATE traces SET lasting = (token IS NOT NULL)")
    with op.batch_alter_table("traces") as table:
        table.alter_column("lasting", existing_type=sa.Boolean(), nullable=False)
