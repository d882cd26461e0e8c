"""A participant can choose the hour they are asked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.dialogue import own_hour, people
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.rounds import after_opening
from bot.local_time import EARLIEST, LATEST, WINDOW
from bot.models import MessageKind, MessageState, Person
from bot.programme import Role, WeeklyMoment
from schedules.due import person_moment
from tests.support.programme import COPENHAGEN, NUUK, PROGRAMME
from tests.support.world import BEFORE, CLOSES, OPENS, World, at, found, lists, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.platform import Found

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON, THREE = time(12), time(15)
NOON_THERE = OPENS + 2.5 * HOUR  # the programme asks at 09:30
ZONES = (COPENHAGEN, "Europe/Helsinki", NUUK, "Pacific/Auckland", "Pacific/Honolulu", "America/New_York", "Pacific/Kiritimati")
MINUTES = st.integers(7 * 60, 19 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def choose(world: World, who: str, hour: time | None = NOON, programme: Programme = PROGRAMME) -> time | None:
    chosen = own_hour.choose_hour(world.person(who), programme, hour)
    world.session.flush()
    return chosen


def due(world: World) -> dict[str, tuple[datetime, datetime | None]]:
    return {message.address: (message.due_at, message.expires_at) for message in world.messages(MessageKind.QUESTION)}


def asking_at(hour: time) -> Programme:
    return replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, at=hour))


def closing(weekday: int, hour: time) -> Programme:
    return replace(PROGRAMME, digest=replace(PROGRAMME.digest, close=WeeklyMoment(weekday=weekday, at=hour)))


# --- which hour may be chosen


@pytest.mark.parametrize(
    ("planned", "offered"), [(time(7), NOON), (time(11, 59), NOON), (NOON, THREE), (time(14, 59), THREE), (THREE, None), (time(19), None)]
)
def test_noon_is_offered_else_three_and_never_an_hour_before_the_programmes(planned: time, offered: time | None) -> None:
    assert own_hour.later_hour(asking_at(planned)) == offered


@pytest.mark.parametrize(("closes", "offered"), [(time(11, 59), None), (NOON, NOON)])
def test_no_hour_is_offered_that_would_leave_less_than_a_day_before_every_close(closes: time, offered: time | None) -> None:
    assert own_hour.later_hour(closing(2, closes)) == offered


@pytest.mark.parametrize("hour", [time(3), time(11), time(20), time(9, 30)])
def test_an_hour_that_nobody_offers_is_the_programmes(world: World, hour: time) -> None:
    choose(world, "L0")
    assert choose(world, "L0", hour) is None
    assert world.person("L0").ask_at is None


@pytest.mark.parametrize("edited", [asking_at(time(13)), closing(2, time(11, 59))])
def test_an_hour_that_the_programme_has_overtaken_counts_for_nothing(world: World, edited: Programme) -> None:
    choose(world, "L0")
    assert own_hour.hour_of(world.person("L0"), edited) is None
    assert own_hour.hour_of(world.person("L0"), PROGRAMME) == NOON


# --- when the question comes


def test_who_has_chosen_noon_is_asked_then_and_all_others_when_they_would_have_been(world: World) -> None:
    choose(world, "L0")
    world.open()
    asked = due(world)
    assert asked.pop("L0") == (NOON_THERE, NOON_THERE + DAY)
    assert set(asked.values()) == {(OPENS, OPENS + DAY)}
    assert len(asked) == 23


def test_noon_is_where_the_person_is(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("L0", timezone=NUUK), *(found(f"L{i}") for i in range(1, 12))]))
    choose(world, "L0")
    world.open(moment_for=lambda zone: person_moment(PROGRAMME, date(2018, 8, 21), PROGRAMME.rounds.at, zone, CLOSES))
    assert due(world)["L0"][0] == datetime(2018, 8, 21, 12, tzinfo=ZoneInfo(NUUK))


def test_a_week_that_closes_less_than_a_day_after_noon_asks_at_the_programmes_hour(world: World) -> None:
    choose(world, "L0")
    world.open(closes_at=NOON_THERE + DAY - timedelta(minutes=1))
    assert due(world)["L0"] == due(world)["L1"]


def move(world: World, now: datetime, hour: time | None = NOON) -> tuple[datetime, datetime | None]:
    """Press at `now` while the question waits; when it then comes."""
    choose(world, "L0", hour)
    after_opening.move_waiting_questions(world.session, now, PROGRAMME, world.person("L0"))
    return due(world)["L0"]


def test_the_question_that_waits_goes_to_the_hour_that_was_chosen_and_back_and_nobody_elses(world: World) -> None:
    world.open()
    assert move(world, OPENS - HOUR) == (NOON_THERE, NOON_THERE + DAY)
    assert move(world, OPENS - HOUR, None) == (OPENS, OPENS + DAY)
    assert move(world, OPENS + HOUR) == (NOON_THERE, NOON_THERE + DAY)
    assert move(world, OPENS + HOUR, None) == (OPENS + HOUR, OPENS + HOUR + DAY)  # not before it was asked for
    assert {moment for who, (moment, _) in due(world).items() if who != "L0"} == {OPENS}
    assert {message.next_at - message.due_at for message in world.messages(MessageKind.QUESTION)} == {timedelta()}


def test_a_question_that_waits_keeps_its_moment_where_the_hour_has_passed_or_leaves_too_little_time(world: World) -> None:
    world.open(closes_at=NOON_THERE + DAY - timedelta(minutes=1))
    assert move(world, OPENS - HOUR)[0] == OPENS
    assert move(world, NOON_THERE + HOUR) == (OPENS, OPENS + DAY)


def test_a_question_that_was_sent_is_not_moved_and_nobody_is_asked_twice(world: World) -> None:
    world.open_and_ask()
    assert move(world, OPENS + HOUR)[0] == OPENS
    assert len(world.recipients()) == 24


def test_a_late_question_that_goes_back_comes_no_earlier_than_a_day_after_the_welcome(world: World) -> None:
    world.open_and_ask()
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(13))]), OPENS)
    world.welcome_all(OPENS + HOUR)
    choose(world, "L12")
    after_opening.queue_late_questions(world.session, OPENS + 2 * HOUR, PROGRAMME)
    choose(world, "L12", None)
    after_opening.move_waiting_questions(world.session, OPENS + 2 * HOUR, PROGRAMME, world.person("L12"))
    assert due(world)["L12"][0] == OPENS + HOUR + DAY


def test_a_round_that_opens_late_still_asks_at_noon_or_at_once_and_nobody_twice(world: World) -> None:
    choose(world, "L0")
    world.open(now=OPENS + 5 * HOUR)
    assert world.open(now=OPENS + 6 * HOUR) is None
    assert due(world)["L0"][0] == NOON_THERE
    assert len(world.recipients()) == 24


def test_one_hour_opens_no_round_and_lets_none_open_that_is_too_late(world: World) -> None:
    choose(world, "L0")
    assert world.open(now=OPENS + DAY + HOUR) is None
    assert world.notices() == ["round.missed.too_late"]


def test_a_late_question_waits_for_noon_of_its_day_if_a_day_then_remains(world: World) -> None:
    world.open_and_ask()
    world.read(with_list(lists(), Role.LEADER, [found(f"L{i}") for i in range(14)]), OPENS)
    world.welcome_all(OPENS)
    choose(world, "L12")
    after_opening.queue_late_questions(world.session, OPENS + HOUR, PROGRAMME)
    assert {who: due(world)[who][0] for who in ("L12", "L13")} == {"L12": NOON_THERE + DAY, "L13": OPENS + DAY}


def test_a_late_question_does_not_wait_where_too_little_time_would_be_left(world: World) -> None:
    world.open_and_ask()
    world.read(with_list(lists(), Role.LEADER, [found(f"L{i}") for i in range(13)]), CLOSES - 2 * DAY)
    world.welcome_all(CLOSES - 2 * DAY)
    choose(world, "L12")
    after_opening.queue_late_questions(world.session, CLOSES - 2 * DAY, PROGRAMME)
    assert due(world)["L12"][0] == CLOSES - DAY


def test_the_reminder_keeps_the_programmes_hour(world: World) -> None:
    choose(world, "L0")
    round_ = world.open()
    assert round_ is not None
    world.deliver(NOON_THERE)
    after_opening.queue_reminders(world.session, OPENS + 2 * DAY, PROGRAMME, round_, at(OPENS + 2 * DAY))
    assert {message.due_at for message in world.messages(MessageKind.REMINDER)} == {OPENS + 2 * DAY}


@pytest.mark.parametrize(("late", "reminded"), [(timedelta(), 24), (HOUR, 0)])
def test_a_choice_costs_nobody_the_reminder_that_comes_within_a_day_of_noon(world: World, late: timedelta, reminded: int) -> None:
    """And brings it to nobody who would not have got it: what is sent late is late for all."""
    choose(world, "L0")
    round_ = world.open()
    assert round_ is not None
    for message in world.messages(MessageKind.QUESTION):
        message.state, message.sent_at = MessageState.SENT, message.due_at + late
    remind_at = OPENS + DAY + HOUR / 2
    assert after_opening.queue_reminders(world.session, remind_at, PROGRAMME, round_, at(remind_at)) == reminded


@given(
    day=st.dates(date(2018, 1, 1), date(2019, 12, 31)).filter(lambda day: day.weekday() < 5),
    hour=MINUTES,
    chosen=st.sampled_from([None, NOON, THREE]),
    zone=st.sampled_from(ZONES),
    home=st.sampled_from(ZONES),
    more=st.integers(0, 4 * 24 * 60),
)
def test_whatever_is_chosen_a_question_comes_on_its_day_with_a_day_to_answer_or_as_planned(
    day: date, hour: time, chosen: time | None, zone: str, home: str, more: int
) -> None:
    programme = replace(asking_at(hour), timezone=home)
    closes_at = person_moment(programme, day, hour, home, datetime.max.replace(tzinfo=UTC) - DAY) + WINDOW + timedelta(minutes=more)
    planned = person_moment(programme, day, hour, zone, closes_at)
    moment = own_hour.own_moment(planned, chosen, day, zone, closes_at)
    assert moment >= planned >= min(person_moment(programme, day, hour, each, closes_at) for each in ZONES)
    if moment != planned:
        local = moment.astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (day, chosen)
        assert EARLIEST <= local.time() < LATEST
        assert closes_at - moment >= WINDOW


# --- whose it is


def test_it_stands_in_everything_about_them_and_goes_with_them(world: World) -> None:
    choose(world, "L0")
    line = "Bliver spurgt kl. 12.00, efter eget valg"
    assert line in my_data(world.session, PROGRAMME, "L0").parts[0].lines
    assert line not in my_data(world.session, asking_at(time(13)), "L0").parts[0].lines  # it counts for nothing any more
    erase(world.session, OPENS, "L0")
    assert world.session.scalars(select(Person).where(Person.ask_at.is_not(None))).all() == []


def test_a_pause_and_another_participants_role_keep_it(world: World) -> None:
    choose(world, "L0")
    people.pause(world.session, BEFORE, world.person("L0"), (BEFORE + DAY).date())
    world.read(with_list(with_list(lists(), Role.LEADER, [found(f"L{i}") for i in range(1, 12)]), Role.EMPLOYEE_REP, moved("L0")))
    people.apply_role_changes(world.session, BEFORE + 7 * DAY)
    people.end_pauses(world.session, BEFORE + 7 * DAY)
    assert (world.person("L0").role, world.person("L0").ask_at) == (Role.EMPLOYEE_REP, NOON)


def moved(who: str) -> list[Found]:
    return [found(who), *(found(f"E{i}") for i in range(12))]


@pytest.mark.parametrize("how", ["leaves", "is off the list", "becomes a politician"])
def test_who_is_asked_no_more_begins_at_the_programmes_hour_if_they_come_back(world: World, how: str) -> None:
    choose(world, "L0")
    others = [found(f"L{i}") for i in range(1, 12)]
    if how == "leaves":
        people.leave(world.session, BEFORE, world.person("L0"))
    elif how == "is off the list":
        world.read(with_list(lists(), Role.LEADER, others))
    else:
        world.read(with_list(lists(), Role.POLITICIAN, [found("P0"), found("P1"), found("L0")]))
    assert world.person("L0").ask_at is None
