"""How does an organiser give the word that a digest in doubt is to be posted again?

Delivery never does so by itself: it cannot know what politicians have seen. Someone who has looked in the channel can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import update

from bot.models import MessageState, OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session


def post_again(session: Session, now: datetime, programme_id: str, key: str) -> bool:
    """Let the held message with this key (`digest:{id}`) go out; False if there is none."""
    held = update(OutboxMessage).where(
        OutboxMessage.programme == programme_id,
        OutboxMessage.key == key,
        OutboxMessage.state == MessageState.HELD,
    )
    result = session.execute(held.values(state=MessageState.PENDING, attempts=0, looks=0, next_at=now))
    return cast("CursorResult[object]", result).rowcount == 1
