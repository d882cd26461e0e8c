"""The days of the calendar on which a programme's questions go out.

Slots are the sending days of a programme, numbered within their ISO week, so that a change of the hour or weekday keeps the slot.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.days_off import DaysOff
from bot.local_time import DAY
from bot.programme import Slot, Week
from bot.sentence import sentence

if TYPE_CHECKING:
    from bot.programme import Rounds
    from bot.sentence import Sentence

HORIZON: Final = timedelta(days=3 * 366)  # in which the sending day of the last entry is looked for


@dataclass(frozen=True, kw_only=True)
class SendingDay:
    """A sending day of the programme; `skipped` says why nothing goes out on it, for example in week 42."""

    slot: Slot
    day: date
    skipped: Sentence | None = None


@lru_cache(maxsize=64)
def sending_days_of(rounds: Rounds) -> tuple[SendingDay, ...]:
    """The sending days of these rounds by the calendar alone, in order; skipped ones are marked."""
    named = DaysOff(country=rounds.skip.holidays, also=rounds.skip.also)  # a day off that the file does not name takes no slot
    sending_days = []
    for day in (rounds.from_ + DAY * ahead for ahead in range((rounds.until - rounds.from_).days + 1)):
        if day.weekday() in rounds.every:
            week = Week.of(day)
            skipped = sentence("days_off.week", number=week.number) if week.number in rounds.skip.weeks else named.holiday(day)
            slot = Slot(week=week, number=rounds.every.index(day.weekday()) + 1)
            sending_days.append(SendingDay(slot=slot, day=day, skipped=skipped))
    return tuple(sending_days)


def day_of(rounds: Rounds, slot: Slot) -> date:
    """The sending day of a slot. If its number is no longer planned: the last sending day of its week."""
    weekday = rounds.every[min(slot.number, len(rounds.every)) - 1]
    return date.fromisocalendar(slot.week.year, slot.week.number, weekday + 1)


def last_day(rounds: Rounds, start: date, entries: int) -> date | None:
    """The sending day of the last of so many entries, if the first goes out on or after `start`. None: it is more than three years away."""
    days = [day.day for day in sending_days_of(replace(rounds, from_=start, until=start + HORIZON)) if day.skipped is None]
    return days[entries - 1] if entries <= len(days) else None
