"""Do the days and hours of a programme fit together?

Each rule reads the values it needs by themselves, so that it finds its faults also where other parts are wrong.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bot import programme
from bot.local_time import DAY
from schedules.checking.fault_messages import WrongKind
from schedules.checking.file_model import Calendar, Day, Every, Remind, Weekly, part
from schedules.checking.value_parsers import read_time
from schedules.slots import slots_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.errors import Fault
    from schedules.checking.source import Source, Where

DATE: TypeAdapter[date] = TypeAdapter(Day)
EVERY: TypeAdapter[list[int]] = TypeAdapter(Every)
CALENDAR, REMIND, WEEKLY = TypeAdapter(Calendar), TypeAdapter(Remind), TypeAdapter(Weekly)
MONDAY = date(2018, 1, 1)  # any Monday: rules about weekdays are the same in every week
CLOSE, POST, AT, REMINDER = ("digest", "close"), ("digest", "post"), ("rounds", "at"), ("rounds", "remind")
DETACH: Where = ("retention", "detach_after_days")
LATEST_DETACHING = 28  # as long as a finished programme is looked after


def time_faults(source: Source) -> Iterator[Fault]:
    """Everything wrong between the days and hours of a file."""
    yield from _end_before_start(source)
    yield from _late_guidelines(source)
    yield from _entries_and_days(source)
    yield from _early_close(source)
    yield from _post_before_close(source)
    yield from _late_reminder(source)
    yield from _late_detaching(source)
    yield from _early_deletion(source)


def _day(source: Source, *where: str) -> date | None:
    return part(DATE, source.get(*where))


def _end_before_start(source: Source) -> Iterator[Fault]:
    start, until = _day(source, "rounds", "from"), _day(source, "rounds", "until")
    if start and until and until < start:
        yield source.fault(source.later(("rounds", "from"), ("rounds", "until")), WrongKind.END_BEFORE_START, until=until, start=start)


def _late_guidelines(source: Source) -> Iterator[Fault]:
    start, on = _day(source, "rounds", "from"), _day(source, "guidelines_agreed", "on")
    if start and on and on > start:
        yield source.fault(source.later(("rounds", "from"), ("guidelines_agreed", "on")), WrongKind.LATE_GUIDELINES, on=on, start=start)


def _entries_and_days(source: Source) -> Iterator[Fault]:
    days, order = _sending_days(source), source.get("rounds", "order")
    if days is None or not isinstance(order, list) or not order or len(order) == days:
        return
    keys = [("rounds", key) for key in ("every", "from", "until", "skip", "order") if source.get("rounds", key) is not None]
    kind = WrongKind.TOO_MANY_ENTRIES if len(order) > days else WrongKind.TOO_FEW_ENTRIES
    yield source.fault(source.later(*keys), kind, entries=len(order), slots=days, missing=abs(len(order) - days))


def _sending_days(source: Source) -> int | None:
    """How many days something goes out on; None if that cannot be told, or the end lies before the start."""
    rounds = source.get("rounds")
    if not isinstance(rounds, dict):
        return None
    calendar = part(CALENDAR, {key: value for key, value in rounds.items() if key in {"every", "from", "until", "skip"}})
    if calendar is None or calendar.until < calendar.from_:
        return None
    return sum(planned.skipped is None for planned in slots_of(rounds_of(calendar)))


def rounds_of(calendar: Calendar, **others: Any) -> programme.Rounds:
    """The sending days as the programme's own value; what else it holds is handed in."""
    skip = programme.Skip(holidays=calendar.skip.holidays, weeks=tuple(calendar.skip.weeks))
    known = {"at": time(12), "remind": None, "order": ()} | others
    return programme.Rounds(every=tuple(sorted(set(calendar.every))), from_=calendar.from_, until=calendar.until, skip=skip, **known)


def _time(source: Source, *where: str) -> time | None:
    try:
        return read_time(source.get(*where))
    except ValueError:
        return None


def _moment(weekday: int, at: time) -> datetime:
    """A weekly moment in a week without holidays or daylight saving."""
    return datetime.combine(MONDAY, at) + weekday * DAY


def _next(weekly: Weekly, after: datetime) -> datetime:
    """The first occurrence of a weekly moment at or after another."""
    first = _moment(weekly.day, weekly.at)
    return first if first >= after else first + 7 * DAY


def _early_close(source: Source) -> Iterator[Fault]:
    every, at, close = part(EVERY, source.get("rounds", "every")), _time(source, *AT), part(WEEKLY, source.get(*CLOSE))
    if every and at and close:
        last = _moment(max(every), at)
        left = _next(close, last) - last
        if left < DAY:
            where = source.later(AT, ("rounds", "every"), CLOSE)
            yield source.fault(where, WrongKind.EARLY_CLOSE, hours=round(left.total_seconds() / 3600, 1))


def _post_before_close(source: Source) -> Iterator[Fault]:
    close, post = part(WEEKLY, source.get(*CLOSE)), part(WEEKLY, source.get(*POST))
    if close and post:
        closed = _moment(close.day, close.at)
        wait = _next(post, closed) - closed
        if wait >= 4 * DAY:
            yield source.fault(source.later(CLOSE, POST), WrongKind.POST_BEFORE_CLOSE, days=wait.days)


def _late_reminder(source: Source) -> Iterator[Fault]:
    """A reminder that no sending day of an ordinary week would ever get."""
    every, at = part(EVERY, source.get("rounds", "every")), _time(source, *AT)
    remind, close = part(REMIND, source.get(*REMINDER)), part(WEEKLY, source.get(*CLOSE))
    if every and at and remind and close:
        closed = _next(close, _moment(max(every), at))
        if _working(_moment(min(every), remind.at) + remind.after_days * DAY) >= closed:
            yield source.fault(source.later(REMINDER, CLOSE), WrongKind.LATE_REMINDER)


def _working(moment: datetime) -> datetime:
    """The same hour on the next working day."""
    return moment + DAY * max(0, 7 - moment.weekday()) if moment.weekday() > 4 else moment


def _late_detaching(source: Source) -> Iterator[Fault]:
    days = source.get(*DETACH)
    if isinstance(days, int) and days > LATEST_DETACHING:
        yield source.fault(source.value_at(DETACH), WrongKind.LATE_DETACHING, days=days, most=LATEST_DETACHING)


def _early_deletion(source: Source) -> Iterator[Fault]:
    delete: Where = ("retention", "delete_replies_after_days")
    first, then = source.get(*DETACH), source.get(*delete)
    if isinstance(first, int) and isinstance(then, int) and then <= first:
        yield source.fault(source.later(DETACH, delete), WrongKind.EARLY_DELETION)
