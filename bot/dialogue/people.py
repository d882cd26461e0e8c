"""Who is this, what may they do, and are they with us now?

Rights are read from the database at every action. A participant is invited until the welcome has been delivered, then active; may pause,
leave and come back by themselves, at any time, without giving a reason. Who is on the lists is the subject of `roster`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, exists, func, or_, select, update

from bot.database.insert_once import table_of
from bot.dialogue.outbox import PROMPTS, NewMessage, cancel, put_many
from bot.errors import Reason, Refused
from bot.local_time import end_of_day, in_sending_hours, today
from bot.models import FINAL_STATES, Authorship, LeftBy, MessageKind, OutboxMessage, Person, PersonState
from bot.programme import PARTICIPANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.programme import Programme, Role

LONGEST_PAUSE = timedelta(weeks=26)
AWAY_STATES = (PersonState.PAUSED, PersonState.LEFT)
SELECT_PERSON = select(Person).where(
    Person.programme == bindparam("programme"), Person.address == bindparam("address")
)  # asked at every action


def person(session: Session, programme_id: str, address: str) -> Person | None:
    """Whoever has this address on the programme's lists, also if they have left; None for a stranger."""
    return session.scalars(SELECT_PERSON, {"programme": programme_id, "address": address}).one_or_none()


def require_known(session: Session, programme_id: str, address: str) -> Person:
    """Like `person`, but a stranger is refused (NOT_IN_DIALOGUE)."""
    found = person(session, programme_id, address)
    if found is None:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return found


def person_anywhere(session: Session, programme_id: str, address: str) -> Person | None:
    """Whoever has this address here, or else in the newest programme that knows them: what is kept of them is theirs."""
    newest = select(Person).where(Person.address == address).order_by(Person.id.desc()).limit(1)
    return person(session, programme_id, address) or session.scalars(newest).one_or_none()


def require_known_anywhere(session: Session, programme_id: str, address: str) -> Person:
    """Like `anywhere`, but a stranger to all programmes is refused (NOT_IN_DIALOGUE)."""
    found = person_anywhere(session, programme_id, address)
    if found is None:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return found


def participant(session: Session, programme_id: str, address: str) -> Person:
    """The participant with this address, who has not left; others are refused (NOT_IN_DIALOGUE)."""
    found = require_known(session, programme_id, address)
    if found.role not in PARTICIPANTS or found.state is PersonState.LEFT:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return found


def require_role(session: Session, programme_id: str, address: str, *roles: Role) -> Person:
    """The person with this address, who now has one of `roles`; others are refused (NO_RIGHT)."""
    found = person(session, programme_id, address)
    if found is None or found.role not in roles or found.state is PersonState.LEFT:
        raise Refused(Reason.NO_RIGHT)
    return found


def audiences(session: Session, programme_id: str, states: Collection[PersonState] = (PersonState.ACTIVE,)) -> dict[Role, int]:
    """How many participants of each role are in one of `states` now: active, if nothing else is said."""
    return _count_by_role(session, Person.programme == programme_id, Person.state.in_(states))


def arriving_audiences(session: Session, now: datetime, programme_id: str) -> dict[Role, int]:
    """How many participants of each role are invited and about to be welcomed: their welcome is due, or not even in the outbox yet."""
    welcome = OutboxMessage.person_id == Person.id, OutboxMessage.kind == MessageKind.WELCOME
    not_now = exists().where(*welcome, or_(OutboxMessage.state.in_(FINAL_STATES), OutboxMessage.next_at > now))
    return _count_by_role(session, Person.programme == programme_id, Person.state == PersonState.INVITED, ~not_now)


def _count_by_role(session: Session, *which: ColumnElement[bool]) -> dict[Role, int]:
    """How many people of each participants' role there are, of those that are meant."""
    counted = select(Person.role, func.count()).where(*which).group_by(Person.role)
    counts = {role: n for role, n in session.execute(counted)}  # noqa: C416 - rows are not pairs to a type checker
    return {role: counts.get(role, 0) for role in PARTICIPANTS}


def has_replies(session: Session, who: Person) -> bool:
    """Whether a person still has replies of their own here, also from an earlier programme."""
    own = select(Authorship.reply_id).join(Person, Person.id == Authorship.person_id).where(Person.address == who.address)
    return session.scalar(own.limit(1)) is not None


def queue_welcomes(session: Session, now: datetime, programme: Programme, moment_for: Callable[[str], datetime]) -> int:
    """Put a welcome for everyone who is invited and has none; how many were new.

    `moment_for` gives the moment for a time zone; one that has passed means as soon as people there may be written to.
    """
    invited = _not_welcomed(session, programme.id)
    moments = {zone: in_sending_hours(max(now, moment_for(zone)), zone) for zone in {each.timezone for each in invited}}
    drafts = [
        NewMessage(kind=MessageKind.WELCOME, address=each.address, due_at=moments[each.timezone], person_id=each.id, key=_welcome_key(each))
        for each in invited
    ]
    return put_many(session, programme.id, drafts)


def _not_welcomed(session: Session, programme_id: str) -> list[Person]:
    """Those invited for whom no welcome stands in the outbox."""
    invited = Person.programme == programme_id, Person.state == PersonState.INVITED, Person.role.in_(PARTICIPANTS)
    people = list(session.scalars(select(Person).where(*invited).order_by(Person.id)))
    keys = select(OutboxMessage.key).where(OutboxMessage.programme == programme_id, OutboxMessage.kind == MessageKind.WELCOME)
    there = set(session.scalars(keys)) if people else set()
    return [each for each in people if _welcome_key(each) not in there]


def _welcome_key(who: Person) -> str:
    """One welcome an invitation: who is invited anew is welcomed anew."""
    return f"welcome:{who.id}:{int(who.invited_at.timestamp())}"


_table = table_of(Person)
MARK_WELCOMED = (
    update(_table)
    .where(_table.c.id == bindparam("person"), _table.c.welcomed_at.is_(None))
    .values(
        welcomed_at=bindparam("now", type_=_table.c.welcomed_at.type),
        state=case((_table.c.state == PersonState.INVITED, PersonState.ACTIVE), else_=_table.c.state),
    )
)


def mark_welcomed(session: Session, now: datetime, person_id: int) -> None:
    """The welcome has reached them: who was invited is active. Who has paused or left meanwhile stays so."""
    session.execute(MARK_WELCOMED, {"person": person_id, "now": now})


def leave(session: Session, now: datetime, who: Person) -> None:
    """Out of the dialogue, by their own choice: nothing more is said to them. What they have written stays theirs."""
    who.state, who.left_by, who.paused_until = PersonState.LEFT, LeftBy.SELF, None
    cancel(session, now, [who.id])


def pause(session: Session, now: datetime, who: Person, until: date) -> datetime:
    """Pause to the end of a day where they are; when that is. Refuses a day gone by (DATE_PAST) or 26 weeks away (DATE_FAR)."""
    day = today(now, who.timezone)
    if until < day:
        raise Refused(Reason.DATE_PAST, field="until")
    if until > day + LONGEST_PAUSE:
        raise Refused(Reason.DATE_FAR, field="until")
    who.state, who.paused_until = PersonState.PAUSED, end_of_day(until, who.timezone)
    cancel(session, now, [who.id], PROMPTS)
    return who.paused_until


def come_back(now: datetime, who: Person) -> None:
    """Back from a pause, or into the dialogue after leaving. Whom the lists have left out is refused (NOT_IN_DIALOGUE)."""
    if who.role not in PARTICIPANTS or (who.state is PersonState.LEFT and who.left_by is not LeftBy.SELF):
        raise Refused(Reason.NOT_IN_DIALOGUE)
    if who.state in AWAY_STATES:
        _back(now, who)


def wake(session: Session, now: datetime) -> int:
    """End the pauses whose last day is over; how many there were."""
    over = list(session.scalars(select(Person).where(Person.state == PersonState.PAUSED, Person.paused_until <= now)))
    for each in over:
        _back(now, each)
    session.flush()
    return len(over)


def _back(now: datetime, who: Person) -> None:
    """Who has been welcomed is active again; who has not is invited anew. A question they missed is found by `following.queue_late`."""
    who.left_by = who.paused_until = None
    who.state = PersonState.INVITED if who.welcomed_at is None else PersonState.ACTIVE
    who.invited_at = now if who.welcomed_at is None else who.invited_at


def apply_role_changes(session: Session, now: datetime) -> int:
    """Let the changes of role that have waited for their week count; how many there were."""
    due = list(session.scalars(select(Person).where(Person.next_role.is_not(None), Person.role_from <= now)))
    for each in due:
        each.role = each.next_role or each.role
        each.next_role = each.role_from = None
    session.flush()
    return len(due)
