"""Delivers released political answers to participants, each exactly once.

An answer comes with the next question that reaches a participant or, once no question is to come, as a message of its own. A question
brings what was released before its round opened, and not before the round whose question reached this person last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, cast, exists, func, literal, or_, select

from bot.days_off import DaysOff
from bot.dialogue.digests import digest_reading
from bot.dialogue.digests.digest_content import is_report, title_of, week_of
from bot.dialogue.digests.digest_text import period, week_number
from bot.dialogue.outbox import NewMessage, NotWanted, put_many
from bot.errors import Reason, Refused
from bot.local_time import in_sending_hours
from bot.message_facts import AnswerFacts
from bot.models import Digest, HeardBy, MessageKind, OutboxMessage, Person, PersonState, Response, ResponseState, Round
from bot.programme import PARTICIPANTS, Language
from bot.seam.actions import ResponseKind
from bot.seam.answers import LongReading, Reading
from bot.seam.meaning import Part, Plain, PoliticalAnswer
from bot.states import NOT_REACHED
from bot.wording import say, say_n
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from bot.programme import Programme

BEGINNING = datetime.min.replace(tzinfo=UTC)
MOST_ANSWERS = 10  # answers with one question: a page has room for them all


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """A released answer to a digest or, if `response` is None, how many politicians acknowledged it."""

    at: datetime
    digest: Digest
    response: Response | None = None
    politicians: int = 0

    def key_for(self, person_id: int) -> str | None:
        """The key of a message of its own that brings a person the answer."""
        return None if self.response is None else _answer_key(self.response.id, person_id)


def answers_since_last(session: Session, round_: Round, people: Collection[Person]) -> dict[int, tuple[PoliticalAnswer, ...]]:
    """The political answers that a round's question brings each of these people (by id), in their language."""
    since = _last_heard(session, round_, people)
    answers = _answers_between(session, round_, min(since.values(), default=round_.opens_at))
    if not answers:
        return {person.id: () for person in people}
    answers_by_person = {person.id: [answer for answer in answers if answer.at >= since[person.id]] for person in people}
    keys_sent = _keys_sent_alone(session, round_.programme, answers_by_person)
    return {
        person.id: _fit_answers([answer for answer in answers_by_person[person.id] if answer.key_for(person.id) not in keys_sent], person)
        for person in people
    }


def _answers_between(session: Session, round_: Round, since: datetime) -> list[_Answer]:
    """What was acknowledged or released since a moment and before the round opened: digests first, then answers."""
    parameters = {"programme": round_.programme, "since": since, "opens": round_.opens_at}
    acknowledgements = [
        _Answer(at=digest.issued_at or BEGINNING, digest=digest, politicians=n)
        for digest, n in session.execute(SELECT_ACKNOWLEDGED_DIGESTS, parameters)
    ]
    responses = [
        _Answer(at=response.released_at or BEGINNING, digest=digest, response=response)
        for digest, response in session.execute(SELECT_RELEASED_RESPONSES, parameters)
    ]
    return acknowledgements + responses


def _last_heard(session: Session, round_: Round, people: Collection[Person]) -> dict[int, datetime]:
    """The opening of the round whose question reached each person last; for someone new, of the round before this one.

    Nobody knows any more whom detached rounds reached: only `heard_until` is left of them.
    """
    parameters = {"programme": round_.programme, "opens": round_.opens_at}
    rows = session.execute(SELECT_LAST_REACHED, {**parameters, "people": [person.id for person in people]})
    last = {person.id: person.heard_until for person in people if person.heard_until is not None}
    last |= {person_id: max(at, last.get(person_id, at)) for person_id, at in rows if person_id is not None}
    if len(last) < len(people):
        last_opening = session.scalar(SELECT_LAST_OPENING, parameters) or BEGINNING
        last |= {person.id: last_opening for person in people if person.id not in last}
    return last


def _question_reached() -> tuple[ColumnElement[bool], ...]:
    """The conditions for a question that has reached its person, or is about to."""
    return OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state.not_in(NOT_REACHED)


# Asked for each group of questions that goes out, so they are built once.
IS_EARLIER_ROUND = Round.programme == bindparam("programme"), Round.opens_at < bindparam("opens")
SELECT_LAST_OPENING = select(func.max(Round.opens_at)).where(*IS_EARLIER_ROUND)
SELECT_LAST_REACHED = (
    select(OutboxMessage.person_id, func.max(Round.opens_at))
    .join(Round, Round.id == OutboxMessage.round_id)
    .where(*IS_EARLIER_ROUND, *_question_reached(), OutboxMessage.person_id.in_(bindparam("people", expanding=True)))
    .group_by(OutboxMessage.person_id)
)
IS_OF_PROGRAMME = Digest.programme == bindparam("programme")
SELECT_ACKNOWLEDGED_DIGESTS = (
    select(Digest, func.count())
    .join(HeardBy, HeardBy.digest_id == Digest.id)
    .where(IS_OF_PROGRAMME, Digest.issued_at >= bindparam("since"), Digest.issued_at < bindparam("opens"))
    .group_by(Digest.id)
    .order_by(Digest.number)
)
SELECT_RELEASED_RESPONSES = (
    select(Digest, Response)
    .join(Digest, Digest.id == Response.digest_id)
    .where(IS_OF_PROGRAMME, Response.state == ResponseState.RELEASED)
    .where(Response.released_at >= bindparam("since"), Response.released_at < bindparam("opens"))
    .order_by(Response.released_at, Response.id)
)


def _keys_sent_alone(session: Session, programme_id: str, answers: Mapping[int, Sequence[_Answer]]) -> set[str | None]:
    """The keys of those answers that were sent as messages of their own, before the programme was made longer."""
    keys = {
        key
        for person_id, answers_of_person in answers.items()
        for answer in answers_of_person
        if (key := answer.key_for(person_id)) is not None
    }
    select_keys = select(OutboxMessage.key).where(OutboxMessage.programme == programme_id, OutboxMessage.key.in_(keys))
    return {key for key in session.scalars(select_keys) if key is not None} if keys else set()


def _fit_answers(answers: Sequence[_Answer], person: Person) -> tuple[PoliticalAnswer, ...]:
    """The latest answers in full; the older ones are only counted, and can be opened."""
    language, latest, older = Language(person.language), answers[-MOST_ANSWERS:], answers[:-MOST_ANSWERS]
    lines = [
        PoliticalAnswer(digest=answer.digest.number, sentence=_answer_sentence(answer, language), responses=_ids([answer]))
        for answer in latest
    ]
    if older:
        how_many = say_n(language, "response.more", len(older))
        lines.append(PoliticalAnswer(digest=older[0].digest.number, sentence=how_many, responses=_ids(older), only_counts=True))
    return tuple(lines)


def _ids(answers: Sequence[_Answer]) -> tuple[int, ...]:
    return tuple(answer.response.id for answer in answers if answer.response is not None)


def response_sentence(language: Language | str, digest: Digest, response: Response) -> str:
    """An answer to a digest, to the wishes on a theme or to one quote, as participants read it."""
    title = title_of(digest, response.theme)
    about = "" if title is None else "wishes." if response.place is None else "quote."
    of_report = ".report" if is_report(digest) and response.kind is ResponseKind.NOT_OURS else ""  # a whole dialogue is nobody's subject
    return say(
        language,
        f"response.said.{about}{response.kind.value}{of_report}{'.due' if response.due_on else '' if response.words else '.bare'}",
        who=response.signed or say(language, "response.who"),
        week=week_number(week_of(digest)),
        period=period(language, digest),
        words=response.words,
        theme="" if title is None else title[Language(language).value],
        due="" if response.due_on is None else short_date_in(language, response.due_on, year=int(week_of(digest)[:4])),
    )


def _answer_sentence(answer: _Answer, language: Language) -> str:
    if answer.response is None:
        return say_n(language, "response.heard", answer.politicians, period=period(language, answer.digest))
    return response_sentence(language, answer.digest, answer.response)


def answers_in_full(session: Session, programme: Programme, address: str, response_ids: Collection[int]) -> Reading:
    """Released answers in full, for whoever may read digests (*Læs hele svaret*); refused (GONE) if none of them is released."""
    language = Language(digest_reading.require_reader(session, programme, address).language)
    of_programme = select(Digest, Response).join(Digest, Digest.id == Response.digest_id).where(Digest.programme == programme.id)
    are_released = Response.id.in_(response_ids), Response.state == ResponseState.RELEASED
    rows = session.execute(of_programme.where(*are_released).order_by(Response.released_at.desc(), Response.id.desc())).all()
    if not rows:
        raise Refused(Reason.GONE)
    return Reading(
        language=language,
        title=say(language, "response.title"),
        parts=tuple(
            Part(heading=digest_reading.name_of(digest, language), lines=(response_sentence(language, digest, response),))
            for digest, response in rows
        ),
        of=LongReading.RESPONSES,
        ids=tuple(response.id for _, response in rows),
    )


def queue_answers(session: Session, now: datetime, programme: Programme, *, last: bool) -> int:
    """Put a message for each answer that no question brought an active participant, once the last round is out."""
    if not last:
        return 0
    rows = session.execute(_select_unsent_answers(programme.id))
    messages = [
        NewMessage(
            kind=MessageKind.ANSWER,
            address=person.address,
            due_at=in_sending_hours(now, person.timezone, DaysOff.of(programme)),
            facts=AnswerFacts(response=response_id),
            person_id=person.id,
            key=_answer_key(response_id, person.id),
        )
        for response_id, person in rows
    ]
    return put_many(session, programme.id, messages)


def _answer_key(response_id: int, person_id: int) -> str:
    return f"answer:{response_id}:{person_id}"


def _select_unsent_answers(programme_id: str) -> Select[int, Person]:
    """Select each released answer with the active participants who were there then and have not been told."""
    last_asked = (
        select(OutboxMessage.person_id, func.max(Round.opens_at).label("at"))
        .join(Round, Round.id == OutboxMessage.round_id)
        .where(Round.programme == programme_id, *_question_reached())
        .group_by(OutboxMessage.person_id)
        .subquery()
    )
    key = literal("answer:") + cast(Response.id, String) + ":" + cast(Person.id, String)
    has_message = exists().where(OutboxMessage.programme == programme_id, OutboxMessage.key == key)
    return (
        select(Response.id, Person)
        .join(Digest, Digest.id == Response.digest_id)
        .join(Person, Person.programme == Digest.programme)
        .outerjoin(last_asked, last_asked.c.person_id == Person.id)
        .where(Digest.programme == programme_id, Response.state == ResponseState.RELEASED)
        .where(Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS))
        .where(Response.released_at >= func.coalesce(last_asked.c.at, Person.heard_until, Person.invited_at), ~has_message)
        .where(or_(Person.heard_until.is_(None), Response.released_at >= Person.heard_until))
        .order_by(Response.released_at, Response.id, Person.id)
    )


def compose_answer(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """A released answer as a message of its own; not wanted if the person has left or pauses."""
    person = session.get_one(Person, message.person_id)
    if person.state is not PersonState.ACTIVE:
        return NotWanted(reason=person.state.value)
    response = session.get_one(Response, AnswerFacts.read(message.facts).response)
    sentence = response_sentence(person.language, session.get_one(Digest, response.digest_id), response)
    return Plain(language=Language(person.language), paragraphs=(say(person.language, "response.news"), sentence))
