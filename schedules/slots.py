"""Where does each entry of a programme go out?

Slots are the sending days of a programme, numbered within their ISO week, so that moving an hour or a weekday keeps the slot. What
has gone out keeps its slot; what has not fills the slots that remain, in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.local_time import DAY
from bot.programme import Slot, Week
from schedules.holidays import holiday

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.programme import Entry, Programme, Rounds

WEEKEND = (5, 6)


@dataclass(frozen=True, kw_only=True)
class SendingDay:
    """A sending day of the programme; `skipped` says why nothing goes out on it, for example "week 42"."""

    slot: Slot
    day: date
    skipped: str | None = None


@dataclass(frozen=True, kw_only=True)
class History:
    """What has happened: the slot of each entry (by its key) that has gone out, and the slots that were missed."""

    sent: Mapping[str, Slot] = field(default_factory=dict)
    missed: frozenset[Slot] = frozenset()


def sending_days(programme: Programme) -> tuple[SendingDay, ...]:
    """All sending days from the first to the last, in order; skipped ones are marked."""
    return sending_days_of(programme.rounds)


@lru_cache(maxsize=64)
def sending_days_of(rounds: Rounds) -> tuple[SendingDay, ...]:
    """The sending days of these rounds, in order; skipped ones are marked."""
    days = (rounds.from_ + DAY * ahead for ahead in range((rounds.until - rounds.from_).days + 1))
    return tuple(
        SendingDay(slot=_slot(rounds, day), day=day, skipped=_why_skipped(rounds, day)) for day in days if day.weekday() in rounds.every
    )


def _slot(rounds: Rounds, day: date) -> Slot:
    return Slot(week=Week.of(day), number=rounds.every.index(day.weekday()) + 1)


def _why_skipped(rounds: Rounds, day: date) -> str | None:
    week = Week.of(day).number
    return f"week {week}" if week in rounds.skip.weeks else holiday(rounds.skip.holidays, day)


def day_of(programme: Programme, slot: Slot) -> date:
    """The sending day of a slot, also of one that is no longer planned: then the last sending day that its week would have."""
    every = programme.rounds.every
    weekday = every[min(slot.number, len(every)) - 1]
    return date.fromisocalendar(slot.week.year, slot.week.number, weekday + 1)


def last_sending_day(programme: Programme, week: Week) -> date:
    """The week's last sending day; if all of them are skipped, the last one that it would have."""
    return _last_days(programme.rounds).get(week) or day_of(programme, Slot(week=week, number=len(programme.rounds.every)))


@lru_cache(maxsize=64)
def _last_days(rounds: Rounds) -> dict[Week, date]:
    return {sending_day.slot.week: sending_day.day for sending_day in sending_days_of(rounds) if sending_day.skipped is None}


def assignment(programme: Programme, history: History) -> dict[Slot, Entry]:
    """Which entry goes out (or went out) where, in the order of the slots. `entries_without_slot` are those that no slot is left for."""
    past_entries = {history.sent[entry.key]: entry for entry in programme.rounds.order if entry.key in history.sent}
    waiting = [entry for entry in programme.rounds.order if entry.key not in history.sent]
    entry_by_slot = past_entries | dict(zip(_free_slots(programme, history), waiting, strict=False))
    return dict(sorted(entry_by_slot.items()))


def entries_without_slot(programme: Programme, history: History) -> tuple[Entry, ...]:
    """The entries at the end of the order that no slot is left for, because slots were missed or skipped later."""
    keys = {entry.key for entry in assignment(programme, history).values()}
    return tuple(entry for entry in programme.rounds.order if entry.key not in keys)


def _free_slots(programme: Programme, history: History) -> list[Slot]:
    used = history.missed.union(history.sent.values())
    return [day.slot for day in sending_days(programme) if day.skipped is None and day.slot not in used]


def is_working_day(programme: Programme, day: date) -> bool:
    """Whether `day` is neither a weekend day nor a holiday that the programme keeps."""
    return day.weekday() not in WEEKEND and holiday(programme.rounds.skip.holidays, day) is None
