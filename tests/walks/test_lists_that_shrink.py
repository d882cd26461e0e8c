"""A list that is nearly empty for a while and then whole again costs nobody their place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.models import AuditAct, AuditEntry, MessageKind, PersonState
from bot.workspace.client import admin
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME_TEXT
from tests.support.running_world import RunningWorld, asked_world, buttons, running_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.workspace.state.message_store import Message

EMAILS = [f"leder{number}@example.org" for number in range(12)]


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


@pytest.mark.asked
def test_people_keep_their_place_when_a_list_shrinks_to_one_for_a_day(world: RunningWorld) -> None:
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


# --- an organiser's word


def questions(world: RunningWorld) -> list[Message]:
    """What organisers have been asked about lists, as it stands now."""
    return [post for post in world.posts(ORGANISERS_CHANNEL) if "Er det rigtigt?" in post.text]


def press(world: RunningWorld, who: str) -> str:
    """Press *Ja, det er rigtigt* under the newest question and let what follows be done; what who pressed reads."""
    assert world.local_bot.chat.press(who, "confirm_list", channel=ORGANISERS_CHANNEL, ts=questions(world)[-1].ts).ok
    world.player.settle()
    said = world.window(who)
    world.local_bot.chat.dismiss(who)
    return said


def shrink(world: RunningWorld) -> None:
    """In the first week the leaders' list has lost all but one."""
    answer_with(world, world.leaders[:1])
    world.play("2018-10-10 08:00")


@pytest.mark.asked
def test_a_list_that_is_back_within_the_hour_is_told_of_and_an_old_button_changes_nothing(world: RunningWorld) -> None:
    shrink(world)
    (question,) = questions(world)
    assert ("Listen over ledere havde 14 og har nu 1. Er det rigtigt?" in question.text, buttons(question)) == (True, ["confirm_list"])
    with_button = question.blocks
    guest = world.reps[0]
    channels = world.local_bot.chat.state.channels
    channels[ORGANISERS_CHANNEL] = replace(channels[ORGANISERS_CHANNEL], members=(*channels[ORGANISERS_CHANNEL].members, guest))
    assert "kun for dem, der har den rolle" in press(world, guest)
    answer_with(world, world.leaders)
    world.play("2018-10-10 08:45")  # it is looked at again at 08:30
    (question,) = questions(world)
    assert ("i orden igen" in question.text, buttons(question)) == (True, [])
    assert [post for post in world.posts(ORGANISERS_CHANNEL) if "Listen over ledere havde 14, så 1, og nu 14." in post.text]
    world.local_bot.chat.state.store.change(question, blocks=with_button)  # as a screen shows it that is old
    assert "allerede afgjort" in press(world, world.organiser)
    assert states(world, world.leaders) == {PersonState.ACTIVE: 14}


@pytest.mark.asked
def test_once_an_organiser_has_said_yes_a_list_is_read_at_once_also_where_it_was_read_a_moment_ago(world: RunningWorld) -> None:
    groups = world.local_bot.chat.state.usergroups
    admin.change_usergroup(world.local_bot.chat, replace(groups["S0LEADERS"], users=tuple(world.leaders[:1])))
    world.player.settle()
    assert "Jeg læser listen igen nu" in press(world, world.organiser)
    assert states(world, world.leaders) == {PersonState.ACTIVE: 1, PersonState.LEFT: 13}
    assert ["En af jer har sagt ja" in question.text for question in questions(world)] == [True]
    with world.local_bot.database.look() as session:
        assert session.scalars(select(AuditEntry.act)).all() == [AuditAct.LEADERS_CONFIRMED]


def test_a_question_lasts_over_a_restart_and_so_does_the_answer_to_it(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        shrink(world)
        leaders = world.leaders
    with running_world(tmp_path) as world:
        answer_with(world, leaders[:1])
        world.play("2018-10-10 09:45")
        assert (len(questions(world)), states(world, leaders)) == (1, {PersonState.ACTIVE: 14})
        assert world.local_bot.chat.press(world.organiser, "confirm_list", channel=ORGANISERS_CHANNEL).ok
    with running_world(tmp_path) as world:  # it was stopped between the yes and the reading
        answer_with(world, leaders[:1])
        world.player.settle()
        assert states(world, leaders) == {PersonState.ACTIVE: 1, PersonState.LEFT: 13}
