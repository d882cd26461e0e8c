"""Loads how far a programme has come, and compares an edit of it with that."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from bot.dialogue.list_sizes import list_sizes_of
from bot.dialogue.rounds import opening
from bot.local_time import instant
from schedules import due
from schedules.due import History, RoundDue
from schedules.planning.plan_of_edit import plan_of_edit

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Plan
    from bot.programme import Programme

FARTHEST_ZONE: Final = timedelta(hours=26)  # the earliest recipient's moment comes at most so long before the programme's


def load_history(session: Session, programme: Programme) -> History:
    """Load the slots that have been sent or missed."""
    sent, missed, closes = opening.slots_sent_and_missed(session, programme.id)
    return History(sent=sent, missed=missed, closes=closes)


def load_zones(session: Session, programme: Programme) -> frozenset[str]:
    """Load the time zones of the people who may be asked."""
    return opening.time_zones(session, programme.id)


def rounds_to_open(session: Session, programme: Programme) -> list[RoundDue]:
    """All rounds that are still to be opened, in order of time."""
    begin, end = instant(programme.rounds.from_, time(), programme.zone) - FARTHEST_ZONE, due.ends_at(programme)
    due_items = due.due_between(programme, load_history(session, programme), zones=load_zones(session, programme), after=begin, until=end)
    return [due_item for due_item in due_items if isinstance(due_item, RoundDue)]


def plan_as_things_are(session: Session, now: datetime, before: Programme, after: Programme) -> Plan:
    """What changes from `before`, which runs, to `after`, with what has gone out and the lists as last accepted."""
    return plan_of_edit(before, after, load_history(session, before), list_sizes_of(session, before.id), now)
