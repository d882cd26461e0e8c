"""Which messages are handed over next, and are they still wanted?

All of it happens in one transaction, before any call: what was left in doubt is found, what is too late or not wanted any more is ended,
and the rest is composed from the people and rounds as they are now and marked `sending`. Only after the commit does anyone speak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.models import Base, MessageKind, MessageState, OutboxMessage, Person, Round
from bot.seam import Meaning
from bot.sending.faults import told_of
from bot.sending.follow import follow
from bot.sending.outcomes import FIRST_LOOK, Ended, Parcel, Why, change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.sending.spokesman import Spokesman

GROUP = 10  # messages claimed, and outcomes written down, in one transaction: also the most that a crash leaves in doubt
URGENT = (MessageKind.DIGEST, MessageKind.DRAFT, MessageKind.RESPONSE_REVIEW, MessageKind.NOTICE)  # few, and waited for
TO_POST = (MessageState.PENDING,)
TO_LOOK_FOR = (MessageState.UNKNOWN,)
DUE = (
    select(OutboxMessage)
    .where(OutboxMessage.state.in_(bindparam("states", expanding=True)), OutboxMessage.next_at <= bindparam("now"))
    .order_by(case((OutboxMessage.kind.in_(URGENT), 0), else_=1), OutboxMessage.due_at, OutboxMessage.id)
    .limit(GROUP)
    .with_for_update()
)


def doubt_orphans(session: Session, now: datetime) -> None:
    """What is `sending` while nobody is sending (a crash, a lost lease) may have been said: it becomes unknown."""
    orphans = update(OutboxMessage).where(OutboxMessage.state == MessageState.SENDING)
    session.execute(orphans.values(state=MessageState.UNKNOWN, looks=0, next_at=now + FIRST_LOOK, reason=Why.INTERRUPTED))


def claim(session: Session, now: datetime, spokesman: Spokesman, *, lease: int, posting: bool) -> list[Parcel]:
    """Claim the next group, at most 10 parcels, for the lease with this number. Not `posting`: only what is to be looked for."""
    states = (*TO_POST, *TO_LOOK_FOR) if posting else TO_LOOK_FOR
    while messages := session.scalars(DUE, {"states": states, "now": now}).all():
        kept_in_session = _prefetched(session, messages)
        parcels = [parcel for message in messages if (parcel := _parcel(session, now, spokesman, message, lease))]
        del kept_in_session
        if parcels:
            return parcels
    return []


def earliest(session: Session, states: Sequence[MessageState]) -> datetime | None:
    """The earliest moment at which a message in one of these states is to be looked at."""
    return session.scalar(select(func.min(OutboxMessage.next_at)).where(OutboxMessage.state.in_(states)))


def _prefetched(session: Session, messages: Sequence[OutboxMessage]) -> list[Sequence[Base]]:
    """The group's people and rounds in two reads; while the caller keeps them, `session.get` finds them without asking again."""
    people = {message.person_id for message in messages} - {None}
    rounds = {message.round_id for message in messages} - {None}
    return [
        session.scalars(select(Person).where(Person.id.in_(people))).all() if people else [],
        session.scalars(select(Round).where(Round.id.in_(rounds))).all() if rounds else [],
    ]


def _parcel(session: Session, now: datetime, spokesman: Spokesman, message: OutboxMessage, lease: int) -> Parcel | None:
    if message.state is MessageState.UNKNOWN:
        return Parcel(message=message, meaning=None)
    found = _composed(session, now, spokesman, message)
    if isinstance(found, Ended):
        change(message, found.changes(message, now))
        follow(session, now, spokesman, [message])
        return None
    change(message, {"state": MessageState.SENDING, "lease": lease, "tried_at": now, "attempts": message.attempts + 1})
    return Parcel(message=message, meaning=found)


def _composed(session: Session, now: datetime, spokesman: Spokesman, message: OutboxMessage) -> Meaning | Ended:
    if message.expires_at is not None and message.expires_at <= now:
        return Ended(reason=Why.EXPIRED, state=MessageState.MISSED)
    try:
        meaning = spokesman.compose(session, now, message)
    except SQLAlchemyError:
        raise  # the database's fault, not the message's: the whole turn is undone and tried again
    except Exception as fault:  # noqa: BLE001 - one message that cannot be composed must not stop the others
        return Ended(reason=told_of(fault, "sending.not_composed", message))
    if isinstance(meaning, Meaning):
        return meaning
    return Ended(reason=meaning.reason, state=MessageState.CANCELLED)
