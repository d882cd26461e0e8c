"""Tells each organiser directly when their channel refuses messages, and when it takes them again.

Messages for the channel wait until it takes them, even if the programme has named another by then. After an hour of refusals each organiser
is told once, and once more when it is over. What an earlier version gave up is put to them again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.days_off import DaysOff
from bot.dialogue.outbox import KINDS_TO_ORGANISERS, REVIEWS, NewMessage, put, put_many, put_reminder
from bot.dialogue.reasons import word_of
from bot.local_time import in_sending_hours
from bot.message_facts import REVIEW_FACTS, AnswerFacts, DigestFacts, ListReviewFacts, NoticeFacts, PlanFacts, QuoteReviewFacts, WishFacts
from bot.models import (
    FINAL_STATES,
    Digest,
    DigestState,
    HoldState,
    ListHold,
    MessageKind,
    MessageState,
    OutboxMessage,
    Person,
    PersonState,
    ProgrammeVersion,
    Response,
    ResponseState,
    VersionState,
)
from bot.programme import Role
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.orm import Session

    from bot.message_facts import ReviewFacts
    from bot.programme import Programme

PATIENCE: Final = timedelta(hours=1)
NO_ENTRY: Final = ("unreachable", "never", "outofservice")  # how the reasons begin for which a channel takes nothing at all
AGAIN: Final = ":again"
IS_ANSWER_TO_WISHES: Final = and_(Response.state != ResponseState.DECLINED, Response.wish.is_not(False))  # of its theme or digest
AWAY, BACK = "away:", "back:"  # in keys; then comes the outage, then the person


def _is_for_channel(programme_id: str | BindParameter[str]) -> tuple[ColumnElement[bool], ...]:
    return OutboxMessage.programme == programme_id, OutboxMessage.kind.in_(KINDS_TO_ORGANISERS), OutboxMessage.person_id.is_(None)


def tell(session: Session, now: datetime, programme_id: str, *, key: str, say: str, **values: object) -> None:
    """Put a notice for a programme's organisers without knowing the programme: at the address of their latest message, if any."""
    address, facts = last_address(session, programme_id), NoticeFacts(say=say, values=values)
    if address is not None:
        put(session, programme=programme_id, kind=MessageKind.NOTICE, address=address, facts=facts, due_at=now, key=key)


def last_address(session: Session, programme_id: str) -> str | None:
    """The address of the latest message for a programme's organisers, if there is one."""
    latest = select(OutboxMessage.address).where(*_is_for_channel(programme_id)).order_by(OutboxMessage.id.desc()).limit(1)
    return session.scalar(latest)


_given_up = OutboxMessage.programme == bindparam("programme"), OutboxMessage.state == MessageState.FAILED
SELECT_GIVEN_UP: Final = select(OutboxMessage).where(*_given_up, OutboxMessage.kind.in_(REVIEWS), ~OutboxMessage.key.endswith(AGAIN))


def put_again(session: Session, now: datetime, programme: Programme) -> None:
    """Put to the organisers again what was given up and still waits for their decision."""
    for message in session.scalars(SELECT_GIVEN_UP, {"programme": programme.id}).all():
        facts, key = REVIEW_FACTS[message.kind].read(message.facts), f"{message.key}{AGAIN}"
        if _is_open(session, facts):
            put_reminder(session, now, programme, kind=message.kind, facts=facts, since=message.due_at, key=key)


def are_wishes_answered(session: Session, digest_id: int | None, theme: str) -> bool:
    """Whether a politician has answered the wishes on a theme, or their whole digest; declined answers do not count."""
    to_them = Response.digest_id == digest_id, or_(Response.theme.is_(None), Response.theme == theme)
    return session.scalar(select(Response.id).where(*to_them, IS_ANSWER_TO_WISHES).limit(1)) is not None


def _is_open(session: Session, facts: ReviewFacts) -> bool:
    match facts:
        case WishFacts():
            return not are_wishes_answered(session, facts.digest, facts.theme)
        case AnswerFacts():
            return session.get_one(Response, facts.response).state is ResponseState.STORED
        case ListReviewFacts():
            return session.get_one(ListHold, facts.hold).state is HoldState.HELD
        case PlanFacts():
            return session.get_one(ProgrammeVersion, facts.version).state is VersionState.HELD
        case QuoteReviewFacts():
            return session.get_one(Digest, facts.digest).state in {DigestState.IN_REVIEW, DigestState.HELD}
        case DigestFacts():
            return session.get_one(Digest, facts.digest).state is not DigestState.ISSUED


# --- told directly -------------------------------------------------------------------------------------------------------------


_takes_nothing = OutboxMessage.state == MessageState.PENDING, or_(*(OutboxMessage.reason.startswith(word) for word in NO_ENTRY))
_refused = *_is_for_channel(bindparam("programme")), *_takes_nothing
SELECT_REFUSED: Final = select(OutboxMessage).where(*_refused).order_by(OutboxMessage.id)


def tell_directly(session: Session, now: datetime, programme: Programme) -> None:
    """Tell each organiser when their channel has refused something for an hour, and when it takes messages again."""
    refused = session.scalars(SELECT_REFUSED, {"programme": programme.id}).all()
    told = _notices_of_outage(session, programme.id)
    if any(message.due_at <= now - PATIENCE for message in refused):
        outage = _outage_of(told[0]) if told else refused[0].id
        news = _news_of_outage(session, now, programme, refused[0])
        put_many(session, programme.id, direct_notices(session, now, programme, f"{AWAY}{outage}", news))
    elif told and not refused:
        taken = OutboxMessage.id >= _outage_of(told[0]), OutboxMessage.state == MessageState.SENT
        if session.scalar(select(OutboxMessage.id).where(*_is_for_channel(programme.id), *taken).limit(1)) is not None:
            _tell_it_is_over(session, now, programme, told)


_LATER = aliased(OutboxMessage)
_same_outage_and_person = func.substr(_LATER.key, len(BACK) + 1) == func.substr(OutboxMessage.key, len(AWAY) + 1)
_over = _LATER.programme == bindparam("programme"), _LATER.kind == MessageKind.NOTICE, _LATER.key.startswith(BACK), _same_outage_and_person
_is_notice = OutboxMessage.programme == bindparam("programme"), OutboxMessage.kind == MessageKind.NOTICE
_said = *_is_notice, OutboxMessage.key.startswith(AWAY), OutboxMessage.state != MessageState.CANCELLED
# Every beat asks this, and making the statement takes longer than running it.
SELECT_OUTAGE: Final = select(OutboxMessage).where(*_said, ~select(_LATER.id).where(*_over).exists()).order_by(OutboxMessage.id)


def _notices_of_outage(session: Session, programme_id: str) -> Sequence[OutboxMessage]:
    """The notices about an outage that nobody has said is over."""
    return session.scalars(SELECT_OUTAGE, {"programme": programme_id}).all()


def _outage_of(message: OutboxMessage) -> int:
    """The id of the first message that the channel refused; the key holds it."""
    return int(str(message.key).split(":")[1])


def _news_of_outage(session: Session, now: datetime, programme: Programme, refused: OutboxMessage) -> NoticeFacts:
    """What each organiser is told; it counts messages, never people."""
    unsaid = OutboxMessage.state.not_in(FINAL_STATES), OutboxMessage.due_at <= now
    n = session.scalar(select(func.count()).select_from(OutboxMessage).where(*_is_for_channel(programme.id), *unsaid))
    waiting = Digest.programme == programme.id, Digest.state.in_((DigestState.IN_REVIEW, DigestState.HELD))
    number = session.scalar(select(func.min(Digest.number)).where(*waiting))  # it can be approved without the channel
    values = {
        "channel": refused.address,
        "since": moment_in(programme.language, refused.due_at, programme.timezone),
        "why": say(programme.language, f"organisers.why.{word_of(refused.reason)}"),
        "approval": "" if number is None else say(programme.language, "organisers.approval", number=number),
        "n": n,
    }
    return NoticeFacts(say="organisers.away", values=values)


def direct_notices(session: Session, now: datetime, programme: Programme, key: str, facts: NoticeFacts) -> list[NewMessage]:
    """A notice for each organiser; nobody is written to at night or on a day off."""
    organisers = Person.programme == programme.id, Person.role == Role.ORGANISER, Person.state == PersonState.ACTIVE
    people = session.scalars(select(Person).where(*organisers).order_by(Person.id))
    return [_direct_notice(now, programme, person, f"{key}:{person.id}", facts) for person in people]


def _direct_notice(now: datetime, programme: Programme, person: Person, key: str, facts: NoticeFacts) -> NewMessage:
    due_at = in_sending_hours(now, person.timezone, DaysOff.of(programme))
    return NewMessage(kind=MessageKind.NOTICE, address=person.address, person_id=person.id, facts=facts, due_at=due_at, key=key)


def _tell_it_is_over(session: Session, now: datetime, programme: Programme, told: Sequence[OutboxMessage]) -> None:
    """Tell those who heard of the outage that it is over. Whoever has not heard of it yet is told nothing."""
    unsaid = OutboxMessage.id.in_([message.id for message in told]), OutboxMessage.state == MessageState.PENDING
    session.execute(update(OutboxMessage).where(*unsaid).values(state=MessageState.CANCELLED, reason="it is over"))
    news = NoticeFacts(say="organisers.back", values={"channel": programme.people.organisers_channel})
    heard = [(message, session.get_one(Person, message.person_id)) for message in told if message.state is not MessageState.CANCELLED]
    put_many(
        session,
        programme.id,
        [_direct_notice(now, programme, person, f"{BACK}{str(message.key).removeprefix(AWAY)}", news) for message, person in heard],
    )
