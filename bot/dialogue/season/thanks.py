"""Thanks everybody who took part, once a season has ended: what was asked, what came of it, and what becomes of what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.days_off import DaysOff
from bot.dialogue.outbox import NewMessage, NotWanted, put_many
from bot.local_time import in_sending_hours
from bot.models import MessageKind, Person, PersonState
from bot.programme import PARTICIPANTS, Language
from bot.seam.meaning import Thanks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage, Round
    from bot.programme import Programme


def queue_thanks(session: Session, now: datetime, programme: Programme, last_round: Round) -> int:
    """Put the thanks for each active participant in the outbox, once per last round; how many were not there yet.

    Who pauses has none, so that they get it if it is put again once they are back.
    """
    is_active = Person.programme == programme.id, Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS)
    people = session.scalars(select(Person).where(*is_active).order_by(Person.id))
    days_off = DaysOff.of(programme)
    messages = [
        NewMessage(
            kind=MessageKind.THANKS,
            address=person.address,
            due_at=in_sending_hours(now, person.timezone, days_off),
            person_id=person.id,
            key=f"thanks:{last_round.id}:{person.id}",
        )
        for person in people
    ]
    return put_many(session, programme.id, messages)


def compose_thanks(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Thanks | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """What the person is told, in their language; not wanted if they have left or pause."""
    person = session.get_one(Person, message.person_id)
    if person.state is not PersonState.ACTIVE:
        return NotWanted(reason=person.state.value)
    return Thanks(language=Language(person.language), title=programme.title.in_(person.language), parts=())
