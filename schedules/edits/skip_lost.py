"""Skips the weeks that a pause for all has cost, so that each question that waits finds a day ahead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import EditReason, EditRefused
from schedules.edits.replacements import replace_parts
from schedules.edits.skip import skip_week
from schedules.planning.lost_in_pause import find_lost
from schedules.programme_file import load_content, source_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme


def skip_lost(session: Session, now: datetime, programme: Programme, since: datetime) -> bytes:
    """The programme's file without the whole weeks that a pause since `since` has cost.

    Each makes the programme a week longer. A week that it gains and that is over too is skipped in its turn. EditRefused and
    ProgrammeFaults as for any edit.
    """
    path, after = Path(programme.file), programme
    source = source_of(path, programme.content)
    while weeks := find_lost(session, now, after, since).whole:
        for week in weeks:
            made = skip_week(source, after, week)
            source, after = replace_parts(source, made.parts), made.programme
    if load_content(path, source.content) != after:
        raise EditRefused(EditReason.UNUSUAL_FILE)
    return source.content
