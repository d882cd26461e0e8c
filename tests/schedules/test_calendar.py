"""Weekly moments know public holidays, and the Danish days on which town halls are closed as well."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.days_off import public_holiday as holiday
from bot.local_time import in_sending_hours
from bot.models import Digest, MessageKind
from bot.wording.dates import day_in
from schedules.agenda import agenda
from schedules.next_programme import renew
from schedules.programme_file import load_file, load_files
from tests.support.heartbeat_world import here
from tests.support.programme import PROGRAMME_TEXT
from tests.support.remarks import remarks, why
from tests.support.running_world import running_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.programme import Programme
    from tests.support.heartbeat_world import HeartbeatWorld

pytestmark = pytest.mark.long  # it lives whole programmes

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RANDERS = Path(__file__).parents[2] / "schedules" / "randers-2018.yaml"
CLOSED_TOO = {(12, 24), (12, 31), (6, 5)}  # Christmas Eve, New Year's Eve, Constitution Day
FIRST, WELCOMED = "2018-10-01 08:00", "2018-10-08 11:00"


def beginning(tmp_path: Path, start: date) -> Programme:
    shutil.copy(RANDERS, tmp_path / RANDERS.name)
    return load_file(renew(tmp_path / RANDERS.name, start))


def days_unsaid(programme: Programme, *, closed_too: bool) -> list[str]:
    """The days off on which something falls that no remark names."""
    remarked = " ".join(remarks(programme, date(2026, 1, 1)))
    days = [line.at.date() for line in agenda(programme) if not line.skipped]
    off = [day for day in days if ((day.month, day.day) in CLOSED_TOO if closed_too else holiday("DK", day))]
    return [day.isoformat() for day in off if day_in("en", day) not in remarked]


@pytest.mark.parametrize("start", [date(2026, 11, 3), date(2027, 1, 26), date(2027, 3, 2)], ids=str)
def test_no_close_reminder_or_digest_falls_on_a_public_holiday_unsaid(tmp_path: Path, start: date) -> None:
    assert days_unsaid(beginning(tmp_path, start), closed_too=False) == []


@pytest.mark.parametrize("start", [date(2026, 11, 3), date(2029, 4, 3)], ids=str)
def test_nothing_falls_on_a_day_on_which_danish_offices_are_closed_unsaid(tmp_path: Path, start: date) -> None:
    assert days_unsaid(beginning(tmp_path, start), closed_too=True) == []


def test_a_question_that_is_late_waits_until_the_holiday_is_over(tmp_path: Path) -> None:
    """The bot was down; it comes back on the morning of Maundy Thursday (29 March 2018)."""
    (tmp_path / "schedules").mkdir()
    text = PROGRAMME_TEXT.replace("2018-10-09", "2018-03-28").replace("2018-11-06", "2018-04-18").replace("2018-10-01", "2018-03-26")
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


# --- further cases of the kind --------------------------------------------------------------------------------------------------


def test_whenever_a_programme_begins_all_that_falls_on_a_day_off_is_said() -> None:
    programme = load_file(RANDERS)
    for weeks in range(0, 520, 13):
        start = date(2026, 1, 6) + timedelta(weeks=weeks)
        rounds = replace(programme.rounds, from_=start, until=start + timedelta(weeks=17))
        begun = replace(programme, rounds=rounds)
        assert days_unsaid(begun, closed_too=False) == days_unsaid(begun, closed_too=True) == []


def test_a_day_off_of_the_programmes_own_moves_and_skips_and_both_are_said(small: Callable[..., Path]) -> None:
    path = small(
        *("holidays: DK, weeks: [42]", "holidays: DK, also: [2018-08-24, 2018-08-28, 2018-12-24]"),
        *("until: 2018-08-28", "until: 2018-09-04"),
    )
    programme = load_file(path)
    assert remarks(programme, date(2018, 8, 1)) == (
        "24 December 2018 is a day off, but the programme runs from 21 August 2018 until 7 September 2018",
        "the reminder comes on Wednesday 22 August at 13:00 instead of Thursday 23 August at 13:00 because of a day off of this programme",
        "the week closes on Thursday 23 August at 10:00 instead of Friday 24 August at 10:00 because of a day off of this programme",
        "the digest comes on Thursday 23 August at 14:00 instead of Friday 24 August at 14:00 because of a day off of this programme",
    )
    earlier, later = "onsdag den 22. august kl. 13.00", "torsdag den 23. august kl. 13.00"
    assert remarks(programme, date(2018, 8, 1), "da")[:2] == (
        "24. december 2018 er skrevet som fridag, men programmet kører fra 21. august 2018 til 7. september 2018",
        f"påmindelsen kommer {earlier} i stedet for {later} på grund af en fridag i dette program",
    )
    assert [why(line.skipped) for line in agenda(programme) if line.skipped] == ["a day off of this programme"]


WITHOUT_COUNTRY = "skip: {holidays: DK, weeks: [42]}", "skip: {}"


def test_a_danish_programme_that_names_no_country_has_danish_days_off(small: Callable[..., Path]) -> None:
    easter = "from: 2018-08-21", "from: 2019-04-09", "until: 2018-08-28", "until: 2019-04-16"
    assert remarks(load_file(small(*WITHOUT_COUNTRY, *easter)), date(2019, 1, 1)) == (
        "the week closes on Wednesday 17 April at 10:00 instead of Friday 19 April at 10:00 because of Good Friday",
        "the digest comes on Wednesday 17 April at 14:00 instead of Friday 19 April at 14:00 because of Good Friday",
        "there is no reminder on Thursday 18 April at 13:00 (no room: Maundy Thursday)",
    )


def test_a_question_on_a_day_off_that_no_file_names_goes_out_and_check_says_how_to_leave_it_out(small: Callable[..., Path]) -> None:
    mondays = "every: tuesday", "every: monday", "from: 2018-08-21", "from: 2019-04-15", "until: 2018-08-28", "until: 2019-04-22"
    path = small(*WITHOUT_COUNTRY, *mondays)
    at = "a question goes out on Monday 22 April at 09:30, and that day is Easter Monday"
    told = f"{at}; to leave it out, write `skip: {{also: [2019-04-22]}}` and end later"
    assert [line.skipped for line in agenda(load_file(path)) if line.kind == "round"] == [None, None]
    assert told in remarks(load_file(path), date(2019, 1, 1))
    text = path.read_text("utf-8").replace("skip: {}", "skip: {also: [2019-04-22]}").replace("until: 2019-04-22", "until: 2019-04-29")
    path.write_text(text, "utf-8")
    assert told not in remarks(load_file(path), date(2019, 1, 1))


def test_where_a_country_is_named_or_none_is_known_the_time_zone_adds_no_days_off(small: Callable[..., Path]) -> None:
    ascension = "from: 2018-08-21", "from: 2019-06-04", "until: 2018-08-28", "until: 2019-06-11"
    reminder = "after_days: 2", "after_days: 1"  # on 5 June, closed in Denmark alone
    for changes in [("holidays: DK", "holidays: NO"), (*WITHOUT_COUNTRY, "Europe/Copenhagen", "Europe/Oslo")]:
        said = remarks(load_file(small(*ascension, *reminder, *changes)), date(2019, 1, 1))
        assert not any("5 June" in remark for remark in said)


CLOSE, POST = 'close: {day: friday, at: "10:00"}', 'post: {day: friday, at: "14:00"}'
TWO_DAYS = (
    *("every: tuesday", "every: [monday, thursday]", 'at: "09:30"', 'at: "13:00"', "after_days: 2", "after_days: 1"),
    *(CLOSE, 'close: {day: tuesday, at: "08:30"}', POST, 'post: {day: tuesday, at: "14:00"}'),
)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        (
            (*TWO_DAYS, "from: 2018-08-21", "from: 2018-08-23", "until: 2018-08-28", "until: 2018-08-27"),
            "close of each week comes on Tuesday 08:30, not before the next question, on Monday 13:00",
        ),
        ((*TWO_DAYS, "from: 2018-08-21", "from: 2018-08-20", "until: 2018-08-28", "until: 2018-08-23"), None),  # there is no next week
        (
            (POST, 'post: {day: tuesday, at: "09:30"}'),
            "digest of each week comes on Tuesday 09:30, not before the next question, on Tuesday 09:30",
        ),
        ((POST, 'post: {day: tuesday, at: "09:29"}'), None),
    ],
)
def test_a_week_that_ends_after_the_next_has_begun_is_good_and_said_once(
    small: Callable[..., Path], changes: tuple[str, ...], what: str | None
) -> None:
    said = [remark for remark in remarks(load_file(small(*changes)), date(2018, 8, 1)) if "next question" in remark]
    assert said == ([] if what is None else [f"the {what}: to have it before, put it earlier, or ask later"])


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("[2018-02-30]", "2018-02-30 does not exist in the calendar: correct the day or the month"),
        ("[24 december]", '"24 december" is not a date as it is written here: write year-month-day, for example 2018-08-21'),
        ("2018-08-24", "; write [2018-08-24]"),
    ],
)
def test_a_wrong_day_off_is_a_fault(small: Callable[..., Path], faults_in: Callable[[Path], list[str]], value: str, fault: str) -> None:
    (found,) = faults_in(small("weeks: [42]", f"also: {value}"))
    assert found.startswith("32:")
    assert found.endswith(fault)


def test_entries_that_no_day_is_left_for_are_no_fault_but_a_remark(tmp_path: Path) -> None:
    shutil.copy(RANDERS, tmp_path / RANDERS.name)
    text = RANDERS.read_text("utf-8").replace("every: tuesday", "every: wednesday").replace("2018-08-21", "2018-08-22")
    (tmp_path / RANDERS.name).write_text(text.replace("2018-12-11", "2018-12-12").replace("after_days: 2", "after_days: 1"), "utf-8")
    programme = load_file(renew(tmp_path / RANDERS.name, date(2027, 3, 3)))
    said = remarks(programme, date(2026, 1, 1))
    assert "no question goes out on Wednesday 24 March at 09:30 (no room: Good Friday on 26 March 2027)" in said
    assert any(remark.startswith("no sending day is left for 1 at the end of `order` (spoerge-og-") for remark in said)


def test_two_programmes_that_follow_each_other_do_not_overlap_because_a_day_off_moves_the_last_digest(tmp_path: Path) -> None:
    """The digest of Easter Monday comes on Tuesday, when the next programme begins."""
    text = RANDERS.read_text("utf-8").replace('post: {day: friday, at: "14:00"}', 'post: {day: monday, at: "09:00"}')
    (tmp_path / "a-2018.yaml").write_text(text.replace("randers-2018", "a-2018"), "utf-8")
    first = renew(tmp_path / "a-2018.yaml", date(2026, 12, 8))
    assert load_file(first).rounds.until == date(2027, 3, 23)
    second = renew(first, date(2027, 3, 30))
    load_files([first, second])


def test_a_question_that_would_be_late_on_a_day_off_is_missed_and_takes_the_next_slot(make_world: Callable[..., HeartbeatWorld]) -> None:
    wednesdays = "every: tuesday", "every: wednesday", "2018-10-09", "2018-10-10", "2018-11-06", "2018-11-07"
    world = make_world(*wednesdays, "after_days: 2", "after_days: 1", "[42]}", "[42], also: [2018-10-11]}")
    world.beat(FIRST, "2018-10-09 11:00", "2018-10-11 08:00")  # it was down on Wednesday
    assert world.times_asked() == {0: 28}
    assert len(world.notices("missed:2018-W41")) == 1
    world.beat("2018-10-24 10:40")
    assert [round_.entry for round_ in world.rounds()] == ["hvorhen"]


def test_a_new_day_off_changes_nothing_for_a_round_that_is_open(make_world: Callable[..., HeartbeatWorld]) -> None:
    world = make_world("detach_after_days: 7", "detach_after_days: 28")
    world.beat(FIRST, WELCOMED, "2018-10-09 10:40")
    world.file.write_text(world.file.read_text("utf-8").replace("[42]}", "[42], also: [2018-10-12]}"), "utf-8")
    world.beat("2018-10-10 10:00")
    world.put_in_force()
    world.beat("2018-10-10 14:00", "2018-10-11 13:00", "2018-10-12 09:59")
    assert [(round_.closes_at, round_.closed_at) for round_ in world.rounds()] == [(here("2018-10-12 10:00"), None)]
    assert world.moments(MessageKind.REMINDER, COPENHAGEN.key) == {"2018-10-11 13:00"}
    world.beat("2018-10-12 10:00")
    with world.database.look() as session:
        assert session.scalars(select(Digest.post_at)).all() == [here("2018-10-15 14:00")]


def test_where_every_sending_day_is_skipped_the_agenda_says_so_and_welcomes_nobody(small: Callable[..., Path]) -> None:
    programme = load_file(small())
    skip = replace(programme.rounds.skip, weeks=(34, 35))
    lines = agenda(replace(programme, rounds=replace(programme.rounds, skip=skip)))
    assert [(line.kind, why(line.skipped)) for line in lines] == [("round", "week 34"), ("round", "week 35")]
