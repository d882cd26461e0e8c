"""On which days of the calendar do a programme's questions go out?

Slots are the sending days of a programme, numbered within their ISO week, so that moving an hour or a weekday keeps the slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.days_off import DaysOff
from bot.local_time import DAY
from bot.programme import Slot, Week

if TYPE_CHECKING:
    from bot.programme import Rounds


@dataclass(frozen=True, kw_only=True)
class SendingDay:
    """A sending day of the programme; `skipped` says why nothing goes out on it, for example "week 42"."""

    slot: Slot
    day: date
    skipped: str | None = None


@lru_cache(maxsize=64)
def sending_days_of(rounds: Rounds) -> tuple[SendingDay, ...]:
    """The sending days of these rounds by the calendar alone, in order; skipped ones are marked."""
    days = (rounds.from_ + DAY * ahead for ahead in range((rounds.until - rounds.from_).days + 1))
    return tuple(
        SendingDay(slot=_slot(rounds, day), day=day, skipped=_why_skipped(rounds, day)) for day in days if day.weekday() in rounds.every
    )


def _slot(rounds: Rounds, day: date) -> Slot:
    return Slot(week=Week.of(day), number=rounds.every.index(day.weekday()) + 1)


def _why_skipped(rounds: Rounds, day: date) -> str | None:
    """By what the file names alone: a day off that it does not name takes no slot from its order."""
    week, named = Week.of(day).number, DaysOff(country=rounds.skip.holidays, also=rounds.skip.also)
    return f"week {week}" if week in rounds.skip.weeks else named.holiday(day)


def day_of(rounds: Rounds, slot: Slot) -> date:
    """The sending day of a slot. Of one that is no longer planned: the last sending day that its week would have."""
    weekday = rounds.every[min(slot.number, len(rounds.every)) - 1]
    return date.fromisocalendar(slot.week.year, slot.week.number, weekday + 1)
