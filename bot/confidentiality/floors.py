"""Which numbers may be shown?

The one place where the floors live in code. A programme may raise them, never lower them. Rounding makes a number easier to read; it
is never counted as protection.
"""

from __future__ import annotations

from bot.programme import Floors

LOWEST = Floors(people=5, quotes=8, audience=10)
ROUND_TO = 5
PARTICIPATION_AUDIENCE = 50  # of fewer people, a share would count single ones


def raised(floors: Floors) -> Floors:
    """The floors that hold: those of the programme, but none under the lowest."""
    return Floors(
        people=max(floors.people, LOWEST.people),
        quotes=max(floors.quotes, LOWEST.quotes),
        audience=max(floors.audience, LOWEST.audience),
    )


def rounded(people: int) -> int:
    """The nearest multiple of five."""
    return (people + ROUND_TO // 2) // ROUND_TO * ROUND_TO


def shown(people: int, floors: Floors) -> int | None:
    """The number as it is printed, or None: too few to show."""
    return rounded(people) if people >= raised(floors).people else None


def shown_within(part: int, whole: int, floors: Floors) -> int | None:
    """The number of those within a printed `whole`, or None if it, or those it leaves out, would be too few to show.

    Who knows both numbers knows their difference: it must be nobody or enough people.
    """
    left_out = whole - part
    if left_out and shown(left_out, floors) is None:
        return None
    return shown(part, floors)


def participation(people: int, asked: int) -> str | None:
    """The share of `asked` who answered, to the nearest tenth: "<10", "10", … "90", ">90" percent. None: the audience is too small."""
    if asked < PARTICIPATION_AUDIENCE:
        return None
    if people * 10 < asked:
        return "<10"
    if people * 10 > asked * 9:
        return ">90"
    return str((people * 10 + asked // 2) // asked * 10)


SMALLEST_REVIEW = 5  # texts: of fewer, a reviewer could guess whose they are
FEWEST_APPROVED = 3  # texts: two quotes and another voice


def quotes_may_be_reviewed(people: int, candidates: int, floors: Floors) -> bool:
    """Whether texts of a theme that `people` answered may be put to a reviewer."""
    return people >= raised(floors).quotes and candidates >= SMALLEST_REVIEW


def quotes_may_be_shown(approved: int) -> bool:
    """Whether approved texts may be shown: what is shown is chosen from them."""
    return approved >= FEWEST_APPROVED
