"""Which traces last, and what is kept of a list?

Who was erased stays out, however long they were on no list. Of what was deleted before, nobody can tell a person from an answer without
knowing whom to look for: all of it lasts. Of a list it is kept in which time zones it is, how long it was when this week began and when its
change was last told, and whether its role is out of questions of its own.
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
    for column in (sa.Column("zones", sa.JSON()), sa.Column("week", sa.String(8)), sa.Column("before", sa.Integer())):
        op.add_column("lists", column)
    op.add_column("lists", sa.Column("told", sa.Integer()))
    op.add_column("lists", sa.Column("out", sa.Boolean()))
    op.execute("UPDATE lists SET out = false")
    with op.batch_alter_table("lists") as table:
        table.alter_column("out", existing_type=sa.Boolean(), nullable=False)
