"""Remarks on lists so short that a few people more or fewer decide what is asked or shown.

Such lists are no fault. But organisers should know beforehand what is lost if a few people leave: a list a little longer is safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.confidentiality.audiences import questions_by_role
from bot.confidentiality.floors import PARTICIPATION_AUDIENCE
from bot.sentence import sentence
from schedules.checking.people.people_files import by_precedence, entry_from_data, floors_of, sizes_in_files
from schedules.checking.question_order import ORDER_PATH, PARTICIPANT_LISTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.programme import Role
    from bot.sentence import Sentence
    from schedules.checking.source import SourceFile

A_FEW: Final = 5


def lists_near_a_limit(source: SourceFile, lists: Mapping[str, frozenset[str]]) -> Iterator[Sentence]:
    """A remark for each limit that five people more or fewer would cross. `lists`: those in files, by name."""
    least = floors_of(source).audience
    for name, people in by_precedence(lists).items():
        if name in PARTICIPANT_LISTS.values() and len(people) < least + A_FEW:
            yield sentence("remark.short_list", file=_names(source, [name]), people=len(people), least=least)
    sizes = sizes_in_files(source, lists)
    if sizes is None:
        return
    total = sum(sizes.values())  # those who are asked together are as many as all lists hold
    if PARTICIPATION_AUDIENCE - A_FEW <= total < PARTICIPATION_AUDIENCE + A_FEW:
        files = _names(source, [PARTICIPANT_LISTS[role] for role in sizes if sizes[role]])
        yield sentence("remark.near_participation", files=files, people=total, least=PARTICIPATION_AUDIENCE)
    yield from _under_a_floor(source, sizes)


def _under_a_floor(source: SourceFile, sizes: Mapping[Role, int]) -> Iterator[Sentence]:
    """Audiences too small for any quote, or any number: it must leave out at least as many people as it must count at least."""
    floors = floors_of(source)
    entries = [entry_from_data(source.get(*ORDER_PATH, item)) for item in source.items(*ORDER_PATH)]
    for roles in dict.fromkeys(frozenset(questions_by_role(entry, sizes, floors.audience)) for entry in entries):
        asked = sum(sizes[role] for role in roles)
        files = _names(source, [PARTICIPANT_LISTS[role] for role in sizes if role in roles])
        if 0 < asked < 2 * floors.people:
            yield sentence("remark.no_number", files=files, people=asked, floor=floors.people, least=2 * floors.people)
        elif 0 < asked < floors.asked:
            yield sentence("remark.none_quoted", files=files, people=asked, floor=floors.asked)
        elif 0 < asked < floors.quotes:
            yield sentence("remark.no_quote", files=files, people=asked, floor=floors.quotes)


def _names(source: SourceFile, names: Collection[str]) -> tuple[Sentence, ...]:
    return tuple(sentence("remark.quoted", file=str(source.get("people", name, "file"))) for name in names)
