"""Every wish shows its true fate, and every alarm comes once: at every pace, also if the bot starts anew at every beat.

`make season` plays this; `test_fates_of_wishes.py` plays the first weeks of one pace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.heartbeat_world import LISTS
from tests.support.promise_season import LISTED, MOST_WEEKS, PACES, PromiseSeason
from tests.support.true_fates import wrong_alarms, wrong_states

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

pytestmark = pytest.mark.timeout(600)
AFTERWARDS = 4  # weeks after the last question: then promises are due that were made at the end


@pytest.mark.parametrize("restless", [False, True], ids=["as it is", "started anew"])
@pytest.mark.parametrize("pace", PACES)
def test_every_wish_shows_its_true_state_and_every_alarm_comes_once(
    pace: str, restless: bool, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for group, size in LISTED.items():
        monkeypatch.setitem(LISTS, group, size)
    season, wrong = PromiseSeason(tmp_path, database, PACES[pace], weeks=MOST_WEEKS + AFTERWARDS, restless=restless), list[str]()
    season.play(lambda season: wrong.extend(wrong_states(season)))
    assert wrong + wrong_alarms(season) == []
