"""Which days are holidays, and when is a local time of day?

Pure arithmetic on dates, holidays and time zones. It knows nothing of programmes.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


@lru_cache(maxsize=4096)
def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) of a local time: in an overlap the first occurrence, in a gap the first moment after it."""
    early, late = (datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return early if early <= late else _end_of_gap(late, early, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second between two moments at which the clocks have been moved."""
    moved = after.astimezone(zone).utcoffset()
    seconds = [before + timedelta(seconds=second) for second in range(int((after - before).total_seconds()) + 1)]
    return seconds[bisect_left(seconds, 1, key=lambda moment: int(moment.astimezone(zone).utcoffset() == moved))]


@cache
def holidays(country: str, year: int) -> Mapping[date, str]:
    """A country's public holidays in a year, with their English names. KeyError for a country nobody knows."""
    from holidays import country_holidays  # noqa: PLC0415 - takes longer to load than everything else together

    return dict(country_holidays(country, years=year, language="en_US").items())


def holiday(country: str | None, day: date) -> str | None:
    """The name of the public holiday that `day` is, if it is one."""
    return None if country is None else holidays(country, day.year).get(day)
