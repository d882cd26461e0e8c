"""The agenda that organisers see beforehand: what goes out when.

It has one line for each welcome, question, reminder, close and digest of a programme, for the report and the thanks at its end, and for
each skipped sending day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.local_time import instant
from bot.programme import PARTICIPANTS
from bot.sentence import sentence
from schedules.checking.people.people_files import by_precedence, read_emails
from schedules.checking.question_order import LIST_NAMES
from schedules.due import CloseDue, PostDue, ReminderDue, RoundDue, due_between, end_of_season, ends_at, welcome_moment
from schedules.sending_days import day_of
from schedules.slots import History, assignment, sending_days
from schedules.week_plan import reminder_as_written, reminder_day, week_plan, why_moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from bot.programme import Entry, Programme, Role, Slot, Week
    from bot.sentence import Sentence
    from schedules.due import Due

LINE_KINDS = ("welcome", "round", "reminder", "close", "digest", "report", "thanks")


@dataclass(frozen=True, kw_only=True)
class Move:
    """From when something was moved, and by which day off."""

    planned: datetime
    day_off: Sentence


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One line of the agenda; `at` is in the programme's zone.

    `recipients` is None if only the chat knows how many. `skipped` is the reason why it is left out.
    """

    kind: str
    at: datetime
    question: str | None = None
    theme: str | None = None
    audience: str | None = None
    recipients: int | None = None
    skipped: Sentence | None = None
    moved: Move | None = None
    week: str | None = None  # of a close or a digest, such as `2018-W34`


def agenda(programme: Programme, sizes: Mapping[Role, int | None] | None = None) -> tuple[AgendaLine, ...]:
    """All lines of a programme, in order, as if nothing had gone out yet. `sizes`: of its lists, if more is known than its files tell."""
    lines = [*_lines_to_come(programme, sizes or sizes_of_files(programme)), *_lines_left_out(programme)]
    return tuple(sorted(lines, key=lambda line: (line.at, LINE_KINDS.index(line.kind))))


def first_day(programme: Programme, now: datetime) -> date | None:
    """The first day that is shown: today. None for a finished programme, which is shown from its first line."""
    return None if ends_at(programme) < now else now.astimezone(programme.zone).date()


def _lines_to_come(programme: Programme, sizes: Mapping[Role, int | None]) -> Iterator[AgendaLine]:
    entry_by_slot = assignment(programme, History())
    start = instant(programme.rounds.from_, programme.rounds.at.min, programme.zone)
    due_items = due_between(programme, History(), zones=(), after=start, until=ends_at(programme))
    first = next((due_item for due_item in due_items if isinstance(due_item, RoundDue)), None)
    if first is not None:
        at = welcome_moment(programme, first.at, programme.timezone).astimezone(programme.zone)
        yield AgendaLine(kind="welcome", at=at, audience="all", recipients=_number_of_people(sizes, sizes))
    for due_item in due_items:
        yield _line(programme, due_item, entry_by_slot, sizes)
    end = end_of_season(programme, History())
    if end is not None:
        yield AgendaLine(
            kind="thanks", at=end.thanks.astimezone(programme.zone), audience="all", recipients=_number_of_people(sizes, sizes)
        )
        yield AgendaLine(kind="report", at=end.post.astimezone(programme.zone), audience="politicians")


def _line(programme: Programme, due_item: Due, entry_by_slot: dict[Slot, Entry], sizes: Mapping[Role, int | None]) -> AgendaLine:
    """The line of one due item. If it is not due when the programme's file plans it, a day off has moved it."""
    at = due_item.at.astimezone(programme.zone)
    match due_item:
        case RoundDue(entry=entry):
            recipients = _number_of_people(sizes, [role for role in sizes if entry.question_for(role) is not None])
            return AgendaLine(kind="round", at=at, question=entry.key, theme=entry.theme, audience=_audience(entry), recipients=recipients)
        case ReminderDue(slot=slot):
            entry, week = entry_by_slot[slot], slot.week
            planned = reminder_as_written(programme, day_of(programme.rounds, slot)) or due_item.at
            line = AgendaLine(kind="reminder", at=at, question=entry.key, theme=entry.theme, audience=_audience(entry))
        case CloseDue(week=week):
            planned = week_plan(programme, week).planned_close
            line = AgendaLine(kind="close", at=at, theme=_themes(entry_by_slot, week), week=str(week))
        case PostDue(week=week):
            planned = week_plan(programme, week).planned_post
            line = AgendaLine(kind="digest", at=at, theme=_themes(entry_by_slot, week), audience="politicians", week=str(week))
    if planned == due_item.at:
        return line
    return replace(line, moved=Move(planned=planned.astimezone(programme.zone), day_off=why_moved(programme, week, planned)))


def _lines_left_out(programme: Programme) -> Iterator[AgendaLine]:
    """The lines of skipped sending days, and of reminders that a day off leaves no room for."""
    for sending_day in sending_days(programme):
        if sending_day.skipped is not None:
            at = instant(sending_day.day, programme.rounds.at, programme.zone).astimezone(programme.zone)
            yield AgendaLine(kind="round", at=at, skipped=sending_day.skipped)
    for slot, entry in assignment(programme, History()).items():
        day = day_of(programme.rounds, slot)
        planned = reminder_as_written(programme, day)
        if planned is not None and reminder_day(programme, day) is None:
            at = planned.astimezone(programme.zone)
            why = sentence("days_off.no_room", name=why_moved(programme, slot.week, planned))
            yield AgendaLine(kind="reminder", at=at, question=entry.key, theme=entry.theme, audience=_audience(entry), skipped=why)


def _audience(entry: Entry) -> str:
    return "+".join([*(role.value for role, _ in entry.by_role), *(["all"] if entry.all is not None else [])])


def _themes(entry_by_slot: dict[Slot, Entry], week: Week) -> str:
    return "+".join(dict.fromkeys(entry.theme for slot, entry in entry_by_slot.items() if slot.week == week))


def sizes_of_files(programme: Programme) -> dict[Role, int | None]:
    """The number of participants in each role that has a list; None if the list is not a file."""
    sources = programme.people.sources()
    files = {LIST_NAMES[role]: read_emails(Path(programme.file).parent / source.file) for role, source in sources.items() if source.file}
    people = by_precedence(files)
    return {role: len(people[LIST_NAMES[role]]) if LIST_NAMES[role] in people else None for role in PARTICIPANTS if role in sources}


def _number_of_people(sizes: Mapping[Role, int | None], roles: Iterable[Role]) -> int | None:
    numbers = [sizes[role] for role in roles]
    return None if None in numbers else sum(size or 0 for size in numbers)
