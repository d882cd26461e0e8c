"""Finds the weeks that a pause for all has cost: their questions can reach nobody any more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue.planning.plan import LostInPause
from bot.dialogue.rounds import opening
from bot.dialogue.rounds.opening import MissedReason
from bot.local_time import WINDOW
from bot.models import LoadedProgramme, MissedSlot
from bot.programme import Slot, Week
from schedules import due
from schedules.planning.progress import load_history
from schedules.slots import assignment

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from schedules.sending_days import SendingDay


def find_lost(session: Session, now: datetime, programme: Programme, since: datetime) -> LostInPause:
    """The weeks that a pause has cost which began at `since` and lasts. A question that can still go out now is not lost."""
    history = load_history(session, programme)
    sent = frozenset(history.sent.values())
    missed = {slot for slot, reason in _reasons(session, programme.id).items() if reason != MissedReason.PAUSED}
    loaded = session.get(LoadedProgramme, programme.id)
    begin = since - WINDOW if loaded is None else max(since - WINDOW, loaded.loaded_at)
    zones = {programme.timezone, *opening.time_zones(session, programme.id)}
    days = [day for day in due.sending_days(programme) if day.skipped is None and day.slot not in missed]
    past = frozenset(day.slot for day in days if day.slot not in sent and _is_lost(now, programme, day, begin, zones))
    other_weeks = {day.slot.week for day in days if day.slot not in past}
    lost = past.intersection(assignment(programme, replace(history, missed=history.missed - past)))  # others had no question
    weeks = sorted({slot.week for slot in lost})
    return LostInPause(
        whole=tuple(week for week in weeks if week not in other_weeks),
        partly=tuple(week for week in weeks if week in other_weeks),
        slots=past,
    )


def _reasons(session: Session, programme_id: str) -> dict[Slot, str]:
    rows = session.scalars(select(MissedSlot).where(MissedSlot.programme == programme_id))
    return {Slot(week=Week.parse(row.week), number=row.day): row.reason for row in rows}


def _is_lost(now: datetime, programme: Programme, day: SendingDay, begin: datetime, zones: set[str]) -> bool:
    """Whether the moment of a sending day fell into the pause, and it is too late for its question."""
    closes_at = due.close_moment(programme, day.slot.week)
    moments = {zone: due.person_moment(programme, day.day, programme.rounds.at, zone, closes_at) for zone in zones}
    return begin < max(moments.values()) <= now and opening.is_lost_in_pause(now, programme, moments, closes_at)
