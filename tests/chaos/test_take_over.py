"""Whoever delivers dies, or freezes in the midst of writing: another process delivers within half a minute, at the real pace."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind
from tests.chaos.season import COUNT, EVENING, TAKE_OVER, THURSDAYS, TUESDAYS, WHOLE, judge_sending, moment, welcome_all
from tests.chaos.storm import Storm
from tests.chaos.worker import FREEZE
from tests.support.server import running_server

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(600), pytest.mark.long]  # two processes and a server, in real seconds
SENT = "SELECT count(*) FROM outbox WHERE state = 'sent' AND kind = 'question'"
CLAIMED = "SELECT count(*) FROM outbox WHERE lease = {number} AND kind IN ('question', 'reminder')"


def kill(storm: Storm) -> int | None:
    pid, _ = storm.holder()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return None


def freeze(storm: Storm) -> int | None:
    pid, _ = storm.holder()
    (storm.folder / FREEZE).touch()
    while " T " not in Path(f"/proc/{pid}/stat").read_text():
        time.sleep(0.02)
    return pid


def go_through(storm: Storm, strike: Callable[[Storm], int | None]) -> None:
    """A question goes out just when whoever delivers is struck, and is remembered when it wakes."""
    welcome_all(storm)
    _, number = storm.holder()
    frozen, began = strike(storm), time.monotonic()
    storm.clock.move_to(moment(TUESDAYS[0], EVENING))
    while not storm.ask(SENT)[0][0]:
        time.sleep(0.1)
    took = time.monotonic() - began
    print(f"{took:.1f} s")
    assert took < TAKE_OVER
    if frozen is not None:
        os.kill(frozen, signal.SIGCONT)
    storm.play_to(storm.clock.now(), SENT, storm.people)
    storm.play_to(moment(THURSDAYS[0], EVENING), COUNT.format(kind="reminder"), storm.people)
    assert storm.ask(CLAIMED.format(number=number)) == [(0,)]


@pytest.mark.parametrize("strike", [kill, freeze])
def test_another_process_delivers_within_half_a_minute(tmp_path: Path, strike: Callable[[Storm], int | None]) -> None:
    with running_server(WHOLE) as server:
        with Storm(tmp_path, server, seed=1, number=2, people=16, faster=1) as storm:
            go_through(storm, strike)
        assert judge_sending(storm, {MessageKind.QUESTION: 1, MessageKind.REMINDER: 1}) == {}
