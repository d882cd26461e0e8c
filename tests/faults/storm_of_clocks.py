"""Nothing is lost in five hundred jumps of the clock, and something would be without the guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from tests.support.clock_storm import Season, losses, some_jumps

if TYPE_CHECKING:
    from pathlib import Path

RUNS, IN_ONE = 500, 50
pytestmark = pytest.mark.timeout(1800)


@pytest.mark.parametrize("seed", range(RUNS // IN_ONE))
def test_nothing_is_lost_in_fifty_jumps(seed: int, tmp_path: Path, database_url: str) -> None:
    season, lost, lost_unguarded = Season(tmp_path / "season"), [], 0
    with capture_logs():
        season.live(database_url)
        for jump in some_jumps(seed, IN_ONE):
            calm = season.kept_after(None, of=jump)
            lost += [(jump, loss) for loss in losses(season.kept_after(jump, of=jump), calm)]
            lost_unguarded += bool(losses(season.kept_after(jump, of=jump, guarded=False), calm))
    print(f"seed {seed}: {IN_ONE} jumps, lost {len(lost)}; without the guard {lost_unguarded} of them lose something")
    assert lost == []
    assert lost_unguarded > 0
