"""Bounds how long the replies of each round are kept.

A programme could promise any number of days, and deletion failed over a number that no calendar reaches.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROUNDS = sa.table("rounds", sa.column("id"), sa.column("snapshot", sa.JSON()))
MOST_DAYS = {"detach_after_days": 28, "delete_replies_after_days": 730}


def upgrade() -> None:
    """Cut what was promised to the most that may be promised now: earlier is no breach of it."""
    connection = op.get_bind()
    for round_ in connection.execute(sa.select(ROUNDS)).all():
        promised = round_.snapshot.get("retention") or {}
        cut = {name: min(days, MOST_DAYS.get(name, days)) for name, days in promised.items()}
        if cut != promised:
            snapshot = {**round_.snapshot, "retention": cut}
            connection.execute(sa.update(ROUNDS).where(ROUNDS.c.id == round_.id).values(snapshot=snapshot))
