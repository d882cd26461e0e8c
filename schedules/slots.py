"""Where does each entry of a programme go out?

What has gone out keeps its slot; what has not fills the slots that remain, in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.days_off import DaysOff
from schedules.week_plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.programme import Entry, Programme, Slot
    from schedules.sending_days import SendingDay


@dataclass(frozen=True, kw_only=True)
class History:
    """What has happened: where each entry (by its key) went out, when those rounds close, and the slots missed."""

    sent: Mapping[str, Slot] = field(default_factory=dict)
    missed: frozenset[Slot] = frozenset()
    closes: Mapping[Slot, datetime] = field(default_factory=dict)


def sending_days(programme: Programme) -> tuple[SendingDay, ...]:
    """All sending days, in order. Skipped ones are marked, also those that a day off leaves no room for."""
    return plan_of(programme).days


def assignment(programme: Programme, history: History) -> dict[Slot, Entry]:
    """Which entry goes out (or went out) where, in the order of the slots. `entries_without_slot` are those that no slot is left for."""
    past_entries = {history.sent[entry.key]: entry for entry in programme.rounds.order if entry.key in history.sent}
    waiting = [entry for entry in programme.rounds.order if entry.key not in history.sent]
    entry_by_slot = past_entries | dict(zip(_free_slots(programme, history), waiting, strict=False))
    return dict(sorted(entry_by_slot.items()))


def entries_without_slot(programme: Programme, history: History) -> tuple[Entry, ...]:
    """The entries at the end of the order that no slot is left for. Slots were missed or skipped, or have no room."""
    keys = {entry.key for entry in assignment(programme, history).values()}
    return tuple(entry for entry in programme.rounds.order if entry.key not in keys)


def _free_slots(programme: Programme, history: History) -> list[Slot]:
    used = history.missed.union(history.sent.values())
    return [day.slot for day in sending_days(programme) if day.skipped is None and day.slot not in used]


def is_working_day(programme: Programme, day: date) -> bool:
    """Whether `day` is no day off of the programme."""
    return DaysOff.of(programme).name(day) is None
