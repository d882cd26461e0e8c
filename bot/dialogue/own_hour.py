"""At which hour does somebody want to be asked?

At the programme's hour, or later on the same day if they have chosen so: noon, or three o'clock. It is never earlier than the programme's,
so that nobody's choice opens a round before its time, and never outside sending hours (weekdays, 07:00-19:00, where they are). A question
that waits in the outbox already keeps its moment, and the reminder keeps the programme's hour. Nothing but the moment of their own
question depends on it: no round, number, notice or line of a log.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from bot.local_time import WINDOW, first_weekly_moment, instant
from bot.models import Round

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from bot.models import Person
    from bot.programme import Programme

LATER_HOURS: Final = (time(12), time(15))
SELECT_ENTRIES_ASKED = select(Round.entry).where(Round.programme == bindparam("programme"))


def later_hour(programme: Programme) -> time | None:
    """The hour that is offered instead of the programme's, if there is one that would change anything."""
    return next((hour for hour in LATER_HOURS if hour > programme.rounds.at and _leaves_a_day(programme, hour)), None)


def is_any_question_to_come(session: Session, programme: Programme) -> bool:
    """Whether some entry has not gone out yet."""
    asked = set(session.scalars(SELECT_ENTRIES_ASKED, {"programme": programme.id}))
    return any(entry.key not in asked for entry in programme.rounds.order)


def _leaves_a_day(programme: Programme, hour: time) -> bool:
    """Whether 24 h remain before the close of an ordinary week, on one of its sending days, if the question comes at this hour."""
    rounds, zone = programme.rounds, programme.zone
    monday = rounds.from_ - timedelta(days=rounds.from_.weekday())
    days = [monday + timedelta(days=weekday) for weekday in rounds.every]
    closes_at = first_weekly_moment(programme.digest.close, zone, instant(days[-1], rounds.at, zone) + WINDOW)
    return any(closes_at - instant(day, hour, zone) >= WINDOW for day in days)


def hour_of(person: Person, programme: Programme) -> time | None:
    """The hour that somebody has chosen and is asked at; None: the programme's. One that is not later than that counts for nothing."""
    return person.ask_at if person.ask_at is not None and person.ask_at > programme.rounds.at else None


def choose_hour(person: Person, programme: Programme, hour: time | None) -> time | None:
    """From the next question on they are asked at this hour. One that is not offered, or not later, is the programme's (None)."""
    person.ask_at = hour if hour in LATER_HOURS else None
    person.ask_at = hour_of(person, programme)
    return person.ask_at


def own_moment(planned: datetime, chosen: time | None, day: date, zone: str, closes_at: datetime) -> datetime:
    """When somebody in `zone` is asked on this day: at the hour they have chosen, if that is later than planned and 24 h remain."""
    if chosen is None:
        return planned
    own = instant(day, chosen, ZoneInfo(zone))
    return own if own > planned and closes_at - own >= WINDOW else planned
