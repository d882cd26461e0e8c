"""The season shows every week, with its theme or the reason why nothing is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.app.rehearsal.season import season_of
from bot.workspace.page.clock_controls import SeasonWeek
from schedules.programme_file import load_file


def test_the_season_of_randers_has_sixteen_questions_in_seventeen_weeks() -> None:
    *weeks, _ = season_of(load_file(Path("schedules/randers-2018.yaml")))
    assert [week.label for week in weeks] == [f"2018-W{number}" for number in range(34, 51)]
    assert [(week.label, week.titles) for week in weeks if week.opens is None] == [("2018-W42", {})]
    first = weeks[0]
    assert first.opens == datetime(2018, 8, 21, 7, 30, tzinfo=UTC)
    assert first.titles == {"da": "Borgeren først", "en": "Citizens first"}


def test_the_season_ends_with_the_week_of_its_report() -> None:
    *_, last = season_of(load_file(Path("schedules/randers-2018.yaml")))
    titles = {"da": "Hvad blev der af det?", "en": "What became of it?"}
    assert last == SeasonWeek(label="2018-W51", opens=datetime(2018, 12, 21, 9, tzinfo=UTC), ends=True, titles=titles)
