"""Makes the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _programmes()
    _people()
    _outbox()
    _replies()
    _digests()
    _responses()
    _workings()


def _programmes() -> None:
    """The tables of programmes, their rounds, and the slots that were missed."""
    op.create_table(
        "programmes",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("synchronised_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_programmes"),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(400), nullable=False),
        sa.Column("theme", sa.String(100), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_rounds_programme_programmes"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("programme", "entry", name="uq_rounds_entry"),
        sa.UniqueConstraint("programme", "week", "day", name="uq_rounds_slot"),
    )
    op.create_table(
        "missed_slots",
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("noticed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_missed_slots_programme_programmes"),
        sa.PrimaryKeyConstraint("programme", "week", "day", name="pk_missed_slots"),
    )


def _people() -> None:
    """The table of the people on a programme's lists."""
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("address", sa.String(255), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("next_role", sa.String(20), nullable=True),
        sa.Column("role_from", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("left_by", sa.String(20), nullable=True),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=False),
        sa.Column("welcomed_at", sa.DateTime(), nullable=True),
        sa.Column("paused_until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_people_programme_programmes"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("programme", "address", name="uq_people_programme_address"),
    )


def _outbox() -> None:
    """The table of messages and their delivery."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.String(32), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(255), nullable=True),
        sa.Column("address", sa.String(255), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(400), nullable=True),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(255), nullable=True),
        sa.Column("stamp", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_outbox_person_id_people"),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_outbox_programme_programmes"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_outbox_round_id_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("delivery_id", name="uq_outbox_delivery_id"),
        sa.UniqueConstraint("programme", "key", name="uq_outbox_key"),
        sa.UniqueConstraint("round_id", "person_id", "kind", name="uq_outbox_round_person_kind"),
    )
    op.create_index("ix_outbox_state_due", "outbox", ["state", "next_at"])


def _replies() -> None:
    """Three tables kept apart: who took part, what was said, and the tie between the two, which can be destroyed."""
    op.create_table(
        "participations",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_participations_person_id_people"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_participations_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", "person_id", name="pk_participations"),
    )
    op.create_table(
        "replies",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_with", sa.String(32), nullable=True),
        sa.Column("wish", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_replies_round_id_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_replies_round_id", "replies", ["round_id"])
    op.create_table(
        "authorships",
        sa.Column("reply_id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_authorships_person_id_people"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_authorships_reply_id_replies", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_authorships_round_id_rounds"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_authorships"),
        sa.UniqueConstraint("round_id", "person_id", name="uq_authorships_round_id_person_id"),
    )


def _digests() -> None:
    """The table of digests."""
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(100), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("post_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(3000), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_digests_decided_by_people"),
        sa.ForeignKeyConstraint(["programme"], ["programmes.id"], name="fk_digests_programme_programmes"),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.UniqueConstraint("programme", "number", name="uq_digests_programme_number"),
        sa.UniqueConstraint("programme", "week", name="uq_digests_programme_week"),
    )


def _responses() -> None:
    """The tables of what politicians say to a digest."""
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("words", sa.String(3000), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_responses_digest_id_digests"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_responses_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_responses"),
    )
    op.create_table(
        "heard_by",
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_heard_by_digest_id_digests"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_heard_by_person_id_people"),
        sa.PrimaryKeyConstraint("digest_id", "person_id", name="pk_heard_by"),
    )


def _workings() -> None:
    """The tables by which the bot notices a second process and a repeated event."""
    op.create_table(
        "seen_events",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seen_events"),
    )
    op.create_table(
        "leases",
        sa.Column("workspace", sa.String(100), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_leases"),
    )
