"""Days off and their names.

Pure. Public holidays come from a library; further days off are listed here, or in the programme. A name is a sentence, because organisers
read it in their own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.programme import Language, Text
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.programme import Programme
    from bot.sentence import Sentence

WEEKEND: Final = {5: sentence("days_off.saturday"), 6: sentence("days_off.sunday")}
COUNTRY_BY_ZONE: Final = {"Europe/Copenhagen": "DK"}  # where no country is named
CLOSED_TOO: Final = {  # by month and day
    "DK": {
        (6, 5): sentence("days_off.constitution_day"),
        (12, 24): sentence("days_off.christmas_eve"),
        (12, 31): sentence("days_off.new_years_eve"),
    }
}
OWN: Final = sentence("days_off.own")


@cache
def public_holidays(country: str, year: int) -> Mapping[date, Sentence]:
    """A country's public holidays in a year. Raises KeyError for an unknown country.

    Where the library has no Danish name of a holiday, its English one stands for it.
    """
    from holidays import country_holidays  # noqa: PLC0415 - takes longer to load than everything else together

    english = country_holidays(country, years=year, language="en_US")
    has_danish = Language.DA in english.supported_languages
    danish = country_holidays(country, years=year, language=Language.DA.value) if has_danish else {}
    return {day: _holiday(_in_small_letters(danish.get(day)) or name, name) for day, name in english.items()}


def _holiday(danish: str, english: str) -> Sentence:
    return sentence("days_off.holiday", name=Text(da=danish, en=english))


def _in_small_letters(name: str | None) -> str | None:
    """A holiday's name within a Danish sentence: only that of a person keeps its capital letter."""
    return name if name is None or name.startswith("Kristi") else name[:1].lower() + name[1:]


def public_holiday(country: str | None, day: date) -> Sentence | None:
    """The name of the public holiday on `day`; None if there is none."""
    return None if country is None else public_holidays(country, day.year).get(day)


@dataclass(frozen=True, kw_only=True)
class DaysOff:
    """The days off of a country or programme: weekends, public holidays, further closed days and own dates.

    `worked` is a day that counts as a working day all the same, unless it lies at a weekend.
    """

    country: str | None = None
    also: tuple[date, ...] = ()
    worked: date | None = None

    @classmethod
    def of(cls, programme: Programme) -> DaysOff:
        """The days off of a programme: those of its country, and its own. If it names no country, its time zone tells it."""
        skip = programme.rounds.skip
        return cls(country=skip.holidays or COUNTRY_BY_ZONE.get(programme.timezone), also=skip.also)

    @classmethod
    def in_zone(cls, zone: str) -> DaysOff:
        """The days off in the country of a time zone, as far as they are known."""
        return cls(country=COUNTRY_BY_ZONE.get(zone))

    def name(self, day: date) -> Sentence | None:
        """The name of a day off; None for a working day."""
        if day.weekday() in WEEKEND:
            return WEEKEND[day.weekday()]
        return None if day == self.worked else self.holiday(day) or CLOSED_TOO.get(self.country or "", {}).get((day.month, day.day))

    def holiday(self, day: date) -> Sentence | None:
        """The name of the public holiday, or of the programme's own day off, on `day`; None if there is none."""
        return public_holiday(self.country, day) or (OWN if day in self.also else None)
