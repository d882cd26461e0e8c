from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local_time import instant
from bot.programme import Entry, Programme, Remind, Skip, Slot, Week, WeeklyMoment
from schedules import due as dues
from schedules.due import CloseDue, PostDue, ReminderDue, RoundDue, due_between, next_due, person_moment, reminder_day, welcome_moment
from schedules.programme_file import load_file
from schedules.sending_days import sending_days_of
from schedules.slots import History, assignment, entries_without_slot, is_working_day, sending_days
from tests.support.remarks import why

RANDERS = load_file(Path(__file__).parents[2] / "schedules" / "randers-2018.yaml")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ZONES = ("Europe/Copenhagen", "Europe/London", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland", "Atlantic/Azores")
FAR_PAST, FAR_FUTURE = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
TUE, THU, FRI = 1, 3, 4


def slot(year: int, week: int, number: int = 1) -> Slot:
    return Slot(week=Week(year=year, number=week), number=number)


def at(text: str) -> datetime:
    """A moment in Copenhagen, for example "2018-08-21 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


def with_rounds(**changes) -> Programme:
    return replace(RANDERS, rounds=replace(RANDERS.rounds, **changes))


def entries(count: int) -> tuple[Entry, ...]:
    return tuple(Entry(theme="borgeren-foerst", all=f"q{number}") for number in range(count))


def everything(programme: Programme, history: History | None = None, zones=()):
    return due_between(programme, history or History(), zones=zones, after=FAR_PAST, until=FAR_FUTURE)


# --- instants -------------------------------------------------------------------------------------------------------------------


def test_a_time_in_the_spring_gap_is_the_first_moment_after_it():
    assert instant(date(2018, 3, 25), time(2, 30), COPENHAGEN) == datetime(2018, 3, 25, 1, 0, tzinfo=UTC)


def test_a_time_in_the_autumn_overlap_is_its_first_occurrence():
    assert instant(date(2018, 10, 28), time(2, 30), COPENHAGEN) == datetime(2018, 10, 28, 0, 30, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_begins_with_the_next_one():
    assert instant(date(2011, 12, 30), time(9, 30), ZoneInfo("Pacific/Apia")) == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)


@given(st.dates(date(2016, 1, 1), date(2030, 12, 31)), st.times().map(lambda t: t.replace(microsecond=0, second=0)), st.sampled_from(ZONES))
def test_an_instant_is_the_first_moment_whose_local_clock_shows_that_time_or_a_later_one(day, clock, zone):
    """The oracle walks through the day minute by minute, in UTC."""
    wanted = datetime.combine(day, clock)
    first = datetime.combine(day, clock, UTC) - timedelta(hours=15)
    steps = (first + timedelta(minutes=minute) for minute in range(30 * 60))
    oracle = next(step for step in steps if step.astimezone(ZoneInfo(zone)).replace(tzinfo=None) >= wanted)
    assert instant(day, clock, ZoneInfo(zone)) == oracle


# --- slots ----------------------------------------------------------------------------------------------------------------------


def test_the_randers_programme_has_sixteen_tuesdays_and_skips_the_autumn_holiday():
    planned = sending_days(RANDERS)
    assert [(each.day, why(each.skipped)) for each in planned if each.skipped] == [(date(2018, 10, 16), "week 42")]
    assert len(planned) - 1 == len(RANDERS.rounds.order) == 16


def test_a_holiday_is_skipped_by_its_name():
    christmas = with_rounds(from_=date(2018, 12, 18), until=date(2019, 1, 1))
    assert [why(each.skipped) for each in sending_days(christmas)] == [None, "Christmas Day", "New Year's Day"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 12, 31), slot(2019, 1)),
        (date(2020, 12, 28), slot(2020, 53)),
        (date(2021, 1, 4), slot(2021, 1)),
        (date(2018, 1, 1), slot(2018, 1)),
    ],
)
def test_the_weeks_around_new_year_are_iso_weeks(day, expected):
    monday = with_rounds(every=(0,), from_=day, until=day, skip=Skip())
    assert sending_days(monday)[0].slot == expected


@given(
    st.sets(st.integers(0, 4), min_size=1),
    st.dates(date(2017, 12, 1), date(2027, 1, 31)),
    st.integers(0, 90),
    st.sets(st.integers(1, 53), max_size=5),
)
def test_slots_are_the_sending_days_and_nothing_else(every, start, length, weeks):
    until = start + timedelta(days=length)
    programme = with_rounds(every=tuple(sorted(every)), from_=start, until=until, skip=Skip(weeks=tuple(weeks)))
    oracle = []
    for ahead in range(length + 1):
        day = start + timedelta(days=ahead)
        if int(day.strftime("%u")) - 1 in every:
            oracle.append((day, f"week {int(day.strftime('%V'))}" if int(day.strftime("%V")) in weeks else None))
    planned = sending_days_of(programme.rounds)
    assert [(each.day, why(each.skipped)) for each in planned] == oracle
    assert [each.slot for each in planned] == sorted({each.slot for each in planned})


# --- assignment -----------------------------------------------------------------------------------------------------------------


def test_entries_that_are_not_sent_fill_the_remaining_slots_in_order():
    order = RANDERS.rounds.order
    history = History(sent={order[2].key: slot(2018, 34)}, missed=frozenset({slot(2018, 35)}))
    placed = assignment(RANDERS, history)
    assert placed[slot(2018, 34)] == order[2]
    assert slot(2018, 35) not in placed
    assert (placed[slot(2018, 36)], placed[slot(2018, 37)], placed[slot(2018, 38)]) == (order[0], order[1], order[3])
    assert entries_without_slot(RANDERS, history) == (order[-1],)


def test_a_sent_entry_keeps_its_slot_when_that_is_no_longer_planned():
    later = with_rounds(from_=date(2018, 9, 4))
    first = RANDERS.rounds.order[0]
    assert assignment(later, History(sent={first.key: slot(2018, 34)}))[slot(2018, 34)] == first


def test_a_sent_entry_that_has_left_the_order_still_uses_its_slot_and_its_week_still_closes():
    shorter = with_rounds(order=RANDERS.rounds.order[1:])
    history = History(sent={RANDERS.rounds.order[0].key: slot(2018, 34)})
    assert slot(2018, 34) not in assignment(shorter, history)
    assert any(isinstance(each, CloseDue) and each.week.number == 34 for each in everything(shorter, history))


edits = st.tuples(
    st.sets(st.integers(0, 4), min_size=1, max_size=1).map(tuple),
    st.times(time(7), time(19)).map(lambda t: t.replace(second=0, microsecond=0)),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(edits, min_size=1, max_size=6), st.lists(st.integers(1, 96), min_size=20, max_size=30))
def test_moving_the_hour_and_the_day_asks_nothing_twice_and_loses_nothing(edited, pauses):
    """An organiser edits day and hour while the heart beats at odd moments; what is older than the look-back counts as missed."""
    sent: dict[str, Slot] = {}
    missed: set[Slot] = set()
    whole_weeks = {"from_": date(2018, 8, 20), "until": date(2018, 12, 14), "remind": None}
    now, programme = at("2018-08-20 00:00").astimezone(UTC), RANDERS
    for number, hours in enumerate(pauses * 3):
        every, hour = edited[number // 5 % len(edited)]
        programme, now = with_rounds(every=every, at=hour, **whole_weeks), now + timedelta(hours=hours)
        for each in rounds_due(programme, History(sent=sent, missed=frozenset(missed)), until=now - timedelta(hours=36)):
            missed.add(each.slot)
        for each in rounds_due(programme, History(sent=sent, missed=frozenset(missed)), until=now):
            assert each.entry.key not in sent
            assert each.slot not in sent.values()
            sent[each.entry.key] = each.slot
    history = History(sent=sent, missed=frozenset(missed))
    placed = {entry.key for entry in assignment(programme, history).values()}
    left = {entry.key for entry in entries_without_slot(programme, history)}
    assert placed | left == {entry.key for entry in RANDERS.rounds.order}
    assert not placed & left
    assert len(left) <= len(missed)
    assert [entry.key for entry in RANDERS.rounds.order if entry.key in sent] == sorted(sent, key=lambda key: sent[key])


def rounds_due(programme: Programme, history: History, *, until: datetime) -> list[RoundDue]:
    return [item for item in due_between(programme, history, zones=(), after=FAR_PAST, until=until) if isinstance(item, RoundDue)]


# --- what falls due -------------------------------------------------------------------------------------------------------------


def test_a_week_of_the_dialogue_is_question_reminder_close_and_digest():
    week = due_between(RANDERS, History(), zones=(), after=at("2018-08-20 00:00"), until=at("2018-08-26 00:00"))
    assert [(type(each), each.at) for each in week] == [
        (RoundDue, at("2018-08-21 09:30")),
        (ReminderDue, at("2018-08-23 13:00")),
        (CloseDue, at("2018-08-24 10:00")),
        (PostDue, at("2018-08-24 14:00")),
    ]


def test_the_whole_programme_has_sixteen_of_each_and_nothing_in_the_skipped_week():
    kinds = [type(each) for each in everything(RANDERS)]
    assert [kinds.count(kind) for kind in dues.DUE_KINDS] == [16, 16, 16, 16]
    assert not [each for each in everything(RANDERS) if at("2018-10-15 00:00") <= each.at < at("2018-10-22 00:00")]
    assert dues.ends_at(RANDERS) == at("2018-12-14 14:00")


def test_the_first_moment_is_left_out_and_the_last_one_is_not():
    opening = at("2018-08-21 09:30")
    assert due_between(RANDERS, History(), zones=(), after=opening, until=opening) == ()
    assert len(due_between(RANDERS, History(), zones=(), after=opening - timedelta(seconds=1), until=opening)) == 1


def test_what_is_next_is_the_first_thing_after_now():
    assert isinstance(next_due(RANDERS, History(), zones=(), after=at("2018-08-21 09:30")), ReminderDue)
    assert next_due(RANDERS, History(), zones=(), after=dues.ends_at(RANDERS)) is None


def test_a_sent_round_is_not_due_again_but_its_reminder_and_its_close_are():
    history = History(sent={RANDERS.rounds.order[0].key: slot(2018, 34)})
    week = due_between(RANDERS, history, zones=(), after=at("2018-08-20 00:00"), until=at("2018-08-26 00:00"))
    assert [type(each) for each in week] == [ReminderDue, CloseDue, PostDue]


def test_the_clocks_go_back_and_the_question_still_comes_at_half_past_nine():
    rounds = [each for each in everything(RANDERS) if isinstance(each, RoundDue)]
    assert {each.at.astimezone(COPENHAGEN).time() for each in rounds} == {time(9, 30)}
    assert {round_.at.time() for round_ in rounds} == {time(7, 30), time(8, 30)}


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(ZONES)), st.datetimes(datetime(2018, 8, 1), datetime(2018, 12, 31)), st.integers(48, 2000))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_any_cut_through_the_programme_loses_and_doubles_nothing(zones, cut, step):
    parts, moment = (
        list(due_between(RANDERS, History(), zones=zones, after=FAR_PAST, until=cut.replace(tzinfo=UTC))),
        cut.replace(tzinfo=UTC),
    )
    while moment < datetime(2019, 2, 1, tzinfo=UTC):
        parts += due_between(RANDERS, History(), zones=zones, after=moment, until=moment + timedelta(hours=step))
        moment += timedelta(hours=step)
    assert tuple(parts) == everything(RANDERS, zones=zones)


def test_what_falls_due_next_and_what_falls_due_between_are_the_same():
    found, moment = [], FAR_PAST
    while (coming := next_due(RANDERS, History(), zones=("Asia/Tokyo",), after=moment)) is not None:
        found, moment = [*found, coming], coming.at
    assert {each.at for each in found} == {each.at for each in everything(RANDERS, zones=("Asia/Tokyo",))}


# --- people's own hours ---------------------------------------------------------------------------------------------------------


def test_a_round_opens_at_its_earliest_recipients_hour():
    first = everything(RANDERS, zones=("Asia/Tokyo", "America/Los_Angeles"))[0]
    assert isinstance(first, RoundDue)
    assert first.at == datetime(2018, 8, 21, 0, 30, tzinfo=UTC)
    assert first.programme_at == at("2018-08-21 09:30")


def test_a_round_never_opens_later_than_at_programme_time():
    assert everything(RANDERS, zones=("America/Los_Angeles",))[0].at == at("2018-08-21 09:30")


def test_a_person_is_asked_at_their_own_hour():
    closes_at = at("2018-08-24 10:00")
    assert person_moment(RANDERS, date(2018, 8, 21), time(9, 30), "America/Los_Angeles", closes_at) == datetime(
        2018, 8, 21, 16, 30, tzinfo=UTC
    )


def test_less_than_a_day_before_the_close_a_person_is_asked_at_programme_time():
    closes_at = at("2018-08-22 18:00")
    assert person_moment(RANDERS, date(2018, 8, 21), time(9, 30), "America/Los_Angeles", closes_at) == at("2018-08-21 09:30")
    exactly = datetime(2018, 8, 22, 16, 30, tzinfo=UTC)
    assert person_moment(RANDERS, date(2018, 8, 21), time(9, 30), "America/Los_Angeles", exactly) == exactly - timedelta(days=1)


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../etc/passwd", "Europe", "\0"])
def test_an_unknown_zone_counts_as_the_programmes(zone):
    assert person_moment(RANDERS, date(2018, 8, 21), time(9, 30), zone, at("2018-08-24 10:00")) == at("2018-08-21 09:30")


# --- reminders, closes, welcomes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hour", "day"), [(13, date(2018, 8, 24)), (9, date(2018, 8, 27))])
def test_a_reminder_at_the_weekend_comes_on_friday_if_that_is_a_day_after_the_question_else_on_monday(hour: int, day: date):
    late = replace(
        with_rounds(every=(THU,), remind=Remind(after_days=2, at=time(hour))),
        digest=replace(RANDERS.digest, close=WeeklyMoment(weekday=2, at=time(10))),
    )
    assert reminder_day(late, date(2018, 8, 23)) == day


def test_a_reminder_on_a_holiday_comes_the_working_day_before_it_or_else_after_it():
    may = with_rounds(from_=date(2018, 5, 8), until=date(2018, 5, 8))
    assert reminder_day(may, date(2018, 5, 8)) == date(2018, 5, 9)  # the day before Ascension Day
    early = replace(may, rounds=replace(may.rounds, remind=Remind(after_days=2, at=time(9))))
    assert reminder_day(early, date(2018, 5, 8)) == date(2018, 5, 11)


def test_nobody_is_reminded_at_the_very_close_or_after_it():
    at_close = with_rounds(remind=Remind(after_days=3, at=time(10)))
    just_before = with_rounds(remind=Remind(after_days=3, at=time(9, 59)))
    assert reminder_day(at_close, date(2018, 8, 21)) is None
    assert reminder_day(just_before, date(2018, 8, 21)) == date(2018, 8, 24)


def test_without_reminders_nobody_is_reminded():
    silent = with_rounds(remind=None)
    assert reminder_day(silent, date(2018, 8, 21)) is None
    assert not [each for each in everything(silent) if isinstance(each, ReminderDue)]


def test_a_week_closes_once_after_its_last_question():
    twice = with_rounds(every=(TUE, THU), until=date(2018, 10, 9), order=entries(15))
    closes = [each.at for each in everything(twice) if isinstance(each, CloseDue)]
    assert closes[0] == at("2018-08-24 10:00")
    assert len(closes) == len(set(closes)) == 8


def test_a_week_whose_last_sending_day_is_a_holiday_closes_after_the_one_before():
    wednesday_close = replace(RANDERS.digest, close=WeeklyMoment(weekday=2, at=time(10)))
    may = replace(with_rounds(every=(0, THU), from_=date(2018, 5, 7), until=date(2018, 5, 11)), digest=wednesday_close)
    assert dues.close_moment(may, Week(year=2018, number=19)) == at("2018-05-09 10:00")


def test_a_digest_may_be_posted_the_monday_after_the_close():
    monday = replace(RANDERS, digest=replace(RANDERS.digest, post=WeeklyMoment(weekday=0, at=time(9))))
    assert dues.post_moment(monday, Week(year=2018, number=34)) == at("2018-08-27 09:00")


def test_a_digest_may_be_posted_at_the_very_close():
    at_once = replace(RANDERS, digest=replace(RANDERS.digest, post=RANDERS.digest.close))
    assert dues.post_moment(at_once, Week(year=2018, number=34)) == at("2018-08-24 10:00")


def test_the_welcome_comes_on_the_last_working_day_a_day_before_the_first_question():
    assert welcome_moment(RANDERS, at("2018-08-21 09:30"), "Europe/Copenhagen") == at("2018-08-20 09:30")
    assert welcome_moment(RANDERS, at("2018-08-20 09:30"), "Europe/Copenhagen") == at("2018-08-17 09:30")
    assert welcome_moment(RANDERS, at("2018-12-27 09:30"), "Europe/Copenhagen") == at("2018-12-21 09:30")


@given(st.sampled_from(ZONES), st.dates(date(2018, 1, 8), date(2026, 12, 31)))
def test_a_welcome_is_at_the_persons_own_hour_on_a_working_day_and_early_enough(zone, day):
    question_at = instant(day, time(9, 30), COPENHAGEN)
    moment = welcome_moment(RANDERS, question_at, zone)
    local = moment.astimezone(ZoneInfo(zone))
    assert question_at - moment >= timedelta(hours=24)
    assert local.time() == time(9, 30)
    assert is_working_day(RANDERS, local.date())
    later_days = (local.date() + timedelta(days=ahead) for ahead in range(1, 10))
    assert not [
        d for d in later_days if is_working_day(RANDERS, d) and question_at - instant(d, time(9, 30), ZoneInfo(zone)) >= timedelta(hours=24)
    ]


def test_a_programme_whose_last_sending_days_are_skipped_ends_with_the_last_week_that_is_not():
    skipped = with_rounds(skip=replace(RANDERS.rounds.skip, weeks=(42, 49, 50)))
    assert dues.ends_at(skipped) == at("2018-11-30 14:00")


def test_a_programme_of_which_every_sending_day_is_skipped_ends_when_it_would_have():
    skipped = with_rounds(skip=replace(RANDERS.rounds.skip, weeks=tuple(range(34, 51))))
    assert dues.ends_at(skipped) == at("2018-12-14 14:00")
