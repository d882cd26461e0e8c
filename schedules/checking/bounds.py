"""The most of everything that a programme may hold, each with its reason.

They are far above what organisers need; a number beyond them is a slip of the keyboard, or would stop what comes after.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import AfterValidator, Field, ValidationInfo

from schedules.checking.fault_messages import WrongKind, WrongValue
from schedules.checking.source import lines_of

LATEST_REMINDER: Final = 7  # days: a week closes at most seven days after its question
LONGEST_PROGRAMME: Final = 731  # days: two years; a dialogue follows one conference, and every moment of it is worked out again and again
HIGHEST_FLOOR: Final = 50  # people: a number leaves out as many as it counts at least, so lists under a hundred show none already
HIGHEST_FLOOR_OF_AUDIENCE: Final = 100  # people: many lists are shorter, and whoever stands on a list under this floor is never asked
HIGHEST_FLOOR_OF_ASKED: Final = 1000  # people: hardly anybody asks more, so under this floor nobody is ever quoted
MOST_THEMES: Final = 50  # nobody remembers more from a conference
MOST_QUESTIONS: Final = 400  # three a week for two years, and a bank
MOST_WORKING_DAYS: Final = 5  # a week has no more
MOST_WEEKS: Final = 53  # a year has no more, and a number counts in every year
MOST_DAYS_OFF: Final = 200  # further days off: beside holidays and weeks, two years hardly have more
MOST_FILTER_WORDS: Final = 1000  # each is looked for in each answer while somebody waits
LONGEST_CASE: Final = 50  # characters of its number
LONGEST_FILE_NAME: Final = 500  # characters of a file's name with its folders
MOST_VALUES: Final = 10_000  # in a file: more than all other bounds allow together, and read within a second
MOST_LINES: Final = 20_000  # two for each of them
LONGEST_LINE: Final = 50_000  # characters: a whole season's programme on one line


AS_IT_RUNS: Final = "as it runs"  # the context in which a text that runs is read: bounds that have come since cut it, and refuse nothing


def at_most(most: int, *, protects: bool = False) -> tuple[AfterValidator, Any]:
    """The bound of a number, for those who load it and for the schema. In a text that runs, one that `protects` people is never cut."""

    def check(value: int, info: ValidationInfo) -> int:
        if value > most and info.context != AS_IT_RUNS:
            raise WrongValue(WrongKind.TOO_LARGE, value=value, most=most)
        return value if protects else min(value, most)

    return AfterValidator(check), Field(json_schema_extra={"maximum": most})


def most_items(most: int) -> tuple[AfterValidator, Any]:
    """The bound of a list, for those who load it and for the schema."""

    def check(value: list[Any], info: ValidationInfo) -> list[Any]:
        if len(value) > most and info.context != AS_IT_RUNS:
            raise WrongValue(WrongKind.TOO_MANY, length=len(value), most=most)
        return value

    return AfterValidator(check), Field(json_schema_extra={"maxItems": most})


def place_beyond_bounds(text: str) -> tuple[int, int] | None:
    """The line and column from which a text is longer than any programme; None if it is not."""
    lines = lines_of(text)
    long = next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), None)
    if long is not None:
        return long, LONGEST_LINE + 1
    return (MOST_LINES + 1, 1) if len(lines) > MOST_LINES else None
