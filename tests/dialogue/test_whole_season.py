"""Can anything about one to four people be worked out from all digests of a season together?

Printed numbers are taken as exact, and every linear combination of them is tried: no group of one to four answers may be one. Answers are
counted per week and theme, so they are what the groups are made of.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.dialogue.digest_content import content_of
from bot.models import Authorship, Reply, Round
from bot.programme import Role
from tests.dialogue.season import AS_FOUND, Season, season

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Answer: TypeAlias = tuple[str, str, int]  # week, theme, person
Group: TypeAlias = frozenset[Answer]


def isolated(printed: Sequence[frozenset[object]], fewest: int = 5) -> set[object] | None:
    """A group of fewer than `fewest` that some linear combination of the printed groups' sizes counts, if there is one."""
    atoms: dict[frozenset[int], set[object]] = {}
    for member in set().union(*printed):
        atoms.setdefault(frozenset(index for index, group in enumerate(printed) if member in group), set()).add(member)
    signatures = list(atoms)
    rows = [[Fraction(index in signature) for signature in signatures] for index in range(len(printed))]
    for chosen in chain.from_iterable(combinations(signatures, size) for size in range(1, fewest)):
        members = set().union(*(atoms[each] for each in chosen))
        if len(members) < fewest and _rank([*rows, [Fraction(each in chosen) for each in signatures]]) == _rank(rows):
            return members
    return None


def _rank(rows: Iterable[list[Fraction]]) -> int:
    """By Gaussian elimination, exactly."""
    left, rank = [row[:] for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        for row in left[rank + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * above for value, above in zip(row, pivot, strict=True)]
        rank += 1
    return rank


def test_the_check_finds_the_three_that_no_pair_of_groups_gives_away():
    s, a, x, b = (frozenset((name, index) for index in range(size)) for name, size in (("s", 3), ("a", 5), ("x", 5), ("b", 5)))
    assert isolated([s | a | x, a | b, x | b, b]) == set(s)


@pytest.mark.parametrize(("part", "found"), [(16, True), (15, False), (4, True), (5, False)])
def test_the_check_finds_a_small_part_and_a_small_rest(part: int, found: bool):
    whole = frozenset(range(20))
    assert (isolated([whole, frozenset(range(part))]) is not None) == found


def printed_groups(town: Season, weeks: int) -> Iterator[Group]:
    """The groups whose sizes the season's digests print."""
    for week in range(1, weeks + 1):
        content = content_of(town.draft(week))
        for theme in content["themes"]:
            if theme["people"] is not None:
                yield _answers(town, content["week"], theme["theme"], only_wishes=False)
            if theme["wishes"] is not None:
                yield _answers(town, content["week"], theme["theme"], only_wishes=True)


def _answers(town: Season, week: str, theme: str, *, only_wishes: bool) -> Group:
    who = select(Authorship.person_id).join(Round, Round.id == Authorship.round_id).join(Reply, Reply.id == Authorship.reply_id)
    who = who.where(Round.week == week, Round.theme == theme)
    return frozenset((week, theme, person) for person in town.session.scalars(who.where(Reply.wish) if only_wishes else who))


weekly = st.fixed_dictionaries(
    {"joins": st.integers(0, 4), "leaves": st.integers(0, 4), "deletes": st.integers(0, 4), "wishes": st.integers(0, 14)}
)


@settings(max_examples=30, phases=AS_FOUND)
@given(st.lists(weekly, min_size=2, max_size=4), st.integers(3, 12))
def test_no_combination_of_a_season_of_digests_isolates_one_to_four_people(events: list[dict[str, int]], start: int):
    with season() as town:
        people, joined = town.people(start), start
        for week, event in enumerate(events, start=1):
            people = people[event["leaves"] :] + town.people(event["joins"], f"UJ{week}", Role.EMPLOYEE_REP)
            joined += event["joins"]
            for day, theme in enumerate(("trust", "time"), start=1):
                one = town.round(week, theme, day)
                town.answer(one, people[:: 1 if day == 1 else -1], min(event["wishes"] // day, len(people)))
                town.take_back(one, people[: event["deletes"]])
        groups = list(printed_groups(town, len(events)))
        assert isolated(groups) is None
