"""A rehearsal that is pressed on, disturbed after its first question, and begun anew: the running world with its journal."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

TO_THE_QUESTION = 2  # presses of »Til næste«: the welcome goes out, and then the first question


@contextmanager
def journalled_world(folder: Path, *, participants: int = 24) -> Iterator[tuple[RunningWorld, Path]]:
    """A world in which people act, before its first beat; with its journal, which is written line by line."""
    journal = folder / "journal.jsonl"
    with running_world(folder, synthetic=True, journal=journal, participants=participants) as world:
        written = world.local_bot.workspace._journal._file
        assert written is not None
        written.reconfigure(line_buffering=True)  # type: ignore[attr-defined]  # a file of text has it
        yield world, journal


def press_next(world: RunningWorld, times: int) -> list[tuple[datetime, str]]:
    """Press »Til næste« so many times; where that has led."""
    led_to = []
    for _ in range(times):
        at, _ = press_once(world)
        came = world.local_bot.controls.happened()
        assert came is not None
        assert came[0] == at
        led_to.append(came)
    return led_to


def press_once(world: RunningWorld) -> tuple[datetime, str]:
    """Press »Til næste«; what should come then."""
    due = world.local_bot.controls.next_due()
    assert due is not None
    world.local_bot.controls.advance(due[0])
    wait_for_play(world)
    return due


def wait_for_play(world: RunningWorld) -> None:
    """Wait until the play in the background has come to its moment."""
    while world.local_bot.controls.playing():
        time.sleep(0.005)


def leave_it_playing(world: RunningWorld) -> None:
    """Press »Spil til slut«, and do not wait for it."""
    asked = world.local_bot.clock.now()
    world.local_bot.controls.advance(None)
    while world.local_bot.clock.now() < asked + timedelta(hours=6):
        time.sleep(0.005)


def be_told_to_wait(world: RunningWorld) -> None:
    """Slack asks for a pause, again and again, so that nothing comes."""
    world.local_bot.workspace.faults.limit("chat.postMessage", retry_after=50, times=4)
    press_once(world)


def visit(world: RunningWorld) -> None:
    """Let the others sleep, and act as several people."""
    controls, chat = world.local_bot.controls, world.local_bot.chat
    controls.synthetic = False
    for person in (world.leaders[0], world.organiser, world.politician):
        controls.acted(person)
    assert chat.press(world.leaders[0], "answer").ok
    assert chat.open_home(world.politician).ok


def approve(world: RunningWorld) -> None:
    """Decide as an organiser."""
    press_next(world, 2)
    world.local_bot.controls.acted(world.organiser)
    world.see_and_approve(world.organiser)


def play_to_the_end(world: RunningWorld) -> None:
    """The whole season, and the week after it."""
    world.player.play(world.local_bot.end())
