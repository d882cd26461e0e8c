"""Digests of which nobody knows whether they were posted: organisers look in the channel and decide.

When no answer came and the digest is not found, delivery never posts it again by itself: it cannot know what politicians have seen. The
organisers get the digest once more, with *Godkend*, and somebody who has looked in the channel presses it.

After a backup was restored and the database before it could not be read, only the channel shows what was posted since the backup. A week
that had closed by then is uncertain: its digest is held until an organiser approves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from bot.database.insert_once import count_changes
from bot.dialogue.outbox import put
from bot.message_facts import DraftFacts
from bot.models import Digest, DigestState, MessageKind, MessageState, OutboxMessage, Round

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.programme import Programme

DOUBT: Final = "doubt:"


def ask_organisers(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> bool:
    """Ask the organisers about the digest of a message in doubt; False if they were asked about this try already."""
    return put(
        session,
        programme=programme.id,
        kind=MessageKind.DRAFT,
        address=programme.people.organisers_channel,
        facts=DraftFacts(digest=message.digest_id, doubt=True),
        due_at=now,
        key=f"{DOUBT}{message.delivery_id}:{message.tried_at}",
    )


def is_uncertain(session: Session, digest: Digest) -> bool:
    """Whether the digest's message may have been posted and waits for an organiser's word."""
    return session.scalar(select(OutboxMessage.id).where(*_message_in_doubt(digest))) is not None


def wishes_seen(session: Session, digest: Digest) -> list[str]:
    """The themes of whose wishes politicians may have read in an earlier post that nobody could find."""
    asked = OutboxMessage.digest_id == digest.id, OutboxMessage.kind == MessageKind.DRAFT, OutboxMessage.key.startswith(DOUBT)
    may_stand = session.scalar(select(OutboxMessage.id).where(*asked).limit(1)) is not None
    return (digest.wishes or []) if may_stand else []


def post_again(session: Session, now: datetime, digest: Digest) -> bool:
    """Let the digest be posted once more, on an organiser's word; False if it is not in doubt (any more)."""
    requeue = update(OutboxMessage).where(*_message_in_doubt(digest)).values(state=MessageState.PENDING, attempts=0, looks=0, next_at=now)
    return count_changes(session, requeue) == 1


def _message_in_doubt(digest: Digest) -> tuple[ColumnElement[bool], ...]:
    is_posting = OutboxMessage.digest_id == digest.id, OutboxMessage.kind == MessageKind.DIGEST
    return (*is_posting, OutboxMessage.state == MessageState.HELD, OutboxMessage.attempts > 0)


def hold_uncertain_digests(session: Session, now: datetime) -> int:
    """Mark closed weeks that have no digest, and hold each due digest that is not in the outbox; how many."""
    has_digest = select(Digest.id).where(Digest.programme == Round.programme, Digest.week == Round.week).exists()
    rounds = session.scalars(select(Round).where(Round.closes_at <= now, Round.deleted_at.is_(None), ~has_digest)).all()
    for round_ in rounds:
        round_.uncertain = True
    has_message = select(OutboxMessage.id).where(OutboxMessage.digest_id == Digest.id, OutboxMessage.kind == MessageKind.DIGEST).exists()
    conditions = Digest.post_at <= now, Digest.state.not_in((DigestState.ISSUED, DigestState.PURGED)), ~has_message
    digests = session.scalars(select(Digest).where(*conditions)).all()
    for digest in digests:
        digest.state, digest.uncertain, digest.note, digest.decided_by, digest.decided_at = DigestState.HELD, True, None, None, None
        drafts = select(OutboxMessage).where(OutboxMessage.digest_id == digest.id, OutboxMessage.kind == MessageKind.DRAFT)
        earlier = session.scalar(drafts.order_by(OutboxMessage.id).limit(1))
        if earlier is not None:  # it may have lost its button since
            put(
                session,
                programme=digest.programme,
                kind=MessageKind.DRAFT,
                address=earlier.address,
                facts=DraftFacts(digest=digest.id),
                due_at=now,
                key=f"draft:{digest.id}:{now.isoformat()}",
            )
    return len({(round_.programme, round_.week) for round_ in rounds}) + len(digests)
