"""Remarks on lists so short that a few people more or fewer decide what is asked or shown.

Such lists are no fault. But organisers should know beforehand what is lost if a few people leave: a list a little longer is safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.confidentiality.audiences import questions_by_role
from bot.confidentiality.floors import PARTICIPATION_AUDIENCE
from schedules.checking.people_files import by_precedence, entry_from_data, floors_of, sizes_in_files
from schedules.checking.question_order import ORDER_PATH, PARTICIPANT_LISTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.programme import Role
    from schedules.checking.source import SourceFile

A_FEW: Final = 5


def lists_near_a_limit(source: SourceFile, lists: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """A remark for each limit that five people more or fewer would cross. `lists`: those in files, by name."""
    least = floors_of(source).audience
    for name, people in by_precedence(lists).items():
        if name in PARTICIPANT_LISTS.values() and len(people) < least + A_FEW:
            few = f"{_names(source, [name])} reaches {len(people)} people, and under {least} they are asked no question of their own"
            yield f"{few}: put more on it, so that a few who go change nothing"
    sizes = sizes_in_files(source, lists)
    if sizes is None:
        return
    total = sum(sizes.values())  # those who are asked together are as many as all lists hold
    if PARTICIPATION_AUDIENCE - A_FEW <= total < PARTICIPATION_AUDIENCE + A_FEW:
        names = _names(source, [PARTICIPANT_LISTS[role] for role in sizes if sizes[role]])
        told = f"how many in a hundred have answered is told from {PARTICIPATION_AUDIENCE} on"
        yield f"{names}: {total} people in all, and {told}: a few who come or go decide whether it is"
    yield from _without_any_number(source, sizes)


def _without_any_number(source: SourceFile, sizes: Mapping[Role, int]) -> Iterator[str]:
    """Audiences too small for any number: it must leave out at least as many people as it must count at least."""
    floors = floors_of(source)
    entries = [entry_from_data(source.get(*ORDER_PATH, item)) for item in source.items(*ORDER_PATH)]
    for roles in dict.fromkeys(frozenset(questions_by_role(entry, sizes, floors.audience)) for entry in entries):
        asked = sum(sizes[role] for role in roles)
        if 0 < asked < 2 * floors.people:
            names = _names(source, [PARTICIPANT_LISTS[role] for role in sizes if role in roles])
            least = f"with `people: {floors.people}` under floors it takes {2 * floors.people}"
            yield f"{names}: {asked} people, too few for any number about them to be shown ({least}): put more on it, or lower that floor"


def _names(source: SourceFile, names: Collection[str]) -> str:
    return " and ".join(f'"{source.get("people", name, "file")}"' for name in names)
