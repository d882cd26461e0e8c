"""Finds programmes that cannot stand beside each other: they share an id, or a day on which both run."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from schedules.checking.fault_messages import WrongKind
from schedules.due import last_week

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bot.programme import Programme
    from bot.sentence import Sentence
    from schedules.checking.source import KeyPath


def clashes(programmes: Sequence[Programme]) -> Iterator[tuple[Programme, KeyPath, Sentence]]:
    """What is wrong with programmes together, in the order of their starts: the later one, at which value, and what.

    Of all that run into one, the last to end is told: to begin after that is to begin after all.
    """
    by_id: dict[str, Programme] = {}
    longest: list[tuple[date, Programme]] = []  # the one that ends last so far
    for later in programmes:
        same = by_id.setdefault(later.id, later)
        if same is not later:
            yield later, ("programme",), WrongKind.SAME_PROGRAMME.say(value=later.id, other=same.file)
        for until, earlier in longest:
            if later.rounds.from_ <= until:
                yield later, ("rounds", "from"), WrongKind.OVERLAP.say(other=earlier.file, until=until)
        longest = [max((*longest, (overlap_until(later), later)), key=itemgetter(0))]


def overlap_until(programme: Programme) -> date:
    """The last day on which another programme may not begin."""
    last = last_week(programme)  # the earlier of both: a digest that a day off has moved must not make the next programme wrong
    return min(last.post, last.planned_post).astimezone(programme.zone).date()
