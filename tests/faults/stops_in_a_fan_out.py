"""Told to leave fifty times in the middle of fan-outs: within ten seconds, and nobody is forgotten or asked twice."""

from __future__ import annotations

import random
import statistics
import time
from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import WallClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.bot_on_slack import (
    Leave,
    bot_on_slack,
    states,
    times_written_to,
    wait_for_first_beat,
    wait_until_all_is_said,
    write_to_everybody,
)
from tests.support.command_line import programme_folder
from tests.support.local_slack import serve

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.slack_api.injected_faults import InjectedFaults

STOPS, IN_ONE, PEOPLE = 50, 10, 300
WITHIN = 10.0  # seconds
LONGEST_HANG = 20.0  # seconds
pytestmark = pytest.mark.timeout(1800)


def hinder(faults: InjectedFaults, dice: random.Random) -> None:
    """Let a few of the next calls be slow, hang, fail, or lose their answers."""
    faults.slow("chat.postMessage", seconds=dice.choice([0.3, 1.0, 3.0, LONGEST_HANG]), times=dice.randrange(4))
    faults.lose("chat.postMessage", times=dice.randrange(2))
    faults.crash("chat.postMessage", times=dice.randrange(2))


@pytest.mark.parametrize("seed", range(STOPS // IN_ONE))
def test_nobody_is_forgotten_or_asked_twice_in_ten_stops(seed: int, tmp_path: Path) -> None:
    dice, folder = random.Random(seed), programme_folder(tmp_path)  # noqa: S311 - dice are all it takes
    leaves, addresses = list[Leave](), list[str]()
    population = population_for(load_file(folder / "schedules" / "landsby.yaml"), participants=PEOPLE)
    with serve(ChatClient(population, WallClock()), manifest()) as slack:
        for _ in range(IN_ONE):
            with bot_on_slack(folder, slack) as bot:
                bot.log_until("the bot runs")
                if not addresses:
                    wait_for_first_beat(bot)
                    addresses = write_to_everybody(bot)
                hinder(slack.faults, dice)
                time.sleep(dice.uniform(0.0, 4.0))
                leaves.append(bot.leave_timed())
        before_last = states(bot)
        slack.faults.clear()
        time.sleep(LONGEST_HANG)  # a bot waits a minute before it looks for what is in doubt; this test does not, so what hangs must end
        with bot_on_slack(folder, slack) as last:
            wait_until_all_is_said(last)
            times = times_written_to(slack, addresses)
    seconds = sorted(leave.seconds for leave in leaves)
    print(
        f"seed {seed}: {IN_ONE} stops, median {statistics.median(seconds):.1f} s, slowest {seconds[-1]:.1f} s;"
        f" before the last start {dict(before_last)}; of {len(addresses)} people, by how often they were written to: {dict(times)}"
    )
    assert all(leave.code == 0 for leave in leaves)
    assert seconds[-1] < WITHIN
    assert times == {1: len(addresses)}
