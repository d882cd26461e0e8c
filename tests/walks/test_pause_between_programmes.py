"""A pause for all holds for every programme: also for the next one, and for the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import MessageKind
from tests.support.programme import DIGEST_CHANNEL, exchange
from tests.support.running_world import RunningWorld, running_world
from tests.walks.test_pause_for_all import heard_of_it, pause, press_at_home, send

if TYPE_CHECKING:
    from pathlib import Path

NEXT = (
    *("landsbyen-2018", "naeste-2018", "from: 2018-10-09", "from: 2018-11-20", "until: 2018-11-06", "until: 2018-12-11"),
    *("weeks: [42]", "weeks: []", "Hvor skal vi hen?", "Hvor gik vi hen?"),
)


def add_next_programme(world: RunningWorld) -> None:
    """Put the file of the next programme beside that of the first."""
    folder = world.folder / "schedules"
    (folder / "naeste.yaml").write_text(exchange((folder / "landsby.yaml").read_text("utf-8"), *NEXT), "utf-8")
    world.player.settle()


def counts(world: RunningWorld) -> list[int]:
    """How many messages each participant has."""
    return [len(world.messages(person)) for person in world.participants]


def test_a_pause_that_begins_in_one_programme_holds_the_next_one_until_somebody_ends_it_for_all(tmp_path: Path) -> None:
    with running_world(tmp_path) as world:
        world.play("2018-11-07 12:00")
        add_next_programme(world)
        before, digests = counts(world), len(world.posts(DIGEST_CHANNEL))
        pause(world)
        world.play("2018-11-09 10:05")
        world.approve()
        world.play("2018-11-28 08:00")  # past the next programme's welcome, and two of its questions
        assert counts(world) == [count + 1 for count in before]
        assert heard_of_it(world) == [1] * len(before)
        assert len(world.posts(DIGEST_CHANNEL)) == digests

        press_at_home(world, "go_on")
        shown = world.window(world.organiser)
        assert "I uge 47 kom der ikke noget spørgsmål ud på grund af pausen." in shown
        assert "Pausen er slut" in send(world)
        assert len([notice for notice in world.outbox(MessageKind.NOTICE) if str(notice.key).startswith("paused:")]) == 1
        world.play("2018-11-28 12:00")
        assert len(world.posts(DIGEST_CHANNEL)) == digests + 1  # that of the first programme
        assert counts(world) > before
