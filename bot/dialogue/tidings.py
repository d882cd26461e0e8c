"""What have the politicians said since this participant last heard from them?

Each participant sees each released answer exactly once: with the next question that reaches them or, once no question is to come, as a
message of its own. A question carries what was released before its round opened and not before the one that reached this person last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, exists, func, literal, select

from bot.dialogue.digest_text import week_number
from bot.dialogue.messages import Draft, NotWanted, put_many
from bot.dialogue.moments import in_sending_hours
from bot.models import Digest, HeardBy, MessageKind, MessageState, OutboxMessage, Person, PersonState, Response, ResponseState, Round
from bot.programme import PARTICIPANTS, Language
from bot.seam import Plain, PoliticalAnswer
from bot.wording import say, say_n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from bot.programme import Programme

BEGINNING = datetime.min.replace(tzinfo=UTC)
MOST_SHOWN = 10  # answers with one question
MOST_CHARACTERS = 8_000  # of them together: a platform's message has an end
NOT_REACHED = (MessageState.FAILED, MessageState.MISSED, MessageState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class _Tiding:
    """Something politicians did with a digest: an answer that was released, or (`response` None) so many acknowledged it."""

    at: datetime
    digest: Digest
    response: Response | None
    politicians: int = 0


def since_last(session: Session, one: Round, person: Person) -> tuple[PoliticalAnswer, ...]:
    """What a round's question brings this person from the politicians, in their language."""
    tidings = _before(session, one)
    if not tidings:
        return ()
    since = _last_heard(session, one, person)
    fresh = [each for each in tidings if each.at >= since]
    return _told(_not_sent(session, person, fresh), Language(person.language))


def _before(session: Session, one: Round) -> Sequence[_Tiding]:
    """Everything released before the round opened. Bulk composing asks for each person, so the session remembers it."""
    remembered: dict[int, Sequence[_Tiding]] = session.info.setdefault("tidings", {})
    if one.id not in remembered:
        remembered[one.id] = [*_acknowledged(session, one), *_released(session, one)]
    return remembered[one.id]


def _released(session: Session, one: Round) -> list[_Tiding]:
    answers = (
        select(Response, Digest)
        .join(Digest, Digest.id == Response.digest_id)
        .where(Digest.programme == one.programme, Response.state == ResponseState.RELEASED, Response.released_at < one.opens_at)
        .order_by(Response.released_at, Response.id)
    )
    return [
        _Tiding(at=response.released_at or BEGINNING, digest=digest, response=response) for response, digest in session.execute(answers)
    ]


def _acknowledged(session: Session, one: Round) -> list[_Tiding]:
    """Digests issued before the round opened, with the number of politicians who have acknowledged them by now."""
    heard = (
        select(Digest, func.count())
        .join(HeardBy, HeardBy.digest_id == Digest.id)
        .where(Digest.programme == one.programme, Digest.issued_at < one.opens_at)
        .group_by(Digest.id)
        .order_by(Digest.number)
    )
    return [
        _Tiding(at=digest.issued_at or BEGINNING, digest=digest, response=None, politicians=politicians)
        for digest, politicians in session.execute(heard)
    ]


def _last_heard(session: Session, one: Round, person: Person) -> datetime:
    """When the round opened whose question reached this person last before `one`; for someone new, the round before."""
    earlier = select(func.max(Round.opens_at)).where(Round.programme == one.programme, Round.opens_at < one.opens_at)
    reached = earlier.join(OutboxMessage, and_(OutboxMessage.round_id == Round.id, *_asked(), OutboxMessage.person_id == person.id))
    return session.scalar(reached) or session.scalar(earlier) or BEGINNING


def _asked() -> tuple[ColumnElement[bool], ...]:
    """A question that has reached its person, or is about to."""
    return OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state.not_in(NOT_REACHED)


def _not_sent(session: Session, person: Person, tidings: Sequence[_Tiding]) -> list[_Tiding]:
    """Without the answers that went out as messages of their own: the programme was made longer after its end."""
    keys = {_key(each.response.id, person.id): each for each in tidings if each.response is not None}
    mine = select(OutboxMessage.key).where(OutboxMessage.programme == person.programme, OutboxMessage.key.in_(keys))
    sent = {id(keys[key]) for key in session.scalars(mine) if key is not None}
    return [each for each in tidings if id(each) not in sent]


def _told(tidings: Sequence[_Tiding], language: Language) -> tuple[PoliticalAnswer, ...]:
    """The answers in full where there is room for them; else each as long as the others, and the oldest counted only."""
    shown = tidings[-MOST_SHOWN:]
    room = MOST_CHARACTERS // max(len(shown), 1)
    told = [PoliticalAnswer(digest=each.digest.number, sentence=_cut(_sentence(each, language), room)) for each in shown]
    if len(tidings) > len(shown):
        left_out = say_n(language, "response.more", len(tidings) - len(shown))
        told.append(PoliticalAnswer(digest=tidings[0].digest.number, sentence=left_out))
    return tuple(told)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def sentence(language: Language | str, digest: Digest, response: Response) -> str:
    """An answer as participants read it: whoever said it, it comes from the politicians."""
    kind = response.kind.value if response.words else f"{response.kind.value}.bare"
    return say(language, f"response.said.{kind}", week=week_number(digest.week), words=response.words)


def _sentence(tiding: _Tiding, language: Language) -> str:
    if tiding.response is not None:
        return sentence(language, tiding.digest, tiding.response)
    return say_n(language, "response.heard", tiding.politicians, week=week_number(tiding.digest.week))


def queue_answers(session: Session, now: datetime, programme: Programme, *, last: bool) -> int:
    """Once the last round has gone out: a message for each active participant and each answer that no question brought them."""
    if not last:
        return 0
    untold = session.execute(_untold(programme.id))
    drafts = [
        Draft(
            kind=MessageKind.ANSWER,
            address=person.address,
            due_at=in_sending_hours(now, person.timezone),
            facts={"response": response_id},
            person_id=person.id,
            key=_key(response_id, person.id),
        )
        for response_id, person in untold
    ]
    return put_many(session, programme.id, drafts)


def _key(response_id: int, person_id: int) -> str:
    return f"answer:{response_id}:{person_id}"


def _untold(programme_id: str) -> Select[int, Person]:
    """Released answers and active participants who were there at the release, and whom neither a question nor a message has told."""
    last_asked = (
        select(OutboxMessage.person_id, func.max(Round.opens_at).label("at"))
        .join(Round, Round.id == OutboxMessage.round_id)
        .where(Round.programme == programme_id, *_asked())
        .group_by(OutboxMessage.person_id)
        .subquery()
    )
    key = literal("answer:") + cast(Response.id, String) + ":" + cast(Person.id, String)
    told = exists().where(OutboxMessage.programme == programme_id, OutboxMessage.key == key)
    return (
        select(Response.id, Person)
        .join(Digest, Digest.id == Response.digest_id)
        .join(Person, Person.programme == Digest.programme)
        .outerjoin(last_asked, last_asked.c.person_id == Person.id)
        .where(Digest.programme == programme_id, Response.state == ResponseState.RELEASED)
        .where(Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS))
        .where(Response.released_at >= func.coalesce(last_asked.c.at, Person.invited_at), ~told)
        .order_by(Response.released_at, Response.id, Person.id)
    )


def compose_answer(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """A released answer as a message of its own; not wanted by who has left or pauses."""
    person = session.get_one(Person, message.person_id)
    if person.state is not PersonState.ACTIVE:
        return NotWanted(reason=person.state.value)
    response = session.get_one(Response, message.facts["response"])
    told = sentence(person.language, session.get_one(Digest, response.digest_id), response)
    return Plain(language=Language(person.language), paragraphs=(say(person.language, "response.news"), told))
