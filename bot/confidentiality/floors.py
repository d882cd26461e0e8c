"""The floors decide which numbers, and which quotes, may be shown.

Floors are compared only here. A programme may raise them, never lower them; a change counts from the next round on. Rounding makes a number
easier to read; it does not count as protection.

A number and the whole that it is a part of together tell how many people are left out, and everybody knows the list of people. So each
number has a cap that leaves room for enough people who are left out; all numbers that reach the cap are printed alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Iterable

LOWEST_FLOORS = Floors(people=5, quotes=8, audience=10, asked=30)
ROUND_TO = 5
PARTICIPATION_AUDIENCE = 50  # with fewer people, a share would count single people
SMALLEST_REVIEW = 5  # quotes that a reviewer sees together: with fewer, the reviewer might know each author
FEWEST_APPROVED = 3  # with fewer, readers would look for the person behind each
MOST_QUOTES = 3  # shown of one theme, at most one a person
UNDER_A_TENTH, OVER_NINE_TENTHS = 0, 10
ENDS = {UNDER_A_TENTH: "<10", OVER_NINE_TENTHS: ">90"}


class Printed(NamedTuple):
    """A number as it is printed. `or_more`: it is the cap, which is printed for all numbers that reach it."""

    number: int
    or_more: bool = False


def effective_floors(floors: Floors) -> Floors:
    """The floors that count: a programme's, but at least the lowest."""
    return highest_floors([floors])


def highest_floors(others: Iterable[Floors]) -> Floors:
    """The highest floor of each kind, and at least the lowest there are.

    Nobody is asked together with fewer people than a number must count: no number about them could be shown.
    """
    several = [LOWEST_FLOORS, *others]
    people = max(floors.people for floors in several)
    audience, quotes, asked = (max(getattr(floors, kind) for floors in several) for kind in ("audience", "quotes", "asked"))
    return Floors(people=people, quotes=quotes, audience=max(audience, people), asked=asked)


def round_to_five(people: int) -> int:
    """The nearest multiple of five."""
    return (people + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def printable(people: int, listed: int, floors: Floors) -> Printed | None:
    """Print a number of people on a list. None: they are too few to show, or too few would be left out."""
    floor = effective_floors(floors).people
    if people < floor or listed - floor < floor:
        return None
    cap, rounded = (listed - floor) // ROUND_TO * ROUND_TO, round_to_five(people)
    return Printed(rounded) if rounded < cap else Printed(max(cap, floor), or_more=True)


def printable_part(part: int, whole: int, printed: Printed, floors: Floors) -> Printed | None:
    """Print a part of a printed whole. None: they are too few to show, or too few would be left out.

    `printed` is the `whole` as it is printed.
    """
    if whole < 2 * effective_floors(floors).people and not printed.or_more:  # without a cap, the whole counts as known exactly
        return None
    return printable(part, printed.number, floors)


def most_known_to_answer(listed: int, floors: Floors) -> int:
    """The largest number of people on a list who may be known to have answered: enough others must be left."""
    return max(0, listed - effective_floors(floors).people)


def participation(people: int, listed: int, floors: Floors) -> str | None:
    """The share of a list that answered, to the nearest tenth. None: the list is too short.

    The result is a percentage: "<10", "10", … "90" or ">90". High shares that leave too few people who did not answer are printed alike,
    such as "90+".
    """
    if listed < PARTICIPATION_AUDIENCE:
        return None
    tenths, highest = _tenths(people, listed), _tenths(listed - effective_floors(floors).people, listed)
    if tenths >= highest and highest < OVER_NINE_TENTHS:
        return f"{highest}0+"
    return ENDS.get(tenths, f"{tenths}0")


def _tenths(people: int, listed: int) -> int:
    """The nearest tenth. The two ends mean less than one tenth and more than nine."""
    if people * 10 < listed:
        return UNDER_A_TENTH
    return OVER_NINE_TENTHS if people * 10 > listed * 9 else (people * 10 + listed // 2) // listed


def anybody_may_be_quoted(listed: int, floors: Floors) -> bool:
    """Whether so many people on a list were asked that hardly anybody is known by a style of writing."""
    return listed >= effective_floors(floors).asked


def quotes_may_be_reviewed(people: int, candidates: int, floors: Floors) -> bool:
    """Whether a reviewer may see a theme's quotes: enough people answered and enough texts passed the filter."""
    return people >= effective_floors(floors).quotes and candidates >= SMALLEST_REVIEW


def quotes_may_be_seen(remaining: int) -> bool:
    """Whether a reviewer may still see a theme's quotes after some may have been withdrawn."""
    return remaining >= SMALLEST_REVIEW


def quotes_may_be_shown(approved: int) -> bool:
    """Whether enough of a theme's quotes were approved to show some in the digest, `MOST_QUOTES` at most."""
    return approved >= FEWEST_APPROVED
