"""Says why nothing went out in a slot whose moment has passed: also by the text that ran then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.planning import pause_for_all, versions
from bot.dialogue.rounds.opening import MissedReason
from bot.errors import ProgrammeFaults
from bot.local_time import WINDOW
from schedules.due import LOOK_BACK
from schedules.programme_file import load_without_lists
from schedules.slots import sending_days

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme, Slot


def why_late(session: Session, programme: Programme, slot: Slot, at: datetime) -> MissedReason:
    """Why nothing went out in a slot whose moment was at `at`, and nothing can any more."""
    if pause_for_all.was_paused_between(session, at, at + WINDOW):
        return MissedReason.PAUSED
    return MissedReason.TOO_LATE if _was_planned(session, programme, slot, at + LOOK_BACK) else MissedReason.UNPLANNED


def _was_planned(session: Session, programme: Programme, slot: Slot, at: datetime) -> bool:
    """Whether something was to go out in a slot, by the text that ran at a moment; yes if nobody knows."""
    version = versions.version_at(session, programme.id, at)
    if version is None or version.content == programme.content:
        return True
    try:
        then = load_without_lists(Path(programme.file).with_name(version.file), version.content)
    except ProgrammeFaults:
        return True
    return any(day.slot == slot and day.skipped is None for day in sending_days(then))
