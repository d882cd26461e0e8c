"""Claims the messages that are handed over next, if they are still wanted.

All of it happens in one transaction, before any call: messages in doubt are found, those that are too late or not wanted are ended, and
the rest are composed from the people and rounds as they are now and marked `sending`. Nothing is sent before the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, false, func, or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError

from bot.database.insert_once import table_of
from bot.dialogue.outbox import IS_POSTABLE, KINDS_THAT_CHANGE, KINDS_TO_ORGANISERS, NotWanted, NotYet
from bot.models import MessageKind, MessageState, OutboxMessage
from bot.sending.follow_up import follow_up
from bot.sending.lanes import Lane
from bot.sending.outcomes import FIRST_LOOK, Ended, Parcel, Refused, Why, apply_changes, log_fault
from bot.states import RESTORED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, ScalarSelect, Select
    from sqlalchemy.orm import Session

    from bot.seam.meaning import Meaning
    from bot.sending.hooks import DialogueHooks

OUTBOX = table_of(OutboxMessage)
GROUP_SIZE = 20  # messages claimed, and outcomes recorded, in one transaction; after a crash at most so many must be looked for
RETRIED_KINDS = (MessageKind.WELCOME, MessageKind.QUESTION, MessageKind.ANSWER)
URGENT_KINDS = (MessageKind.DIGEST, *KINDS_TO_ORGANISERS)  # there are few of them, and people wait for them
IS_IN_DOUBT = OutboxMessage.state == MessageState.UNKNOWN
IS_CHANGE = OutboxMessage.kind.in_(KINDS_THAT_CHANGE)
IN_LANE = {
    Lane.PEOPLE: and_(~IS_CHANGE, OutboxMessage.person_id.is_not(None)),
    Lane.CHANNELS: and_(~IS_CHANGE, OutboxMessage.person_id.is_(None)),
    Lane.CHANGES: IS_CHANGE,
}


@cache
def _select_due(lanes: frozenset[Lane]) -> Select[OutboxMessage]:
    """The due messages: those to look for, and those to post or change on these lanes. What was put off comes last."""
    in_lanes = or_(false(), *(IN_LANE[lane] for lane in lanes)) if len(lanes) < len(Lane) else true()
    rank = case((OutboxMessage.kind.in_(URGENT_KINDS), 0), else_=1)
    is_to_be_looked_for = and_(IS_IN_DOUBT, OutboxMessage.id.not_in(bindparam("under_way", expanding=True)))
    due = select(OutboxMessage).where(or_(and_(IS_POSTABLE, in_lanes), is_to_be_looked_for), OutboxMessage.next_at <= bindparam("now"))
    return due.order_by(rank, OutboxMessage.next_at, OutboxMessage.id).limit(bindparam("most"))


def mark_orphans_unknown(session: Session, now: datetime) -> None:
    """Mark as unknown what is `sending` after a crash or a lost lease: it may have been sent."""
    orphans = update(OutboxMessage).where(OutboxMessage.state == MessageState.SENDING)
    session.execute(orphans.values(state=MessageState.UNKNOWN, next_at=now + FIRST_LOOK, reason=Why.INTERRUPTED))


def mark_due_unknown(session: Session, now: datetime) -> None:
    """Mark as unknown, after a restore, what was due: it may have been sent since the backup."""
    due = update(OutboxMessage).where(OutboxMessage.state == MessageState.PENDING, OutboxMessage.next_at <= now)
    session.execute(due.values(state=MessageState.UNKNOWN, looks=0, next_at=now, reason=RESTORED))


def retry_failed(session: Session, now: datetime) -> None:
    """Try again the messages that an earlier version gave up, if there is still time."""
    in_time = or_(OutboxMessage.expires_at.is_(None), OutboxMessage.expires_at > now)
    given_up = OutboxMessage.state == MessageState.FAILED, OutboxMessage.kind.in_(RETRIED_KINDS), in_time
    retry = update(OutboxMessage).where(*given_up, OutboxMessage.reason.not_like(f"{Why.UNSURE}%"))
    session.execute(retry.values(state=MessageState.PENDING, next_at=now))


def claim(  # noqa: PLR0913 - whom, when, how, under which right, where to, what not, how many
    session: Session,
    now: datetime,
    hooks: DialogueHooks,
    *,
    lease: int,
    lanes: frozenset[Lane],
    under_way: Collection[int] = (),
    most: int = GROUP_SIZE,
) -> list[Parcel]:
    """Claim at most `most` messages for the lease with the number `lease`; only those of `lanes` are posted.

    `under_way`: the ids of messages that are being looked for already. They stay in doubt until the result is recorded.
    """
    due = _select_due(lanes).with_for_update()  # who only looks may not lock
    while messages := session.scalars(due, {"now": now, "most": most, "under_way": under_way}).all():
        parcels = _make_parcels(session, now, hooks, messages, lease)
        if parcels:
            return parcels
    return []


def is_anything_due(session: Session, now: datetime, lanes: frozenset[Lane]) -> bool:
    """Whether a message is due now, to be looked for or to be sent on these lanes."""
    return session.scalars(_select_due(lanes), {"now": now, "most": 1, "under_way": ()}).first() is not None


@dataclass(frozen=True, kw_only=True)
class NextMoments:
    """For each way of waiting, the moment at which the first message is due; None if no message waits so."""

    pending: datetime | None
    pending_later: datetime | None  # of those that are not due yet
    held: datetime | None  # of those that were never posted
    doubtful: datetime | None  # unknown, or `sending` while nobody sends


def _earliest_moment(*conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.min(OUTBOX.c.next_at)).where(*conditions).scalar_subquery()


SELECT_NEXT_MOMENTS = select(  # each reads one entry of the index on state and next_at, however many messages have been sent
    _earliest_moment(OUTBOX.c.state == MessageState.PENDING),
    _earliest_moment(OUTBOX.c.state == MessageState.PENDING, OUTBOX.c.next_at > bindparam("now")),
    _earliest_moment(OUTBOX.c.state == MessageState.HELD, OUTBOX.c.attempts == 0),
    _earliest_moment(OUTBOX.c.state == MessageState.UNKNOWN),
    _earliest_moment(OUTBOX.c.state == MessageState.SENDING),
)


def next_moments(session: Session, now: datetime) -> NextMoments:
    """Read until when messages wait in the outbox. This is one statement, because it is asked again and again."""
    pending, pending_later, held, unknown, sending = session.execute(SELECT_NEXT_MOMENTS, {"now": now}).one()
    return NextMoments(pending=pending, pending_later=pending_later, held=held, doubtful=earliest_of(unknown, sending))


def earliest_of(*moments: datetime | None) -> datetime | None:
    """The first of these moments, if there is one."""
    return min((moment for moment in moments if moment is not None), default=None)


def _make_parcels(session: Session, now: datetime, hooks: DialogueHooks, messages: Sequence[OutboxMessage], lease: int) -> list[Parcel]:
    """Make parcels of what is to be looked for or posted; all else is ended, or waits for its hour."""
    in_doubt = [message for message in messages if message.state is MessageState.UNKNOWN]
    parcels = [Parcel(message=message, meaning=None) for message in in_doubt]
    to_compose = [message for message in messages if message.state is not MessageState.UNKNOWN]
    for message, composition in zip(to_compose, _compose_or_end(session, now, hooks, to_compose), strict=True):
        if isinstance(composition, NotYet):
            apply_changes(message, {"next_at": composition.until, "reason": message.reason or composition.reason})
        elif isinstance(composition, Ended | Refused):
            apply_changes(message, composition.changes(message, now))
            follow_up(session, now, hooks, [message])
        else:
            apply_changes(message, {"state": MessageState.SENDING, "lease": lease, "tried_at": now})
            parcels.append(Parcel(message=message, meaning=composition))
    return parcels


def _compose_or_end(
    session: Session, now: datetime, hooks: DialogueHooks, messages: Sequence[OutboxMessage]
) -> list[Meaning | NotYet | Ended | Refused]:
    """What each message says now, or how it has ended, or when it may be said."""
    timely = [message for message in messages if message.expires_at is None or now < message.expires_at]
    compositions = dict(zip((message.id for message in timely), _compose_each_if_needed(session, now, hooks, timely), strict=True))
    results = []
    for message in messages:
        missed = Ended(reason=message.reason or Why.EXPIRED, state=MessageState.MISSED)  # it keeps the reason why it was not sent before
        results.append(_record_claim(session, hooks, message, compositions.get(message.id) or missed))
    return results


def _compose_each_if_needed(
    session: Session, now: datetime, hooks: DialogueHooks, messages: Sequence[OutboxMessage]
) -> list[Meaning | NotYet | Ended | Refused]:
    """Compose all at once. If that fails, compose one by one, so that a message that cannot be composed stops no other."""
    try:
        return [
            Ended(reason=composition.reason, state=MessageState.CANCELLED) if isinstance(composition, NotWanted) else composition
            for composition in hooks.compose(session, now, messages)
        ]
    except SQLAlchemyError:
        raise  # the database's fault, not a message's: the whole turn is undone and tried again
    except Exception as fault:  # noqa: BLE001 - a fault of ours in one message
        if len(messages) > 1:
            return [composition for message in messages for composition in _compose_each_if_needed(session, now, hooks, [message])]
        return [Refused(reason=log_fault(fault, "compose"))]


def _record_claim(
    session: Session, hooks: DialogueHooks, message: OutboxMessage, composition: Meaning | NotYet | Ended | Refused
) -> Meaning | NotYet | Ended | Refused:
    """Record what a digest is about to show, or which message is to be changed. If that fails, it is undone and the message is not sent."""
    is_recorded = message.kind is MessageKind.DIGEST or message.kind in KINDS_THAT_CHANGE
    if is_recorded and not isinstance(composition, NotYet | Ended | Refused):
        try:
            with session.begin_nested():
                return hooks.record_claim(session, message) or composition
        except SQLAlchemyError:
            raise  # the database's fault, as above
        except Exception as fault:  # noqa: BLE001 - a fault of ours in one message
            return Refused(reason=log_fault(fault, "compose"))
    return composition
