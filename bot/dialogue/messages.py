"""How does something come to be said?

As a row in the outbox: whom to, what about, from when and until when. A row holds ids and figures, never a reply's words; what it says is
composed when it is sent (bot/dialogue/compose.py). The database keeps each row unique, so that everything here may be done twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from sqlalchemy import and_, delete, select, update

from bot.dialogue.once import table_of, write_once
from bot.models import MessageKind, MessageState, OutboxMessage, Round

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, CursorResult, Update
    from sqlalchemy.orm import Session

    from bot.programme import Programme

PROMPTS = (MessageKind.QUESTION, MessageKind.REMINDER)  # what belongs to one participant's round
LEFT, PAUSED = "left", "paused"  # reasons, kept with a cancelled row


@dataclass(frozen=True, kw_only=True)
class NotWanted:
    """A message need not be said any more; `reason` is kept with its row, for organisers and never about a reply."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message to be put in the outbox. Without an end (`expires_at`) it is never too late to say it."""

    kind: MessageKind
    address: str
    due_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    round_id: int | None = None
    person_id: int | None = None
    key: str | None = None


def put(  # noqa: PLR0913 - a row of the outbox has these columns
    session: Session,
    *,
    programme: str,
    kind: MessageKind,
    address: str,
    facts: Mapping[str, Any],
    due_at: datetime,
    expires_at: datetime | None = None,
    round_id: int | None = None,
    person_id: int | None = None,
    key: str | None = None,
) -> bool:
    """Put one message in the outbox of the programme with this id; False if it already is there."""
    draft = Draft(
        kind=kind,
        address=address,
        facts=facts,
        due_at=due_at,
        expires_at=expires_at,
        round_id=round_id,
        person_id=person_id,
        key=key,
    )
    return put_many(session, programme, [draft]) == 1


def put_many(session: Session, programme: str, drafts: Iterable[Draft]) -> int:
    """Put many messages in the outbox at once; how many were not there yet."""
    return write_once(session, OutboxMessage, [_row(programme, draft) for draft in drafts])


def _row(programme: str, draft: Draft) -> dict[str, Any]:
    return {
        "delivery_id": uuid4().hex,
        "programme": programme,
        "kind": draft.kind,
        "round_id": draft.round_id,
        "person_id": draft.person_id,
        "key": draft.key,
        "address": draft.address,
        "facts": dict(draft.facts),
        "due_at": draft.due_at,
        "expires_at": draft.expires_at,
        "next_at": draft.due_at,
    }


def tell_organisers(session: Session, now: datetime, programme: Programme, *, key: str, say: str, **values: object) -> bool:
    """Put a notice for the organisers' channel: the sentence `say` with its values, once per `key`. A value `n` chooses its plural."""
    return put(
        session,
        programme=programme.id,
        kind=MessageKind.NOTICE,
        address=programme.people.organisers_channel,
        facts={"say": say, "values": values},
        due_at=now,
        key=key,
    )


def cancel(session: Session, person_id: int, reason: str, kinds: Collection[MessageKind] = tuple(MessageKind)) -> int:
    """What was to be said to a person is not wanted any more; how many messages that was."""
    mine = and_(OutboxMessage.person_id == person_id, OutboxMessage.kind.in_(kinds))
    return _count(session, _cancelling(mine, reason))


def cancel_prompts(session: Session, round_id: int, reason: str) -> int:
    """A round's questions and reminders that have not gone out are not wanted any more; how many there were."""
    return _count(session, _cancelling(and_(OutboxMessage.round_id == round_id, OutboxMessage.kind.in_(PROMPTS)), reason))


def _cancelling(which: ColumnElement[bool], reason: str) -> Update:
    return (
        update(table_of(OutboxMessage))
        .where(which, OutboxMessage.state == MessageState.PENDING)
        .values(state=MessageState.CANCELLED, reason=reason)
    )


def revive(session: Session, now: datetime, person_ids: Collection[int]) -> None:
    """Someone is back from a pause: prompts of open rounds that are still to come are wanted again.

    A question whose moment has passed is forgotten instead, so that it can be put anew with a moment of its own.
    """
    open_rounds = select(Round.id).where(Round.closed_at.is_(None), Round.closes_at > now)
    paused = and_(
        OutboxMessage.person_id.in_(person_ids),
        OutboxMessage.kind.in_(PROMPTS),
        OutboxMessage.state == MessageState.CANCELLED,
        OutboxMessage.reason == PAUSED,
        OutboxMessage.attempts == 0,
        OutboxMessage.round_id.in_(open_rounds),
    )
    session.execute(delete(table_of(OutboxMessage)).where(paused, OutboxMessage.due_at <= now))
    session.execute(update(table_of(OutboxMessage)).where(paused).values(state=MessageState.PENDING, reason=None))


def _count(session: Session, statement: Update) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
