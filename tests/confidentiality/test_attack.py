"""Can anything about one to four people be worked out from everything the weeks print?

The attack knows every printed number exactly, as if nothing had been rounded, and tries all sums and differences of them: no group of one
to four may be one. Numbers of two weeks, of two themes or of two events count different things, and so have no person in common; within a
week's theme the number of answers, of wishes and of each word are about the same people.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.digests.digest_content import content_of
from tests.support.planned_weeks import AUDIENCES, MOST_WEEKS, SHARES, WORDS, PlannedWeeks, RoundPlan, WeekPlan, with_questions
from tests.support.world import AS_FOUND, separate_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.planned_weeks import Group

Row: TypeAlias = "list[Fraction]"

FEWEST = 5


# --- the attack, written anew and not taken from the code that it tests


def isolated(printed: Sequence[Group]) -> Group | None:
    """A group of one to four whose size is a sum or difference of the printed ones, if there is one."""
    return next((few for tied in _tied(printed) if (few := _isolated_in(tied)) is not None), None)


def _tied(printed: Sequence[Group]) -> list[list[Group]]:
    """The printed groups, set apart where they have nobody in common: what follows from all follows from each part for itself."""
    parts: list[tuple[set[object], list[Group]]] = []
    for group in printed:
        touched = [part for part in parts if part[0] & group]
        parts = [part for part in parts if part not in touched]
        parts.append((set(group).union(*(part[0] for part in touched)), [group, *chain.from_iterable(part[1] for part in touched)]))
    return [groups for _, groups in parts]


def _isolated_in(printed: Sequence[Group]) -> Group | None:
    alike: dict[tuple[bool, ...], set[object]] = {}
    for member in frozenset().union(*printed):
        alike.setdefault(tuple(member in group for group in printed), set()).add(member)
    atoms = list(alike)
    reduced = _reduced([[Fraction(atom[number]) for atom in atoms] for number in range(len(printed))])
    small = [place for place, atom in enumerate(atoms) if len(alike[atom]) < FEWEST]
    for chosen in chain.from_iterable(combinations(small, size) for size in range(1, FEWEST)):
        members = frozenset().union(*(alike[atoms[place]] for place in chosen))
        if len(members) < FEWEST and _follows(reduced, chosen, len(atoms)):
            return members
    return None


def _reduced(rows: list[Row]) -> dict[int, Row]:
    """The rows by Gauss and Jordan: each by the column in which it alone is one."""
    done: dict[int, Row] = {}
    for row in rows:
        for column, pivot in done.items():
            if row[column]:
                row = [value - row[column] * above for value, above in zip(row, pivot, strict=True)]  # noqa: PLW2901 - this is the reduction
        found = next((column for column, value in enumerate(row) if value), None)
        if found is not None:
            new = [value / row[found] for value in row]
            done = {column: [a - above[found] * b for a, b in zip(above, new, strict=True)] for column, above in done.items()}
            done[found] = new
    return done


def _follows(reduced: dict[int, Row], chosen: tuple[int, ...], width: int) -> bool:
    """Whether the group of the chosen atoms is a combination of the rows: of those that are one where it is."""
    rows = [reduced[place] for place in chosen if place in reduced]
    return bool(rows) and all(sum(row[place] for row in rows) == (place in chosen) for place in range(width))


def numbered(name: str, size: int) -> Group:
    return frozenset((name, number) for number in range(size))


def test_the_attack_finds_the_three_that_no_pair_of_groups_gives_away() -> None:
    s, a, x, b = numbered("s", 3), numbered("a", 5), numbered("x", 5), numbered("b", 5)
    assert isolated([s | a | x, a | b, x | b, b]) == s
    assert isolated([s | a | x, a | b, x | b]) is None


@pytest.mark.parametrize(("part", "found"), [(16, True), (15, False), (4, True), (5, False), (20, False)])
def test_the_attack_finds_a_small_part_and_a_small_rest(part: int, found: bool) -> None:
    assert (isolated([numbered("", 20), numbered("", part)]) is not None) == found


def test_the_attack_finds_one_and_two_together_where_neither_stands_alone() -> None:
    most, one, other = numbered("most", 9), numbered("one", 1), numbered("other", 2)
    assert isolated([most | one | other, most]) == one | other


def test_the_attack_finds_a_few_although_others_have_nothing_to_do_with_them() -> None:
    groups = [numbered(name, 20) for name in "abcdef"]
    assert isolated(groups) is None
    assert isolated([*groups, numbered("e", 17)]) is not None


# --- on whole seasons of the real code


def asking(theme: str, answering: str, wishing: str, **more: Any) -> RoundPlan:
    """A round that asks everyone, of whom some use words of which some are nearly everybody's."""
    saying = ("all but one", "all but four", "five", "half")
    plain = {"audience": "all", "saying": saying, "first": 0, "edits": 0, "deletes": 0, "unreached": 0}
    return RoundPlan(theme=theme, answering=answering, wishing=wishing, **{**plain, **more})


def weekly(*rounds: RoundPlan, **more: int) -> WeekPlan:
    """A week in which nothing else happens."""
    nothing = dict.fromkeys(("joins", "unlisted", "leaves", "pauses", "role_changes", "edited", "deletes_later"), 0)
    return WeekPlan(rounds=rounds, **{**nothing, "floor": FEWEST, **more})


def play_weeks(weeks: Sequence[WeekPlan], leaders: int = 20, reps: int = 0) -> tuple[PlannedWeeks, list[dict[str, Any]]]:
    """The weeks as they went by, and what its digests say once it is over: what they said at first."""
    with separate_world(with_questions()) as world:
        planned = PlannedWeeks(world, leaders, reps)
        for number, plan in enumerate(weeks, start=1):
            planned.week(number, plan)
        after = {week: json.dumps(content_of(world.draft(week))) for week in planned.issued}
    assert after == planned.issued
    return planned, [json.loads(content) for content in after.values()]


@pytest.mark.parametrize("answering", ["four", "five", "seven", "eight", "all but one", "all"])
def test_a_week_of_few_with_any_share_of_wishes_gives_away_nobody(answering: str) -> None:
    wishes = [*SHARES, "all"]
    pairs = zip(wishes[::2], wishes[1::2], strict=True)
    weeks = [weekly(asking("trust", answering, one), asking("time", answering, other)) for one, other in pairs]
    planned, contents = play_weeks(weeks)
    assert isolated(planned.printed) is None
    assert {theme["people"] is None for content in contents for theme in content["themes"]} == {answering == "four"}


def test_two_rounds_on_one_theme_one_after_the_other_give_away_nobody() -> None:
    shares = [("all", "all but one", 0), ("five", "seven", 3), ("four", "four", 4), ("half", "half", 9)]
    twice = [weekly(asking("trust", one, "half"), asking("trust", other, "all but one", first=first)) for one, other, first in shares]
    planned, contents = play_weeks(twice, leaders=14)
    assert isolated(planned.printed) is None
    assert [len(content["themes"]) for content in contents] == [1, 1, 1, 1]


def test_how_many_a_question_could_not_reach_gives_away_nobody() -> None:
    few = (0, 3, 5, 9)
    weeks = [weekly(asking("trust", "all", "half", unreached=n), asking("time", "half", "all", unreached=n + 1)) for n in few]
    planned, _ = play_weeks(weeks)
    assert isolated(planned.printed) is None
    assert sum(("unreached" in str(group)) for group in planned.printed) == 4


@pytest.mark.parametrize(("few", "floor"), [("four", 5), ("five", 6), ("seven", 8)])
@pytest.mark.parametrize("day", [1, 2])
def test_a_theme_under_its_floor_changes_no_byte_of_this_weeks_or_a_later_digest(few: str, floor: int, day: int) -> None:
    def digests(answering: str) -> list[dict[str, Any]]:
        seen = asking("trust", "all", "half", saying=("half", "half", "nobody", "nobody"))
        hidden = asking("time", answering, "all", saying=("nobody", "nobody", "nobody", "all"))
        first = weekly(*((seen, hidden) if day == 2 else (hidden, seen)), floor=floor, edited=1)
        return play_weeks([first, weekly(asking("calm", "all", "half", saying=("nobody", "nobody", "half", "half")))])[1]

    assert digests(few) == digests("nobody")
    assert all(any(theme["words"] for theme in digest["themes"]) for digest in digests(few))


@pytest.mark.parametrize(("wishing", "told"), [("eight", []), ("half", ["samarbejde"]), ("five", ["samarbejde"])])
def test_a_word_of_ten_is_not_told_beside_the_wishes_of_eight_of_them(wishing: str, told: list[str]) -> None:
    planned, contents = play_weeks([weekly(asking("trust", "all", wishing, saying=("half", "nobody", "nobody", "nobody")))])
    assert isolated(planned.printed) is None
    assert [word["word"] for word in contents[0]["themes"][0]["words"]] == told


some = st.sampled_from(SHARES)
rounds = st.builds(
    RoundPlan,
    theme=st.sampled_from(["trust", "time"]),
    audience=st.sampled_from(AUDIENCES),
    answering=some,
    wishing=some,
    saying=st.tuples(*(some for _ in WORDS)),
    first=st.integers(0, 20),
    edits=st.integers(0, 3),
    deletes=st.integers(0, 3),
    unreached=st.integers(0, 8),
)
weeks = st.builds(
    WeekPlan,
    rounds=st.lists(rounds, min_size=1, max_size=2).map(tuple),
    joins=st.integers(0, 3),
    unlisted=st.integers(0, 2),
    leaves=st.integers(0, 2),
    pauses=st.integers(0, 2),
    role_changes=st.integers(0, 2),
    floor=st.sampled_from([5, 5, 6, 8]),
    edited=st.integers(1, 3),
    deletes_later=st.integers(0, 4),
)


@settings(max_examples=20, phases=AS_FOUND)
@given(st.lists(weeks, min_size=2, max_size=MOST_WEEKS), st.integers(10, 26), st.sampled_from([5, 0, 3, 11]))
def test_nothing_that_a_season_prints_gives_away_one_to_four_people(season_: list[WeekPlan], leaders: int, reps: int) -> None:
    planned, _ = play_weeks(season_, leaders, reps)
    assert isolated(planned.printed) is None
