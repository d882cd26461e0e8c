"""An organiser edits the file, reads the plan in chat, and puts it in force or keeps what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.models import ProgrammeVersion, VersionState
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, asked_world, buttons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.state.message_store import Message

import pytest

RETENTION = "detach_after_days: 7", "detach_after_days: 8"
WEDNESDAY, THURSDAY = "2018-10-10 09:00", "2018-10-11 09:00"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    with asked_world(tmp_path) as world:
        yield world


def plans(world: RunningWorld) -> list[Message]:
    """The messages that have shown a plan, oldest first."""
    return [post for post in world.posts(ORGANISERS_CHANNEL) if "ændringen" in post.text.lower()]


def press(world: RunningWorld, action: str) -> None:
    assert world.local_bot.chat.press(world.organiser, action, channel=ORGANISERS_CHANNEL, ts=plans(world)[-1].ts).ok
    world.player.settle()


def detaches_after(world: RunningWorld) -> int:
    return world.local_bot.programme().retention.detach_after_days


def states(world: RunningWorld) -> list[VersionState]:
    with world.local_bot.database.look() as session:
        return list(session.scalars(select(ProgrammeVersion.state).order_by(ProgrammeVersion.id)))


def test_a_plan_stands_in_the_organisers_channel_until_one_of_them_puts_it_in_force(world: RunningWorld) -> None:
    world.edit(*RETENTION)
    (plan,) = plans(world)
    assert (buttons(plan), detaches_after(world)) == (["apply_plan", "decline_plan"], 7)
    assert "gælder ikke endnu" in plan.text
    assert "8" in plan.text
    world.play(WEDNESDAY)
    assert [buttons(each) for each in plans(world)] == [["apply_plan", "decline_plan"]] * 2
    press(world, "apply_plan")
    world.play(THURSDAY)
    assert (len(plans(world)), detaches_after(world)) == (2, 8)
    for plan in plans(world):
        assert (buttons(plan), "Sat i kraft onsdag den 10. oktober kl. 09.00" in plan.text) == ([], True)


def test_what_runs_is_kept_and_the_file_is_as_it_was(world: RunningWorld) -> None:
    file = world.folder / "schedules" / "landsby.yaml"
    before = file.read_bytes()
    world.edit(*RETENTION)
    press(world, "decline_plan")
    (plan,) = plans(world)
    assert (buttons(plan), "Det gamle gælder stadig" in plan.text) == ([], True)
    assert (file.read_bytes(), detaches_after(world), states(world)) == (before, 7, [VersionState.RUNNING, VersionState.DECLINED])


def test_a_new_world_begins_with_the_file_and_knows_no_text_from_before(world: RunningWorld) -> None:
    world.edit(*RETENTION)
    assert detaches_after(world) == 7
    world.local_bot.reset()
    assert (detaches_after(world), states(world), plans(world)) == (8, [VersionState.RUNNING], [])
