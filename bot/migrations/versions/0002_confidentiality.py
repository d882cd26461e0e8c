"""Adds quotes, the audit log, traces of what was deleted, and the names that the filter looks for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _quotes()
    _audit()
    _traces()
    _roster_names()
    op.add_column("digests", sa.Column("counts", sa.JSON(), nullable=True))
    op.add_column("people", sa.Column("heard_until", sa.DateTime(), nullable=True))
    op.add_column("replies", sa.Column("cleared", sa.String(64), nullable=True))
    op.add_column("responses", sa.Column("theme", sa.String(100), nullable=True))
    op.add_column("rounds", sa.Column("detached_at", sa.DateTime(), nullable=True))
    op.add_column("rounds", sa.Column("counts", sa.JSON(), nullable=True))
    op.add_column("rounds", sa.Column("deleted_at", sa.DateTime(), nullable=True))


def _quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(100), nullable=False),
        sa.Column("reply_id", sa.String(32), nullable=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_with", sa.String(32), nullable=True),
        sa.Column("checksum", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_quotes_digest_id_digests"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_quotes_reply_id_replies", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sa.UniqueConstraint("reply_id", name="uq_quotes_reply_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quotes_digest_id", "quotes", ["digest_id"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_audit_by_people", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_audit_programme_programmes"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )


def _traces() -> None:
    op.create_table(
        "traces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(64), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("wiped_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_traces"),
    )


def _roster_names() -> None:
    op.create_table(
        "roster_names",
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_roster_names_programme_programmes"),
        sa.PrimaryKeyConstraint("programme", "token", name="pk_roster_names"),
    )
