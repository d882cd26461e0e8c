"""An attack that tries to work out something about one to four people from what weeks print.

It knows all lists, and every number that is printed as it is, exactly, as if nothing had been rounded. It tries all sums and differences
of them: no group of one to four may be one. Of a number that is printed as a cap it knows how large it is at least, and of a share as well:
nothing may prove that a list, or a printed number, leaves out only one to four. Numbers of two weeks, of two themes or of two events count
different things, and so have no person in common; within a week's theme all are about the same people. It is written anew, and not taken
from the code that it tests.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import chain, combinations
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.dialogue.digests.digest_content import content_of
from tests.support.numbers_read import contents_of, untold, untold_on_agenda, untold_on_page, wrong_sums
from tests.support.planned_weeks import (
    AUDIENCES,
    MORE_SHARES,
    MOST_WEEKS,
    SHARES,
    WORDS,
    WORDS_OF_WISHES,
    PlannedWeeks,
    RoundPlan,
    WeekPlan,
    with_questions,
)
from tests.support.world import separate_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.support.planned_weeks import Figure, Group

Row: TypeAlias = "list[Fraction]"

FEWEST = 5


# --- sums and differences


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


# --- each number and its whole


def at_least(figure: Figure) -> int:
    """How many somebody who reads a number can be sure of; one that is printed as it is counts as known exactly."""
    if not figure.or_more:
        return len(figure.group)
    return max(figure.floor, figure.number - 2, _at_least_by(figure.share, figure.known.size))


def at_most(figure: Figure) -> int:
    """How many a number can stand for, for all that somebody knows who reads it."""
    if not figure.or_more:
        return len(figure.group)
    return figure.known.size if figure.part_of is None else at_most(figure.part_of)


def _at_least_by(share: str | None, size: int) -> int:
    """The fewest people of a list whose share is printed in these words."""
    if share is None or share == "<10":
        return 0
    if share == ">90":
        return next(people for people in range(size + 1) if people * 10 > size * 9)
    return next(people for people in range(size + 1) if people * 20 >= size * (int(share.rstrip("+")) // 5 - 1))


def proofs(figure: Figure) -> Iterator[str]:
    """Whatever a printed number says that is not true, or that proves of its list, or of the number it is a part of, to leave out a few."""
    counted, sure = len(figure.group), max(at_least(figure), figure.number)
    told = f"{figure.number}{' or more' if figure.or_more else ''} ({figure.share}) of {figure.known.size} listed, {counted} are counted"
    if counted < max(FEWEST, figure.floor) or not (0 <= counted - figure.number + 2 <= 4 or (figure.or_more and counted >= figure.number)):
        yield f"untrue: {told}"
    if figure.known.size - sure < FEWEST:
        yield f"the list leaves out a few: {told}"
    if not figure.or_more and figure.share is not None and figure.known.size - _at_least_by(figure.share, figure.known.size) < FEWEST:
        yield f"the share leaves out a few: {told}"
    if (whole := figure.part_of) is not None:
        most = at_most(whole) if whole.or_more and figure.or_more else at_least(whole)
        if min(most - at_least(figure), whole.number - figure.number) < FEWEST:
            yield f"{len(whole.group)}, printed as {whole.number}, leave out a few: {told}"


def findings(planned: PlannedWeeks) -> list[str]:
    """Everything that a season gives away."""
    exact = [figure.group for figure in planned.figures if not figure.or_more]
    contents = contents_of(planned.issued)
    few = isolated([*exact, *{id(figure.known): frozenset(figure.known.group) for figure in planned.figures}.values()])
    return [
        *(proof for figure in planned.figures for proof in proofs(figure)),
        *([] if few is None else [f"isolated: {sorted(map(str, few))}"]),
        *(found for content in contents for found in (*untold(content), *wrong_sums(content, contents))),
        *(found for record, paper in planned.papers for found in untold_on_page(record, paper)),
        *(found for paper in planned.agendas for found in untold_on_agenda(contents, paper)),
    ]


# --- seasons


def play_weeks(weeks: Sequence[WeekPlan], leaders: int = 20, reps: int = 0) -> tuple[PlannedWeeks, list[dict[str, Any]]]:
    """The weeks as they went by, and what its digests say once it is over: what they said at first."""
    with separate_world(with_questions()) as world:
        planned = PlannedWeeks(world, leaders, reps)
        for number, plan in enumerate(weeks, start=1):
            planned.week(number, plan)
        digests = [json.dumps(content_of(world.draft(week))) for week in planned.issued]
        assert digests == list(planned.issued.values())
        planned.end()
    return planned, [json.loads(content) for content in digests]


def play_season(seed: int, most_weeks: int = MOST_WEEKS) -> PlannedWeeks:
    """The season with this number: people of all habits, lists of all sizes."""
    dice = Random(seed)  # noqa: S311 - a season that can be played again
    weeks = [_some_week(dice) for _ in range(dice.randint(2, most_weeks))]
    leaders = dice.randint(*dice.choice([*[(10, 40)] * 6, (50, 62), (80, 110)]))
    return play_weeks(weeks, leaders, dice.choice([5, 0, 0, 3, 11]))[0]


def _some_week(dice: Random) -> WeekPlan:
    return WeekPlan(
        rounds=tuple(_some_round(dice) for _ in range(dice.randint(1, 2))),
        joins=dice.choice([0, 0, 1, 3]),
        unlisted=dice.choice([0, 0, 1, 2]),
        leaves=dice.randint(0, 2),
        pauses=dice.randint(0, 2),
        role_changes=dice.choice([0, 0, 0, 1, 2]),
        floor=dice.choice([5, 5, 5, 6, 8]),
        edited=dice.randint(1, 3),
        deletes_later=dice.randint(0, 4),
        erased=dice.choice([0, 0, 1, 2]),
        said=dice.choice(["", "", "take_up", "take_up", "not_ours", "done", "heard"]),
    )


def _some_round(dice: Random) -> RoundPlan:
    return RoundPlan(
        theme=dice.choice(["trust", "time"]),
        audience=dice.choice(AUDIENCES),
        answering=dice.choice(SHARES),
        wishing=dice.choice(MORE_SHARES),
        saying=tuple(dice.choice(MORE_SHARES) for _ in WORDS),
        first=dice.randint(0, 20),
        edits=dice.choice([0, 0, 1, 3]),
        deletes=dice.choice([0, 0, 1, 3]),
        unreached=dice.choice([0, 0, 0, 3, 8, 12]),
        sharing=tuple(dice.choice(MORE_SHARES) for _ in WORDS_OF_WISHES),
    )
