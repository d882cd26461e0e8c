"""Parsers of the single values in a programme file.

There is a function for each kind of value: it takes what the file has and returns what it means, or raises `WrongValue` in plain words.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from bot.local_time import EARLIEST, LATEST
from bot.sentence import sentence
from schedules.checking.bounds import LONGEST_CASE
from schedules.checking.fault_messages import WrongKind, WrongValue, did_you_mean, guess_of, write
from schedules.checking.slips.habits import (
    COUNTRIES,
    WEEKDAYS,
    ZONES,
    address_meant,
    date_meant,
    id_meant,
    kle_meant,
    time_meant,
    weekdays_meant,
)
from schedules.checking.source import TextWithoutQuotes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.seam.addresses import AddressShape


KLE: Final = "[0-9]{2}[.][0-9]{2}[.][0-9]{2}( ?[-+/]? ?[A-ZÆØÅ][0-9]{2})?"  # main group, group, subject; facet
DEEPEST_ZONE: Final = 4  # slashes; zones have three at most, and each is a folder that is looked into


def read_identifier(value: str) -> str:
    """The same id, if it has only small letters, digits and hyphens."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 60:
        raise WrongValue(WrongKind.NOT_AN_ID, value=value, guess=write(id_meant(value)))
    return value


def text_check(most: int) -> Callable[[str], str]:
    """A check that a text is not empty and has at most `most` characters."""

    def check(value: str) -> str:
        if not value.strip():
            raise WrongValue(WrongKind.EMPTY_TEXT)
        if len(value) > most:
            raise WrongValue(WrongKind.LONG_TEXT, length=len(value), most=most)
        return value

    return check


def line_check(most: int) -> Callable[[str], str]:
    """A check of a text that stands in one line, such as a heading."""
    check_text = text_check(most)

    def check(value: str) -> str:
        if "\n" in value.strip():
            raise WrongValue(WrongKind.NOT_ONE_LINE)
        return check_text(value)

    return check


def item_check(most: int) -> Callable[[str], str]:
    """A check of one text of the information duty: an empty text is reported as missing."""
    check_text = text_check(most)

    def check(value: str) -> str:
        if not value.strip():
            raise WrongValue(WrongKind.EMPTY_ITEM)
        return check_text(value)

    return check


def choice_check(*choices: str, habits: Mapping[str, str]) -> Callable[[Any], Any]:
    """A check that a value is one of these words; `habits` says which was meant by others."""

    def check(value: Any) -> Any:
        if value not in choices:
            words = sentence("fault.choice", first=choices[0], last=choices[1])
            guess = guess_of(habits.get(str(value).lower())) or did_you_mean(str(value), choices)
            raise WrongValue(WrongKind.NOT_A_CHOICE, value=value, choices=words, guess=guess)
        return value

    return check


def read_weekday(value: Any) -> int:
    """The number of a working day by its English name; Monday is 0."""
    meant = weekdays_meant(value)[:1]
    if value not in WEEKDAYS and meant not in ([day] for day in WEEKDAYS[5:]):
        raise WrongValue(WrongKind.NOT_A_WEEKDAY, value=value, guess=guess_of(*meant) or did_you_mean(str(value), WEEKDAYS))
    if value not in WEEKDAYS[:5]:
        raise WrongValue(WrongKind.WEEKEND, value=value)
    return WEEKDAYS.index(value)


def read_weekdays(value: Any) -> Any:
    """A list of weekdays; one alone is a list, too."""
    if isinstance(value, str) and len(days := weekdays_meant(value)) > 1:
        raise WrongValue(WrongKind.NOT_A_WEEKDAY, value=value, guess=guess_of(f"[{', '.join(days)}]"))
    return [value] if isinstance(value, str) else value


def read_day(value: Any) -> date:
    """The date in a text. The YAML reader leaves dates as text: it would report an impossible date without its place."""
    if not isinstance(value, str) or not re.fullmatch(r"20\d\d-\d\d-\d\d", value):
        meant = date_meant(value)
        is_near = meant is not None and meant.startswith("20") and meant != value
        raise WrongValue(WrongKind.NOT_A_DATE, value=value, cure=write(meant if is_near else None) or sentence("fault.how.date"))
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise WrongValue(WrongKind.IMPOSSIBLE_DATE, value=value) from None


def read_time(value: Any) -> time:
    """The time of day in a text; it must be in quotes and within the sending hours."""
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        meant = time_meant(value)
        if meant and not EARLIEST <= time.fromisoformat(meant.strip('"')) <= LATEST:
            raise WrongValue(WrongKind.NIGHT, value=meant.strip('"'))
        raise WrongValue(WrongKind.NOT_A_TIME, value=value, cure=write(meant) or sentence("fault.how.time"))
    if isinstance(value, TextWithoutQuotes):
        raise WrongValue(WrongKind.UNQUOTED_TIME, value=value)
    at = time.fromisoformat(value)
    if not EARLIEST <= at <= LATEST:
        raise WrongValue(WrongKind.NIGHT, value=value)
    return at


def read_zone(value: str) -> str:
    """The same name, if it is the name of a time zone."""
    if not _is_zone(value):
        guess = guess_of(ZONES.get(value.lower())) or did_you_mean(value, available_timezones())
        raise WrongValue(WrongKind.UNKNOWN_ZONE, value=value, guess=guess)
    return value


def _is_zone(value: str) -> bool:
    try:
        return value.count("/") <= DEEPEST_ZONE and bool(ZoneInfo(value))
    except (KeyError, ValueError, OSError):
        return False


def usual_zone(zone: str) -> str:
    """A time zone as it is usually written. `posix/` and `right/` are where a machine keeps its copies."""
    return zone.removeprefix("posix/").removeprefix("right/")


def read_country(value: str) -> str:
    """The same two letters, if they name a country whose holidays are known."""
    from holidays import list_supported_countries  # noqa: PLC0415 - takes longer to load than everything else together

    countries = list_supported_countries(include_aliases=False)
    if value not in countries:
        guess = guess_of(COUNTRIES.get(value.lower())) or did_you_mean(value, countries)
        raise WrongValue(WrongKind.UNKNOWN_COUNTRY, value=value, guess=guess)
    return value


def read_week(value: int) -> int:
    """The same number, if it can be that of an ISO week."""
    if not 1 <= value <= 53:
        raise WrongValue(WrongKind.NO_SUCH_WEEK, value=value)
    return value


def read_case(value: str) -> str:
    """The same number of a case, as the municipality writes it. It may still be empty: then there is no case yet."""
    return line_check(LONGEST_CASE)(value) if value.strip() else value


def read_kle(value: str) -> str:
    """The same KLE number: a subject, and perhaps what is done with it (the action facet)."""
    if not re.fullmatch(KLE, value):
        raise WrongValue(WrongKind.NOT_A_KLE, value=value, guess=write(kle_meant(value)))
    return value


def address_check(shape: AddressShape, wrong: WrongKind, how: str) -> Callable[[str], str]:
    """A check that an id has the shape that the platform says.

    `wrong` is the fault if it has not, `how` the sentence that tells where to find one.
    """

    def check(value: str) -> str:
        if not shape.fits(value):
            meant = address_meant(value)
            raise WrongValue(wrong, value=value, cure=write(meant) if meant and shape.fits(meant) else sentence(how))
        return value

    return check
