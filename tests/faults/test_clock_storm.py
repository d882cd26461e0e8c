"""A clock that jumps while there are answers undoes nothing that the guard protects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from tests.support.clock_storm import Season, losses, some_jumps

if TYPE_CHECKING:
    from pathlib import Path

POINTS = 6  # of the season: up to the middle of an open week


def test_nothing_is_lost_by_a_clock_that_jumps_and_is_set_right_again(tmp_path: Path, database_url: str) -> None:
    season = Season(tmp_path / "season")
    with capture_logs():
        season.live(database_url, POINTS)
        for jump in some_jumps(seed=8, count=POINTS)[-2:]:
            calm = season.kept_after(None, of=jump)
            assert losses(season.kept_after(jump, of=jump), calm) == [], jump
            assert losses(season.kept_after(jump, of=jump, guarded=False), calm) != [], jump
