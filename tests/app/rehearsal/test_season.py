"""The season shows every week, with its theme or the reason why nothing is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.app.rehearsal.season import season_of
from schedules.programme_file import load_file


def test_the_season_of_randers_has_sixteen_questions_in_seventeen_weeks() -> None:
    weeks = season_of(load_file(Path("schedules/randers-2018.yaml")))
    assert [week.label for week in weeks] == [f"2018-W{number}" for number in range(34, 51)]
    assert [(week.label, week.titles) for week in weeks if week.opens is None] == [("2018-W42", {})]
    first = weeks[0]
    assert first.opens == datetime(2018, 8, 21, 7, 30, tzinfo=UTC)
    assert first.titles == {"da": "Borgeren først", "en": "Citizens first"}
