"""The hour at which somebody wants to be asked: the programme's, or noon or three o'clock if they chose so.

It is never earlier than the programme's hour, so that no choice opens a round before its time, and never outside sending hours (weekdays,
07:00-19:00, where they are). A question that waits in the outbox moves with it; the reminder keeps the programme's hour. Only the moment of
their own question depends on it: no round, number, reminder, notice or log line does.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from bot.local_time import WINDOW, instant
from bot.models import Round
from bot.posting_moment import close_as_written
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
    """The hour offered to a person for the next questions: the programme's if they chose another, else a later one."""
    if not is_any_to_come:
        return None
    if hour_of(person, programme) is not None:
        return HourOffer(hour=programme.rounds.at, back=True)
    later = later_hour(programme)
    return None if later is None else HourOffer(hour=later)


def later_hour(programme: Programme) -> time | None:
    """The hour offered instead of the programme's, or None if no other hour would change anything."""
    return next((hour for hour in LATER_HOURS if _changes_anything(programme, hour)), None)


def is_any_question_to_come(session: Session, programme: Programme) -> bool:
    """Whether some entry has not gone out yet."""
    return is_any_left(programme, session.scalars(SELECT_ENTRIES_ASKED, {"programme": programme.id}))


def is_any_left(programme: Programme, asked: Iterable[str]) -> bool:
    """Whether some entry of the order is not among those that have gone out."""
    return not {entry.key for entry in programme.rounds.order}.issubset(asked)


def _changes_anything(programme: Programme, hour: time) -> bool:
    """Whether an hour is later than the programme's and, on some sending day, leaves 24 h before an ordinary week's close."""
    rounds, zone = programme.rounds, programme.zone
    monday = rounds.from_ - timedelta(days=rounds.from_.weekday())
    days = [monday + timedelta(days=weekday) for weekday in rounds.every]
    closes_at = close_as_written(rounds, programme.digest, zone, days[-1])
    return hour > rounds.at and any(closes_at - instant(day, hour, zone) >= WINDOW for day in days)


def hour_of(person: Person, programme: Programme) -> time | None:
    """The hour that a person chose; None if they are asked at the programme's hour, or their choice changes nothing."""
    return person.ask_at if person.ask_at is not None and _changes_anything(programme, person.ask_at) else None


def choose_hour(person: Person, programme: Programme, hour: time | None) -> time | None:
    """Let a person be asked at this hour from the next question on; returns the hour that now holds.

    None means the programme's, also for an hour that is not offered or changes nothing.
    """
    person.ask_at = hour if hour in LATER_HOURS else None
    person.ask_at = hour_of(person, programme)
    return person.ask_at


def own_moment(planned: datetime, chosen: time | None, day: date, zone: str, closes_at: datetime) -> datetime:
    """The moment a person is asked on this day: their chosen hour if it is later and 24 h remain."""
    if chosen is None:
        return planned
    own = instant(day, chosen, ZoneInfo(zone))
    return own if own > planned and closes_at - own >= WINDOW else planned


def moment_without_choice(programme: Programme, due_at: datetime, zone: str) -> datetime:
    """The moment a question due at `due_at` in `zone` would be due without anybody's choice of an hour."""
    local = due_at.astimezone(ZoneInfo(zone))
    is_chosen = local.time() in LATER_HOURS and local.time() > programme.rounds.at
    return instant(local.date(), programme.rounds.at, ZoneInfo(zone)) if is_chosen else due_at
