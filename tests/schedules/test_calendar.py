"""Do the weekly moments know the calendar, and the Danish days on which a town hall is closed though they are no public holidays?"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.local_time import in_sending_hours
from schedules.agenda import agenda
from schedules.holidays import holiday
from schedules.next_programme import renew
from schedules.programme_file import load_file, remarks
from tests.support.programme import PROGRAMME_TEXT
from tests.support.running_world import running_world

if TYPE_CHECKING:
    from bot.programme import Programme

pytestmark = pytest.mark.xfail(raises=AssertionError, reason="weekly moments know no calendar")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RANDERS = Path(__file__).parents[2] / "schedules" / "randers-2018.yaml"
CLOSED_TOO = {(12, 24), (12, 31), (6, 5)}  # Christmas Eve, New Year's Eve, Constitution Day


def beginning(tmp_path: Path, start: date) -> Programme:
    shutil.copy(RANDERS, tmp_path / RANDERS.name)
    return load_file(renew(tmp_path / RANDERS.name, start))


def days_unsaid(programme: Programme, *, closed_too: bool) -> list[str]:
    """The days off on which something falls that no remark names."""
    remarked = " ".join(remarks(programme, date(2026, 1, 1)))
    days = [line.at.date() for line in agenda(programme) if not line.skipped]
    off = [day for day in days if ((day.month, day.day) in CLOSED_TOO if closed_too else holiday("DK", day))]
    return [day.isoformat() for day in off if day.isoformat() not in remarked]


@pytest.mark.parametrize("start", [date(2026, 11, 3), date(2027, 1, 26), date(2027, 3, 2)], ids=str)
def test_no_close_reminder_or_digest_falls_on_a_public_holiday_unsaid(tmp_path: Path, start: date) -> None:
    assert days_unsaid(beginning(tmp_path, start), closed_too=False) == []


@pytest.mark.parametrize("start", [date(2026, 11, 3), date(2029, 4, 3)], ids=str)
def test_nothing_falls_on_a_day_on_which_danish_offices_are_closed_unsaid(tmp_path: Path, start: date) -> None:
    assert days_unsaid(beginning(tmp_path, start), closed_too=True) == []


def test_a_question_that_is_late_waits_until_the_holiday_is_over(tmp_path: Path) -> None:
    """The bot was down; it comes back on the morning of Maundy Thursday (29 March 2018)."""
    (tmp_path / "schedules").mkdir()
    text = PROGRAMME_TEXT.replace("2018-10-09", "2018-03-28").replace("2018-11-06", "2018-04-18").replace("2018-10-01", "2018-03-01")
    text = text.replace("every: tuesday", "every: wednesday").replace("weeks: [42]", "weeks: []").replace("after_days: 2", "after_days: 1")
    (tmp_path / "schedules" / "landsby.yaml").write_text(text, "utf-8")
    with running_world(tmp_path) as world:
        world.play("2018-03-27 12:00")
        world.local_bot.clock.move_to(datetime(2018, 3, 29, 8, tzinfo=COPENHAGEN))  # nobody played: it was down over Wednesday
        world.player.settle()
        assert not any(world.questions(person) for person in world.participants)


def test_hours_in_which_people_are_written_to_leave_out_holidays() -> None:
    good_friday = datetime(2027, 3, 26, 11, tzinfo=COPENHAGEN)
    assert in_sending_hours(good_friday, "Europe/Copenhagen") != good_friday
