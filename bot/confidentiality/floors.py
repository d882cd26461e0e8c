"""Which numbers, and which quotes, may be shown?

The one place where the floors live in code. A programme may raise them, never lower them; what it raises counts from the next round on.
Rounding makes a number easier to read; it is never counted as protection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Iterable

LOWEST_FLOORS = Floors(people=5, quotes=8, audience=10)
ROUND_TO = 5
PARTICIPATION_AUDIENCE = 50  # of fewer people, a share would count single ones
SMALLEST_REVIEW = 5  # quotes that a reviewer sees together: of fewer, one might know each author
FEWEST_APPROVED = 3  # of fewer, each would be read as one person's
MOST_QUOTES = 3  # of one theme that are shown, one a person


def effective_floors(floors: Floors) -> Floors:
    """The floors that hold: those of the programme, but none under the lowest."""
    return highest_floors([floors])


def highest_floors(others: Iterable[Floors]) -> Floors:
    """The floors that hold where several do: the highest of each kind."""
    several = [LOWEST_FLOORS, *others]
    return Floors(
        people=max(floors.people for floors in several),
        quotes=max(floors.quotes for floors in several),
        audience=max(floors.audience for floors in several),
    )


def round_to_five(people: int) -> int:
    """The nearest multiple of five."""
    return (people + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def printable(people: int, floors: Floors) -> int | None:
    """The number as it is printed, or None: too few to show."""
    return round_to_five(people) if people >= effective_floors(floors).people else None


def printable_part(part: int, whole: int, floors: Floors) -> int | None:
    """The number of those within a printed `whole`, or None if it, or those it leaves out, would be too few to show.

    Who knows both numbers knows their difference: it must be nobody or enough people.
    """
    left_out = whole - part
    if left_out and printable(left_out, floors) is None:
        return None
    return printable(part, floors)


def participation(people: int, asked: int) -> str | None:
    """The share of `asked` who answered, to the nearest tenth: "<10", "10", … "90", ">90" percent. None: the audience is too small."""
    if asked < PARTICIPATION_AUDIENCE:
        return None
    if people * 10 < asked:
        return "<10"
    if people * 10 > asked * 9:
        return ">90"
    return str((people * 10 + asked // 2) // asked * 10)


def quotes_may_be_reviewed(people: int, candidates: int, floors: Floors) -> bool:
    """Whether a reviewer may see a theme's quotes: enough people answered it, and enough texts passed the filter to be seen together."""
    return people >= effective_floors(floors).quotes and candidates >= SMALLEST_REVIEW


def quotes_may_be_seen(remaining: int) -> bool:
    """Whether a reviewer may still see a theme's quotes, once some may have been withdrawn."""
    return remaining >= SMALLEST_REVIEW


def quotes_may_be_shown(approved: int) -> bool:
    """Whether quotes of a theme that were reviewed may stand in the digest: enough were approved. At most `MOST_QUOTES` do."""
    return approved >= FEWEST_APPROVED
