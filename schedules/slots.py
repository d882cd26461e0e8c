"""The slots in which the entries of a programme go out.

An entry that has gone out keeps its slot. The others fill the slots that remain, in order.
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
    """What has happened so far. It holds the slots of sent entries (by key), the missed slots, and when rounds close."""

    sent: Mapping[str, Slot] = field(default_factory=dict)
    missed: frozenset[Slot] = frozenset()
    closes: Mapping[Slot, datetime] = field(default_factory=dict)


def sending_days(programme: Programme) -> tuple[SendingDay, ...]:
    """All sending days, in order. Skipped days are marked, also those that a day off leaves no room for."""
    return plan_of(programme).days


def assignment(programme: Programme, history: History) -> dict[Slot, Entry]:
    """The entry of each slot, sent or to come, in the order of the slots. `entries_without_slot` gives those that find no slot."""
    past_entries = {history.sent[entry.key]: entry for entry in programme.rounds.order if entry.key in history.sent}
    waiting = [entry for entry in programme.rounds.order if entry.key not in history.sent]
    used = history.missed.union(history.sent.values())
    free_slots = [day.slot for day in sending_days(programme) if day.skipped is None and day.slot not in used]
    return dict(sorted((past_entries | dict(zip(free_slots, waiting, strict=False))).items()))


def entries_without_slot(programme: Programme, history: History) -> tuple[Entry, ...]:
    """The last entries of the order that no slot is left for. Slots were missed or skipped, or have no room."""
    keys = {entry.key for entry in assignment(programme, history).values()}
    return tuple(entry for entry in programme.rounds.order if entry.key not in keys)


def is_working_day(programme: Programme, day: date) -> bool:
    """Whether `day` is a working day of the programme."""
    return DaysOff.of(programme).name(day) is None
