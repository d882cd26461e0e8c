"""Writes days and hours in the reader's language and time zone.

Examples: `fredag den 24. august kl. 10.00`, `Friday 24 August at 10:00`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.programme import Language

if TYPE_CHECKING:
    from datetime import date, datetime, time

LOCALES = {Language.DA: "da_DK", Language.EN: "en_GB"}
MOMENT_PATTERNS = {Language.DA: "EEEE 'den' d. MMMM 'kl.' HH.mm", Language.EN: "EEEE d MMMM 'at' HH:mm"}
CLOCK_PATTERNS = {Language.DA: "'kl.' HH.mm", Language.EN: "HH:mm"}
STAMP_PATTERNS = {Language.DA: "d. MMMM y 'kl.' HH.mm", Language.EN: "d MMMM y 'at' HH:mm"}
SHORT_PATTERNS = {Language.DA: "d. MMMM", Language.EN: "d MMMM"}
DATE_PATTERNS = {Language.DA: "d. MMMM y", Language.EN: "d MMMM y"}
TABLE_PATTERNS = {Language.DA: "EEE d. MMM HH.mm", Language.EN: "EEE d MMM HH:mm"}
DAY_PATTERNS = {Language.DA: "EEEE 'den' d. MMMM", Language.EN: "EEEE d MMMM"}


@lru_cache(maxsize=1024)  # thousands of people read when the same round closes, in a few languages and zones
def moment_in(language: Language | str, moment: datetime, timezone: str) -> str:
    """Write a moment as the reader's calendar and clock show it."""
    in_language = Language(language)
    return format_datetime(moment.astimezone(ZoneInfo(timezone)), MOMENT_PATTERNS[in_language], locale=LOCALES[in_language])


def end_in(language: Language | str, since: datetime, until: datetime, timezone: str) -> str:
    """Write when something ended that began at `since`; only the hour if it was the same day.

    Example: `15:31` in `from Tuesday 9 October at 09:30 to 15:31`.
    """
    in_language, zone = Language(language), ZoneInfo(timezone)
    if since.astimezone(zone).date() != until.astimezone(zone).date():
        return moment_in(language, until, timezone)
    return format_datetime(until.astimezone(zone), CLOCK_PATTERNS[in_language], locale=LOCALES[in_language])


def is_same_hour(since: datetime, until: datetime, timezone: str) -> bool:
    """Whether two moments of different days have the same hour there."""
    begin, end = (moment.astimezone(ZoneInfo(timezone)) for moment in (since, until))
    return begin.date() != end.date() and begin.time() == end.time()


def short_moment_in(language: Language | str, moment: datetime) -> str:
    """Write a moment in its own zone, for a table: `tirs. 21. aug. 09.30`, `Tue 21 Aug 09:30`."""
    in_language = Language(language)
    return format_datetime(moment, TABLE_PATTERNS[in_language], locale=LOCALES[in_language])


def hour_in(language: Language | str, hour: time) -> str:
    """Write a time of day: `12.00`, `12:00`."""
    return f"{hour:%H:%M}" if Language(language) is Language.EN else f"{hour:%H.%M}"


def stamp_in(language: Language | str, moment: datetime, timezone: str) -> str:
    """Write a moment with its year, for texts that are read much later: `24. august 2018 kl. 10.00`."""
    in_language = Language(language)
    return format_datetime(moment.astimezone(ZoneInfo(timezone)), STAMP_PATTERNS[in_language], locale=LOCALES[in_language])


def date_in(language: Language | str, day: date) -> str:
    """Write a day with its year, for texts that are read much later: `24. august 2018`."""
    in_language = Language(language)
    return format_date(day, DATE_PATTERNS[in_language], locale=LOCALES[in_language])


def short_date_in(language: Language | str, day: date, *, year: int) -> str:
    """Write a day, with its year only if that is not `year`: `1. oktober`, `1. februar 2019`."""
    in_language = Language(language)
    pattern = SHORT_PATTERNS if day.year == year else DATE_PATTERNS
    return format_date(day, pattern[in_language], locale=LOCALES[in_language])


@lru_cache(maxsize=1024)
def day_in(language: Language | str, day: date) -> str:
    """Write a day with its weekday."""
    in_language = Language(language)
    return format_date(day, DAY_PATTERNS[in_language], locale=LOCALES[in_language])
