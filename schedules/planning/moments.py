"""The moments of a programme, and how an edit moves them.

A round is known by its entry's key, a reminder by that of its round, a close and a digest by their week. All moments are those of the
programme's own zone: in which zones people live never enters a plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from bot.dialogue.planning.plan import Change, HoldReason, Item, Sign
from bot.local_time import instant
from schedules.due import LOOK_BACK, CloseDue, PostDue, ReminderDue, RoundDue, assignment, due_between, sending_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.programme import Entry, Programme, Slot
    from schedules.due import Due, History

COMING_WEEK: Final = timedelta(days=7)  # what is nearer has been told to somebody
ALWAYS: Final = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
SETTINGS: Final = (  # what moments are worked out from, as the fields of a programme
    ("rounds", "order"),
    ("rounds", "skip", "weeks"),
    ("rounds", "skip", "holidays"),
    ("rounds", "skip", "also"),
    ("rounds", "every"),
    ("rounds", "at"),
    ("rounds", "from_"),
    ("rounds", "until"),
    ("rounds", "remind"),
    ("digest", "close"),
    ("digest", "post"),
    ("timezone",),
)
Thing: TypeAlias = tuple[Item, str]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happens at a moment. `entry`: what a round or a reminder asks whom, if the order still has it.

    Two are the same if they ask the same people the same at the same moment. The theme of a question is told by its own change.
    """

    at: datetime
    entry: Entry | None = field(default=None, compare=False)
    asks: tuple[object, ...] = ()

    @classmethod
    def of(cls, at: datetime, entry: Entry | None) -> Happening:
        """What an entry asks at a moment."""
        return cls(at=at, entry=entry, asks=() if entry is None else (entry.all, entry.by_role))


def moments_of(programme: Programme, history: History) -> dict[Thing, Happening]:
    """All that happens in a programme, also what is past. Rounds that have gone out happen no more."""
    entries = assignment(programme, history)
    keys = {slot: key for key, slot in history.sent.items()} | {slot: entry.key for slot, entry in entries.items()}
    due_items = due_between(programme, history, zones=(), after=ALWAYS[0], until=ALWAYS[1])
    return dict(_happening(due_item, keys, entries) for due_item in due_items)


def _happening(due_item: Due, keys: Mapping[Slot, str], entries: Mapping[Slot, Entry]) -> tuple[Thing, Happening]:
    match due_item:
        case RoundDue(entry=entry):
            return (Item.ROUND, entry.key), Happening.of(due_item.at, entry)
        case ReminderDue(slot=slot):
            return (Item.REMINDER, keys[slot]), Happening.of(due_item.at, entries.get(slot))
        case CloseDue(week=week):
            return (Item.CLOSE, str(week)), Happening(at=due_item.at)
        case PostDue(week=week):
            return (Item.DIGEST, str(week)), Happening(at=due_item.at)
        case _:
            assert_never(due_item)


def moment_changes(
    before: Programme, after: Programme, history: History, now: datetime, count_people: Callable[[Programme, Entry | None], int | None]
) -> list[Change]:
    """How an edit moves what is still to come. `count_people`: how many stand on the lists that an entry reaches in a programme."""
    histories = _history_at(before, after, history, now), _history_at(after, before, history, now)
    old, new = moments_of(before, histories[0]), moments_of(after, histories[1])
    causes = _causes(before, after, histories)
    changes = []
    for thing in dict.fromkeys([*new, *old]):
        was, becomes = old.get(thing), new.get(thing)
        if was != becomes and _is_to_come(thing, was, becomes, history, now):
            why = tuple(
                name for name, (with_it, without_it) in causes.items() if with_it.get(thing) != was or without_it.get(thing) != becomes
            )
            programme, last = (before, was) if becomes is None else (after, becomes)
            people = count_people(programme, last.entry) if last is not None and thing[0] in {Item.ROUND, Item.REMINDER} else None
            changes.append(_change(thing, was, becomes, why=why or tuple(causes), people=people, now=now))
    return changes


def all_new(
    programme: Programme, now: datetime, history: History, count_people: Callable[[Programme, Entry | None], int | None]
) -> list[Change]:
    """All that is still to come in a programme that does not run yet."""
    return [
        Change(
            sign=Sign.NEW,
            item=thing[0],
            name=thing[1],
            after=happening.at,
            people=count_people(programme, happening.entry) if happening.entry is not None else None,
        )
        for thing, happening in moments_of(programme, history).items()
        if happening.at > now
    ]


def _change(  # noqa: PLR0913 - a change has these
    thing: Thing, was: Happening | None, becomes: Happening | None, *, why: tuple[str, ...], people: int | None, now: datetime
) -> Change:
    sign = Sign.NEW if was is None else Sign.GONE if becomes is None else Sign.CHANGED
    moments = [happening.at for happening in (was, becomes) if happening is not None]
    return Change(
        sign=sign,
        item=thing[0],
        name=thing[1],
        before=None if was is None else was.at,
        after=None if becomes is None else becomes.at,
        people=people,
        why=why,
        held=HoldReason.COMING_WEEK if min(moments) <= now + COMING_WEEK else None,
    )


def _is_to_come(thing: Thing, was: Happening | None, becomes: Happening | None, history: History, now: datetime) -> bool:
    """Whether a change still has an effect: what is done is done, and a week that has closed keeps the moment of its digest."""
    if thing[0] is Item.DIGEST and thing[1] in _weeks_closed(history, now):
        return False
    since = now - LOOK_BACK if thing[0] is Item.ROUND else now  # a round that is late by less goes out at once
    if thing[0] is not Item.ROUND and was is not None and was.at <= now:
        return False
    return any(happening is not None and happening.at > since for happening in (was, becomes))


def _weeks_closed(history: History, now: datetime) -> set[str]:
    still_open = {str(slot.week) for slot, closes_at in history.closes.items() if closes_at > now}
    return {str(slot.week) for slot in history.closes} - still_open


def _history_at(programme: Programme, other: Programme, history: History, now: datetime) -> History:
    """The history as it will be: the slots that the edit alone puts into the past are missed."""
    newly_past = _slots_before(programme, now - LOOK_BACK) - _slots_before(other, now - LOOK_BACK) - set(history.sent.values())
    return replace(history, missed=history.missed | newly_past) if newly_past else history


def _slots_before(programme: Programme, moment: datetime) -> set[Slot]:
    at, zone = programme.rounds.at, programme.zone
    return {day.slot for day in sending_days(programme) if day.skipped is None and instant(day.day, at, zone) <= moment}


def _causes(
    before: Programme, after: Programme, histories: tuple[History, History]
) -> dict[str, tuple[dict[Thing, Happening], dict[Thing, Happening]]]:
    """Each setting that moves something: the moments before with it alone, and the moments after without it."""
    return {
        ".".join(part.rstrip("_") for part in path): (
            moments_of(exchange(before, path, after), histories[0]),
            moments_of(exchange(after, path, before), histories[1]),
        )
        for path in SETTINGS
        if _value(before, path) != _value(after, path)
    }


def _value(value: Any, path: Sequence[str]) -> Any:
    for part in path:
        value = getattr(value, part)
    return value


def exchange(value: Any, path: Sequence[str], other: Any) -> Any:
    """A value whose part at this path is the other's."""
    first, *rest = path
    part = getattr(other, first)
    return replace(value, **{first: exchange(getattr(value, first), rest, part) if rest else part})
