"""Is a list that has suddenly shrunk right, and who says so?

A list that loses more than a third against its confirmed size, or goes under the smallest audience, is more likely a slip, a group that was
switched off or a directory that answers with a part than the end of the dialogue. It is held: nobody leaves because of it until an
organiser says that it is right, or it is long enough again. Counted are those on the list as read: no number tells who was erased or left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_, exists, select, update

from bot.confidentiality.floors import effective_floors
from bot.dialogue import audit, people
from bot.dialogue.digests import redraw
from bot.dialogue.outbox import NotWanted, put, put_reminder, tell_organisers
from bot.errors import Reason, Refused
from bot.local_time import start_of_day, today
from bot.models import HoldState, ListHold, LoadedProgramme, MessageKind, PeopleList
from bot.programme import PARTICIPANTS, Role
from bot.seam.meaning import ListReview
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import CursorResult, Select
    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage, Person
    from bot.programme import Language, Programme


TOLD_EARLIER = ("emptied:", "people.emptied")  # how an earlier version told of an empty list: it may still wait in an outbox


@dataclass(frozen=True, kw_only=True)
class ListDecision:
    """What has come of a list that was held; `made` False: it was over before `by` said yes."""

    hold: ListHold
    by: Person
    made: bool


def judge(session: Session, now: datetime, programme: Programme, sizes: Mapping[Role, int], listed: Mapping[Role, int]) -> dict[Role, int]:
    """Judge the lists by their sizes, just read. Gives those that are held, with how many counted on each when it was last accepted.

    The others count as they were read, with those `listed` there: what is longer is confirmed by that, what is shorter is not, so that
    small steps add up. A list that comes to be held, or is long enough again, is told of once.
    """
    held: dict[Role, int] = {}
    known_lists: dict[Role, tuple[PeopleList, ListHold | None]]
    known_lists = {known.role: (known, hold) for known, hold in session.execute(_select_lists(programme.id))}
    for role in sizes.keys() - known_lists.keys():
        session.add(PeopleList(programme=programme.id, role=role, confirmed=sizes[role], listed=listed.get(role, 0)))
    for role, (known, hold) in known_lists.items():
        size = sizes.get(role, 0)
        if _is_too_short(programme, known, size):
            held[role] = known.listed
            if hold is None:
                _begin(session, now, programme, ListHold(programme=programme.id, role=role, had=known.confirmed, has=size))
            continue
        known.confirmed, known.listed = max(known.confirmed, size), listed.get(role, 0)
        if hold is not None:
            _end_by_itself(session, now, programme, hold, size)
    session.flush()
    return held


def _select_lists(programme_id: str) -> Select[PeopleList, ListHold]:
    """Each list that is known, with what holds it."""
    holds_it = and_(ListHold.programme == PeopleList.programme, ListHold.role == PeopleList.role, ListHold.state == HoldState.HELD)
    return select(PeopleList, ListHold).outerjoin(ListHold, holds_it).where(PeopleList.programme == programme_id)


def _select_open(programme_id: str) -> Select[ListHold]:
    return select(ListHold).where(ListHold.programme == programme_id, ListHold.state == HoldState.HELD).order_by(ListHold.id)


def _is_too_short(programme: Programme, known: PeopleList, size: int) -> bool:
    """Whether it has lost more than a third, or has gone under the smallest audience."""
    floor = effective_floors(programme.floors).audience
    return 3 * size < 2 * known.confirmed or (known.role in PARTICIPANTS and size < floor <= known.confirmed)


def _begin(session: Session, now: datetime, programme: Programme, hold: ListHold) -> None:
    hold.since = now
    session.add(hold)
    session.flush()
    put(
        session,
        programme=programme.id,
        kind=MessageKind.LIST_REVIEW,
        address=programme.people.organisers_channel,
        facts={"hold": hold.id},
        due_at=now,
        key=f"list:{hold.id}",
    )


def _end_by_itself(session: Session, now: datetime, programme: Programme, hold: ListHold, size: int) -> None:
    if _end(session, now, hold, HoldState.BACK):
        key = f"list-back:{hold.id}"
        tell_organisers(session, now, programme, key=key, say="list.back", **_values(programme.language, hold), size=size)


def _end(session: Session, now: datetime, hold: ListHold, state: HoldState) -> bool:
    """The database judges who was first."""
    end = update(ListHold).where(ListHold.id == hold.id, ListHold.state == HoldState.HELD).values(state=state, ended_at=now)
    is_first = cast("CursorResult[Any]", session.execute(end)).rowcount == 1
    session.refresh(hold)
    if is_first:
        redraw.queue_redraws_of_hold(session, now, hold)
    return is_first


def confirm(session: Session, now: datetime, programme: Programme, address: str, hold_id: int) -> ListDecision:
    """An organiser says that a list is right. It is read again at once, and counts unless it has shrunk further by then.

    Refuses others (NO_RIGHT) and what this programme does not know (GONE).
    """
    organiser = people.require_role(session, programme.id, address, Role.ORGANISER)
    hold = session.get(ListHold, hold_id)
    if hold is None or hold.programme != programme.id:
        raise Refused(Reason.GONE)
    is_first = _end(session, now, hold, HoldState.CONFIRMED)
    if is_first:
        of_hold = PeopleList.programme == hold.programme, PeopleList.role == hold.role
        session.execute(update(PeopleList).where(*of_hold).values(confirmed=hold.has))
        session.execute(update(LoadedProgramme).where(LoadedProgramme.id == hold.programme).values(synchronised_at=None))
        audit.note_list(session, now, hold, organiser)
    return ListDecision(hold=hold, by=organiser, made=is_first)


def is_any_held(session: Session, programme_id: str) -> bool:
    """Whether a list of the programme is held now."""
    return session.scalar(select(exists(_select_open(programme_id)))) is True


def is_any_confirmed_since(session: Session, programme_id: str, moment: datetime) -> bool:
    """Whether an organiser has said since a moment that a list is right."""
    confirmed = ListHold.programme == programme_id, ListHold.state == HoldState.CONFIRMED, ListHold.ended_at >= moment
    return session.scalar(select(exists().where(*confirmed))) is True


def remind_organisers(session: Session, now: datetime, programme: Programme, *, held_before: datetime) -> None:
    """Bring every list that has been held since then, and still is, to mind once a day."""
    day = today(now, programme.timezone)
    for hold in session.scalars(_select_open(programme.id).where(ListHold.since <= held_before)).all():
        put_reminder(
            session,
            now,
            programme,
            kind=MessageKind.LIST_REVIEW,
            facts={"hold": hold.id, "again": True},
            since=start_of_day(day, programme.timezone),
            key=f"alarm:list:{hold.id}:{day}",
        )


# --- what the organisers see ---------------------------------------------------------------------------------------------------


def compose_review(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> ListReview | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The question whether a list is right. Where it is no longer asked before it was said, it is not said."""
    hold = session.get_one(ListHold, message.facts["hold"])
    if redraw.is_new(message) and hold.state is not HoldState.HELD:
        return NotWanted(reason="nothing waits any more")
    return hold_as_it_stands(programme, hold)


def hold_as_it_stands(programme: Programme, hold: ListHold) -> ListReview:
    """What is asked about a list, and what has come of it."""
    language, is_open = programme.language, hold.state is HoldState.HELD
    return ListReview(
        language=language,
        hold=hold.id,
        question=say(language, "list.question", **_values(language, hold)),
        note=say(language, "list.note") if is_open else "",
        status=None if is_open else status(programme, hold, language),
        open=is_open,
    )


def status(programme: Programme, hold: ListHold, language: str) -> str:
    """What has come of a hold that is over, in a sentence."""
    at = "" if hold.ended_at is None else moment_in(language, hold.ended_at, programme.timezone)
    return say(language, f"list.status.{hold.state.value}", at=at)


def _values(language: Language, hold: ListHold) -> dict[str, object]:
    """What sentences about a hold are told with: numbers of the list alone."""
    return {"who": say(language, f"list.of.{hold.role.value}"), "had": hold.had, "has": hold.has}
