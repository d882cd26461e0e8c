"""When may a person be written to, and when does their day or week begin?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local_time import day_of_weekly_moment, end_of_day, in_sending_hours, next_monday, start_of_day, today, zone_or_fallback
from bot.programme import WeeklyMoment

COPENHAGEN = "Europe/Copenhagen"
ZONES = st.sampled_from([COPENHAGEN, "America/Nuuk", "Pacific/Auckland", "Asia/Kolkata", "UTC"])
MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(COPENHAGEN))


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (local(2018, 8, 21, 9, 30), local(2018, 8, 21, 9, 30)),
        (local(2018, 8, 21, 6, 59), local(2018, 8, 21, 7)),
        (local(2018, 8, 21, 18, 59), local(2018, 8, 21, 18, 59)),
        (local(2018, 8, 21, 19, 0), local(2018, 8, 22, 7)),
        (local(2018, 8, 24, 19, 0), local(2018, 8, 27, 7)),
        (local(2018, 8, 25, 12, 0), local(2018, 8, 27, 7)),
        (local(2018, 10, 28, 2, 30), local(2018, 10, 29, 7)),
    ],
)
def test_nobody_is_written_to_at_night_or_at_a_weekend(moment: datetime, written: datetime) -> None:
    assert in_sending_hours(moment, COPENHAGEN) == written


@given(MOMENTS, ZONES)
def test_a_message_waits_no_longer_than_over_a_weekend_and_only_when_it_must(moment: datetime, zone: str) -> None:
    written = in_sending_hours(moment, zone)
    there = written.astimezone(ZoneInfo(zone))
    assert there.weekday() < 5
    assert time(7) <= there.time() < time(19)
    assert timedelta() <= written - moment <= timedelta(hours=61)
    assert in_sending_hours(written, zone) == written


def test_a_day_of_the_autumn_change_has_25_hours() -> None:
    assert end_of_day(date(2018, 10, 28), COPENHAGEN) - start_of_day(date(2018, 10, 28), COPENHAGEN) == timedelta(hours=25)


@given(MOMENTS, ZONES)
def test_the_next_monday_begins_within_seven_days_where_the_programme_is(moment: datetime, zone: str) -> None:
    monday = next_monday(moment, zone)
    there = monday.astimezone(ZoneInfo(zone))
    assert there.weekday() == 0
    assert monday > moment
    assert timedelta(days=1) <= there.date() - today(moment, zone) <= timedelta(days=7)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (local(2018, 8, 24, 10), date(2018, 8, 24)),
        (local(2018, 8, 24, 14), date(2018, 8, 24)),
        (local(2018, 8, 24, 14, 1), date(2018, 8, 31)),
        (local(2018, 8, 25, 10), date(2018, 8, 31)),
    ],
)
def test_a_weekly_moment_is_found_on_the_same_day_if_its_hour_is_to_come(moment: datetime, day: date) -> None:
    assert day_of_weekly_moment(moment, WeeklyMoment(weekday=4, at=time(14)), COPENHAGEN) == day


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../etc/passwd", "\0", "x" * 400])
def test_a_time_zone_nobody_knows_is_the_programmes(name: str | None) -> None:
    assert zone_or_fallback(name, COPENHAGEN) == COPENHAGEN


def test_a_known_time_zone_is_kept() -> None:
    assert zone_or_fallback("America/Nuuk", COPENHAGEN) == "America/Nuuk"
