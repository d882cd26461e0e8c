"""At which hour does somebody want to be asked?

At the programme's hour, or later on the same day if they have chosen so: noon, or three o'clock. It is never earlier than the programme's,
so that nobody's choice opens a round before its time, and never outside sending hours (weekdays, 07:00-19:00, where they are). A question
that waits in the outbox already moves with it, and the reminder keeps the programme's hour. Nothing but the moment of their own
question depends on it: no round, number, reminder, notice or line of a log.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from bot.local_time import WINDOW, first_weekly_moment, instant
from bot.models import Round
from bot.seam.meaning import HourOffer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from bot.models import Person
    from bot.programme import Programme

LATER_HOURS: Final = (time(12), time(15))
SELECT_ENTRIES_ASKED = select(Round.entry).where(Round.programme == bindparam("programme"))


def offer(person: Person, programme: Programme, *, is_any_to_come: bool) -> HourOffer | None:
    """The hour that they may go over to from the next question on: the programme's if they have chosen another, else a later one."""
    if not is_any_to_come:
        return None
    if hour_of(person, programme) is not None:
        return HourOffer(hour=programme.rounds.at, back=True)
    later = later_hour(programme)
    return None if later is None else HourOffer(hour=later)


def later_hour(programme: Programme) -> time | None:
    """The hour that is offered instead of the programme's, if there is one that would change anything."""
    return next((hour for hour in LATER_HOURS if _changes_anything(programme, hour)), None)


def is_any_question_to_come(session: Session, programme: Programme) -> bool:
    """Whether some entry has not gone out yet."""
    return is_any_left(programme, session.scalars(SELECT_ENTRIES_ASKED, {"programme": programme.id}))


def is_any_left(programme: Programme, asked: Iterable[str]) -> bool:
    """Whether some entry of the order is not among those that have gone out."""
    return not {entry.key for entry in programme.rounds.order}.issubset(asked)


def _changes_anything(programme: Programme, hour: time) -> bool:
    """Whether it is later than the programme's, and leaves 24 h before the close of an ordinary week, on one of its sending days."""
    rounds, zone = programme.rounds, programme.zone
    monday = rounds.from_ - timedelta(days=rounds.from_.weekday())
    days = [monday + timedelta(days=weekday) for weekday in rounds.every]
    closes_at = first_weekly_moment(programme.digest.close, zone, instant(days[-1], rounds.at, zone) + WINDOW)
    return hour > rounds.at and any(closes_at - instant(day, hour, zone) >= WINDOW for day in days)


def hour_of(person: Person, programme: Programme) -> time | None:
    """The hour that somebody has chosen and is asked at; None: the programme's. One that changes nothing counts for nothing."""
    return person.ask_at if person.ask_at is not None and _changes_anything(programme, person.ask_at) else None


def choose_hour(person: Person, programme: Programme, hour: time | None) -> time | None:
    """From the next question on they are asked at this hour. One that is not offered, or changes nothing, is the programme's (None)."""
    person.ask_at = hour if hour in LATER_HOURS else None
    person.ask_at = hour_of(person, programme)
    return person.ask_at


def own_moment(planned: datetime, chosen: time | None, day: date, zone: str, closes_at: datetime) -> datetime:
    """When somebody in `zone` is asked on this day: at the hour they have chosen, if that is later than planned and 24 h remain."""
    if chosen is None:
        return planned
    own = instant(day, chosen, ZoneInfo(zone))
    return own if own > planned and closes_at - own >= WINDOW else planned


def moment_without_choice(programme: Programme, due_at: datetime, zone: str) -> datetime:
    """When a question that is due at `due_at` in `zone` would be due if nobody could choose an hour."""
    local = due_at.astimezone(ZoneInfo(zone))
    is_chosen = local.time() in LATER_HOURS and local.time() > programme.rounds.at
    return instant(local.date(), programme.rounds.at, ZoneInfo(zone)) if is_chosen else due_at
