"""Days off and their names.

Pure. Public holidays come from a library; further days off are listed here, or in the programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.programme import Programme

WEEKEND: Final = {5: "Saturday", 6: "Sunday"}
COUNTRY_BY_ZONE: Final = {"Europe/Copenhagen": "DK"}  # where no country is named
CLOSED_TOO: Final = {"DK": {(6, 5): "Constitution Day", (12, 24): "Christmas Eve", (12, 31): "New Year's Eve"}}  # by month and day
OWN: Final = "a day off of this programme"


@cache
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """A country's public holidays in a year, with their English names. Raises KeyError for an unknown country."""
    from holidays import country_holidays  # noqa: PLC0415 - takes longer to load than everything else together

    return dict(country_holidays(country, years=year, language="en_US").items())


def public_holiday(country: str | None, day: date) -> str | None:
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

    def name(self, day: date) -> str | None:
        """The name of a day off; None for a working day."""
        if day.weekday() in WEEKEND:
            return WEEKEND[day.weekday()]
        return None if day == self.worked else self.holiday(day) or CLOSED_TOO.get(self.country or "", {}).get((day.month, day.day))

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday, or of the programme's own day off, on `day`; None if there is none."""
        return public_holiday(self.country, day) or (OWN if day in self.also else None)
