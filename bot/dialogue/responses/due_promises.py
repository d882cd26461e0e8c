"""Tells whether a promise has been asked about, what was told of it, and whether any politician may tell.

On its day who made it gets a message, a week later a reminder; after one more week any politician may tell. Read from the outbox, so that
repeated beats agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.local_time import DAY, WEEK
from bot.models import FINAL_STATES, MessageKind, MessageState, OutboxMessage, Person, PersonState, Response, ResponseState
from bot.programme import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.days_off import DaysOff

AGAIN: Final = ":again"


def key_of(promise: Response, *, again: bool = False) -> str:
    """The key of the message that asks what became of a promise, or of its reminder."""
    return f"promise:{promise.id}{AGAIN if again else ''}"


def day_asked(due: date, days_off: DaysOff | None = None) -> date:
    """The day on which it is asked what became of a promise: its own, or else the next working day."""
    while days_off is not None and days_off.name(due) is not None:
        due += DAY
    return due


def is_overdue(promise: Response, day: date, days_off: DaysOff | None = None) -> bool:
    """Whether the day on which a promise is asked about has passed."""
    return promise.due_on is not None and day_asked(promise.due_on, days_off) < day


def outcomes_of(session: Session, promise: Response) -> Sequence[Response]:
    """What politicians have told of a promise, stored or released, in the order of writing."""
    told = Response.promise_id == promise.id, Response.state != ResponseState.DECLINED
    return session.scalars(select(Response).where(*told).order_by(Response.id)).all()


def is_politician(person: Person) -> bool:
    """Whether a person is a politician on the list."""
    return person.role is Role.POLITICIAN and person.state is not PersonState.LEFT


def is_open_to_all(session: Session, day: date, now: datetime, promise: Response) -> bool:
    """Whether any politician may tell what became of a promise; `day`: what day it is where its programme is.

    That is a week after its politician was reminded, or from its day on if they are no politician now.
    """
    if promise.due_on is None or day < promise.due_on:
        return False
    politician = session.get_one(Person, promise.person_id)
    if not is_politician(politician):
        return True
    reminded_at = moment_asked(session, politician.programme, promise, again=True)
    return reminded_at is not None and now >= reminded_at + WEEK


def question_about(session: Session, programme_id: str, promise: Response, *, again: bool = False) -> OutboxMessage | None:
    """The question about a promise, or its reminder. One that was cancelled before it was said counts for nothing."""
    key = key_of(promise, again=again)
    conditions = OutboxMessage.programme == programme_id, OutboxMessage.key == key, OutboxMessage.kind == MessageKind.PROMISE_DUE
    return session.scalar(select(OutboxMessage).where(*conditions, OutboxMessage.state != MessageState.CANCELLED))


def moment_asked(session: Session, programme_id: str, promise: Response, *, again: bool = False) -> datetime | None:
    """When the question about a promise, or its reminder, was said or given up; None until then."""
    message = question_about(session, programme_id, promise, again=again)
    if message is None or message.state not in FINAL_STATES:
        return None
    return message.sent_at or message.due_at
