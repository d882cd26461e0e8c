"""Works out what moves when a pause for all ends, compared with what was planned when it began."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.dialogue.planning.plan import AfterPause, Change, Item, Sign
from schedules.due import LOOK_BACK
from schedules.planning.moments import moments_of

if TYPE_CHECKING:
    from bot.dialogue.planning.plan import LostInPause
    from bot.programme import Programme
    from schedules.planning.moments import Happening, Thing
    from schedules.slots import History


def after_pause(before: Programme, after: Programme, history: History, lost: LostInPause, now: datetime) -> AfterPause:
    """What moves from `before`, as if nothing had been lost, to `after`, in which the lost slots are past."""
    planned = moments_of(before, replace(history, missed=history.missed - lost.slots))
    becomes = moments_of(after, replace(history, missed=history.missed | lost.slots))
    changes = [_change(thing, planned.get(thing), becomes.get(thing)) for thing in {**planned, **becomes}]
    at_once = sorted((happening.at, name) for (item, name), happening in becomes.items() if item is Item.ROUND and happening.at <= now)
    return AfterPause(
        changes=tuple(sorted((change for change in changes if _is_to_come(change, now)), key=_place)),
        at_once=tuple(name for at, name in at_once if at > now - LOOK_BACK),
    )


def _change(thing: Thing, was: Happening | None, becomes: Happening | None) -> Change:
    return Change(
        sign=Sign.NEW if was is None else Sign.GONE if becomes is None else Sign.CHANGED,
        item=thing[0],
        name=thing[1],
        before=None if was is None else was.at,
        after=None if becomes is None else becomes.at,
    )


def _is_to_come(change: Change, now: datetime) -> bool:
    """Whether something moves to a moment that is to come, or a round does not go out at all any more."""
    if change.before == change.after:
        return False
    return change.after > now if isinstance(change.after, datetime) else change.item is Item.ROUND


def _place(change: Change) -> tuple[bool, str]:
    """The place of a change: rounds first, each in the order in which it was planned."""
    moment = change.before or change.after
    return change.item is not Item.ROUND, moment.isoformat() if isinstance(moment, datetime) else ""
