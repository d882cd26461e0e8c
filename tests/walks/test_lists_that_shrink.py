"""What if a list of people is nearly empty for a while (a directory that answers with a part, a saved draft), and then whole again?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, PersonState
from tests.support.programme import PROGRAMME_TEXT
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

EMAILS = [f"leder{number}@example.org" for number in range(12)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    with running_world(tmp_path) as world:
        yield world


def answer_with(world: RunningWorld, leaders: Sequence[str]) -> None:
    """The directory now answers with these leaders; the bot reads at its next daily hour."""
    groups = world.local_bot.chat.state.usergroups
    groups["S0LEADERS"] = replace(groups["S0LEADERS"], users=tuple(leaders))


def states(world: RunningWorld, leaders: Sequence[str]) -> Counter[PersonState]:
    return Counter(world.person(leader).state for leader in leaders)


def with_a_file(tmp_path: Path) -> Path:
    """The leaders stand in a file of e-mails."""
    people = tmp_path / "schedules" / "people"
    people.mkdir(parents=True)
    (people / "leaders.csv").write_text("\n".join(["email", *EMAILS]), "utf-8")
    (people.parent / "landsby.yaml").write_text(PROGRAMME_TEXT.replace("{usergroup: S0LEADERS}", "{file: people/leaders.csv}"), "utf-8")
    return people / "leaders.csv"


def test_people_keep_their_place_when_a_list_shrinks_to_one_for_a_day(world: RunningWorld) -> None:
    world.play("2018-10-09 10:40")
    before = states(world, world.leaders)
    answer_with(world, world.leaders[:1])
    world.play("2018-10-10 08:00")  # the lists are read at 07:30
    assert states(world, world.leaders) == before


def test_the_question_of_the_day_reaches_them_all_the_same_and_nobody_is_welcomed_twice(world: RunningWorld) -> None:
    leaders = world.leaders
    world.play("2018-10-08 18:00")
    answer_with(world, leaders[:1])
    world.play("2018-10-09 08:00")
    answer_with(world, leaders)
    world.play("2018-10-11 18:00")
    assert sum(bool(world.questions(leader)) for leader in leaders) == len(leaders)
    assert len(world.outbox(MessageKind.WELCOME)) == 24


def test_a_directory_that_knows_only_a_few_for_one_morning_removes_nobody(tmp_path: Path) -> None:
    with_a_file(tmp_path)
    with running_world(tmp_path) as world:
        world.play("2018-10-09 10:40")
        members = world.local_bot.chat.state.members
        leaders = [member.id for member in world.local_bot.chat.members() if member.email in EMAILS]
        away = {leader: members.pop(leader) for leader in leaders[1:]}
        world.play("2018-10-10 08:00")
        members.update(away)
        assert states(world, leaders) == {PersonState.ACTIVE: 12}


def test_a_file_that_is_too_short_is_not_believed(tmp_path: Path) -> None:
    file = with_a_file(tmp_path)
    with running_world(tmp_path) as world:
        world.play("2018-10-09 10:40")
        leaders = [member.id for member in world.local_bot.chat.members() if member.email in EMAILS]
        file.write_text("\n".join(["email", *EMAILS[:1]]), "utf-8")
        world.player.settle()
        assert states(world, leaders) == {PersonState.ACTIVE: 12}
