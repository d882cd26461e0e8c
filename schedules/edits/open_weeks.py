"""Finds the entries that have not gone out yet, and the slots that they can go out in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from bot.errors import EditReason, EditRefused
from bot.programme import Week
from schedules.sending_days import day_of
from schedules.slots import assignment, sending_days

if TYPE_CHECKING:
    from datetime import date

    from bot.programme import Entry, Programme, Slot
    from schedules.slots import History


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a programme is: what has been sent, and the day before which all counts as gone out."""

    history: History
    today: date


def open_entries(programme: Programme, progress: Progress) -> list[Entry]:
    """The entries that can still go out, in order. One whose day is over counts as gone out."""
    placed, sent = assignment(programme, progress.history).items(), progress.history.sent
    gone = {entry.key for slot, entry in placed if entry.key in sent or day_of(programme.rounds, slot) < progress.today}
    return [entry for entry in programme.rounds.order if entry.key not in gone]


def open_slots(programme: Programme, progress: Progress) -> list[Slot]:
    """The slots in which something can still go out, in order."""
    used = progress.history.missed.union(progress.history.sent.values())
    return [day.slot for day in sending_days(programme) if day.skipped is None and day.slot not in used and day.day >= progress.today]


def refuse_week(programme: Programme, progress: Progress, week: Week) -> NoReturn:
    """Say why a week cannot be changed."""
    days = [day for day in sending_days(programme) if day.slot.week == week]
    if any(slot.week == week for slot in progress.history.sent.values()):
        why = EditReason.WEEK_SENT
    elif week < Week.of(progress.today) or any(day.skipped is None for day in days):
        why = EditReason.PAST
    else:
        why = EditReason.SKIPPED if days and week.number in programme.rounds.skip.weeks else EditReason.NOTHING_GOES_OUT
    raise EditRefused(why, week=week.number)
