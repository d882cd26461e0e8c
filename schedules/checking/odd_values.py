"""Remarks on values that are read in another way than they are written, each with what counts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.programme import Week
from bot.sentence import sentence
from schedules.checking.value_parsers import usual_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.programme import Rounds
    from bot.sentence import Sentence
    from schedules.checking.source import SourceFile

LISTS: Final = (("rounds", "every"), ("rounds", "skip", "weeks"), ("rounds", "skip", "also"))  # in which a second mention adds nothing
SOMETIMES: Final = 53  # the week that most years do not have


def odd_values(source: SourceFile) -> Iterator[Sentence]:
    """A remark for each value that is written twice, and for an odd time zone."""
    for path in LISTS:
        values = source.get(*path)
        for value, n in Counter(map(str, values if isinstance(values, list) else ())).items():
            if n > 1:
                yield sentence("remark.twice", value=value, key=path[-1])
    zone = str(source.get("timezone"))
    if usual_zone(zone) != zone:
        yield sentence("remark.zone_prefix", zone=zone, counts=usual_zone(zone))
    if "/" not in usual_zone(zone) or usual_zone(zone).startswith("Etc/"):
        yield sentence("remark.zone_without_place", zone=zone)


def weeks_that_never_come(rounds: Rounds, number: int) -> Iterator[Sentence]:
    """A remark on a skipped week 53 if none of the programme's years has one."""
    years = range(Week.of(rounds.from_).year, Week.of(rounds.until).year + 1)
    last_weeks = {Week.of(date(year, 12, 28)).number for year in years}  # that day is always in the year's last week
    if number == SOMETIMES and SOMETIMES not in last_weeks:
        yield sentence("remark.no_week_53", years=tuple(years))
