"""Tells organisers what comes next in a programme, and which weeks are still to come.

It uses the same arithmetic as the beat: what has gone out counts, and so do the time zones of the people.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.dialogue.planning.plan import Coming, Item
from bot.programme import PARTICIPANTS, Week
from schedules.due import CloseDue, PostDue, ReminderDue, RoundDue, assignment, due_between, end_of_season, sending_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from bot.programme import Entry, Programme, Role, Slot
    from schedules.due import Due, History

END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)
ITEMS: Final = {RoundDue: Item.ROUND, ReminderDue: Item.REMINDER, CloseDue: Item.CLOSE, PostDue: Item.DIGEST}


def coming_items(
    programme: Programme, history: History, *, zones: Collection[str], sizes: Mapping[Role, int], now: datetime
) -> tuple[Coming, ...]:
    """All that happens after `now`, in order. `sizes`: of the lists as last accepted; empty if unknown."""
    entry_by_slot = assignment(programme, history)
    due_items = due_between(programme, history, zones=zones, after=now, until=END_OF_TIME)
    return (*(_coming(due_item, entry_by_slot, sizes) for due_item in due_items), *_end_of_season(programme, history, now))


def _end_of_season(programme: Programme, history: History, now: datetime) -> Iterator[Coming]:
    """The thanks and the report."""
    end = end_of_season(programme, history)
    for item, at in [] if end is None else [(Item.THANKS, end.thanks), (Item.REPORT, end.post)]:
        if at > now:
            yield Coming(item=item, at=at, week=str(Week.of(at.astimezone(programme.zone).date())))


def leave_out_unsent(items: Iterable[Coming], history: History) -> tuple[Coming, ...]:
    """Without the reminders of questions that have not gone out, and without the closes and digests of their weeks."""
    sent, weeks = set(history.sent), {str(slot.week) for slot in history.sent.values()}
    return tuple(
        item
        for item in items
        if item.item is Item.ROUND or ("+".join(item.questions) in sent if item.item is Item.REMINDER else item.week in weeks)
    )


def weeks_ahead(
    programme: Programme, history: History, *, zones: Collection[str], now: datetime
) -> tuple[tuple[Week, tuple[str, ...]], ...]:
    """The weeks with a sending day to come, and the ids of the questions that go out then. Skipped weeks have none."""
    weeks: dict[Week, tuple[str, ...]] = {}
    day = now.astimezone(programme.zone).date()
    rounds = due_between(programme, history, zones=zones, after=now, until=END_OF_TIME)
    questions = {due_item.slot: due_item.entry.question_ids for due_item in rounds if isinstance(due_item, RoundDue)}
    for sending_day in sending_days(programme):
        if sending_day.slot in questions or (sending_day.skipped is not None and sending_day.day >= day):
            weeks[sending_day.slot.week] = (*weeks.get(sending_day.slot.week, ()), *questions.get(sending_day.slot, ()))
    return tuple(sorted(weeks.items()))


def _coming(due_item: Due, entry_by_slot: Mapping[Slot, Entry], sizes: Mapping[Role, int]) -> Coming:
    week = due_item.slot.week if isinstance(due_item, RoundDue | ReminderDue) else due_item.week
    entries = _entries(due_item, entry_by_slot)
    return Coming(
        item=ITEMS[type(due_item)],
        at=due_item.at,
        week=str(week),
        theme=entries[0].theme if entries else None,
        questions=tuple(question for entry in entries for question in entry.question_ids),
        people=_people(due_item.entry, sizes) if isinstance(due_item, RoundDue) else None,
    )


def _entries(due_item: Due, entry_by_slot: Mapping[Slot, Entry]) -> list[Entry]:
    """The entries that something is about. One that was sent and has left the order since is not known any more."""
    if isinstance(due_item, RoundDue):
        return [due_item.entry]
    if isinstance(due_item, ReminderDue):
        return [entry for slot, entry in entry_by_slot.items() if slot == due_item.slot]
    return [entry for slot, entry in entry_by_slot.items() if slot.week == due_item.week]


def _people(entry: Entry, sizes: Mapping[Role, int]) -> int | None:
    """How many stand on the lists of those whom an entry asks; None if that is unknown."""
    return sum(sizes[role] for role in PARTICIPANTS if entry.question_for(role) is not None) if sizes else None
