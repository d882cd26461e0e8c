"""A whole season in a storm, for 1, 4 and 8 processes: ten thousand messages, with answers all the while.

SEED chooses another storm; SECONDS is the longest time between two restarts of the server and other blows, 5 at least.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.chaos.season import TUESDAYS, play, tell

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("SEED") or 18)
PEOPLE = int(os.environ.get("PEOPLE") or 400)
LONGEST = float(os.environ.get("SECONDS") or 8)
FASTER = 4  # than the real lease: at ten times, eight processes on two busy cores are taken for dead while they only wait
pytestmark = pytest.mark.timeout(3600)


@pytest.mark.parametrize("processes", [1, 4, 8])
def test_a_season_in_a_storm_loses_nothing_and_doubles_nothing(tmp_path: Path, processes: int) -> None:
    pause = (0.5, LONGEST)
    play_all = partial(play, tmp_path, people=PEOPLE, weeks=len(TUESDAYS), seed=SEED + processes, pause=pause, most=1000)
    storm, faults = play_all(processes=processes, faster=FASTER)
    print(tell(storm))
    assert faults == {}


def test_two_clocks_five_minutes_apart_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    storm, faults = play(tmp_path, processes=2, people=100, weeks=2, seed=SEED, pause=(0.5, LONGEST), most=1000, skews=(-150.0, 150.0))
    print(tell(storm))
    faults.pop("interleaved", None)  # claims are put in order by the clocks
    assert faults == {}
