"""Nobody is written to on a day off, whatever the reason for writing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.dialogue import organisers_channel, people
from bot.dialogue.compose import compose
from bot.dialogue.outbox import NotYet
from bot.dialogue.responses import to_participants
from bot.dialogue.rounds import after_opening
from bot.models import MessageKind, MissedSlot, Person, Round
from bot.programme import Role, Skip
from bot.seam.meaning import Question, Welcome
from tests.support.programme import COPENHAGEN, PROGRAMME
from tests.support.world import CLOSES, OPENS, World, at, lists

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEDNESDAY, AFTER = OPENS + DAY, datetime(2018, 8, 23, 7, tzinfo=ZoneInfo(COPENHAGEN))


@pytest.fixture
def world(session: Session) -> World:
    """The programme of tuesdays, with the Wednesday off that comes after the first question."""
    skip = Skip(also=(date(2018, 8, 22),))
    return World(session, replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, skip=skip)))


def test_a_welcome_waits_until_the_day_off_is_over(world: World) -> None:
    world.read(lists())
    people.queue_welcomes(world.session, WEDNESDAY, world.programme, at(WEDNESDAY))
    assert {message.due_at for message in world.messages(MessageKind.WELCOME)} == {AFTER}


def test_a_welcome_in_the_outbox_waits_on_where_its_day_has_become_a_day_off(world: World) -> None:
    world.read(lists())
    people.queue_welcomes(world.session, OPENS, PROGRAMME, at(WEDNESDAY))
    welcome = world.messages(MessageKind.WELCOME)[0]
    assert welcome.due_at == WEDNESDAY
    assert compose(world.session, WEDNESDAY + HOUR, world.programme, welcome) == NotYet(until=AFTER)
    assert isinstance(compose(world.session, AFTER, world.programme, welcome), Welcome)


def test_a_late_question_waits_until_the_day_off_is_over(world: World) -> None:
    world.populate()
    world.open_and_ask(closes_at=CLOSES + DAY)
    world.add_person("U0NEW").welcomed_at = OPENS
    after_opening.queue_late_questions(world.session, OPENS + HOUR, world.programme)
    assert [message.due_at for message in world.messages(MessageKind.QUESTION) if message.address == "U0NEW"] == [AFTER]


def test_an_answer_of_its_own_waits_until_the_day_off_is_over(world: World) -> None:
    world.add_round(1)
    world.add_response(world.issue(1), OPENS)
    world.add_people(1)
    to_participants.queue_answers(world.session, WEDNESDAY, world.programme, last=True)
    assert [message.due_at for message in world.messages(MessageKind.ANSWER)] == [AFTER]


def test_a_notice_to_an_organiser_of_their_own_waits_until_the_day_off_is_over(world: World) -> None:
    world.add_person("U0ORG", Role.ORGANISER)
    (notice,) = organisers_channel.direct_notices(world.session, WEDNESDAY, world.programme, "away:1", {"say": "organisers.back"})
    assert notice.due_at == AFTER


def test_what_comes_late_on_a_day_off_waits_until_it_is_over(world: World) -> None:
    world.populate()
    world.open_and_ask()
    question = world.messages(MessageKind.QUESTION)[0]
    assert compose(world.session, WEDNESDAY, world.programme, question) == NotYet(until=AFTER)


def test_a_question_planned_for_a_day_off_goes_out_on_it_but_not_in_its_night(world: World) -> None:
    world.populate()
    world.open(now=WEDNESDAY, opens_at=WEDNESDAY, moment_for=at(WEDNESDAY))
    question = world.messages(MessageKind.QUESTION)[0]
    assert isinstance(compose(world.session, WEDNESDAY + 3 * HOUR, world.programme, question), Question)
    assert compose(world.session, WEDNESDAY + 12 * HOUR, world.programme, question) == NotYet(until=AFTER)


def test_a_round_that_could_only_be_asked_on_a_day_off_is_missed_instead_of_opened_for_nobody(world: World) -> None:
    world.populate()
    assert world.open(now=WEDNESDAY - HOUR) is None
    assert world.session.scalars(select(MissedSlot.reason)).all() == ["too_late"]
    assert world.count(Round) == 0


def test_a_round_that_reaches_somebody_whose_day_off_is_over_in_time_is_opened(world: World) -> None:
    world.populate()
    for person in world.session.scalars(select(Person)):
        person.timezone = "Pacific/Auckland"  # where it is Thursday from 14:00 on Wednesday in Denmark
    late = OPENS + timedelta(hours=12)
    assert world.open(now=WEDNESDAY + 5 * HOUR, moment_for=at(late), closes_at=CLOSES) is not None
