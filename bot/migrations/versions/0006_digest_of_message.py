"""Ties messages to the digest they are about, and keeps in columns which digests and weeks are uncertain.

Before, the digest of a message was in its facts and in its key. An uncertain digest was a held one without a note; a week with an uncertain
digest had a mark in the snapshots of its rounds.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OUTBOX = sa.table(
    "outbox",
    *(sa.column(name) for name in ("id", "programme", "kind", "key", "digest_id")),
    sa.column("facts", sa.JSON()),
)
DIGESTS = sa.table("digests", sa.column("id"), sa.column("programme"))
ROUNDS = sa.table("rounds", sa.column("id"), sa.column("uncertain"), sa.column("snapshot", sa.JSON()))
KINDS_ABOUT_A_DIGEST = ("draft", "digest", "digest_update", "quote_review")
ID_IN_KEY = re.compile(r"(?:digest|draft|quotes|alarm:review|alarm:quotes|alarm:unknown):(\d+)(?::|$)")
UNCERTAIN_MARK = "digest_unknown"
IS_ABOUT_A_DIGEST = sa.text("digest_id IS NOT NULL")


def upgrade() -> None:
    """Add the columns and fill them."""
    # Not as a batch, which would write the largest table anew.
    op.execute("ALTER TABLE outbox ADD COLUMN digest_id INTEGER CONSTRAINT fk_outbox_digest_id_digests REFERENCES digests (id)")
    op.create_index("ix_outbox_digest_id", "outbox", ["digest_id"], sqlite_where=IS_ABOUT_A_DIGEST, postgresql_where=IS_ABOUT_A_DIGEST)
    _tie_messages()
    op.add_column("digests", sa.Column("uncertain", sa.Boolean(), nullable=True))
    op.execute("UPDATE digests SET uncertain = (state = 'held' AND note IS NULL)")
    op.add_column("rounds", sa.Column("uncertain", sa.Boolean(), nullable=True))
    op.execute("UPDATE rounds SET uncertain = false")
    _move_marks()
    for name in ("digests", "rounds"):
        with op.batch_alter_table(name) as table:
            table.alter_column("uncertain", existing_type=sa.Boolean(), nullable=False)


def _tie_messages() -> None:
    """Fill `digest_id`; a message that names no digest of its own programme gets none."""
    connection = op.get_bind()
    digests = {(digest.programme, digest.id) for digest in connection.execute(sa.select(DIGESTS))}
    for message in connection.execute(sa.select(OUTBOX).where(OUTBOX.c.kind.in_(KINDS_ABOUT_A_DIGEST))).all():
        in_key = ID_IN_KEY.match(message.key or "")
        digest_id = message.facts.get("digest", in_key and int(in_key[1]))
        if (message.programme, digest_id) in digests:
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == message.id).values(digest_id=digest_id))


def _move_marks() -> None:
    connection = op.get_bind()
    for round_ in connection.execute(sa.select(ROUNDS)).all():
        if UNCERTAIN_MARK in round_.snapshot:
            snapshot = {name: value for name, value in round_.snapshot.items() if name != UNCERTAIN_MARK}
            connection.execute(sa.update(ROUNDS).where(ROUNDS.c.id == round_.id).values(snapshot=snapshot, uncertain=True))
