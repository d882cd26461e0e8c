"""A week's audience never singles out a few people, and organisers hear why nothing went out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue import people
from bot.dialogue.rounds import opening
from bot.models import MessageKind, MissedSlot, Round
from bot.programme import Entry, Floors, Question, Role, Slot, Text, Week
from bot.wording import say
from tests.support.programme import FOR_ALL, PROGRAMME, VARIANTS, WITH_REST, programme_with
from tests.support.world import BEFORE, CLOSES, OPENS, World, at, lists

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WEEK = timedelta(weeks=1)
AGAIN = Entry(theme="trust", all="for-all-again")
QUESTIONS = (*PROGRAMME.questions, Question(id="for-all-again", theme="trust", ask=Text(da="Igen?", en="Again?")))


def open_in(world: World, week: int, entry: Entry) -> Round | None:
    """Open an entry in the week with this number, from 1."""
    ahead = WEEK * (week - 1)
    slot = Slot(week=Week(year=2018, number=33 + week), number=1)
    return world.open(entry, now=OPENS + ahead, slot=slot, opens_at=OPENS + ahead, closes_at=CLOSES + ahead, moment_for=at(OPENS + ahead))


def reasons(world: World) -> list[str]:
    return [each.reason for each in world.session.query(MissedSlot).order_by(MissedSlot.week)]


@pytest.mark.parametrize("variants", [VARIANTS, WITH_REST])
def test_a_week_for_the_leaders_alone_is_missed_when_three_others_were_asked_with_them_before(session: Session, variants: Entry) -> None:
    world = World(session).populate(leaders=20, reps=3)
    assert open_in(world, 1, FOR_ALL) is not None
    assert open_in(world, 2, variants) is None
    assert reasons(world) == [opening.MissedReason.SINGLED_OUT]
    assert world.notices()[-1] == "round.missed.singled_out"
    assert len(world.recipients()) == 23


def test_a_week_for_all_is_missed_when_the_leaders_were_asked_alone_before(session: Session) -> None:
    world = World(session).populate(leaders=20, reps=3)
    assert open_in(world, 1, VARIANTS) is not None
    assert open_in(world, 2, FOR_ALL) is None
    assert reasons(world) == ["singled_out"]


def test_the_organisers_are_told_why_in_plain_words_and_never_how_many_they_are(session: Session) -> None:
    world = World(session).populate(leaders=20, reps=3)
    open_in(world, 1, FOR_ALL)
    open_in(world, 2, VARIANTS)
    told = world.messages(MessageKind.NOTICE)[-1].facts
    sentence = say("en", told["say"], **told["values"])
    assert "differ by fewer than 5 participants" in sentence
    assert "3" not in sentence.replace("week 35", "")


def test_five_are_not_singled_out(session: Session) -> None:
    world = World(session).populate(leaders=20, reps=5)
    assert open_in(world, 1, FOR_ALL) is not None
    assert open_in(world, 2, VARIANTS) is not None


def test_under_a_raised_floor_seven_are(session: Session) -> None:
    world = World(session, programme_with(floors=Floors(people=8))).populate(leaders=20, reps=7)
    assert open_in(world, 1, FOR_ALL) is not None
    assert open_in(world, 2, VARIANTS) is None


def test_a_week_that_is_refused_may_be_asked_of_everyone_instead(session: Session) -> None:
    world = World(session, replace(PROGRAMME, questions=QUESTIONS)).populate(leaders=20, reps=3)
    for week, (entry, opens) in enumerate([(FOR_ALL, True), (VARIANTS, False), (AGAIN, True), (VARIANTS, False)], start=1):
        assert (open_in(world, week, entry) is not None) == opens


def test_a_week_waits_for_those_whose_welcome_is_on_its_way_before_it_is_refused(session: Session) -> None:
    world = World(session).populate(leaders=20, reps=3)
    assert open_in(world, 1, FOR_ALL) is not None
    world.read(lists(leaders=20, reps=12), BEFORE + WEEK)
    people.queue_welcomes(session, OPENS + WEEK, PROGRAMME, at(OPENS + WEEK))
    assert open_in(world, 2, VARIANTS) is None
    assert reasons(world) == []


def test_people_who_pause_and_leave_from_week_to_week_stop_nothing(session: Session) -> None:
    world = World(session, replace(PROGRAMME, questions=QUESTIONS)).populate(leaders=20, reps=12)
    assert open_in(world, 1, FOR_ALL) is not None
    for address in ("L0", "L1", "L2"):
        people.leave(session, OPENS, world.person(address))
    assert open_in(world, 2, VARIANTS) is not None
    people.come_back(OPENS, world.person("L0"))
    people.leave(session, OPENS, world.person("E0"))
    assert open_in(world, 3, AGAIN) is not None


def test_a_role_that_shrank_since_it_was_asked_does_not_stop_the_weeks_of_the_others(session: Session) -> None:
    world = World(session).populate(leaders=20, reps=12)
    assert open_in(world, 1, FOR_ALL) is not None
    for _ in range(2):
        world.read(lists(leaders=20, reps=3))
        world.confirm_lists()
    round_ = open_in(world, 2, VARIANTS)
    assert round_ is not None
    assert round_.snapshot["by_role"].keys() == {"leader"}


def test_people_who_leave_their_role_one_after_the_other_do_not_take_its_question_away(session: Session) -> None:
    world = World(session).populate(leaders=20, reps=12)
    assert open_in(world, 1, FOR_ALL) is not None
    for index in range(9):
        people.leave(session, OPENS, world.person(f"E{index}"))
    round_ = open_in(world, 2, VARIANTS)
    assert round_ is not None
    assert round_.snapshot["by_role"].keys() == {"leader", "employee_rep"}
    assert world.notices() == []  # who has twelve on the list would learn that people have left


# --- when people are read


def singled(world: World) -> list[str]:
    return [
        message.facts["values"]["questions"]
        for message in world.messages(MessageKind.NOTICE)
        if message.facts["say"] == "people.singled_out"
    ]


def test_when_people_are_read_the_organisers_are_told_once_which_questions_will_not_be_asked(session: Session) -> None:
    world = World(session)
    for _ in range(2):
        world.read(lists(leaders=20, reps=3))
    assert singled(world) == ["to-leaders+to-reps"]
    assert world.count(MissedSlot) == 0


def test_enough_people_or_nobody_on_the_list_that_differs_is_no_news(session: Session) -> None:
    world = World(session)
    for reps in (5, 0):
        world.read(lists(leaders=20, reps=reps))
    assert singled(world) == []


def test_what_has_gone_out_counts_when_people_are_read_and_is_not_told_of_itself(session: Session) -> None:
    world = World(session, replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=(VARIANTS, FOR_ALL)))).populate(reps=12)
    assert world.open(VARIANTS) is not None
    assert singled(world) == []
    world.read({**lists(leaders=12, reps=3), Role.POLITICIAN: lists()[Role.POLITICIAN]}, BEFORE + WEEK)
    assert singled(world) == []  # both groups have been asked; to ask both again differs from nothing
