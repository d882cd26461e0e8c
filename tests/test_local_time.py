"""People are written to in their hours, and their days and weeks begin where they live."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days_off import DaysOff
from bot.local_time import end_of_day, first_chance, in_sending_hours, next_monday, start_of_day, today, zone_or_fallback

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
def test_a_message_waits_no_longer_than_over_a_weekend_or_easter_and_only_when_it_must(moment: datetime, zone: str) -> None:
    written = in_sending_hours(moment, zone)
    there = written.astimezone(ZoneInfo(zone))
    assert there.weekday() < 5
    assert time(7) <= there.time() < time(19)
    assert timedelta() <= written - moment <= timedelta(hours=132 if zone == COPENHAGEN else 61)
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
    ("now", "due_at", "chance"),
    [
        (local(2018, 12, 24, 15), local(2018, 12, 24, 9), local(2018, 12, 24, 15)),  # its own day, though a day off
        (local(2018, 12, 24, 20), local(2018, 12, 24, 9), local(2018, 12, 27, 7)),
        (local(2018, 3, 29, 8), local(2018, 3, 28, 9), local(2018, 4, 3, 7)),  # Maundy Thursday to Easter Monday
        (local(2018, 8, 22, 3), local(2018, 8, 22, 2), local(2018, 8, 22, 3)),  # an hour that was planned so
    ],
)
def test_what_is_late_waits_for_the_next_hour_in_which_people_are_written_to(now: datetime, due_at: datetime, chance: datetime) -> None:
    assert first_chance(now, due_at, COPENHAGEN, DaysOff(country="DK")) == chance


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (local(2027, 3, 26, 11), local(2027, 3, 30, 7)),  # Good Friday
        (local(2026, 12, 24, 8), local(2026, 12, 28, 7)),
        (local(2026, 12, 31, 8), local(2027, 1, 4, 7)),
        (local(2029, 6, 5, 8), local(2029, 6, 6, 7)),
    ],
)
def test_nobody_in_denmark_is_written_to_on_a_danish_day_off(moment: datetime, written: datetime) -> None:
    assert in_sending_hours(moment, COPENHAGEN) == written


def test_a_programmes_days_off_are_used_instead_where_they_are_known() -> None:
    good_friday, own = local(2027, 3, 26, 11), local(2027, 3, 24, 11)
    days_off = DaysOff(also=(date(2027, 3, 24),))
    assert in_sending_hours(good_friday, COPENHAGEN, days_off) == good_friday
    assert in_sending_hours(own, COPENHAGEN, days_off) == local(2027, 3, 25, 7)


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../etc/passwd", "\0", "x" * 400])
def test_a_time_zone_nobody_knows_is_the_programmes(name: str | None) -> None:
    assert zone_or_fallback(name, COPENHAGEN) == COPENHAGEN


def test_a_known_time_zone_is_kept() -> None:
    assert zone_or_fallback("America/Nuuk", COPENHAGEN) == "America/Nuuk"
