"""Keeps what politicians promise and what became of it, what stands at a digest's top, and which quotes are wishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a quote is a wish if its reply is."""
    op.add_column("digests", sa.Column("finding", sa.String(20), nullable=True))
    op.add_column("digests", sa.Column("wishes", sa.JSON(), nullable=True))
    op.add_column("responses", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("responses", sa.Column("wish", sa.Boolean(), nullable=True))
    op.add_column("responses", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("responses", sa.Column("signed", sa.String(80), nullable=True))
    # Not as a batch: the constraint's name is the one that the models give it.
    op.execute("ALTER TABLE responses ADD COLUMN promise_id INTEGER CONSTRAINT fk_responses_promise_id_responses REFERENCES responses (id)")
    op.add_column("quotes", sa.Column("wish", sa.Boolean(), nullable=True))
    op.execute("UPDATE quotes SET wish = coalesce((SELECT wish FROM replies WHERE replies.id = quotes.reply_id), false)")
    with op.batch_alter_table("quotes") as table:
        table.alter_column("wish", existing_type=sa.Boolean(), nullable=False)
