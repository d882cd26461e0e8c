"""Holds a list that has shrunk or names other people, until an organiser confirms it or it is back.

A list is held if it loses more than a third of its confirmed size, falls under the smallest audience, or lacks more than a third of the
people who counted on it. The likely cause is a mistake: a group was switched off or mistaken for another, or the platform gave only part of
the list. Nobody leaves or joins because of a held list. We count the people to whom the lists, as just read, give the role, so no number
tells who was erased or has left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, exists, func, select, update

from bot.confidentiality.floors import effective_floors
from bot.database.insert_once import decide_first
from bot.database.row_ids import new_number
from bot.days_off import DaysOff
from bot.dialogue import audit, people
from bot.dialogue.digests import redraw
from bot.dialogue.list_sizes import is_grown, is_shrunk, size_as_week_began, week_of
from bot.dialogue.outbox import HOLD_ID, NotWanted, is_about_hold, put, put_reminder, tell_organisers
from bot.errors import Reason, Refused
from bot.local_time import DAY, in_sending_hours, start_of_day, today
from bot.message_facts import ListReviewFacts
from bot.models import HoldState, ListHold, LoadedProgramme, MessageKind, MessageState, OutboxMessage, PeopleList
from bot.programme import PARTICIPANTS, Role
from bot.seam.meaning import ListReview
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from bot.models import Person
    from bot.programme import Language, Programme


MAY_BE_SAID = (MessageState.SENDING, MessageState.UNKNOWN, MessageState.SENT)


@dataclass(frozen=True, kw_only=True)
class ListDecision:
    """The decision about a held list; `made` is False if it was over before `by` said yes."""

    hold: ListHold
    by: Person
    made: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was just read of a role: how many have it, how many had it before, and their time zones."""

    size: int = 0
    stays: int = 0
    zones: frozenset[str] = frozenset()


def is_too_short(known: PeopleList, size: int, floor: int) -> bool:
    """Whether a list has lost more than a third, or has gone under the smallest audience."""
    return is_shrunk(known.confirmed, size) or (known.role in PARTICIPANTS and size < floor <= known.confirmed)


def is_held(known: PeopleList, reading: Reading, floor: int) -> bool:
    """Whether a list is held: it is too short, or more than a third of those who counted are gone."""
    return is_too_short(known, reading.size, floor) or (not known.trusted and is_shrunk(known.listed, reading.stays))


def judge(session: Session, now: datetime, programme: Programme, readings: Mapping[Role, Reading]) -> dict[Role, int]:
    """Judge the lists as just read. Returns how many counted on each held list when it was last accepted.

    The other lists count as they were read. Organisers are told once when a list is held, and once when it is as it was.
    """
    known_lists: dict[Role, tuple[PeopleList, ListHold | None]]
    holds_it = and_(ListHold.programme == PeopleList.programme, ListHold.role == PeopleList.role, ListHold.state == HoldState.HELD)
    select_lists = select(PeopleList, ListHold).outerjoin(ListHold, holds_it).where(PeopleList.programme == programme.id)
    known_lists = {known.role: (known, hold) for known, hold in session.execute(select_lists)}
    floor = effective_floors(programme.floors).audience
    held = {role: known.listed for role, (known, _) in known_lists.items() if is_held(known, readings.get(role, Reading()), floor)}
    for role in readings.keys() - known_lists.keys():
        _begin_to_know(session, now, programme, role, readings[role])
    for role, (known, hold) in known_lists.items():
        reading = readings.get(role, Reading())
        if role in held:
            others = not is_too_short(known, reading.size, floor)
            had = None if known.estimated else known.confirmed
            as_read = ListHold(id=new_number(session), programme=known.programme, role=role, had=had, has=reading.size, others=others)
            _hold(session, now, programme, hold, as_read)
        else:
            if not held:
                _note_growth(session, now, programme, known, reading.size)
            _accept(known, reading, week_of(now, programme), may_grow=not held)
            if hold is not None and _end(session, now, hold, HoldState.BACK) and _is_asked(session, hold):
                sentence = "list.back.plain" if hold.others or hold.had is None else "list.back"
                values = {**_values(programme.language, hold), "size": reading.size}
                tell_organisers(session, now, programme, key=f"list-back:{hold.id}", say=sentence, **values)
        known.trusted = False
    session.flush()
    return held


def _select_open(programme_id: str) -> Select[ListHold]:
    return select(ListHold).where(ListHold.programme == programme_id, ListHold.state == HoldState.HELD).order_by(ListHold.id)


def _begin_to_know(session: Session, now: datetime, programme: Programme, role: Role, reading: Reading) -> None:
    """Store a list at its first reading. It is compared with nothing, but organisers are told of an empty one."""
    size, zones = reading.size, sorted(reading.zones)
    counts = {"confirmed": size, "listed": size, "before": size, "told": size}
    session.add(PeopleList(programme=programme.id, role=role, week=week_of(now, programme), zones=zones, **counts))
    if size == 0:
        values = {"who": say(programme.language, f"list.of.{role.value}"), "source": str(programme.people.sources()[role])}
        tell_organisers(session, now, programme, key=f"empty:{role.value}", say="list.empty", **values)


def _accept(known: PeopleList, reading: Reading, week: str, *, may_grow: bool) -> None:
    """Accept a list as read. Its confirmed size rises with it but never falls, so that several small losses add up.

    While another list is held, some of its people may be on this one too. They do not count here yet, so this list does not grow. People of
    this list whom the held one names still count here, so no time zone is removed.
    """
    size = reading.size
    known.week, known.before = week, size if known.estimated else size_as_week_began(known, week)
    known.listed = size if may_grow else min(size, known.listed)
    if may_grow or known.zones is not None:
        known.zones = sorted(reading.zones.union(() if may_grow else known.zones or ()))
    if may_grow:
        known.confirmed, known.estimated = size if known.estimated else max(known.confirmed, size), False


def _note_growth(session: Session, now: datetime, programme: Programme, known: PeopleList, size: int) -> None:
    """Tell organisers that a list has grown much; it counts at once.

    Otherwise somebody could fill up a short list with friends, step by step, and nobody would notice.
    """
    if known.told is None:
        known.told = size if known.estimated else known.listed
    had = known.told if known.trusted else min(known.told, known.listed)
    if known.role in PARTICIPANTS and not known.estimated and is_grown(had, size):
        known.told = size
        growth = ListHold(
            id=new_number(session),
            programme=known.programme,
            role=known.role,
            had=had,
            has=size,
            state=HoldState.GROWN,
            since=now,
            ended_at=now,
        )
        session.add(growth)
        session.flush()
        values = _values(programme.language, growth)
        tell_organisers(session, now, programme, key=f"grown:{growth.id}", say="list.grown", **values)


def _hold(session: Session, now: datetime, programme: Programme, hold: ListHold | None, as_read: ListHold) -> None:
    """Hold a list, or go on holding it. As long as the question has not been sent, it takes the numbers of the latest reading."""
    is_filled = hold is not None and has_nobody(hold) and not has_nobody(as_read)
    if hold is None:
        as_read.since = now
        session.add(as_read)
        session.flush()
        _ask(session, now, programme, as_read, f"list:{as_read.id}")
    elif is_filled or not _is_asked(session, hold):
        hold.had, hold.has, hold.others = as_read.had, as_read.has, as_read.others
        if is_filled:
            _ask(session, now, programme, hold, f"list:{hold.id}:{hold.has}")


def _ask(session: Session, now: datetime, programme: Programme, hold: ListHold, key: str) -> None:
    """Ask the organisers about a held list, in working hours; if it comes and goes, at most once a day."""
    came_back = ListHold.programme == hold.programme, ListHold.role == hold.role, ListHold.state == HoldState.BACK
    earlier = OutboxMessage.kind == MessageKind.LIST_REVIEW, HOLD_ID.in_(select(ListHold.id).where(*came_back))
    last = session.scalar(select(func.max(OutboxMessage.sent_at)).where(*earlier))
    at = now if last is None else max(now, last + DAY)
    put(
        session,
        programme=programme.id,
        kind=MessageKind.LIST_REVIEW,
        address=programme.people.organisers_channel,
        facts=ListReviewFacts(hold=hold.id),
        due_at=in_sending_hours(at, programme.timezone, DaysOff.of(programme)),
        key=key,
    )


def _is_asked(session: Session, hold: ListHold) -> bool:
    """Whether organisers have been asked, or may have been."""
    said = OutboxMessage.kind == MessageKind.LIST_REVIEW, OutboxMessage.state.in_(MAY_BE_SAID), is_about_hold(hold.id)
    return session.scalar(select(OutboxMessage.id).where(*said).limit(1)) is not None


def _end(session: Session, now: datetime, hold: ListHold, state: HoldState) -> bool:
    end = update(ListHold).where(ListHold.id == hold.id, ListHold.state == HoldState.HELD).values(state=state, ended_at=now)
    is_first = decide_first(session, hold, end)
    if is_first:
        redraw.queue_redraws_of_hold(session, now, hold)
    return is_first


def confirm(session: Session, now: datetime, programme: Programme, address: str, hold_id: int) -> ListDecision:
    """Confirm a list on an organiser's word. It is read again at once, and counts unless it has shrunk further by then.

    Refuses people who are no organisers (NO_RIGHT), and a hold that this programme does not have or that nobody can confirm (GONE).
    """
    organiser = people.require_role(session, programme.id, address, Role.ORGANISER)
    hold = session.get(ListHold, hold_id)
    if hold is None or hold.programme != programme.id or hold.state is HoldState.GROWN or has_nobody(hold):
        raise Refused(Reason.GONE)
    is_first = _end(session, now, hold, HoldState.CONFIRMED)
    if is_first:
        known = session.get_one(PeopleList, (hold.programme, hold.role))
        known.confirmed = known.told = hold.has
        known.listed, known.trusted, known.out = min(known.listed, hold.has), True, known.out or _puts_out(programme, hold)
        session.execute(update(LoadedProgramme).where(LoadedProgramme.id == hold.programme).values(synchronised_at=None))
        audit.note_list(session, now, hold, organiser)
    return ListDecision(hold=hold, by=organiser, made=is_first)


def has_nobody(hold: ListHold) -> bool:
    """Whether it is the organisers' own list with nobody on it: then nobody could decide anything any more."""
    return hold.role is Role.ORGANISER and hold.has == 0


def is_any_held(session: Session, programme_id: str) -> bool:
    """Whether a list of the programme is held now."""
    return session.scalar(select(exists(_select_open(programme_id)))) is True


_is_confirmed = ListHold.state == HoldState.CONFIRMED, ListHold.ended_at >= bindparam("moment")
IS_ANY_CONFIRMED = select(exists().where(ListHold.programme == bindparam("programme"), *_is_confirmed))


def is_any_confirmed_since(session: Session, programme_id: str, moment: datetime) -> bool:
    """Whether an organiser has confirmed a list since a moment."""
    return session.scalar(IS_ANY_CONFIRMED, {"programme": programme_id, "moment": moment}) is True


def remind_organisers(session: Session, now: datetime, programme: Programme, *, held_before: datetime) -> None:
    """Remind the organisers, once a day, of every list that has been held since `held_before` or longer."""
    day = today(now, programme.timezone)
    for hold in session.scalars(_select_open(programme.id).where(ListHold.since <= held_before)).all():
        put_reminder(
            session,
            now,
            programme,
            kind=MessageKind.LIST_REVIEW,
            facts=ListReviewFacts(hold=hold.id, again=True),
            since=start_of_day(day, programme.timezone),
            key=f"alarm:list:{hold.id}:{day}",
        )


# --- what the organisers see ---------------------------------------------------------------------------------------------------


def compose_review(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> ListReview | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The question whether a list is right; not wanted if the list is not held any more."""
    hold = session.get_one(ListHold, ListReviewFacts.read(message.facts).hold)
    if redraw.is_new(message) and hold.state is not HoldState.HELD:
        return NotWanted(reason="nothing waits any more")
    return hold_as_it_stands(programme, hold)


def hold_as_it_stands(programme: Programme, hold: ListHold) -> ListReview:
    """The question about a list, and what was decided."""
    language, is_open = programme.language, hold.state is HoldState.HELD
    sentences = [say(language, "list.note"), *_end_of_own_questions(programme, hold, "list.note.out", language)]
    note = say(language, "list.note.nobody") if has_nobody(hold) else " ".join(sentences)
    return ListReview(
        language=language,
        hold=hold.id,
        question=say(language, _question(hold), **_values(language, hold)),
        note=note if is_open else "",
        status=None if is_open else status(programme, hold, language),
        open=is_open and not has_nobody(hold),
    )


def _question(hold: ListHold) -> str:
    """The key of the question. It has no numbers if one is an estimate: the difference would tell how many have left."""
    if has_nobody(hold):
        return "list.question.nobody"
    if hold.others:
        return "list.question.others" if hold.had is not None else "list.question.others.plain"
    return "list.question" if hold.had is not None else "list.question.plain"


def status(programme: Programme, hold: ListHold, language: str) -> str:
    """How a hold ended, in a sentence or two."""
    at = "" if hold.ended_at is None else moment_in(language, hold.ended_at, programme.timezone)
    sentence = say(language, f"list.status.{hold.state.value}", at=at)
    return " ".join([sentence, *_end_of_own_questions(programme, hold, "list.status.out", language)])


def thanks(programme: Programme, hold: ListHold, language: str) -> str:
    """What an organiser reads after they have said yes."""
    return " ".join([say(language, "list.confirmed"), *_end_of_own_questions(programme, hold, "list.status.out", language)])


def _end_of_own_questions(programme: Programme, hold: ListHold, sentence: str, language: str) -> list[str]:
    """The sentence that the role gets no question of its own any more, if a yes means that."""
    who, floor = say(language, f"list.of.{hold.role.value}"), effective_floors(programme.floors).audience
    return [say(language, sentence, who=who, floor=floor)] if _puts_out(programme, hold) else []


def _puts_out(programme: Programme, hold: ListHold) -> bool:
    """Whether a yes means that the role gets no question of its own any more. A list that is back changes nothing."""
    is_short = hold.has < effective_floors(programme.floors).audience
    return is_short and hold.role in programme.rounds.roles_with_own_questions and hold.state is not HoldState.BACK


def _values(language: Language, hold: ListHold) -> dict[str, object]:
    """The values of sentences about a hold: only numbers of the list."""
    return {"who": say(language, f"list.of.{hold.role.value}"), "had": hold.had, "has": hold.has}
