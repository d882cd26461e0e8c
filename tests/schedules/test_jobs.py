"""The jobs of a beat keep every moment, through restarts, clock jumps, summer time and new year."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, MessageState, ResponseState
from bot.programme import Skip, Slot, Week
from schedules import jobs
from schedules.planning.progress import load_history
from tests.support.heartbeat_world import FAROE, here
from tests.support.programme import COPENHAGEN, PROGRAMME
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from schedules.due import History
    from tests.support.heartbeat_world import HeartbeatWorld

FIRST, WELCOMED, ASKED = "2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40"
HOUR = timedelta(hours=1)
NOT_DETACHED = ("detach_after_days: 7", "detach_after_days: 28")  # what was asked is counted afterwards


def slot(year: int, week: int) -> Slot:
    return Slot(week=Week(year=year, number=week), number=1)


def programme(world: HeartbeatWorld) -> Programme:
    return world.another(world.database)._programme_store.first()


def history(world: HeartbeatWorld) -> History:
    with world.database.look() as session:
        return load_history(session, programme(world))


def hour_by_hour(world: HeartbeatWorld, begin: str, end: str) -> None:
    """Beat every hour from one moment to another."""
    world.clock.moment = here(begin)
    while world.clock.moment <= here(end):
        world.beat()
        world.clock.moment += HOUR


def test_history_tells_what_went_out_where(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, ASKED)
    assert history(world).sent == {"hvorhen": slot(2018, 41)}
    assert history(world).missed == frozenset()


def test_a_programme_that_is_loaded_after_its_first_question_says_so_once_and_asks_it_in_the_next_slot(
    world: HeartbeatWorld,
) -> None:
    world.beat("2018-10-24 12:00", "2018-10-24 12:01")  # two slots are over; week 42 is none
    assert history(world).missed == {slot(2018, 41), slot(2018, 43)}
    assert len(world.notices("missed:before_load")) == 1
    world.beat("2018-10-29 11:00", "2018-10-30 11:00")
    assert history(world).sent == {"hvorhen": slot(2018, 44)}
    assert world.times_asked() == {1: 24}


def test_a_question_that_nobody_could_send_is_recorded_as_missed_and_keeps_its_place_in_the_order(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, "2018-10-11 09:00")
    assert history(world).missed == {slot(2018, 41)}
    assert len(world.notices("missed:2018-W41")) == 1
    assert world.times_asked() == {0: 28}
    world.beat("2018-10-23 10:40")
    assert history(world).sent == {"hvorhen": slot(2018, 43)}


def test_an_hour_too_late_is_in_time(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, "2018-10-10 08:00")
    assert (world.times_asked(), history(world).missed) == ({1: 24}, frozenset())


def test_welcomes_go_out_at_each_persons_hour_on_the_last_working_day_before_the_first_question(world: HeartbeatWorld) -> None:
    world.beat(FIRST)
    assert world.moments(MessageKind.WELCOME, COPENHAGEN) == {"2018-10-08 09:30"}
    assert world.moments(MessageKind.WELCOME, FAROE) == {"2018-10-08 09:30"}


def test_welcomes_go_out_at_once_when_the_programme_is_loaded_later(world: HeartbeatWorld) -> None:
    world.beat("2018-10-08 16:12")
    assert world.moments(MessageKind.WELCOME, COPENHAGEN) == {"2018-10-08 16:12"}


def test_questions_and_reminders_go_out_at_each_persons_hour(world: HeartbeatWorld) -> None:
    world.beat(FIRST, WELCOMED, "2018-10-09 09:30", ASKED, "2018-10-11 13:00")
    assert world.moments(MessageKind.QUESTION, COPENHAGEN) == world.moments(MessageKind.QUESTION, FAROE) == {"2018-10-09 09:30"}
    assert world.moments(MessageKind.REMINDER, COPENHAGEN) == {"2018-10-11 13:00"}


@pytest.mark.parametrize("jumps", [(-1, 2), (1, -2), (-1, 1, -1, 1), (2, -1)])
def test_a_clock_that_jumps_an_hour_asks_everybody_once(world: HeartbeatWorld, jumps: tuple[int, ...]) -> None:
    world.beat(FIRST, WELCOMED, "2018-10-09 09:30")
    for hours in jumps:
        world.clock.moment += hours * HOUR
        world.beat()
    world.beat("2018-10-09 12:00")
    assert (len(world.rounds()), world.times_asked()) == (1, {1: 24})
    assert world.moments(MessageKind.QUESTION) == {"2018-10-09 09:30"}


@pytest.mark.parametrize("before", ["2018-10-09 08:45", "2018-10-12 09:15"])
def test_a_clock_that_jumps_over_the_moment_itself_loses_nothing(world: HeartbeatWorld, before: str) -> None:
    world.beat(FIRST, WELCOMED, ASKED) if before > ASKED else world.beat(FIRST, WELCOMED)
    world.beat(before)
    world.clock.moment += HOUR
    world.beat()
    world.clock.moment -= HOUR
    world.beat()
    world.beat("2018-10-12 11:00")
    assert (world.times_asked(), len(world.messages(MessageKind.DRAFT))) == ({1: 24}, 1)


@pytest.mark.long  # it plays seasons
def test_the_hour_stays_when_summer_time_ends(make_world: Callable[..., HeartbeatWorld]) -> None:
    world = make_world("every: tuesday", "every: monday", "from: 2018-10-09", "from: 2018-10-08", *NOT_DETACHED)
    world.beat(FIRST, "2018-10-05 11:00", "2018-10-08 11:00", "2018-10-22 11:00")
    hour_by_hour(world, "2018-10-27 20:30", "2018-10-29 12:30")
    assert [f"{round_.opens_at:%m-%d %H:%M}" for round_ in world.rounds()] == ["10-08 07:30", "10-22 07:30", "10-29 08:30"]
    assert world.times_asked() == {3: 24}
    assert world.moments(MessageKind.QUESTION) == {"2018-10-08 09:30", "2018-10-22 09:30", "2018-10-29 09:30"}


@pytest.mark.long  # it plays seasons
def test_the_hour_stays_when_summer_time_begins(make_world: Callable[..., HeartbeatWorld]) -> None:
    world = make_world(
        *("every: tuesday", "every: monday", "from: 2018-10-09", "from: 2019-03-25", "until: 2018-11-06", "until: 2019-04-08"),
        *("weeks: [42]", "weeks: []", "on: 2018-10-01", "on: 2019-03-18", ", hvad-nu]", "]"),
        *("hvad-nu, theme: sammenhold,", "hvad-nu, theme: sammenhold, reserve: true,"),
    )
    world.beat("2019-03-18 08:00", "2019-03-22 11:00", "2019-03-25 11:00")
    hour_by_hour(world, "2019-03-30 20:30", "2019-04-01 12:30")
    assert [f"{round_.opens_at:%m-%d %H:%M}" for round_ in world.rounds()] == ["03-25 08:30", "04-01 07:30"]
    assert world.times_asked() == {2: 24}
    assert world.moments(MessageKind.QUESTION) == {"2019-03-25 09:30", "2019-04-01 09:30"}


def test_the_week_that_holds_new_year_is_asked_once_and_belongs_to_the_new_year(make_world: Callable[..., HeartbeatWorld]) -> None:
    world = make_world(
        *("every: tuesday", "every: monday", "from: 2018-10-09", "from: 2018-12-17", "until: 2018-11-06", "until: 2019-01-07"),
        *("skip: {holidays: DK, weeks: [42]}", "skip: {weeks: [42]}", "on: 2018-10-01", "on: 2018-12-03"),
        *NOT_DETACHED,
    )
    world.beat("2018-12-10 08:00", "2018-12-14 11:00", "2018-12-17 11:00", "2018-12-24 11:00", "2018-12-31 11:00", "2018-12-31 23:59")
    world.beat("2019-01-01 00:00", "2019-01-04 10:00", "2019-01-07 11:00")
    assert [round_.week for round_ in world.rounds()] == ["2018-W51", "2018-W52", "2019-W01", "2019-W02"]
    assert world.times_asked() == {4: 24}
    assert world.notices("missed:") == []


def test_a_political_answer_that_waited_for_a_working_day_is_brought_to_mind_at_work_and_on_no_day_off(session: Session) -> None:
    world = World(session, replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, skip=Skip(holidays="DK"))))
    world.answer(world.add_round(1), world.add_people(10))
    world.add_response(world.issue(1), here("2018-12-21 15:00")).state = ResponseState.STORED  # a Friday
    session.flush()
    reminded = []
    for hours in range(8 * 24):  # the 24th is a day off, the 25th and the 26th are holidays
        now = here("2018-12-21 15:00") + hours * HOUR
        jobs.bring_to_mind(session, now, world.programme)
        reminded += [f"{now:%d %H:%M}" for _ in world.messages(MessageKind.RESPONSE_REVIEW, MessageState.PENDING)]
        world.deliver(now, MessageKind.RESPONSE_REVIEW)
    assert reminded == ["27 15:00", "28 07:00"]


def test_a_reminder_of_a_round_that_has_not_opened_reminds_nobody_and_fails_no_step(session: Session) -> None:
    world = World(session).populate()
    assert load_history(session, PROGRAMME).sent == {}
    jobs.queue_reminders(session, here("2018-08-23 13:30"), PROGRAMME)
    assert world.messages(MessageKind.REMINDER) == []


def test_answers_go_out_on_their_own_only_once_no_question_is_to_come(session: Session) -> None:
    world = World(session)
    world.add_people(2)
    world.add_round(1)
    world.add_response(world.issue(1), post_of(1))
    for order, answers in ((PROGRAMME.rounds.order, 0), ((), 2)):
        programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=order))
        jobs.queue_answers(session, post_of(1) + HOUR, programme)
        assert len(world.messages(MessageKind.ANSWER)) == answers
