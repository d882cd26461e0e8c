"""Deletes rows that have expired: they are not needed any more, though nobody asked for their deletion.

These rows only prevented that something is done twice, and it cannot happen any more. They are answered events, welcomes that have arrived,
tombstones of things that no backup holds any more, and messages that told authors of void marks. Other messages to people go when their
round is detached. Messages with nothing but a political answer stay, and so do the thanks: while they are there, nobody is told a second
time. Notices to the organisers stay for the same reason, but the names of people in them are removed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, or_, select

from bot.confidentiality.deletion.tombstones import EXPIRY_AGE, delete_expired, delete_rows, request_wiping
from bot.message_facts import NoticeFacts
from bot.models import MessageKind, OutboxMessage, Person, PersonState, SeenEvent
from bot.states import FINAL_STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

KEY_OF_MISSING: Final = "missing"  # the prefix of the keys of notices that name people who were not found
KEYS_OF_NOTICES_WITH_NAMES: Final = (KEY_OF_MISSING, "overlaps")  # earlier versions also named people on several lists
NO_NAMES: Final = "…"
REPETITION_WINDOW: Final = timedelta(days=2)  # a platform repeats an event for an hour or so


def delete_expired_rows(session: Session, now: datetime) -> Sequence[OutboxMessage]:
    """Delete expired rows. Returns the notices from which the names of people were removed."""
    delete_rows(session, SeenEvent, SeenEvent.seen_at < now - REPETITION_WINDOW)
    delete_expired(session, now)
    invited = select(Person.id).where(Person.state == PersonState.INVITED)  # their welcomes stay, or they would be sent again and again
    old = OutboxMessage.kind == MessageKind.WELCOME, OutboxMessage.due_at < now - EXPIRY_AGE
    no_longer_needed = or_(
        and_(*old, OutboxMessage.person_id.not_in(invited)),
        and_(OutboxMessage.kind == MessageKind.SHOWN, OutboxMessage.due_at < now - EXPIRY_AGE),
        OutboxMessage.kind.in_((MessageKind.MARKS_VOID, MessageKind.PAUSE_FOR_ALL)),  # the latter show who was active on one day
    )
    if delete_rows(session, OutboxMessage, OutboxMessage.state.in_(FINAL_STATES), no_longer_needed):
        request_wiping(session, now)
    notices = _remove_names_from_notices(session, now)
    if notices:
        request_wiping(session, now)
    return notices


def _remove_names_from_notices(session: Session, now: datetime) -> Sequence[OutboxMessage]:
    """Remove the names of people from old notices, and e-mails of unknown people, because erasure cannot find them."""
    names_people = or_(*(OutboxMessage.key.startswith(prefix) for prefix in KEYS_OF_NOTICES_WITH_NAMES))
    old = OutboxMessage.kind == MessageKind.NOTICE, OutboxMessage.state.in_(FINAL_STATES), OutboxMessage.due_at < now - EXPIRY_AGE
    notices = [notice for notice in session.scalars(select(OutboxMessage).where(names_people, *old)) if _names_anybody(notice)]
    for notice in notices:
        notice.facts = without_names(notice.facts)
    return notices


def _names_anybody(notice: OutboxMessage) -> bool:
    """Whether a notice names people. Those of earlier versions about several lists do so if they hold brackets."""
    people = NoticeFacts.read(notice.facts).values["people"]
    return people != NO_NAMES and (str(notice.key).startswith(KEY_OF_MISSING) or "(" in people)


def without_names(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a notice without the people that it names."""
    notice = NoticeFacts.read(facts)
    values = {name: NO_NAMES if name == "people" else value for name, value in notice.values.items()}
    return NoticeFacts(say=notice.say, values=values).as_stored()
