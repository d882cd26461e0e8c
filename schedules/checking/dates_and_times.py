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
from bot.programme import LATEST_DETACHING
from schedules.checking.bounds import LONGEST_PROGRAMME
from schedules.checking.fault_messages import WrongKind
from schedules.checking.file_model import Calendar, Day, Remind, Weekdays, Weekly, parse_part
from schedules.checking.value_parsers import read_time
from schedules.sending_days import sending_days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.errors import Fault
    from schedules.checking.source import SourceFile

DATE: TypeAdapter[date] = TypeAdapter(Day)
WEEKDAY_LIST: TypeAdapter[list[int]] = TypeAdapter(Weekdays)
CALENDAR, REMIND, WEEKLY = TypeAdapter(Calendar), TypeAdapter(Remind), TypeAdapter(Weekly)
MONDAY, UTC = date(2018, 1, 1), ZoneInfo("UTC")  # any Monday will do: the rules about weekdays are the same in every week
CLOSE_PATH, POST_PATH, AT_PATH, REMIND_PATH = ("digest", "close"), ("digest", "post"), ("rounds", "at"), ("rounds", "remind")
START_PATH, END_PATH, AGREED_PATH = ("rounds", "from"), ("rounds", "until"), ("guidelines_agreed", "on")
DETACH_PATH, DELETE_PATH = ("retention", "detach_after_days"), ("retention", "delete_replies_after_days")


def _wrong_days(source: SourceFile) -> Iterator[Fault]:
    """The end must not lie before the start, and the guidelines must be agreed by then."""
    start, until, agreed = (parse_part(DATE, source.get(*path)) for path in (START_PATH, END_PATH, AGREED_PATH))
    if start and until and until < start:
        yield source.fault(source.last_key(START_PATH, END_PATH), WrongKind.END_BEFORE_START, until=until, start=start)
    elif start and until and (until - start).days >= LONGEST_PROGRAMME:
        yield source.fault(source.last_key(START_PATH, END_PATH), WrongKind.LONG_PROGRAMME, start=start, until=until)
    if start and agreed and agreed > start:
        yield source.fault(source.last_key(START_PATH, AGREED_PATH), WrongKind.LATE_GUIDELINES, on=agreed, start=start)


def _entries_and_days(source: SourceFile) -> Iterator[Fault]:
    """There must be as many entries in the order as sending days, if the number of days can be told."""
    rounds, order = source.get("rounds"), source.get("rounds", "order")
    if not isinstance(rounds, dict) or not isinstance(order, list) or not order:
        return
    calendar = parse_part(CALENDAR, {key: value for key, value in rounds.items() if key in {"every", "from", "until", "skip"}})
    if calendar is None or not 0 <= (calendar.until - calendar.from_).days < LONGEST_PROGRAMME:
        return
    days = sum(sending_day.skipped is None for sending_day in sending_days_of(rounds_of(calendar)))
    if len(order) != days:
        keys = [("rounds", key) for key in ("every", "from", "until", "skip", "order") if rounds.get(key) is not None]
        kind = WrongKind.TOO_MANY_ENTRIES if len(order) > days else WrongKind.TOO_FEW_ENTRIES
        yield source.fault(source.last_key(*keys), kind, entries=len(order), slots=days, missing=abs(len(order) - days))


def rounds_of(calendar: Calendar, **more: Any) -> programme.Rounds:
    """Build the programme's `Rounds` from the days of its file. `more` holds the other fields."""
    skip = programme.Skip(holidays=calendar.skip.holidays, weeks=tuple(calendar.skip.weeks), also=tuple(calendar.skip.also))
    fields = {"at": time(12), "remind": None, "order": ()} | more
    return programme.Rounds(every=tuple(sorted(set(calendar.every))), from_=calendar.from_, until=calendar.until, skip=skip, **fields)


def _time_at(source: SourceFile, *path: str) -> time | None:
    try:
        return read_time(source.get(*path))
    except ValueError:
        return None


def weekly_moment(weekly: Weekly) -> programme.WeeklyMoment:
    """Build the programme's `WeeklyMoment` from the one in its file."""
    return programme.WeeklyMoment(weekday=weekly.day, at=weekly.at)


def _moment(weekday: int, at: time) -> datetime:
    """The moment on a weekday in a week without holidays or changes of the clock."""
    return instant(MONDAY + weekday * DAY, at, UTC)


def _early_close(source: SourceFile) -> Iterator[Fault]:
    """The last question of a week must be open for at least a day."""
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
    """The digest must come soon after the close. Four days later or more, it was probably meant to come before."""
    close, post = parse_part(WEEKLY, source.get(*CLOSE_PATH)), parse_part(WEEKLY, source.get(*POST_PATH))
    if close and post:
        close_at = _moment(close.day, close.at)
        wait = first_weekly_moment(weekly_moment(post), UTC, close_at) - close_at
        if wait >= 4 * DAY:
            yield source.fault(source.last_key(CLOSE_PATH, POST_PATH), WrongKind.POST_BEFORE_CLOSE, days=wait.days)


def _late_reminder(source: SourceFile) -> Iterator[Fault]:
    """At least one sending day of an ordinary week must get its reminder before the week closes."""
    every, at = parse_part(WEEKDAY_LIST, source.get("rounds", "every")), _time_at(source, *AT_PATH)
    remind, close = parse_part(REMIND, source.get(*REMIND_PATH)), parse_part(WEEKLY, source.get(*CLOSE_PATH))
    if every and at and remind and close:
        close_at = first_weekly_moment(weekly_moment(close), UTC, _moment(max(every), at))
        earliest = _moment(min(every), at) + DAY
        planned = _moment(min(every), remind.at) + remind.after_days * DAY
        moments = working_moments(planned.date(), remind.at, UTC, DaysOff())
        if planned >= close_at or not any(at < close_at and (at == planned or at >= earliest) for at in moments):
            yield source.fault(source.last_key(REMIND_PATH, CLOSE_PATH), WrongKind.LATE_REMINDER)


def _wrong_retention(source: SourceFile) -> Iterator[Fault]:
    """Replies must be detached while the bot looks after the programme, and deleted only after that."""
    detach_days, delete_days = source.get(*DETACH_PATH), source.get(*DELETE_PATH)
    if isinstance(detach_days, int) and detach_days > LATEST_DETACHING:
        yield source.fault(source.value_at(DETACH_PATH), WrongKind.LATE_DETACHING, days=detach_days, most=LATEST_DETACHING)
    if isinstance(detach_days, int) and isinstance(delete_days, int) and delete_days <= detach_days:
        yield source.fault(source.last_key(DETACH_PATH, DELETE_PATH), WrongKind.EARLY_DELETION)


TIME_RULES = (_wrong_days, _entries_and_days, _early_close, _post_before_close, _late_reminder, _wrong_retention)
