"""Whoever delivers dies, or freezes in the midst of writing: another process delivers within half a minute, at the real pace."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind
from tests.chaos import judge
from tests.chaos.season import COUNT, EVENING, PARTICIPANTS, TAKE_OVER, THURSDAYS, TUESDAYS, WHOLE, moment
from tests.chaos.storm import Storm
from tests.chaos.worker import FREEZE
from tests.support.server import running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(600), pytest.mark.long]  # two processes and a server, in real seconds
SENT = "SELECT count(*) FROM outbox WHERE state = 'sent' AND kind = 'question'"
CLAIMED = "SELECT count(*) FROM outbox WHERE lease = {number} AND kind IN ('question', 'reminder')"


@pytest.fixture
def storm(tmp_path: Path) -> Iterator[Storm]:
    with running_server(WHOLE) as server:
        storm = Storm(tmp_path, server, random.Random(1), 2, 16, faster=1)  # noqa: S311 - dice are all it takes
        storm.begin()
        try:
            storm.play_to(moment("2018-10-08", EVENING), COUNT.format(kind="welcome"), storm.people)
            yield storm
        finally:
            storm.end()


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


@pytest.mark.parametrize("strike", [kill, freeze])
def test_another_process_delivers_within_half_a_minute(storm: Storm, strike: object) -> None:
    _, number = storm.holder()
    frozen = kill(storm) if strike is kill else freeze(storm)
    began = time.monotonic()
    storm.clock.move_to(moment(TUESDAYS[0], EVENING))
    while not storm.ask(SENT)[0][0]:
        time.sleep(0.1)
    took = time.monotonic() - began
    print(f"{took:.1f} s")
    assert took < TAKE_OVER
    if frozen is not None:
        os.kill(frozen, signal.SIGCONT)
    storm.play_to(moment(THURSDAYS[0], EVENING), COUNT.format(kind="reminder"), storm.people)
    assert storm.ask(CLAIMED.format(number=number)) == [(0,)]
    participants = {member.id for member in storm.chat.members() if member.title in PARTICIPANTS}
    assert judge.doubled(storm.journal, participants) == judge.interleaved(storm.server.url) == []
    assert judge.lost(storm.server.url, storm.journal, participants, {MessageKind.QUESTION: 1, MessageKind.REMINDER: 1}) == []
