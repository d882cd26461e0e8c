"""Half a minute of a storm: `make chaos` in small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chaos.season import play, tell

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.postgres


def test_half_a_minute_of_kills_and_restarts_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    storm, faults = play(tmp_path, processes=3, people=16, weeks=1, seed=18, pause=(0.2, 0.7), most=6)
    print(tell(storm))
    assert faults == {}
    assert {"_restart_server", "_freeze_holder"} & set(storm.blows)
