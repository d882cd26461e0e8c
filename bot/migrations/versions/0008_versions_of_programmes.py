"""Keeps which text of a programme runs and which is held, and the pauses of a whole programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; what runs is stored when the bot next starts."""
    op.create_table(
        "programme_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=True),
        sa.Column("in_file", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programme_versions"),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_programme_versions_programme_programmes"),
    )
    for state in ("running", "held"):
        where = sa.text(f"state = '{state}'")
        name = f"uq_programme_versions_{state}"
        op.create_index(name, "programme_versions", ["programme"], unique=True, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "pauses_for_all",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pauses_for_all"),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_pauses_for_all_programme_programmes"),
    )
    lasts = sa.text("ended_at IS NULL")
    op.create_index("uq_pauses_for_all_open", "pauses_for_all", ["programme"], unique=True, sqlite_where=lasts, postgresql_where=lasts)
