"""Does a clock that jumps, for however long and at whatever point of a season, undo anything?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from tests.support.clock_storm import Season, losses, some_jumps

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def season(tmp_path: Path, database_url: str) -> Iterator[Season]:
    season = Season(tmp_path / "season")
    with capture_logs():
        season.live(Path(database_url.removeprefix("sqlite:///")))
        yield season


def test_nothing_is_lost_by_a_clock_that_jumps_and_is_set_right_again(season: Season) -> None:
    for jump in some_jumps(seed=8, count=4):
        assert losses(season.kept_after(jump, of=jump), season.kept_after(None, of=jump)) == [], jump
