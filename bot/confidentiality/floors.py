"""The floors: which numbers, and which quotes, may be shown.

This is the one place where floors are compared. A programme may raise them, never lower them; a change counts from the next round on.
Rounding makes a number easier to read; it is never counted as protection.

A number is judged together with the whole that it is a part of, because whoever knows both knows how many are left out. Everybody knows the
list of people. So each number has a cap that leaves room for enough people who are left out; all numbers that reach it are printed alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Iterable

LOWEST_FLOORS = Floors(people=5, quotes=8, audience=10)
ROUND_TO = 5
PARTICIPATION_AUDIENCE = 50  # of fewer people, a share would count single ones
SMALLEST_REVIEW = 5  # quotes that a reviewer sees together: of fewer, one might know each author
FEWEST_APPROVED = 3  # of fewer, each would be read as one person's
MOST_QUOTES = 3  # of one theme that are shown, one a person
UNDER_A_TENTH, OVER_NINE_TENTHS = 0, 10
ENDS = {UNDER_A_TENTH: "<10", OVER_NINE_TENTHS: ">90"}


class Printed(NamedTuple):
    """A number as it is printed. `or_more`: it is the cap, and means all numbers that reach it."""

    number: int
    or_more: bool = False


def effective_floors(floors: Floors) -> Floors:
    """The floors that count: those of the programme, but none under the lowest."""
    return highest_floors([floors])


def highest_floors(others: Iterable[Floors]) -> Floors:
    """The highest of each kind of floor, if several must be kept."""
    several = [LOWEST_FLOORS, *others]
    return Floors(
        people=max(floors.people for floors in several),
        quotes=max(floors.quotes for floors in several),
        audience=max(floors.audience for floors in several),
    )


def round_to_five(people: int) -> int:
    """The nearest multiple of five."""
    return (people + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def printable(people: int, listed: int, floors: Floors) -> Printed | None:
    """A number of people on a list as it is printed. None: they are too few to show, or too few could be left out."""
    floor = effective_floors(floors).people
    if people < floor or listed - floor < floor:
        return None
    cap, rounded = (listed - floor) // ROUND_TO * ROUND_TO, round_to_five(people)
    return Printed(rounded) if rounded < cap else Printed(max(cap, floor), or_more=True)


def printable_part(part: int, whole: int, printed: Printed, floors: Floors) -> Printed | None:
    """A part of a printed whole, as it is printed. None: they are too few to show, or too few could be left out.

    `printed` is how the `whole` is printed.
    """
    if whole < 2 * effective_floors(floors).people and not printed.or_more:  # a whole that is printed as it is counts as known exactly
        return None
    return printable(part, printed.number, floors)


def most_known_to_answer(listed: int, floors: Floors) -> int:
    """The most people on a list who may be known to have answered. Enough must be left who may have said nothing."""
    return max(0, listed - effective_floors(floors).people)


def participation(people: int, listed: int, floors: Floors) -> str | None:
    """The share of a list that answered, to the nearest tenth. None: the list is too short.

    It is printed as "<10", "10", … "90", ">90" percent.

    If the highest shares would leave no room for enough people who did not answer, they are printed as one, such as "90+".
    """
    if listed < PARTICIPATION_AUDIENCE:
        return None
    tenths, highest = _tenths(people, listed), _tenths(listed - effective_floors(floors).people, listed)
    if tenths >= highest and highest < OVER_NINE_TENTHS:
        return f"{highest}0+"
    return ENDS.get(tenths, f"{tenths}0")


def _tenths(people: int, listed: int) -> int:
    """The nearest tenth; the two ends mean less than one tenth, and more than nine."""
    if people * 10 < listed:
        return UNDER_A_TENTH
    return OVER_NINE_TENTHS if people * 10 > listed * 9 else (people * 10 + listed // 2) // listed


def quotes_may_be_reviewed(people: int, candidates: int, floors: Floors) -> bool:
    """Whether a reviewer may see a theme's quotes: enough people answered, and enough texts passed the filter."""
    return people >= effective_floors(floors).quotes and candidates >= SMALLEST_REVIEW


def quotes_may_be_seen(remaining: int) -> bool:
    """Whether a reviewer may still see a theme's quotes, once some may have been withdrawn."""
    return remaining >= SMALLEST_REVIEW


def quotes_may_be_shown(approved: int) -> bool:
    """Whether enough of a theme's quotes were approved to show some in the digest, `MOST_QUOTES` at most."""
    return approved >= FEWEST_APPROVED
