"""Adds the size of each list that organisers have confirmed, and the lists that are held.

The first confirmed size is an estimate: how many take part by the list. So a list that shrank during the update is held too. Nobody is told
this number, because it would show how many have left by themselves.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state = 'held'")
CONFIRM_WHO_TAKES_PART = """
INSERT INTO lists (programme, role, confirmed, listed, estimated, trusted)
SELECT programme, coalesce(next_role, role), count(*), count(*), true, false FROM people
WHERE state <> 'left' GROUP BY programme, coalesce(next_role, role)
"""


def upgrade() -> None:
    """Make the tables and fill them."""
    _lists()
    _list_holds()
    op.execute(CONFIRM_WHO_TAKES_PART)


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_lists_programme_programmes"),
        sa.PrimaryKeyConstraint("programme", "role", name="pk_lists"),
    )


def _list_holds() -> None:
    op.create_table(
        "list_holds",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("had", sa.Integer(), nullable=True),
        sa.Column("has", sa.Integer(), nullable=False),
        sa.Column("others", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_list_holds_programme_programmes"),
        sa.PrimaryKeyConstraint("id", name="pk_list_holds"),
    )
    columns = ["programme", "role"]
    op.create_index("uq_list_holds_open", "list_holds", columns, unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
