"""May a digest in doubt be posted again?

When no answer came and the digest is not found, delivery never posts it again by itself: it cannot know what politicians have seen. Someone
who has looked in the channel can. The organisers get the digest once more, with *Godkend*; pressing it is their word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select, update

from bot.dialogue.outbox import put
from bot.models import MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, CursorResult
    from sqlalchemy.orm import Session

    from bot.models import Digest
    from bot.programme import Programme


def ask_for_word(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> bool:
    """Put the digest of a message in doubt to the organisers once more; False if they have been asked about this try already."""
    return put(
        session,
        programme=programme.id,
        kind=MessageKind.DRAFT,
        address=programme.people.organisers_channel,
        facts={"digest": message.facts["digest"], "doubt": True},
        due_at=now,
        key=f"doubt:{message.delivery_id}:{message.tried_at}",
    )


def in_doubt(session: Session, digest: Digest) -> bool:
    """Whether the digest may have been posted and waits for an organiser's word."""
    return session.scalar(select(OutboxMessage.id).where(*_doubted(digest))) is not None


def post_again(session: Session, now: datetime, digest: Digest) -> bool:
    """The organiser's word: let the digest go out once more; False if it is not in doubt (any more)."""
    again = update(OutboxMessage).where(*_doubted(digest)).values(state=MessageState.PENDING, attempts=0, looks=0, next_at=now)
    return cast("CursorResult[Any]", session.execute(again)).rowcount == 1


def _doubted(digest: Digest) -> tuple[ColumnElement[bool], ...]:
    message = OutboxMessage.programme == digest.programme, OutboxMessage.key == f"digest:{digest.id}"
    return (*message, OutboxMessage.state == MessageState.HELD, OutboxMessage.attempts > 0)
