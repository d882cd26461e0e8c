"""People are found, welcomed, paused and put out, with the rights of their role."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.deletion import tombstones
from bot.dialogue import people
from bot.dialogue.rounds import after_opening
from bot.errors import Reason, Refused
from bot.models import LeftBy, LoadedProgramme, MessageKind, MessageState, Person, PersonState
from bot.programme import Role
from tests.support.programme import PROGRAMME, VARIANTS
from tests.support.world import BEFORE, OPENS, World, at, found, lists, with_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

SOON = OPENS + timedelta(hours=1)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def reason_of(act: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


# --- rights


@pytest.mark.parametrize(("address", "may"), [("P0", True), ("O0", False), ("L0", False), ("nobody", False)])
def test_a_right_belongs_to_a_role_and_is_read_from_the_database(world: World, address: str, *, may: bool) -> None:
    def act() -> Person:
        return people.require_role(world.session, PROGRAMME.id, address, Role.POLITICIAN)

    if may:
        assert act().address == address
    else:
        assert reason_of(act) is Reason.NO_RIGHT


def test_a_right_ends_when_the_list_ends_it(world: World) -> None:
    world.read(lists(politicians=3))
    world.read(with_list(lists(), Role.POLITICIAN, [found("P1"), found("P2")]))
    assert reason_of(lambda: people.require_role(world.session, PROGRAMME.id, "P0", Role.POLITICIAN)) is Reason.NO_RIGHT


@pytest.mark.parametrize("address", ["P0", "O0", "nobody"])
def test_only_participants_are_participants(world: World, address: str) -> None:
    assert reason_of(lambda: people.require_participant(world.session, PROGRAMME.id, address)) is Reason.NOT_IN_DIALOGUE


def test_people_of_another_programme_are_strangers(world: World) -> None:
    assert people.find_person(world.session, "another", "L0") is None


# --- the welcome


def test_everyone_invited_gets_one_welcome_at_the_hour_of_their_own_zone(session: Session) -> None:
    world = World(session)
    world.read(with_list(lists(leaders=0), Role.LEADER, [found("L0"), found("L1", timezone="America/Nuuk")]))
    hours = {"Europe/Copenhagen": OPENS, "America/Nuuk": OPENS + timedelta(hours=4)}
    assert people.queue_welcomes(session, BEFORE, PROGRAMME, hours.__getitem__) == 14
    assert people.queue_welcomes(session, BEFORE, PROGRAMME, hours.__getitem__) == 0
    due = {message.address: message.due_at for message in world.messages(MessageKind.WELCOME)}
    assert (due["L0"], due["L1"]) == (OPENS, OPENS + timedelta(hours=4))
    assert "P0" not in due


def test_a_welcome_whose_moment_has_passed_goes_out_as_soon_as_people_may_be_written_to(session: Session) -> None:
    world = World(session)
    world.read(lists())
    saturday = datetime(2018, 8, 25, 20, tzinfo=UTC)
    people.queue_welcomes(session, saturday, PROGRAMME, at(BEFORE))
    assert {message.due_at for message in world.messages(MessageKind.WELCOME)} == {datetime(2018, 8, 27, 5, tzinfo=UTC)}


def test_who_has_been_welcomed_is_active_and_who_left_meanwhile_is_not(session: Session) -> None:
    world = World(session)
    world.read(lists())
    people.leave(session, OPENS, world.person("L1"))
    world.session.flush()
    for address in ("L0", "L1"):
        people.mark_welcomed(session, OPENS, world.person(address).id)
    assert (world.person("L0").state, world.person("L0").welcomed_at) == (PersonState.ACTIVE, OPENS)
    assert world.person("L1").state is PersonState.LEFT


def test_a_welcome_that_is_written_down_twice_counts_from_the_first_time(world: World) -> None:
    people.mark_welcomed(world.session, SOON, world.person("L0").id)
    assert world.person("L0").welcomed_at == BEFORE


def test_who_leaves_before_the_welcome_is_not_written_to_at_all(session: Session) -> None:
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(OPENS))
    people.leave(session, OPENS, world.person("L0"))
    assert "L0" not in {message.address for message in world.messages(MessageKind.WELCOME)}
    assert people.queue_welcomes(session, BEFORE, PROGRAMME, at(OPENS)) == 0


def test_who_pauses_before_the_welcome_gets_it_when_they_are_back(session: Session) -> None:
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(OPENS))
    people.pause(session, BEFORE, world.person("L0"), date(2018, 8, 20))
    assert "L0" not in {message.address for message in world.messages(MessageKind.WELCOME)}
    people.end_pauses(session, OPENS)
    assert (world.person("L0").state, world.person("L0").invited_at) == (PersonState.INVITED, OPENS)
    assert people.queue_welcomes(session, OPENS, PROGRAMME, at(OPENS)) == 1


# --- pausing, leaving, coming back


def test_a_pause_lasts_to_the_end_of_its_last_day_where_the_person_is(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("L0", timezone="America/Nuuk")]))
    until = people.pause(world.session, BEFORE, world.person("L0"), date(2018, 8, 31))
    assert until == datetime(2018, 9, 1, 2, tzinfo=UTC)
    assert people.end_pauses(world.session, until - timedelta(seconds=1)) == 0
    assert people.end_pauses(world.session, until) == 1
    assert (world.person("L0").state, world.person("L0").paused_until) == (PersonState.ACTIVE, None)


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2018, 8, 16), Reason.DATE_PAST),
        (date(2019, 2, 16), Reason.DATE_FAR),
        (date.max, Reason.DATE_FAR),
        (date.min, Reason.DATE_PAST),
    ],
)
def test_a_pause_of_the_past_or_of_over_26_weeks_is_refused(world: World, until: date, reason: Reason) -> None:
    assert reason_of(lambda: people.pause(world.session, BEFORE, world.person("L0"), until)) is reason
    assert world.person("L0").state is PersonState.ACTIVE


@pytest.mark.parametrize("until", [date(2018, 8, 17), date(2019, 2, 15)])
def test_a_pause_may_end_today_or_in_26_weeks(world: World, until: date) -> None:
    people.pause(world.session, BEFORE, world.person("L0"), until)
    assert world.person("L0").state is PersonState.PAUSED


def test_who_pauses_or_leaves_is_not_asked_what_was_still_to_be_asked_and_no_row_tells(world: World) -> None:
    world.open()
    people.pause(world.session, OPENS, world.person("L0"), date(2018, 8, 31))
    people.leave(world.session, OPENS, world.person("L1"))
    assert len(world.recipients()) == 22
    assert {"L0", "L1"}.isdisjoint(world.recipients())
    assert world.messages(MessageKind.QUESTION, MessageState.CANCELLED) == []


def test_who_leaves_is_written_to_no_more_by_an_earlier_programme_either(world: World) -> None:
    world.session.add(LoadedProgramme(id="next-2018", loaded_at=OPENS, checksum=""))
    earlier, politician = world.person("L0"), world.person("P0")
    known = {"role": Role.LEADER, "state": PersonState.ACTIVE, "language": "da", "timezone": "Europe/Copenhagen", "invited_at": OPENS}
    later = [Person(programme="next-2018", address=person.address, **known) for person in (earlier, politician)]
    world.session.add_all(later)
    world.session.flush()
    for person in later:
        people.leave(world.session, OPENS, person)
    assert (earlier.state, earlier.left_by, politician.state) == (PersonState.LEFT, LeftBy.SELF, PersonState.ACTIVE)


def test_who_leaves_or_pauses_stands_in_the_list_beside_the_database_until_they_are_back(world: World) -> None:
    people.leave(world.session, BEFORE, world.person("L0"))
    people.pause(world.session, BEFORE, world.person("L1"), date(2018, 9, 1))
    away = [tombstones.traces_in_database(world.session).absence(PROGRAMME.id, who, BEFORE.date()) for who in ("L0", "L1", "L2")]
    assert away == [tombstones.FOR_GOOD, date(2018, 9, 1), None]
    people.forget_absence(world.session, BEFORE, world.person("L0"), was_away=True)
    assert tombstones.traces_in_database(world.session).absence(PROGRAMME.id, "L0", BEFORE.date()) is None


def test_who_leaves_by_mistake_and_is_back_at_once_is_asked_once(world: World) -> None:
    world.open()
    people.leave(world.session, OPENS, world.person("L0"))
    people.come_back(OPENS, world.person("L0"))
    assert after_opening.queue_late_questions(world.session, OPENS, PROGRAMME) == 1
    assert after_opening.queue_late_questions(world.session, OPENS, PROGRAMME) == 0
    assert world.recipients().count("L0") == 1


def test_who_comes_back_after_having_been_asked_is_not_asked_again(world: World) -> None:
    world.open_and_ask()
    people.leave(world.session, OPENS, world.person("L0"))
    people.come_back(OPENS, world.person("L0"))
    assert after_opening.queue_late_questions(world.session, SOON, PROGRAMME) == 0
    assert world.recipients().count("L0") == 1


def test_coming_back_when_one_is_here_changes_nothing(world: World) -> None:
    people.come_back(OPENS, world.person("L0"))
    assert world.person("L0").state is PersonState.ACTIVE


def test_whom_the_lists_have_left_out_cannot_come_back_by_themselves(world: World) -> None:
    world.read(lists(leaders=11))
    assert reason_of(lambda: people.come_back(OPENS, world.person("L11"))) is Reason.NOT_IN_DIALOGUE


def test_a_politician_has_nothing_to_come_back_to(world: World) -> None:
    assert reason_of(lambda: people.come_back(OPENS, world.person("P0"))) is Reason.NOT_IN_DIALOGUE


def test_a_new_role_is_asked_its_own_question_from_its_week_on(world: World) -> None:
    reps = [found("L0"), *(found(f"E{i}") for i in range(12))]
    world.read(with_list(with_list(lists(), Role.LEADER, [found(f"L{i}") for i in range(1, 12)]), Role.EMPLOYEE_REP, reps))
    people.apply_role_changes(world.session, OPENS)
    world.open(VARIANTS)
    questions = {message.address: message.facts["question"] for message in world.messages(MessageKind.QUESTION)}
    assert (questions["L0"], questions["L1"]) == ("to-reps", "to-leaders")
