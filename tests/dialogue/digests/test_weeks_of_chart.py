"""The weeks that stand beside one another in a chart are issued, printed and alike, and a suppressed one leaves no trace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.dialogue.digests.digest_content import checksum, content_of
from bot.models import DigestState
from tests.support.world import World, separate_world, week_of

if TYPE_CHECKING:
    from bot.models import Digest


def weeks_in(drafted: Digest) -> list[Any]:
    return list(content_of(drafted).get("weeks", ()))


def issue_weeks(world: World, *answers: int) -> None:
    """The digests of the first weeks, each with so many answers."""
    people = world.add_people(max(answers))
    for week, number in enumerate(answers, 1):
        world.answer(world.add_round(week), people[:number])
        world.issue(week)


def draft_next(world: World, week: int, number: int, prefix: str = "U9") -> Digest:
    world.answer(world.add_round(week), world.add_people(number, prefix))
    return world.draft(week)


def test_the_first_week_stands_alone_and_the_second_beside_it(world: World) -> None:
    issue_weeks(world, 20)
    first = world.draft(1)
    assert "weeks" not in content_of(first)
    second = draft_next(world, 2, 30)
    assert weeks_in(second) == [{"week": week_of(1), "answers": 20}, {"week": week_of(2), "answers": 30}]
    assert second.checksum == checksum(second.content)


def test_the_last_six_stand_in_it(world: World) -> None:
    issue_weeks(world, *(5, 10, 15, 20, 25, 30, 35))
    assert [week["answers"] for week in weeks_in(draft_next(world, 8, 40))] == [15, 20, 25, 30, 35, 40]


@pytest.mark.parametrize("state", [state for state in DigestState if state is not DigestState.ISSUED])
def test_a_week_that_is_not_issued_does_not_stand_in_it(world: World, state: DigestState) -> None:
    issue_weeks(world, 20, 25)
    world.draft(1).state = state
    world.session.flush()
    assert [week["week"] for week in weeks_in(draft_next(world, 3, 30))] == [week_of(2), week_of(3)]


def test_a_week_of_two_themes_stands_beside_no_week_of_one(world: World) -> None:
    issue_weeks(world, 20)
    people = world.add_people(30, "U8")
    world.answer(world.add_round(2, "trust"), people)
    world.answer(world.add_round(2, "time", day=2), people)
    two = world.issue(2)
    assert weeks_in(two) == []
    third = draft_next(world, 3, 25)
    assert [week["week"] for week in weeks_in(third)] == [week_of(1), week_of(3)]


def test_a_number_that_is_a_cap_stays_one(world: World) -> None:
    people = world.add_people(20)
    world.answer(world.add_round(1, listed=20), people)
    world.issue(1)
    first, _ = weeks_in(draft_next(world, 2, 30))
    assert first == {"week": week_of(1), "answers": 15, "or_more": True}


@pytest.mark.parametrize("hidden", [1, 2, 3])
@pytest.mark.parametrize("few", [1, 4])
def test_of_a_week_that_too_few_answered_the_chart_tells_what_it_tells_of_silence(few: int, hidden: int) -> None:
    """The same answers in both worlds, but in one of the weeks nobody answers in one of them, and a few in the other."""
    drafted = []
    for number in (few, 0):
        with separate_world() as world:
            people = world.add_people(30)
            for week in (1, 2, 3):
                world.answer(world.add_round(week), people[: number if week == hidden else 20 + week])
                if week < 3:
                    world.issue(week)
            content = content_of(world.draft(3))
            shown = [week["week"] for week in content.get("weeks", ())]
            drafted.append(json.dumps(content, sort_keys=True))
            assert week_of(hidden) not in shown
            assert shown == ([] if hidden == 3 else [week_of(week) for week in (1, 2, 3) if week != hidden])
    assert drafted[0] == drafted[1]
