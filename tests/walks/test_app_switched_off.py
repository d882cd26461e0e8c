"""The dialogue survives that an administrator switches the app off for some hours.

Slack's `account_inactive` then speaks of the token, not of a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import MessageKind, MessageState
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import PARTICIPANTS, RunningWorld, running_world

if TYPE_CHECKING:
    from pathlib import Path

METHODS = ("chat.postMessage", "users.list", "conversations.members", "usergroups.users.list", "conversations.info")


def switch_off(world: RunningWorld) -> None:
    for method in METHODS:
        world.local_bot.workspace.faults.refuse(method, "account_inactive", times=5000)


def test_welcomes_that_met_a_switched_off_app_go_out_when_it_is_back(tmp_path: Path) -> None:
    with running_world(tmp_path) as world:
        world.play("2018-10-08 08:00")
        switch_off(world)
        world.play("2018-10-08 15:00")
        world.local_bot.workspace.faults.clear()
        world.play("2018-10-24 12:00")
        assert {message.state for message in world.outbox(MessageKind.WELCOME)} == {MessageState.SENT}
        assert all(world.questions(person) for person in world.participants)


def test_questions_that_met_a_switched_off_app_go_out_when_it_is_back(tmp_path: Path) -> None:
    with running_world(tmp_path) as world:
        world.play("2018-10-08 15:00")
        switch_off(world)
        world.play("2018-10-09 11:00")
        world.local_bot.workspace.faults.clear()
        world.play("2018-10-09 18:00")
        assert sum(bool(world.questions(person)) for person in world.participants) == PARTICIPANTS


def test_organisers_hear_that_the_app_was_off_once_it_is_back(tmp_path: Path) -> None:
    with running_world(tmp_path) as world:
        world.play("2018-10-08 15:00")
        switch_off(world)
        world.play("2018-10-09 11:00")
        world.local_bot.workspace.faults.clear()
        world.play("2018-10-09 18:00")
        assert world.posts(ORGANISERS_CHANNEL)
