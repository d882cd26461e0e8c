"""Opens a round when its entry's time has come, or records why the slot was missed.

Opening takes the snapshot and queues a question for every active participant of the audience, all in one transaction. Whether a role is
asked depends on the size of its list, never on how many of them are active: nobody may read off who pauses or has left.
The database keeps a round unique by slot and by entry; a process that comes second does nothing. The organisers are told of a missed slot
and its reason. What follows an opening (late participants, reminders, closing) is in `after_opening`.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select

from bot.confidentiality.audiences import questions_by_role, roles_singled_out
from bot.confidentiality.floors import effective_floors
from bot.database.insert_once import write_once
from bot.database.look_ahead import once_in_a_look
from bot.days_off import DaysOff
from bot.dialogue import audit, people
from bot.dialogue.list_sizes import list_sizes_of, roles_out, sizes_asked_in
from bot.dialogue.outbox import NewMessage, put_many, tell_organisers
from bot.dialogue.own_hour import own_moment
from bot.dialogue.planning import pause_for_all
from bot.dialogue.snapshot import audience_in, take_snapshot, theme_in
from bot.local_time import WINDOW, first_chance, today
from bot.message_facts import QuestionFacts
from bot.models import AuditAct, Digest, LeftBy, MessageKind, MissedSlot, PeopleList, Person, PersonState, Round
from bot.programme import PARTICIPANTS, Role, Slot, Week

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Entry, Programme

TIME_TO_ASK = timedelta(hours=1)  # enough for some thousand questions
WELCOME_PATIENCE = WINDOW / 2  # the longest that a round waits for people whose welcome is on its way


class MissedReason(StrEnum):
    """The reasons why a slot passed without a round; its entry stays in the order and takes the next slot."""

    TOO_LATE = "too_late"  # nobody was there to send it while it could still go out
    UNWELCOMED = "unwelcomed"  # nobody was there to be asked: the lists could not be read, or no welcome has arrived
    BEFORE_LOAD = "before_load"  # the programme did not run yet
    AUDIENCE = "audience"  # too few people stand on the lists to be asked
    SINGLED_OUT = "singled_out"  # together with the rounds before it, it would tell of too few people
    PAUSED = "paused"  # an organiser had paused everything
    UNPLANNED = "unplanned"  # the plan had nothing there while it could still go out


def open_round(  # noqa: PLR0913 - all of them come from one due moment of the plan
    session: Session,
    now: datetime,
    programme: Programme,
    *,
    slot: Slot,
    entry: Entry,
    opens_at: datetime,
    closes_at: datetime,
    moment_for: Callable[[str], datetime],
) -> Round | None:
    """Open the round of `entry` in `slot`.

    Returns None if the slot or the entry has had its round, if the slot is missed, or while the round waits for people to be welcomed.
    `moment_for` gives the moment (UTC) at which the question goes out in a time zone; it is in time for 24 h, but not after the close.
    """
    same_entry_or_slot = or_(Round.entry == entry.key, and_(Round.week == str(slot.week), Round.day == slot.number))
    earlier_round = session.scalar(select(Round.id).where(Round.programme == programme.id, same_entry_or_slot).limit(1))
    if earlier_round is not None or session.get(MissedSlot, (programme.id, str(slot.week), slot.number)) is not None:
        return None
    moments = {zone: moment_for(zone) for zone in {programme.timezone, *time_zones(session, programme.id)}}
    was_paused = pause_for_all.was_paused_between(session, opens_at, max(moments.values()) + WINDOW)
    too_late = (is_lost_in_pause if was_paused else is_too_late)(now, programme, moments, closes_at)
    audience = list_sizes_of(session, programme.id)
    questions = _questions(session, programme, entry, audience) if audience else {}
    is_nobody_here = not audience or people.is_nobody_welcomed(session, programme.id, questions)
    reason = _why_missed(session, programme, questions, audience, too_late=too_late, is_nobody_here=is_nobody_here)
    reason = MissedReason.PAUSED if too_late and was_paused else reason
    if reason is not None:
        record_missed_slot(session, now, programme, slot, reason)
        return None
    waits_until = max(moments.values()) + WELCOME_PATIENCE
    if is_nobody_here or (now < waits_until and people.is_any_arriving(session, now, programme.id, questions)):
        return None
    row = {
        "programme": programme.id,
        "week": str(slot.week),
        "day": slot.number,
        "entry": entry.key,
        "theme": entry.theme,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "snapshot": take_snapshot(programme, entry, questions, sizes_asked_in(session, programme.id, str(slot.week))),
        "uncertain": (audit.last_time(session, AuditAct.PUT_BACK) or opens_at) > opens_at,
    }
    round_ = round_at_slot(session, programme.id, slot) if write_once(session, Round, [row]) else None  # None: another process was first
    if round_ is not None:
        _queue_questions(session, programme, round_, questions, moment_for)
        _tell_roles_left_out(session, now, programme, round_, entry)
    return round_


def is_too_late(now: datetime, programme: Programme, moments: Mapping[str, datetime], closes_at: datetime) -> bool:
    """Whether a question can reach nobody any more. It goes out on no day off, nor after its 24 h or the close.

    `moments`: when it goes out in each time zone.
    """
    return all(left <= timedelta() for left in _time_left(now, programme, moments, closes_at))


def is_lost_in_pause(now: datetime, programme: Programme, moments: Mapping[str, datetime], closes_at: datetime) -> bool:
    """Whether a question would miss somebody after a pause for all. Its entry had better take another slot, and reach everybody."""
    return any(left < TIME_TO_ASK for left in _time_left(now, programme, moments, closes_at))


def _time_left(now: datetime, programme: Programme, moments: Mapping[str, datetime], closes_at: datetime) -> list[timedelta]:
    """How long a question can still go out in each time zone."""
    days_off = DaysOff.of(programme)
    return [min(closes_at, at + WINDOW) - first_chance(now, at, zone, days_off) for zone, at in moments.items()]


def roles_in(round_: Round) -> frozenset[Role]:
    """The roles that a round asks."""
    return frozenset(map(Role, round_.snapshot["by_role"]))


def roles_to_ask(session: Session, programme: Programme, entry: Entry) -> frozenset[Role]:
    """The roles that an entry would ask as the lists are now; empty before the lists have been read."""
    audience = list_sizes_of(session, programme.id)
    return frozenset(_questions(session, programme, entry, audience) if audience else ())


def _questions(session: Session, programme: Programme, entry: Entry, audience: Mapping[Role, int]) -> dict[Role, str]:
    """The question for each role, by the sizes of the lists now."""
    floor = effective_floors(programme.floors).audience
    return questions_by_role(entry, audience, floor, roles_out(session, programme.id))


def _why_missed(  # noqa: PLR0913 - everything that can prevent a round
    session: Session,
    programme: Programme,
    questions: Mapping[Role, str],
    audience: Mapping[Role, int],
    *,
    too_late: bool,
    is_nobody_here: bool,
) -> MissedReason | None:
    """Why this slot can have no round any more; None if it still can. Until it is too late, somebody may still be welcomed."""
    if audience and not questions:
        return MissedReason.AUDIENCE
    if too_late:
        return MissedReason.UNWELCOMED if is_nobody_here else MissedReason.TOO_LATE
    sizes = {role: audience[role] for role in questions}
    is_singled_out = questions and roles_singled_out(earlier_audiences(session, programme.id), sizes, programme.floors)
    return MissedReason.SINGLED_OUT if is_singled_out else None


def _queue_questions(
    session: Session, programme: Programme, round_: Round, questions: Mapping[Role, str], moment_for: Callable[[str], datetime]
) -> None:
    """Queue the round's question for every active participant of a role that is asked. Only its moment may depend on the person."""
    active = Person.programme == round_.programme, Person.state == PersonState.ACTIVE, Person.role.in_(questions)
    columns = Person.id, Person.address, Person.role, Person.timezone, Person.ask_at
    rows = session.execute(select(*columns).where(*active).order_by(Person.id)).all()
    day = today(moment_for(programme.timezone), programme.timezone)
    moments = {
        (zone, chosen): own_moment(moment_for(zone), chosen, day, zone, round_.closes_at)
        for zone, chosen in {(zone, chosen) for *_, zone, chosen in rows}
    }
    put_many(
        session,
        round_.programme,
        [
            new_question(round_, person_id, address, questions[role], moments[zone, chosen])
            for person_id, address, role, zone, chosen in rows
        ],
    )


def new_question(round_: Round, person_id: int, address: str, question_id: str, due_at: datetime) -> NewMessage:
    """A round's question to one participant: in time for 24 h, but not after the close."""
    return NewMessage(
        kind=MessageKind.QUESTION,
        address=address,
        facts=QuestionFacts(question=question_id),
        due_at=due_at,
        expires_at=min(due_at + WINDOW, round_.closes_at),
        round_id=round_.id,
        person_id=person_id,
        of_round=round_,
    )


def _tell_roles_left_out(session: Session, now: datetime, programme: Programme, round_: Round, entry: Entry) -> None:
    """Tell the organisers of a role whose list is too short for its own question, unless the role is out for the whole programme."""
    out = roles_out(session, programme.id)
    for role, question_id in entry.by_role:
        if question_id not in round_.snapshot["order"] and role not in out:
            sentence_key = f"round.{'left_out' if entry.all is None else 'joined'}.{role.value}"
            values = {"theme": theme_in(round_, programme.language), "floor": effective_floors(programme.floors).audience}
            tell_organisers(session, now, programme, key=f"left_out:{round_.id}:{role.value}", say=sentence_key, **values)


def record_missed_slot(session: Session, now: datetime, programme: Programme, slot: Slot, reason: str) -> bool:
    """Record that a slot passed without its round, and why (`MissedReason`), and tell the organisers; False if it was known.

    What a pause for all has cost is told at once when an organiser goes on. Where nothing was planned, nothing is lost.
    """
    row = {"programme": programme.id, "week": str(slot.week), "day": slot.number, "reason": reason, "noticed_at": now}
    if write_once(session, MissedSlot, [row]) == 0:
        return False
    if reason in {MissedReason.PAUSED, MissedReason.UNPLANNED}:
        return True
    key = "missed:before_load" if reason == MissedReason.BEFORE_LOAD else f"missed:{slot.week}:{slot.number}"
    lowest = effective_floors(programme.floors)
    values = {"week": slot.week.number, "year": slot.week.year, "floor": lowest.audience, "fewest": lowest.people}
    tell_organisers(session, now, programme, key=key, say=f"round.missed.{reason}", **values)
    return True


# Most jobs of every beat run these statements, so they are built once.
SELECT_SENT_SLOTS = select(Round.entry, Round.week, Round.day, Round.closes_at).where(Round.programme == bindparam("programme"))
SELECT_MISSED_SLOTS = select(MissedSlot.week, MissedSlot.day).where(MissedSlot.programme == bindparam("programme"))
SELECT_ZONES_OF_LISTS = select(PeopleList.zones).where(PeopleList.programme == bindparam("programme"), PeopleList.role.in_(PARTICIPANTS))
_is_open = Round.closed_at.is_(None), Round.opens_at <= bindparam("now"), Round.closes_at > bindparam("now")
_open_rounds = select(Round).where(Round.programme == bindparam("programme"), *_is_open)
SELECT_CURRENT_ROUND = _open_rounds.order_by(Round.opens_at.desc(), Round.id.desc()).limit(1)
_weeks_with_digest = select(Digest.week).where(Digest.programme == bindparam("programme"), Digest.week.is_not(None))
SELECT_WEEKS_TO_DRAFT = (
    select(Round.week)
    .where(Round.programme == bindparam("programme"), Round.week.not_in(_weeks_with_digest))
    .group_by(Round.week)
    .having(func.count(Round.closed_at) == func.count(), func.count(Round.detached_at) == 0)
    .order_by(Round.week)
)
SELECT_TIME_ZONES = (
    select(Person.timezone)
    .distinct()
    .where(
        Person.programme == bindparam("programme"),
        Person.role.in_(PARTICIPANTS),
        or_(Person.state != PersonState.LEFT, Person.left_by == LeftBy.SELF),
    )
)


@once_in_a_look
def slots_sent_and_missed(session: Session, programme_id: str) -> tuple[dict[str, Slot], frozenset[Slot], dict[Slot, datetime]]:
    """The slot of each entry (by its key) that has gone out, the slots missed, and when each round closes.

    A round closes when people were told at its opening: no later edit of the programme changes that.
    """
    sent, missed = (session.execute(statement, {"programme": programme_id}).all() for statement in (SELECT_SENT_SLOTS, SELECT_MISSED_SLOTS))
    slot_by_entry = {entry: Slot(week=Week.parse(week), number=day) for entry, week, day, _ in sent}
    closes = {slot_by_entry[entry]: closes_at for entry, _, _, closes_at in sent}
    return slot_by_entry, frozenset(Slot(week=Week.parse(week), number=day) for week, day in missed), closes


def earlier_audiences(session: Session, programme_id: str) -> list[Mapping[Role, int]]:
    """The roles that each round asked, with the size of their lists, in the order of the rounds."""
    select_rounds = select(Round).where(Round.programme == programme_id).order_by(Round.opens_at, Round.id)
    return [audience_in(round_) for round_ in session.scalars(select_rounds)]


@once_in_a_look
def time_zones(session: Session, programme_id: str) -> frozenset[str]:
    """The time zones of all participants on the lists, also of those who pause or have left.

    Otherwise the hour of an opening would tell who takes part. Before the lists have been read, the zones of the people we know.
    """
    of_lists = session.scalars(SELECT_ZONES_OF_LISTS, {"programme": programme_id}).all()
    if not of_lists or None in of_lists:
        return frozenset(session.scalars(SELECT_TIME_ZONES, {"programme": programme_id}))
    return frozenset(chain.from_iterable(zones or () for zones in of_lists))


def round_at_slot(session: Session, programme_id: str, slot: Slot) -> Round | None:
    """The round that went out in a slot, or None."""
    conditions = Round.programme == programme_id, Round.week == str(slot.week), Round.day == slot.number
    return session.scalars(select(Round).where(*conditions)).one_or_none()


@once_in_a_look
def current_round(session: Session, now: datetime, programme_id: str) -> Round | None:
    """The newest round that may be answered now, or None."""
    return session.scalars(SELECT_CURRENT_ROUND, {"programme": programme_id, "now": now}).one_or_none()


def weeks_to_draft(session: Session, programme_id: str) -> list[str]:
    """The weeks whose rounds have all closed and that have no digest yet, oldest first.

    Detached weeks are left out: nobody can count their people any more.
    """
    return list(session.scalars(SELECT_WEEKS_TO_DRAFT, {"programme": programme_id}))
