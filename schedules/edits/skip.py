"""Lets nothing go out in a week.

Its number is added to the weeks to skip, and the programme ends later.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.errors import EditReason, EditRefused
from bot.programme import Week
from schedules.edits.lists import insert_after, insert_before
from schedules.edits.made_edit import MadeEdit, until_all_are_out
from schedules.edits.open_weeks import open_slots, refuse_week
from schedules.edits.replacements import Replacement, content_end, has_brackets, line_break, line_end, line_start, replace_parts

if TYPE_CHECKING:
    from bot.programme import Programme, Rounds
    from bot.seam.edits import SkipWeeks
    from schedules.checking.source import KeyPath, SourceFile
    from schedules.edits.open_weeks import Progress

SKIP_PATH: Final = ("rounds", "skip")
WEEKS_PATH: Final = (*SKIP_PATH, "weeks")


def require_open_weeks(programme: Programme, edit: SkipWeeks, progress: Progress) -> None:
    """EditRefused if a week is over, is skipped already, or nothing goes out in it."""
    open_weeks = {slot.week for slot in open_slots(programme, progress)}
    begun = {slot.week for slot in progress.history.sent.values()}
    for week in edit.weeks:
        if week not in open_weeks or week in begun:
            refuse_week(programme, progress, week)


def skip_week(source: SourceFile, programme: Programme, week: Week) -> MadeEdit:
    """Skip one week more."""
    rounds = programme.rounds
    if week.number in rounds.skip.weeks:  # named twice
        raise EditRefused(EditReason.SKIPPED, week=week.number)
    place = _place(rounds, week)
    weeks = (*rounds.skip.weeks[:place], week.number, *rounds.skip.weeks[place:])
    longer, end_parts = until_all_are_out(source, replace(rounds, skip=replace(rounds.skip, weeks=weeks)))
    return MadeEdit(parts=(_put_number(source, place, str(week.number)), *end_parts), programme=replace(programme, rounds=longer))


def _place(rounds: Rounds, week: Week) -> int:
    """The place of a week in the list: before the first that comes later in the programme."""
    first = Week.of(rounds.from_).number

    def distance(number: int) -> int:
        return (number - first) % 53

    later = (place for place, number in enumerate(rounds.skip.weeks) if distance(number) > distance(week.number))
    return next(later, len(rounds.skip.weeks))


def _put_number(source: SourceFile, place: int, number: str) -> Replacement:
    """How the file says it, in the shape that its block of days to skip has."""
    if source.items(*WEEKS_PATH):
        return insert_after(source, WEEKS_PATH, place - 1, number) if place else insert_before(source, WEEKS_PATH, 0, number)
    if WEEKS_PATH in source.values:  # an empty list
        start = source.values[WEEKS_PATH].start + 1
        return Replacement(start=start, end=start, text=number)
    if SKIP_PATH in source.values:
        return _new_key(source, SKIP_PATH, f"weeks: [{number}]", after=None)
    return _new_key(source, ("rounds",), f"skip: {{weeks: [{number}]}}", after="until")


def _new_key(source: SourceFile, block: KeyPath, text: str, after: str | None) -> Replacement:
    """Put a new key into a block, after one of its keys or after the last."""
    keys = list(source.get(*block))
    if not keys:
        start = source.values[block].start + 1
        return Replacement(start=start, end=start, text=text)
    path = (*block, after or keys[-1])
    end = content_end(source, path)
    if has_brackets(source, block):
        return Replacement(start=end, end=end, text=f", {text}")
    end, key = line_end(source, end), source.keys[path].start
    return Replacement(start=end, end=end, text=f"{line_break(source, end)}{' ' * (key - line_start(source, key))}{text}")


def skip(source: SourceFile, programme: Programme, edit: SkipWeeks, progress: Progress) -> tuple[SourceFile, Programme]:
    """Skip weeks, one after the other."""
    require_open_weeks(programme, edit, progress)
    for week in edit.weeks:
        made = skip_week(source, programme, week)
        source, programme = replace_parts(source, made.parts), made.programme
    return source, programme
