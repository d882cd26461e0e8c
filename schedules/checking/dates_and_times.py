"""The rules that check whether the days and hours of a programme fit together.

Each rule reads only the values that it needs, so that it finds its faults even if other parts are wrong.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot import programme
from bot.days_off import DaysOff
from bot.local_time import DAY, first_weekly_moment, instant
from bot.posting_moment import working_moments
from schedules.checking.fault_messages import WrongKind
from schedules.checking.file_model import Calendar, Day, Remind, Weekdays, Weekly, parse_part
from schedules.checking.value_parsers import read_time
from schedules.sending_days import sending_days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.errors import Fault
    from schedules.checking.source import KeyPath, SourceFile

DATE: TypeAdapter[date] = TypeAdapter(Day)
WEEKDAY_LIST: TypeAdapter[list[int]] = TypeAdapter(Weekdays)
CALENDAR, REMIND, WEEKLY = TypeAdapter(Calendar), TypeAdapter(Remind), TypeAdapter(Weekly)
MONDAY, UTC = date(2018, 1, 1), ZoneInfo("UTC")  # any Monday: rules about weekdays are the same in every week
CLOSE_PATH, POST_PATH, AT_PATH, REMIND_PATH = ("digest", "close"), ("digest", "post"), ("rounds", "at"), ("rounds", "remind")
DETACH_PATH: KeyPath = ("retention", "detach_after_days")
LATEST_DETACHING = 28  # as long as a finished programme is looked after


def time_faults(source: SourceFile) -> Iterator[Fault]:
    """Everything wrong between the days and hours of a file."""
    yield from _end_before_start(source)
    yield from _late_guidelines(source)
    yield from _entries_and_days(source)
    yield from _early_close(source)
    yield from _post_before_close(source)
    yield from _late_reminder(source)
    yield from _late_detaching(source)
    yield from _early_deletion(source)


def _day_at(source: SourceFile, *path: str) -> date | None:
    return parse_part(DATE, source.get(*path))


def _end_before_start(source: SourceFile) -> Iterator[Fault]:
    start, until = _day_at(source, "rounds", "from"), _day_at(source, "rounds", "until")
    if start and until and until < start:
        yield source.fault(source.last_key(("rounds", "from"), ("rounds", "until")), WrongKind.END_BEFORE_START, until=until, start=start)


def _late_guidelines(source: SourceFile) -> Iterator[Fault]:
    start, day = _day_at(source, "rounds", "from"), _day_at(source, "guidelines_agreed", "on")
    if start and day and day > start:
        yield source.fault(source.last_key(("rounds", "from"), ("guidelines_agreed", "on")), WrongKind.LATE_GUIDELINES, on=day, start=start)


def _entries_and_days(source: SourceFile) -> Iterator[Fault]:
    days, order = _number_of_sending_days(source), source.get("rounds", "order")
    if days is None or not isinstance(order, list) or not order or len(order) == days:
        return
    keys = [("rounds", key) for key in ("every", "from", "until", "skip", "order") if source.get("rounds", key) is not None]
    kind = WrongKind.TOO_MANY_ENTRIES if len(order) > days else WrongKind.TOO_FEW_ENTRIES
    yield source.fault(source.last_key(*keys), kind, entries=len(order), slots=days, missing=abs(len(order) - days))


def _number_of_sending_days(source: SourceFile) -> int | None:
    """How many days something goes out on; None if that cannot be told, or the end lies before the start."""
    rounds = source.get("rounds")
    if not isinstance(rounds, dict):
        return None
    calendar = parse_part(CALENDAR, {key: value for key, value in rounds.items() if key in {"every", "from", "until", "skip"}})
    if calendar is None or calendar.until < calendar.from_:
        return None
    return sum(sending_day.skipped is None for sending_day in sending_days_of(rounds_of(calendar)))


def rounds_of(calendar: Calendar, **more: Any) -> programme.Rounds:
    """The sending days as the programme's own value; what else it holds is handed in."""
    skip = programme.Skip(holidays=calendar.skip.holidays, weeks=tuple(calendar.skip.weeks), also=tuple(calendar.skip.also))
    fields = {"at": time(12), "remind": None, "order": ()} | more
    return programme.Rounds(every=tuple(sorted(set(calendar.every))), from_=calendar.from_, until=calendar.until, skip=skip, **fields)


def _time_at(source: SourceFile, *path: str) -> time | None:
    try:
        return read_time(source.get(*path))
    except ValueError:
        return None


def weekly_moment(weekly: Weekly) -> programme.WeeklyMoment:
    """A weekly moment as the programme's own value."""
    return programme.WeeklyMoment(weekday=weekly.day, at=weekly.at)


def _moment(weekday: int, at: time) -> datetime:
    """The moment of a weekday in a week without holidays or daylight saving."""
    return instant(MONDAY + weekday * DAY, at, UTC)


def _early_close(source: SourceFile) -> Iterator[Fault]:
    every, at, close = (
        parse_part(WEEKDAY_LIST, source.get("rounds", "every")),
        _time_at(source, *AT_PATH),
        parse_part(WEEKLY, source.get(*CLOSE_PATH)),
    )
    if every and at and close:
        last = _moment(max(every), at)
        time_left = first_weekly_moment(weekly_moment(close), UTC, last) - last
        if time_left < DAY:
            span = source.last_key(AT_PATH, ("rounds", "every"), CLOSE_PATH)
            yield source.fault(span, WrongKind.EARLY_CLOSE, hours=round(time_left.total_seconds() / 3600, 1))


def _post_before_close(source: SourceFile) -> Iterator[Fault]:
    close, post = parse_part(WEEKLY, source.get(*CLOSE_PATH)), parse_part(WEEKLY, source.get(*POST_PATH))
    if close and post:
        close_at = _moment(close.day, close.at)
        wait = first_weekly_moment(weekly_moment(post), UTC, close_at) - close_at
        if wait >= 4 * DAY:
            yield source.fault(source.last_key(CLOSE_PATH, POST_PATH), WrongKind.POST_BEFORE_CLOSE, days=wait.days)


def _late_reminder(source: SourceFile) -> Iterator[Fault]:
    """The fault of a reminder that no sending day of an ordinary week would get."""
    every, at = parse_part(WEEKDAY_LIST, source.get("rounds", "every")), _time_at(source, *AT_PATH)
    remind, close = parse_part(REMIND, source.get(*REMIND_PATH)), parse_part(WEEKLY, source.get(*CLOSE_PATH))
    if every and at and remind and close:
        close_at = first_weekly_moment(weekly_moment(close), UTC, _moment(max(every), at))
        earliest = _moment(min(every), at) + DAY
        planned = _moment(min(every), remind.at) + remind.after_days * DAY
        moments = working_moments(planned.date(), remind.at, UTC, DaysOff())
        if planned >= close_at or not any(at < close_at and (at == planned or at >= earliest) for at in moments):
            yield source.fault(source.last_key(REMIND_PATH, CLOSE_PATH), WrongKind.LATE_REMINDER)


def _late_detaching(source: SourceFile) -> Iterator[Fault]:
    days = source.get(*DETACH_PATH)
    if isinstance(days, int) and days > LATEST_DETACHING:
        yield source.fault(source.value_at(DETACH_PATH), WrongKind.LATE_DETACHING, days=days, most=LATEST_DETACHING)


def _early_deletion(source: SourceFile) -> Iterator[Fault]:
    delete_path: KeyPath = ("retention", "delete_replies_after_days")
    detach_days, delete_days = source.get(*DETACH_PATH), source.get(*delete_path)
    if isinstance(detach_days, int) and isinstance(delete_days, int) and delete_days <= detach_days:
        yield source.fault(source.last_key(DETACH_PATH, delete_path), WrongKind.EARLY_DELETION)
