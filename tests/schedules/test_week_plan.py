"""Every moment of every week is on a working day and in order, whatever the programme says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.days_off import DaysOff
from bot.days_off import public_holiday as holiday
from bot.local_time import instant
from bot.posting_moment import posting_moment
from bot.programme import DigestPlan, Entry, Programme, Remind, Rounds, Skip, Slot, Week, WeeklyMoment
from schedules.due import CloseDue, PostDue, ReminderDue, RoundDue, due_between, post_after
from schedules.programme_file import load_file
from schedules.sending_days import sending_days_of
from schedules.slots import History, sending_days
from schedules.week_plan import NO_ROOM, reminder_day, week_plan
from tests.support.remarks import why

RANDERS = load_file(Path(__file__).parents[2] / "schedules" / "randers-2018.yaml")
FAR_PAST, FAR_FUTURE = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
DIGEST = partial(replace, RANDERS.digest)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
HOURS = [time(7), time(8, 30), time(9, 30), time(10), time(13), time(14), time(19)]
WEEKLY_MOMENTS = st.sampled_from([WeeklyMoment(weekday=day, at=at) for day in range(5) for at in HOURS])
ONE_TO_THREE_DAYS = [days for n in (1, 2, 3) for days in combinations(range(5), n)]
REMINDERS = [None, *(Remind(after_days=days, at=at) for days in range(1, 6) for at in HOURS)]
MONDAY = datetime(2018, 1, 1)  # noqa: DTZ001 - any Monday


def shape(every: tuple[int, ...], rounds_at: time, start: date, skip: Skip, remind: Remind | None, digest: DigestPlan) -> Programme:
    """A programme of sixteen weeks, with as many entries as it has sending days."""
    rounds = Rounds(every=every, at=rounds_at, from_=start, until=start + 16 * WEEK, skip=skip, remind=remind, order=())
    n = sum(day.skipped is None for day in sending_days_of(rounds))
    return replace(RANDERS, rounds=replace(rounds, order=tuple(Entry(theme="x", all=f"q{i}") for i in range(n))), digest=digest)


def is_good(programme: Programme) -> bool:
    """Whether `check` takes days and hours: a day to answer, and a digest that does not wait four days; and the file's own order."""
    last = _in_week(WeeklyMoment(weekday=max(programme.rounds.every), at=programme.rounds.at))
    first = _in_week(WeeklyMoment(weekday=min(programme.rounds.every), at=programme.rounds.at))
    close = _next(programme.digest.close, last)
    post = _next(programme.digest.post, close)
    return close - last >= DAY and post - close < 4 * DAY and post < first + WEEK


def _in_week(weekly: WeeklyMoment) -> datetime:
    return datetime.combine(MONDAY, weekly.at) + weekly.weekday * DAY


def _next(weekly: WeeklyMoment, after: datetime) -> datetime:
    return next(moment for weeks in range(4) if (moment := _in_week(weekly) + weeks * WEEK) >= after)


def shape_from(start: int, country: str | None, also: list[int], **of_the_week: Any) -> Programme:
    """The shape that begins so many days after new year 2026, with these days of it as days off of its own."""
    first = date(2026, 1, 1) + start * DAY
    skip = Skip(holidays=country, also=tuple(sorted({first + ahead * DAY for ahead in also})))
    digest = DIGEST(close=of_the_week.pop("close"), post=of_the_week.pop("post"))
    return shape(start=first, skip=skip, digest=digest, **of_the_week)


SHAPES = st.builds(
    shape_from,
    start=st.integers(0, 11 * 365),
    country=st.sampled_from(["DK", None]),  # where no country is named, that of the time zone counts
    also=st.one_of(st.just([]), st.lists(st.integers(0, 18 * 7), max_size=6)),
    every=st.sampled_from([*ONE_TO_THREE_DAYS, *ONE_TO_THREE_DAYS[:5] * 4]),  # mostly one day a week
    rounds_at=st.sampled_from(HOURS),
    remind=st.sampled_from(REMINDERS),
    close=WEEKLY_MOMENTS,
    post=WEEKLY_MOMENTS,
).filter(is_good)


@settings(max_examples=150, deadline=None)
@given(SHAPES)
def test_no_weekly_moment_falls_on_a_day_off_and_the_order_is_kept(programme: Programme) -> None:
    complaints = complaints_of(programme)
    assert complaints == [], (programme.rounds, programme.digest)


def days_off_in_denmark(programme: Programme) -> DaysOff:
    """The days off of a programme in Denmark, whether or not its file names the country."""
    return DaysOff(country="DK", also=programme.rounds.skip.also)


def complaints_of(programme: Programme) -> list[str]:
    """What is wrong with the weeks of a programme, worked out from what falls due alone."""
    zone, days_off = programme.zone, days_off_in_denmark(programme)
    due_items = due_between(programme, History(), zones=(), after=FAR_PAST, until=FAR_FUTURE)
    found = [
        f"{item} on {days_off.name(item.at.astimezone(zone).date())}"
        for item in due_items
        if not isinstance(item, RoundDue) and days_off.name(item.at.astimezone(zone).date())
    ]
    asked = {item.slot: item.at for item in due_items if isinstance(item, RoundDue)}
    closes = {item.week: item.at for item in due_items if isinstance(item, CloseDue)}
    posts = {item.week: item.at for item in due_items if isinstance(item, PostDue)}
    found += [f"no close or digest of {slot}" for slot in asked if slot.week not in closes or slot.week not in posts]
    for item in due_items:
        if isinstance(item, ReminderDue) and not asked[item.slot] < item.at < closes[item.slot.week]:
            found.append(f"{item} out of order")
    for slot, at in asked.items():
        following = min((other for later, other in asked.items() if later.week > slot.week), default=FAR_FUTURE)
        if not (closes[slot.week] - at >= DAY and closes[slot.week] <= posts[slot.week] < following):
            found.append(f"{slot}: {at}, {closes[slot.week]}, {posts[slot.week]}, {following}")
    return found


@settings(max_examples=100, deadline=None)
@given(SHAPES)
def test_without_days_off_in_it_a_week_is_what_its_file_says(programme: Programme) -> None:
    zone, days_off = programme.zone, days_off_in_denmark(programme)
    for day in sending_days_of(programme.rounds):
        plan = week_plan(programme, day.slot.week)
        dates = [moment.astimezone(zone).date() for moment in (plan.planned_close, plan.planned_post)]
        if not any(days_off.name(date_) for date_ in dates):
            assert (plan.close, plan.post) == (plan.planned_close, plan.planned_post)


@settings(max_examples=100, deadline=None)
@given(SHAPES, st.integers(0, 16), st.integers(0, 4))
def test_the_digest_of_a_round_that_closes_on_any_day_comes_after_that_close(programme: Programme, week: int, day: int) -> None:
    closes_at = instant(programme.rounds.from_ + week * WEEK + day * DAY, programme.digest.close.at, programme.zone)
    post_at = post_after(programme, closes_at)
    assert post_at >= closes_at
    assert days_off_in_denmark(programme).name(post_at.astimezone(programme.zone).date()) is None


@settings(max_examples=60, deadline=None)
@given(SHAPES)
def test_days_off_that_no_file_names_take_no_sending_day_by_themselves(programme: Programme) -> None:
    skip = programme.rounds.skip
    for sending_day in sending_days_of(programme.rounds):
        named = sending_day.day in skip.also or (skip.holidays and holiday(skip.holidays, sending_day.day))
        assert (sending_day.skipped is not None) == bool(named)


# --- single weeks ---------------------------------------------------------------------------------------------------------------

MON, TUE, WED, THU, FRI = range(5)


def in_denmark(
    first: str,
    *,
    every: tuple[int, ...] = (TUE,),
    hour: str = "09:30",
    close: tuple[int, str] = (FRI, "10:00"),
    post: tuple[int, str] = (FRI, "14:00"),
    remind: tuple[int, str] = (2, "13:00"),
    also: tuple[str, ...] = (),
) -> Programme:
    """A programme like that of Randers, from a day on."""
    weekly = [WeeklyMoment(weekday=day, at=time.fromisoformat(at)) for day, at in (close, post)]
    skip = Skip(holidays="DK", also=tuple(date.fromisoformat(day) for day in also))
    reminder, digest = (
        Remind(after_days=remind[0], at=time.fromisoformat(remind[1])),
        replace(RANDERS.digest, close=weekly[0], post=weekly[1]),
    )
    return shape(every, time.fromisoformat(hour), date.fromisoformat(first), skip, reminder, digest)


def in_norway(programme: Programme) -> Programme:
    """The same with the days off of Norway."""
    return replace(programme, rounds=replace(programme.rounds, skip=Skip(holidays="NO")))


def week_of(programme: Programme, day: str) -> list[str]:
    """The weekdays and hours of reminders, close and digest of the week in which a day lies; empty if nothing is asked in it."""
    week, zone = Week.of(date.fromisoformat(day)), programme.zone
    due_items = due_between(programme, History(), zones=(), after=FAR_PAST, until=FAR_FUTURE)
    of_week = [item for item in due_items if week == (item.slot.week if isinstance(item, RoundDue | ReminderDue) else item.week)]
    return [f"{type(item).__name__[:-3]} {item.at.astimezone(zone):%a %d %H:%M}" for item in of_week if not isinstance(item, RoundDue)]


def test_easter_takes_two_days_from_a_week_and_it_still_has_a_day_to_answer() -> None:
    assert week_of(in_denmark("2027-03-16"), "2027-03-23") == ["Close Wed 24 10:00", "Post Wed 24 14:00"]


def test_a_digest_on_easter_monday_comes_before_the_question_of_tuesday() -> None:
    programme = in_denmark("2027-03-16", post=(MON, "09:00"))
    assert week_of(programme, "2027-03-23") == ["Close Wed 24 10:00", "Post Tue 30 09:00"]


def test_a_reminder_on_ascension_day_comes_on_wednesday() -> None:
    assert week_of(in_denmark("2027-05-04"), "2027-05-04")[0] == "Reminder Wed 05 13:00"


def test_a_close_on_whit_monday_comes_on_the_friday_before_it() -> None:
    programme = in_denmark("2027-05-13", every=(THU,), close=(MON, "10:00"), post=(MON, "14:00"), remind=(1, "09:30"))
    assert week_of(programme, "2027-05-13") == ["Reminder Fri 14 09:30", "Close Fri 14 10:00", "Post Fri 14 14:00"]


def test_a_close_without_room_before_the_day_off_comes_after_it() -> None:
    programme = in_denmark("2030-06-04", hour="11:00", close=(WED, "12:00"), post=(WED, "14:00"))  # Constitution Day
    assert week_of(programme, "2030-06-04") == ["Close Thu 06 12:00", "Post Thu 06 14:00"]


def test_a_week_without_room_is_skipped_with_its_reason_and_asked_of_nobody() -> None:
    programme = in_denmark("2027-03-17", every=(WED,))
    assert week_of(programme, "2027-03-24") == []
    assert [why(day.skipped) for day in sending_days(programme)][:3] == [None, "no room: Good Friday on 26 March 2027", None]


def test_of_two_sending_days_only_the_one_without_room_is_skipped() -> None:
    programme = in_denmark("2027-03-15", every=(MON, WED), remind=(3, "13:00"))
    assert week_of(programme, "2027-03-22") == ["Reminder Tue 23 13:00", "Close Wed 24 10:00", "Post Wed 24 14:00"]
    assert [str(day.day) for day in sending_days(programme) if day.skipped and day.skipped.key in NO_ROOM] == ["2027-03-24"]


def test_a_week_whose_last_sending_day_is_skipped_does_not_close_within_a_day_of_the_one_before() -> None:
    programme = in_denmark("2026-12-15", every=(TUE, FRI), close=(TUE, "09:30"), post=(WED, "10:00"), remind=(3, "13:00"))
    assert week_of(programme, "2026-12-22") == ["Reminder Wed 23 13:00", "Close Tue 29 09:30", "Post Wed 30 10:00"]


def test_a_day_off_of_the_programmes_own_moves_what_falls_on_it() -> None:
    bridge_day = in_denmark("2027-05-04", also=("2027-05-07",))  # the Friday after Ascension Day
    assert week_of(bridge_day, "2027-05-04") == ["Close Wed 05 10:00", "Post Wed 05 14:00"]


def test_other_countries_have_their_own_days_off() -> None:
    whit_monday = in_norway(in_denmark("2027-05-11", close=(MON, "08:00"), post=(MON, "09:00")))
    assert week_of(whit_monday, "2027-05-11") == ["Reminder Thu 13 13:00", "Close Fri 14 08:00", "Post Fri 14 09:00"]
    christmas = in_norway(in_denmark("2026-12-22"))
    assert week_of(christmas, "2026-12-22") == [
        "Reminder Wed 23 13:00",
        "Close Thu 24 10:00",
        "Post Thu 24 14:00",
    ]


def test_a_close_gives_way_where_the_digest_would_have_no_room() -> None:
    programme = in_denmark("2027-05-11", post=(MON, "10:00"))  # on Whit Monday; on Tuesday the next question comes first
    assert week_of(programme, "2027-05-11") == ["Reminder Wed 12 13:00", "Close Thu 13 10:00", "Post Fri 14 10:00"]


@pytest.mark.parametrize(("closes_at", "day"), [("2027-05-06 10:00", date(2027, 5, 5)), ("2027-05-05 10:00", None)])
def test_a_round_that_is_open_is_reminded_before_the_close_it_promised(closes_at: str, day: date | None) -> None:
    programme = in_denmark("2027-05-04")
    moment = datetime.fromisoformat(closes_at).replace(tzinfo=programme.zone)
    assert reminder_day(programme, date(2027, 5, 4), moment) == day


def test_what_a_round_promised_when_it_opened_falls_due_then() -> None:
    """Opened by a bot that knew no calendar: it closes on Good Friday, and its digest waits until Easter is over."""
    programme = in_denmark("2027-03-16")
    slot, promised = Slot(week=Week(year=2027, number=12), number=1), datetime(2027, 3, 26, 10, tzinfo=programme.zone)
    history = History(sent={programme.rounds.order[1].key: slot}, closes={slot: promised})
    due_items = due_between(programme, history, zones=(), after=FAR_PAST, until=FAR_FUTURE)
    moments = [item.at for item in due_items if isinstance(item, CloseDue | PostDue) and item.week == slot.week]
    assert moments == [promised, datetime(2027, 3, 30, 14, tzinfo=programme.zone)]
    reminders = [item.at for item in due_items if isinstance(item, ReminderDue) and item.slot == slot]
    assert reminders == [datetime(2027, 3, 24, 13, tzinfo=programme.zone)]


def test_close_and_digest_at_the_same_moment_move_together() -> None:
    programme = in_denmark("2027-05-04", close=(THU, "14:00"), post=(THU, "14:00"))
    assert week_of(programme, "2027-05-04")[-2:] == ["Close Wed 05 14:00", "Post Wed 05 14:00"]
    assert posting_moment(programme.digest, programme.zone, DaysOff(), datetime(2027, 5, 7, tzinfo=UTC)).day == 13
