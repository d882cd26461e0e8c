"""People: finds them, checks their rights, and lets them be welcomed, pause, leave and come back.

Rights are read from the database at every action. A participant is invited until the welcome has been delivered, then active. They may
pause, leave and come back by themselves, at any time, without giving a reason. `roster` reads the lists.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, case, exists, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.database.insert_once import table_of
from bot.days_off import DaysOff
from bot.dialogue import welcome
from bot.dialogue.outbox import STOPPED_BY_PAUSE, NewMessage, cancel_messages, put_many
from bot.dialogue.reasons import is_refused
from bot.errors import Reason, Refused
from bot.local_time import end_of_day, in_sending_hours, today
from bot.models import FINAL_STATES, Authorship, LeftBy, MessageKind, MessageState, OutboxMessage, Person, PersonState
from bot.programme import PARTICIPANTS, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

LONGEST_PAUSE = tombstones.LONGEST_PAUSE
AWAY_STATES = (PersonState.PAUSED, PersonState.LEFT)
SELECT_PERSON = select(Person).where(
    Person.programme == bindparam("programme"), Person.address == bindparam("address")
)  # asked at every action


class Invited(NamedTuple):
    """What is asked of somebody who is invited."""

    id: int
    address: str
    role: Role
    timezone: str
    invited_at: datetime


class Waiting(NamedTuple):
    """A welcome that waits in the outbox."""

    id: int
    due_at: datetime
    facts: dict[str, Any]


def find_person(session: Session, programme_id: str, address: str) -> Person | None:
    """The person with this address in a programme, also if they have left; None for a stranger."""
    return session.scalars(SELECT_PERSON, {"programme": programme_id, "address": address}).one_or_none()


def require_person(session: Session, programme_id: str, address: str) -> Person:
    """Like `find_person`, but a stranger is refused (NOT_IN_DIALOGUE)."""
    person = find_person(session, programme_id, address)
    if person is None:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return person


def politicians_with(session: Session, address: str) -> Sequence[Person]:
    """A politician as each programme knows them, the newest last."""
    is_politician = Person.address == address, Person.role == Role.POLITICIAN, Person.state != PersonState.LEFT
    return session.scalars(select(Person).where(*is_politician).order_by(Person.id)).all()


def find_person_anywhere(session: Session, programme_id: str, address: str) -> Person | None:
    """The person with this address in this programme, or else in the newest one that knows them."""
    select_newest = select(Person).where(Person.address == address).order_by(Person.id.desc()).limit(1)
    return find_person(session, programme_id, address) or session.scalars(select_newest).one_or_none()


def require_person_anywhere(session: Session, programme_id: str, address: str) -> Person:
    """Like `find_person_anywhere`, but a stranger to all programmes is refused (NOT_IN_DIALOGUE)."""
    person = find_person_anywhere(session, programme_id, address)
    if person is None:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return person


def require_participant(session: Session, programme_id: str, address: str) -> Person:
    """The participant with this address, who has not left; others are refused (NOT_IN_DIALOGUE)."""
    person = require_person(session, programme_id, address)
    if person.role not in PARTICIPANTS or person.state is PersonState.LEFT:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return person


def require_role(session: Session, programme_id: str, address: str, *roles: Role) -> Person:
    """The person with this address, who now has one of `roles`; others are refused (NO_RIGHT)."""
    person = find_person(session, programme_id, address)
    if person is None or person.role not in roles or person.state is PersonState.LEFT:
        raise Refused(Reason.NO_RIGHT)
    return person


def is_any_arriving(session: Session, now: datetime, programme_id: str, roles: Collection[Role]) -> bool:
    """Whether somebody in one of these roles is invited, and their welcome is due or not in the outbox yet.

    A welcome that has been refused does not count: it may be refused for ever.
    """
    is_their_welcome = OutboxMessage.person_id == Person.id, OutboxMessage.kind == MessageKind.WELCOME
    no_welcome_now = exists().where(
        *is_their_welcome, or_(OutboxMessage.state.in_(FINAL_STATES), OutboxMessage.next_at > now, is_refused())
    )
    invited = Person.programme == programme_id, Person.role.in_(roles), Person.state == PersonState.INVITED
    return session.scalar(select(exists().where(*invited, ~no_welcome_now))) is True


def is_nobody_welcomed(session: Session, programme_id: str, roles: Collection[Role]) -> bool:
    """Whether people in these roles are invited and no welcome has reached anybody yet."""
    in_role = Person.programme == programme_id, Person.role.in_(roles)
    is_any_invited = exists().where(*in_role, Person.state == PersonState.INVITED)
    is_any_welcomed = exists().where(*in_role, Person.welcomed_at.is_not(None))
    return session.scalar(select(and_(is_any_invited, ~is_any_welcomed))) is True


def has_replies(session: Session, person: Person) -> bool:
    """Whether a person still has replies of their own here, also from an earlier programme."""
    select_own = select(Authorship.reply_id).join(Person, Person.id == Authorship.person_id).where(Person.address == person.address)
    return session.scalar(select_own.limit(1)) is not None


def queue_welcomes(
    session: Session,
    now: datetime,
    programme: Programme,
    moment_for: Callable[[str], datetime],
    day_for: Callable[[Invited, datetime], date | None] = lambda _person, _at: None,
) -> int:
    """Queue a welcome for everyone invited who has none, and update those that wait; returns how many were new.

    `moment_for` gives the moment for a time zone; if it has passed, the welcome goes out as soon as people there may be written to.
    `day_for` gives the day of somebody's first question, by the moment of the welcome.
    """
    people = _people_to_welcome(session, programme.id)
    days_off = DaysOff.of(programme)
    moments = {zone: in_sending_hours(max(now, moment_for(zone)), zone, days_off) for zone in {person.timezone for person, _ in people}}
    new, changed, facts_of = list[NewMessage](), list[dict[str, Any]](), cache(welcome.facts_of_welcome)
    for person, waiting in people:
        at = moments[person.timezone] if waiting is None else max(now, waiting.due_at)
        facts = facts_of(day_for(person, at))
        if waiting is None:
            key = _welcome_key(person)
            new.append(NewMessage(kind=MessageKind.WELCOME, address=person.address, facts=facts, due_at=at, person_id=person.id, key=key))
        elif waiting.facts != facts:
            changed.append({"id": waiting.id, "facts": facts})
    if changed:
        session.execute(update(OutboxMessage), changed)
    return put_many(session, programme.id, new)


_is_invited = Person.programme == bindparam("programme"), Person.state == PersonState.INVITED, Person.role.in_(PARTICIPANTS)
SELECT_INVITED = select(*(getattr(Person, name) for name in Invited._fields)).where(*_is_invited).order_by(Person.id)


def _people_to_welcome(session: Session, programme_id: str) -> list[tuple[Invited, Waiting | None]]:
    """Invited people to whom no welcome was sent, each with their waiting welcome, if there is one.

    Only what is asked of them is read: where thousands wait for days, each beat looks at them all.
    """
    people = [Invited(*row) for row in session.execute(SELECT_INVITED, {"programme": programme_id})]
    is_welcome = OutboxMessage.programme == programme_id, OutboxMessage.kind == MessageKind.WELCOME
    keys_in_outbox = set(session.scalars(select(OutboxMessage.key).where(*is_welcome))) if people else set()
    select_waiting = select(OutboxMessage.key, *(getattr(OutboxMessage, name) for name in Waiting._fields)).where(
        *is_welcome, OutboxMessage.state == MessageState.PENDING
    )
    waiting = {key: Waiting(*row) for key, *row in session.execute(select_waiting)} if keys_in_outbox else {}
    known = [(person, _welcome_key(person)) for person in people]
    return [(person, waiting.get(key)) for person, key in known if key in waiting or key not in keys_in_outbox]


def _welcome_key(person: Invited) -> str:
    """The key of a welcome: one for each invitation, so that people who are invited again are welcomed again."""
    return f"welcome:{person.id}:{int(person.invited_at.timestamp())}"


_people = table_of(Person)
MARK_WELCOMED = (
    update(_people)
    .where(_people.c.id == bindparam("person"), _people.c.welcomed_at.is_(None))
    .values(
        welcomed_at=bindparam("now", type_=_people.c.welcomed_at.type),
        state=case((_people.c.state == PersonState.INVITED, PersonState.ACTIVE), else_=_people.c.state),
    )
)


def mark_welcomed(session: Session, now: datetime, person_id: int) -> None:
    """Record that the welcome has arrived, and make an invited person active; others stay paused or left."""
    session.execute(MARK_WELCOMED, {"person": person_id, "now": now})


def leave(session: Session, now: datetime, person: Person) -> None:
    """Let a person leave the dialogue; they keep what they have written.

    They get no more messages, also none of an earlier programme.
    """
    before = Person.address == person.address, Person.id < person.id, Person.role.in_(PARTICIPANTS), Person.state != PersonState.LEFT
    for row in (*session.scalars(select(Person).where(*before)), person):
        row.state, row.left_by = PersonState.LEFT, LeftBy.SELF
        row.paused_until = row.ask_at = None
        tombstones.remember_absence(session, now, row.programme, row.address)
        cancel_messages(session, now, [row.id])


def pause(session: Session, now: datetime, person: Person, until: date) -> datetime:
    """Let a person pause to the end of a day in their time zone; returns that moment.

    Refuses a day in the past (DATE_PAST) or more than 26 weeks ahead (DATE_FAR).
    """
    day = today(now, person.timezone)
    if until < day:
        raise Refused(Reason.DATE_PAST, field="until")
    if until > day + LONGEST_PAUSE:
        raise Refused(Reason.DATE_FAR, field="until")
    person.state, person.paused_until = PersonState.PAUSED, end_of_day(until, person.timezone)
    tombstones.remember_absence(session, now, person.programme, person.address, until)
    cancel_messages(session, now, [person.id], STOPPED_BY_PAUSE)
    return person.paused_until


def come_back(now: datetime, person: Person) -> None:
    """End a person's pause, or let them back in after they left; refuses people no longer on the lists (NOT_IN_DIALOGUE)."""
    if person.role not in PARTICIPANTS or (person.state is PersonState.LEFT and person.left_by is not LeftBy.SELF):
        raise Refused(Reason.NOT_IN_DIALOGUE)
    if person.state in AWAY_STATES:
        _bring_back(now, person)


def forget_absence(session: Session, now: datetime, person: Person, *, was_away: bool) -> None:
    """Make sure that no restored backup puts a person who came back out again."""
    id_ = tombstones.id_of(person.programme, person.address)
    if not tombstones.lift(session, now, DeletedKind.AWAY, id_) and was_away:  # for longer than the tombstone is kept
        tombstones.leave_tombstones(session, now, DeletedKind.LIFTED, tombstones.id_of(DeletedKind.AWAY, id_))


SELECT_RESTED = select(Person).where(Person.state == PersonState.PAUSED, Person.paused_until <= bindparam("now"))
SELECT_CHANGED = select(Person).where(Person.next_role.is_not(None), Person.role_from <= bindparam("now"))


def end_pauses(session: Session, now: datetime) -> int:
    """End the pauses whose last day is over; returns how many there were."""
    people = list(session.scalars(SELECT_RESTED, {"now": now}))
    for person in people:
        _bring_back(now, person)
    session.flush()
    return len(people)


def _bring_back(now: datetime, person: Person) -> None:
    """Make a welcomed person active again, or invite them again. `after_opening.queue_late_questions` finds what they missed."""
    person.left_by = person.paused_until = None
    person.state = PersonState.INVITED if person.welcomed_at is None else PersonState.ACTIVE
    person.invited_at = now if person.welcomed_at is None else person.invited_at


def apply_role_changes(session: Session, now: datetime) -> int:
    """Apply changes of role whose waiting time is over; returns how many there were."""
    people = list(session.scalars(SELECT_CHANGED, {"now": now}))
    for person in people:
        person.role = person.next_role or person.role
        person.next_role = person.role_from = None
    session.flush()
    return len(people)
