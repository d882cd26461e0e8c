"""Bounds how long the replies of each round are kept, and mends broken signs in its texts.

A programme could promise any number of days, and deletion failed over a number that no calendar reaches. It could also hold halves of
emojis, and no digest could be drafted of them.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROUNDS = sa.table("rounds", sa.column("id"), sa.column("snapshot", sa.JSON()))
VERSIONS = sa.table("programme_versions", sa.column("id"), sa.column("shown", sa.JSON(none_as_null=True)))
MOST_DAYS = {"detach_after_days": 28, "delete_replies_after_days": 730}


def upgrade() -> None:
    """Mend what rounds have kept, and what was shown of versions."""
    connection = op.get_bind()
    for round_ in connection.execute(sa.select(ROUNDS)).all():
        if (mended := _bound(_whole(round_.snapshot))) != round_.snapshot:
            connection.execute(sa.update(ROUNDS).where(ROUNDS.c.id == round_.id).values(snapshot=mended))
    for version in connection.execute(sa.select(VERSIONS).where(VERSIONS.c.shown.is_not(None))).all():
        if (mended := _whole(version.shown)) != version.shown:
            connection.execute(sa.update(VERSIONS).where(VERSIONS.c.id == version.id).values(shown=mended))


def _bound(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Cut what was promised to the most that may be promised now: earlier is no breach of it."""
    promised = snapshot.get("retention")
    cut = {name: min(days, MOST_DAYS.get(name, days)) for name, days in (promised or {}).items()}
    return {**snapshot, "retention": cut} if promised else snapshot


def _whole(stored: Any) -> Any:
    """What was stored, with question marks for halves of emojis."""
    return json.loads(json.dumps(stored, ensure_ascii=False).encode(errors="replace"))
