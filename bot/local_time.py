"""Local hours, days and weeks, and when a person may be written to.

Pure arithmetic. When questions, closings and digests fall due is the organisers' plan and is worked out in `schedules`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.days_off import DaysOff

if TYPE_CHECKING:
    from bot.programme import WeeklyMoment

DAY = timedelta(days=1)
WEEK = 7 * DAY
EARLIEST, LATEST = time(7), time(19)  # nobody is written to outside these hours, or on a day off
WINDOW = timedelta(hours=24)  # how late a message may be, and the least a late participant has between two moments


def zone_or_fallback(name: str | None, fallback: str) -> str:
    """`name` if it is a time zone, else `fallback`."""
    try:
        return ZoneInfo(name).key if name else fallback
    except (KeyError, ValueError, OSError):
        return fallback


def in_sending_hours(moment: datetime, zone: str, days_off: DaysOff | None = None) -> datetime:
    """The first moment, from `moment` on, at which a person in `zone` may be written to. `days_off` None: those of the zone."""
    days_off = days_off or DaysOff.in_zone(zone)
    local = moment.astimezone(ZoneInfo(zone))
    if days_off.name(local.date()) is not None or local.time() >= LATEST:
        return in_sending_hours(start_of_day(local.date() + DAY, zone), zone, days_off)
    if local.time() < EARLIEST:
        return datetime.combine(local.date(), EARLIEST, local.tzinfo).astimezone(UTC)
    return moment


def first_chance(now: datetime, due_at: datetime, zone: str, days_off: DaysOff, *, keeps_day: bool = True) -> datetime:
    """When a message that was due at `due_at` may be sent, from `now` on.

    What was planned outside sending hours may be sent at once. A planned day counts as a working day, unless `keeps_day` is False: then the
    message waits if its day has become a day off.
    """
    with_own_day = replace(days_off, worked=today(due_at, zone))
    is_civil = in_sending_hours(due_at, zone, with_own_day) == due_at
    return in_sending_hours(now, zone, with_own_day if keeps_day else days_off) if is_civil else now


def iso_time(at: datetime | None) -> str | None:
    """A moment as it is exported, if there is one."""
    return None if at is None else at.isoformat()


def today(moment: datetime, zone: str) -> date:
    """The day it is in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_only(moment: datetime) -> datetime:
    """Midnight (UTC) of the day of a moment: for records that must not tell at which hour somebody did something."""
    return datetime.combine(moment, time(), UTC)


def start_of_day(day: date, zone: str) -> datetime:
    """The moment (UTC) at which a day begins in `zone`."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """The moment (UTC) at which a day is over in `zone`."""
    return start_of_day(day + DAY, zone)


def next_monday(moment: datetime, zone: str) -> datetime:
    """The beginning of the next ISO week in `zone`."""
    day = today(moment, zone)
    return start_of_day(day + DAY * (7 - day.weekday()), zone)


@lru_cache(maxsize=4096)
def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a local time. In an overlap: its first occurrence; in a gap: the first moment after it."""
    early, late = (datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return early if early <= late else _end_of_gap(late, early, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second between two moments at which the clocks have been moved."""
    new_offset = after.astimezone(zone).utcoffset()
    seconds = [before + timedelta(seconds=second) for second in range(int((after - before).total_seconds()) + 1)]
    return seconds[bisect_left(seconds, 1, key=lambda moment: int(moment.astimezone(zone).utcoffset() == new_offset))]


def first_weekly_moment(weekly: WeeklyMoment, zone: ZoneInfo, not_before: datetime) -> datetime:
    """The first occurrence of a weekly moment at or after `not_before`."""
    day = not_before.astimezone(zone).date()
    day += DAY * ((weekly.weekday - day.weekday()) % 7)
    at = instant(day, weekly.at, zone)
    return at if at >= not_before else instant(day + WEEK, weekly.at, zone)
