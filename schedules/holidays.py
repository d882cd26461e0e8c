"""Which days are holidays?

Pure: it knows nothing of programmes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@cache
def holidays(country: str, year: int) -> Mapping[date, str]:
    """A country's public holidays in a year, with their English names. KeyError for a country nobody knows."""
    from holidays import country_holidays  # noqa: PLC0415 - takes longer to load than everything else together

    return dict(country_holidays(country, years=year, language="en_US").items())


def holiday(country: str | None, day: date) -> str | None:
    """The name of the public holiday that `day` is, if it is one."""
    return None if country is None else holidays(country, day.year).get(day)
