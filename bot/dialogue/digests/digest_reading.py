"""Shows people in the dialogue the digests that politicians have read.

Each digest is shown as it is now in the politicians' channel: a quote that was taken out is gone here too. Participants may read them,
also during a pause, and so may politicians and organisers, but nobody who has left or is on no list any more. Drafts are never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue import people
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_text import render
from bot.dialogue.digests.quote_selection import quotes_in_post
from bot.errors import Reason, Refused
from bot.models import Digest, DigestState, PersonState

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from bot.models import Person
    from bot.programme import Language, Programme
    from bot.seam.meaning import DigestText


def may_read(person: Person) -> bool:
    """Whether a person is in the dialogue. If they left by themselves, we do not know whether a list still names them."""
    return person.state is not PersonState.LEFT


def require_reader(session: Session, programme: Programme, address: str) -> Person:
    """The person with this address, if they may read digests; refuses others (NOT_IN_DIALOGUE)."""
    person = people.require_person(session, programme.id, address)
    if not may_read(person):
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return person


def is_any_issued(session: Session, programme: Programme) -> bool:
    """Whether the programme has an issued digest."""
    return session.scalar(select(_select_issued(programme).exists())) is True


def digests_as_they_stand(session: Session, programme: Programme, language: Language) -> tuple[DigestText, ...]:
    """The issued digests, newest first, as they are now."""
    digests = session.scalars(_select_issued(programme)).all()
    return tuple(render(content_of(digest), language, quotes_in_post(session, digest)) for digest in digests)


def numbers_of_issued(session: Session, programme: Programme) -> list[int]:
    """The numbers of the issued digests, newest first."""
    return [digest.number for digest in session.scalars(_select_issued(programme))]


def _select_issued(programme: Programme) -> Select[Digest]:
    issued = Digest.programme == programme.id, Digest.state == DigestState.ISSUED
    return select(Digest).where(*issued).order_by(Digest.number.desc())
