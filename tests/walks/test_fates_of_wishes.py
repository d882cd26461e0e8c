"""Every wish shows its true fate, and every alarm comes once, whether politicians answer at once or late.

Six weeks of the first pace; `season_fates.py` plays all paces to the end, also with a bot that starts anew at every beat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.heartbeat_world import LISTS
from tests.support.promise_season import LISTED, PACES, PromiseSeason
from tests.support.true_fates import wrong_alarms, wrong_states

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database


@pytest.fixture(autouse=True)
def long_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists are as long as the season needs them."""
    for group, size in LISTED.items():
        monkeypatch.setitem(LISTS, group, size)


def test_every_wish_shows_its_true_state_and_every_alarm_comes_once(tmp_path: Path, database: Database) -> None:
    season, wrong = PromiseSeason(tmp_path, database, PACES["at once"], weeks=6), list[str]()
    season.play(lambda season: wrong.extend(wrong_states(season)))
    assert wrong + wrong_alarms(season) == []
    assert any(said.key.endswith(":again") for said in season.said)
