"""Beat and delivery show that they live at each step, also where they have long to do, nothing to do, or may do nothing."""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from bot.health.signs_of_life import Sign, SignsOfLife
from tests.support import two_worlds
from tests.support.delivery_world import Answer, DeliveryWorld, Ticks, put_for_people
from tests.support.two_worlds import PLAY, Story, play

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app.engine import Engine
    from bot.database.unit_of_work import Database


def count_steps(world: DeliveryWorld) -> list[int]:
    """How many messages stood on the platform at each step of delivery."""
    steps: list[int] = []
    world.delivery._note_life = lambda: steps.append(len(world.platform.conversations.kept))
    return steps


@pytest.mark.parametrize("at_once", [1, 10])
def test_a_long_fan_out_shows_life_at_every_message(database: Database, at_once: int) -> None:
    world = DeliveryWorld(database, calls_in_flight=at_once)
    put_for_people(database, 60)
    steps = count_steps(world)
    world.delivery.deliver()
    assert len(steps) > 60
    assert max(later - earlier for earlier, later in pairwise(steps)) <= 10


def test_delivery_that_waits_as_it_was_told_to_still_lives(database: Database) -> None:
    world = DeliveryWorld(database, answers=[Answer.LATER] * 3)
    put_for_people(database, 3)
    world.delivery.deliver()
    for _ in range(2):
        steps = count_steps(world)
        assert world.delivery.deliver() == 0
        assert steps


def test_delivery_without_the_lease_still_lives(database: Database, ticks: Ticks) -> None:
    world, other = (DeliveryWorld(database, ticks=ticks) for _ in range(2))
    assert world.lease.keep()
    steps = count_steps(other)
    other.delivery.deliver()
    assert other.lease.number is None
    assert steps


def test_a_delivery_that_hangs_in_a_call_shows_no_life(database: Database) -> None:
    world, go_on, steps = DeliveryWorld(database, calls_in_flight=10), threading.Event(), list[int]()
    put_for_people(database, 1)
    send = world.platform.send

    def hang(*given: Any) -> Any:
        go_on.wait(20)
        return send(*given)

    world.platform.send = hang  # type: ignore[method-assign]  # this one hangs
    thread = threading.Thread(target=world.delivery.deliver)
    thread.start()
    while not world.delivery._in_flight:
        pass
    world.delivery._note_life = lambda: steps.append(1)
    thread.join(0.3)
    assert steps == []
    go_on.set()
    thread.join()
    assert steps


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def test_each_step_of_a_beat_shows_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[Sign] = []
    monkeypatch.setattr(two_worlds, "PLAY", dict(list(PLAY.items())[:2]))
    monkeypatch.setattr(SignsOfLife, "note", lambda _, sign: noted.append(sign))
    beats = {"n": 0}

    def watch(_: Engine) -> None:
        beats["n"] += 1

    play(tmp_path, Story(leaders=10, reps=0, who="L1"), watch=watch)
    assert beats["n"] == 4
    assert noted.count(Sign.BEAT) > 20 * beats["n"]
    assert noted.count(Sign.DELIVERY) > beats["n"]
