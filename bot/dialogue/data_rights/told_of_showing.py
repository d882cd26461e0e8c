"""Tells a person in chat that an operator has written out what is kept about them.

It is told also to whoever pauses or has left, and during a pause for all: it asks for nothing. Where it does not arrive in two weeks, it is
given up, and nobody hears of that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.dialogue.outbox import put
from bot.local_time import in_sending_hours
from bot.models import MessageKind, Person
from bot.programme import Language
from bot.seam.meaning import Plain
from bot.wording import say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage
    from bot.programme import Programme

LASTS: Final = timedelta(weeks=2)


def tell(session: Session, now: datetime, address: str) -> None:
    """Put the message for the person with this address, once a day. Whoever is not known here gets none."""
    person = session.scalar(select(Person).where(Person.address == address).order_by(Person.id.desc()).limit(1))
    if person is None:
        return
    due_at = in_sending_hours(now, person.timezone)
    put(
        session,
        programme=person.programme,
        kind=MessageKind.SHOWN,
        address=address,
        facts={},
        due_at=due_at,
        expires_at=due_at + LASTS,
        person_id=person.id,
        key=f"shown:{now:%Y-%m-%d}:{person.id}",
    )


def compose_shown(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain:  # noqa: ARG001 - all kinds are composed alike
    """What the person is told, in their language."""
    language = Language(session.get_one(Person, message.person_id).language)
    return Plain(language=language, paragraphs=(say(language, "shown.what"), say(language, "shown.whom_to_ask")))
