"""Killed at any instruction, two at once, clocks that jump: everyone is asked exactly once."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Self

import pytest

from bot.models import MessageState
from bot.sending.claim import GROUP_SIZE
from bot.sending.delivery import CALLS_IN_FLIGHT
from tests.support.delivery_world import Answer, Conversations, DeliveryWorld, put_for_people
from tests.support.killed_processes import HOUR, PROCESSES, die, inherit, race, start

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

PEOPLE = GROUP_SIZE + 2
PLACES = [
    ("turning", 1),  # before the claim is committed
    ("turned", 1),  # after it, before any call
    ("asked", 1),  # in the first call, before the platform took it
    ("accepted", 1),  # in the first call, after it
    ("called", 1),  # after the first call, nothing written down
    ("asked", 7),
    ("accepted", GROUP_SIZE),  # at the end of the first group
    ("called", GROUP_SIZE),
    ("turning", 2),  # before a whole group is written down
    ("turned", 2),  # after it, with the next one claimed
    ("accepted", PEOPLE),  # the very last message
    ("turning", 3),
    ("turned", 3),
]
PLACES_IN_FLIGHT = [("asked", 1), ("accepted", 6), ("called", 3), ("turned", 2)]  # with several calls under way in that moment


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.jsonl"


def killed(url: str, file: Path, place: str, n: int, calls_in_flight: int = 1) -> None:
    process = start(die, url, file, place, n, calls_in_flight)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


class Two:
    """Two processes that deliver from one database, in one world."""

    def __init__(self, url: str, file: Path) -> None:
        began = time.time()
        pipes = [PROCESSES.Pipe(duplex=False) for _ in range(2)]
        self.processes = [start(race, url, file, began, told) for _, told in pipes]
        self.counts = [heard for heard, _ in pipes]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.kill()
            process.join()

    def said(self) -> list[int]:
        """How many messages each said, fewest first; a killed one does not tell."""
        for process in self.processes:
            process.join(60)
        return sorted(heard.recv() for heard, process in zip(self.counts, self.processes, strict=True) if process.exitcode == 0)


@pytest.mark.parametrize(
    ("place", "n", "calls_in_flight"), [*((*place, 1) for place in PLACES), *((*place, CALLS_IN_FLIGHT) for place in PLACES_IN_FLIGHT)]
)
def test_a_process_killed_anywhere_leaves_everyone_asked_exactly_once(
    database: Database, database_url: str, file: Path, place: str, n: int, calls_in_flight: int
) -> None:
    put_for_people(database, PEOPLE)
    killed(database_url, file, place, n, calls_in_flight)
    heir = inherit(DeliveryWorld(database, conversations=Conversations(file=file)))
    heir.live(HOUR)
    assert heir.states() == {MessageState.SENT: PEOPLE}
    assert sorted(heir.conversations.counts().values()) == [1] * PEOPLE


def test_the_heir_of_a_killed_process_may_be_killed_in_turn(database: Database, database_url: str, file: Path) -> None:
    put_for_people(database, PEOPLE)
    for place, n in [("accepted", 3), ("turned", 1), ("turning", 2)]:
        killed(database_url, file, place, n)
    heir = inherit(DeliveryWorld(database, conversations=Conversations(file=file)))
    heir.live(HOUR)
    assert heir.states() == {MessageState.SENT: PEOPLE}
    assert sorted(heir.conversations.counts().values()) == [1] * PEOPLE


@pytest.mark.parametrize("hours", [-1, 1])
@pytest.mark.parametrize("answer", [Answer.YES, Answer.LATER, Answer.LOST_BEFORE, Answer.LOST_AFTER])
def test_a_clock_that_jumps_an_hour_in_the_middle_of_a_call_doubles_nothing_and_loses_nothing(
    database: Database, hours: int, answer: Answer
) -> None:
    put_for_people(database, PEOPLE)
    world = DeliveryWorld(database, answers=[Answer.YES] * 4 + [answer])
    world.platform.before_send = lambda: world.clock.step(hours=hours) if len(world.platform.sends) == 5 else None
    world.live(3 * HOUR)
    assert world.states() == {MessageState.SENT: PEOPLE}
    assert sorted(world.conversations.counts().values()) == [1] * PEOPLE


def test_two_processes_on_one_file_say_everything_once_and_at_one_pace(database: Database, database_url: str, file: Path) -> None:
    put_for_people(database, 200)
    with Two(database_url, file) as two:
        assert two.said() == [0, 200], "one of them speaks, the other waits"
    assert sorted(Conversations(file=file).counts().values()) == [1] * 200


def test_when_the_one_that_speaks_is_killed_the_other_takes_over(database: Database, database_url: str, file: Path) -> None:
    put_for_people(database, 200)
    with Two(database_url, file) as two:
        kill_the_speaker(two, Conversations(file=file))
        (said,) = two.said()
    assert 0 < said < 200
    world = DeliveryWorld(database)
    assert world.states() == {MessageState.SENT: 200}
    assert sorted(Conversations(file=file).counts().values()) == [1] * 200


def kill_the_speaker(two: Two, conversations: Conversations) -> None:
    """Once its first group has been written down, and long before all is said."""
    while len(conversations.writers()) < 3 * GROUP_SIZE:
        time.sleep(0.001)
    (speaker,) = set(conversations.writers())
    next(process for process in two.processes if process.pid == speaker).kill()
