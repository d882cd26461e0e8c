"""How do the organisers' messages come to say what holds, once a digest has been posted?

A draft says that it waits, and the message on its quotes offers them for review, until the digest stands in its channel. From then on
both are drawn anew, so that nobody presses a button for nothing. A change of a message is a row in the outbox like everything else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.dialogue.outbox import NotWanted, NotYet, put
from bot.models import MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Digest

NEVER_POSTED_STATES: Final = (MessageState.FAILED, MessageState.MISSED, MessageState.CANCELLED)
A_MINUTE: Final = timedelta(minutes=1)


def queue_redraws(session: Session, now: datetime, digest: Digest) -> None:
    """Put the changes of the digest's drafts and of the message on its quotes in the outbox, each once."""
    has_key = OutboxMessage.key.in_((f"draft:{digest.id}", f"quotes:{digest.id}")) | OutboxMessage.key.startswith(f"draft:{digest.id}:")
    conditions = OutboxMessage.programme == digest.programme, has_key
    for message in session.scalars(select(OutboxMessage).where(*conditions).order_by(OutboxMessage.id)).all():
        put(
            session,
            programme=digest.programme,
            kind=MessageKind.REDRAWN,
            address=message.address,
            facts={"message": message.id},
            due_at=now,
            key=f"redrawn:{message.key}",
        )


def message_to_redraw(session: Session, message: OutboxMessage) -> OutboxMessage | None:
    """The message that a row of the outbox is to change; None: it is gone."""
    return session.get(OutboxMessage, message.facts["message"])


def point_to_message(now: datetime, change: OutboxMessage, target: OutboxMessage | None) -> NotWanted | NotYet | None:
    """None once the change knows where the message stands that it is to change; else why it is not made, or not yet."""
    if target is None or target.state in NEVER_POSTED_STATES:
        return NotWanted(reason="the message was not posted")
    if target.state is not MessageState.SENT:
        return NotYet(until=now + A_MINUTE)
    change.channel, change.stamp = target.channel, target.stamp
    return None
