"""Floors are judged by the lists alone, so that no question tells who pauses, left or was erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue import people
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.list_sizes import list_sizes_of, lists_changed, roles_out, sizes_asked_in
from bot.dialogue.rounds import after_opening
from bot.models import HoldState, LoadedProgramme, MessageKind, MissedSlot, PeopleList, Round
from bot.programme import PARTICIPANTS, Floors, Role, Slot, Week
from bot.wording import say
from tests.support.programme import FOR_ALL, PROGRAMME, VARIANTS, WITH_REST, programme_with
from tests.support.world import BEFORE, CLOSES, OPENS, SLOT, WEEK, World, addresses, at, lists, rosters

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Entry

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = OPENS - DAY
NEXT = Slot(week=Week(year=2018, number=35), number=1)
ACTS = pytest.mark.parametrize("act", ["pauses", "leaves", "is erased"])


def away(world: World, who: str, act: str) -> None:
    if act == "pauses":
        people.pause(world.session, BEFORE, world.person(who), CLOSES.date())
    elif act == "leaves":
        people.leave(world.session, BEFORE, world.person(who))
    else:
        erase(world.session, BEFORE, who)


def confirm(world: World, **sizes: int) -> None:
    """Organisers say yes to lists of these sizes, which then count."""
    world.read(lists(**sizes))
    world.confirm_lists()
    world.read(lists(**sizes))


# --- the opening


@ACTS
@pytest.mark.parametrize("entry", [FOR_ALL, VARIANTS, WITH_REST])
def test_with_exactly_ten_on_the_list_one_who_is_away_changes_nothing_of_what_is_asked(session: Session, entry: Entry, act: str) -> None:
    world = World(session).populate(leaders=10, reps=10)
    away(world, "E0", act)
    round_ = world.open(entry)
    assert round_ is not None
    assert (round_.snapshot["audience"], world.notices()) == ({"leader": 10, "employee_rep": 10}, [])
    assert "E0" not in world.recipients()


@ACTS
def test_with_exactly_five_of_a_role_one_who_is_away_singles_nobody_out(session: Session, act: str) -> None:
    world = World(session).populate(leaders=20, reps=5)
    assert world.open(FOR_ALL) is not None
    away(world, "E0", act)
    ahead = {"slot": NEXT, "opens_at": OPENS + WEEK, "closes_at": CLOSES + WEEK, "moment_for": at(OPENS + WEEK)}
    assert world.open(VARIANTS, now=OPENS + WEEK, **ahead) is not None


def test_all_who_have_left_are_too_few_to_answer_and_not_to_ask(session: Session) -> None:
    world = World(session).populate(leaders=10, reps=0)
    for who in addresses(Role.LEADER, 9):
        people.leave(session, BEFORE, world.person(who))
    assert world.open() is not None
    assert world.recipients() == ["L9"]


def test_a_list_that_is_held_counts_as_it_was_last_accepted(session: Session) -> None:
    world = World(session).populate(reps=12)
    world.read(lists(reps=3))
    assert list_sizes_of(session, PROGRAMME.id) == {Role.LEADER: 12, Role.EMPLOYEE_REP: 12}
    assert len(world.holds(HoldState.HELD)) == 1


@pytest.mark.parametrize("entry", [FOR_ALL, VARIANTS, WITH_REST])
def test_a_programme_without_one_of_the_lists_asks_the_other_alone(session: Session, entry: Entry) -> None:
    world = World(session)
    world.read({role: roster for role, roster in lists().items() if role is not Role.EMPLOYEE_REP})
    world.welcome_all()
    round_ = world.open_and_ask(entry)
    assert len(world.messages(MessageKind.QUESTION)) == 12
    after_opening.close_round(session, CLOSES, round_)
    assert {role: people for role, people in round_.snapshot["audience"].items() if people} == {"leader": 12}


# --- welcomes that are on their way, late, or never come


def invited(session: Session, welcomed: int = 0) -> World:
    """Everybody is invited, with a welcome that is due; so many leaders have it."""
    world = World(session)
    world.read(lists())
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(BEFORE))
    for who in addresses(Role.LEADER, welcomed):
        people.mark_welcomed(session, BEFORE, world.person(who).id)
    return world


@pytest.mark.parametrize("hours", [0, 12, 23])
def test_as_long_as_nobody_has_been_welcomed_the_round_waits_until_it_is_too_late(session: Session, hours: int) -> None:
    world = invited(session)
    assert world.open(now=OPENS + hours * HOUR) is None
    assert world.count(MissedSlot) == 0
    world.welcome_all(OPENS + hours * HOUR)
    assert world.open(now=OPENS + hours * HOUR) is not None
    assert len(world.recipients()) == 24


def test_a_slot_in_which_nobody_could_be_welcomed_is_missed_and_its_question_takes_the_next(session: Session) -> None:
    world = invited(session)
    assert world.open(now=OPENS + DAY) is None
    (missed,) = world.session.query(MissedSlot)
    assert (missed.reason, world.count(Round)) == ("unwelcomed", 0)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = {language: say(language, notice.facts["say"], **notice.facts["values"]) for language in ("da", "en")}
    assert "fået min velkomst" in said["da"]
    assert "my welcome" in said["en"]


def test_lists_that_could_not_be_read_until_it_was_too_late_are_told_of_alike(session: Session) -> None:
    world = World(session)
    assert [world.open(now=OPENS + hours * HOUR) for hours in (0, 23, 24)] == [None, None, None]
    assert world.notices() == ["round.missed.unwelcomed"]


@pytest.mark.parametrize("welcomed", [1, 9, 12])
def test_who_is_about_to_be_welcomed_is_waited_for_half_a_day_however_many_have_been(session: Session, welcomed: int) -> None:
    world = invited(session, welcomed)
    assert world.open(now=OPENS + DAY / 2 - HOUR) is None
    assert world.open(now=OPENS + DAY / 2) is not None
    assert len(world.recipients()) == welcomed


def test_a_newcomer_whose_welcome_is_due_gets_the_question_with_all_others(session: Session) -> None:
    world = World(session).populate()
    world.read(lists(leaders=13), OPENS)
    people.queue_welcomes(session, OPENS, PROGRAMME, at(OPENS))
    assert world.open() is None
    world.welcome_all(OPENS)
    assert world.open() is not None
    assert "L12" in world.recipients()


def test_who_is_about_to_be_welcomed_in_a_role_that_is_not_asked_keeps_nobody_waiting(session: Session) -> None:
    world = World(session).populate(reps=9)
    world.read(lists(reps=9, leaders=12, politicians=3), OPENS)
    people.queue_welcomes(session, OPENS, PROGRAMME, at(OPENS))
    world.read(lists(reps=8), OPENS)
    world.read(lists(reps=9), OPENS)  # E8 is invited anew
    assert world.open(VARIANTS) is not None


# --- the close


def audience_at_close(world: World) -> dict[str, int]:
    (round_,) = world.session.query(Round)
    after_opening.close_round(world.session, CLOSES, round_)
    audience: dict[str, int] = round_.snapshot["audience"]
    return audience


@pytest.mark.parametrize(("reps", "counted"), [(12, 12), (11, 11), (15, 12)])
def test_at_the_close_the_smaller_list_counts(session: Session, reps: int, counted: int) -> None:
    world = World(session).populate()
    world.open()
    world.read(lists(reps=reps))
    assert audience_at_close(world) == {"leader": 12, "employee_rep": counted}


def test_at_the_close_a_list_that_is_held_counts_as_before_and_one_that_was_confirmed_as_it_is(session: Session) -> None:
    world = World(session).populate()
    world.open()
    world.read(lists(reps=4))
    world.confirm_lists()
    world.read(lists(leaders=5, reps=4))
    assert audience_at_close(world) == {"leader": 12, "employee_rep": 4}


@ACTS
def test_at_the_close_nothing_tells_who_is_away(session: Session, act: str) -> None:
    world = World(session).populate()
    world.open()
    away(world, "E0", act)
    world.read(lists())
    assert audience_at_close(world) == {"leader": 12, "employee_rep": 12}


# --- out for the rest of the programme


@pytest.mark.parametrize("later", [3, 9, 10, 40])
def test_a_role_to_whose_small_list_an_organiser_said_yes_gets_no_question_of_its_own_whatever_the_list_does(
    session: Session, later: int
) -> None:
    world = World(session).populate()
    confirm(world, reps=9)
    for size in (10, later):
        world.read(lists(reps=size))
        world.confirm_lists()
    world.read(lists(reps=later))
    world.welcome_all()
    round_ = world.open(VARIANTS)
    assert round_ is not None
    assert round_.snapshot["audience"] == {"leader": 12}
    assert world.notices().count("people.out") == 1
    assert not [told for told in world.notices() if told.startswith(("people.small", "round."))]


def test_with_a_question_for_all_it_joins_as_a_small_role_does(session: Session) -> None:
    world = World(session).populate()
    confirm(world, reps=9)
    world.read(lists(reps=12))
    world.welcome_all()
    round_ = world.open(replace(VARIANTS, all="to-the-rest"))
    assert round_ is not None
    assert round_.snapshot["by_role"] == {"leader": "to-leaders", "employee_rep": "to-the-rest"}


def test_a_yes_to_a_list_that_is_long_enough_puts_nobody_out(session: Session) -> None:
    world = World(session).populate(leaders=30, reps=30)
    confirm(world, leaders=10, reps=10)
    assert roles_out(session, PROGRAMME.id) == set()
    round_ = world.open(VARIANTS)
    assert round_ is not None
    assert round_.snapshot["audience"] == {"leader": 10, "employee_rep": 10}


def test_a_list_that_was_held_and_came_back_puts_nobody_out(session: Session) -> None:
    world = World(session).populate()
    for size in (3, 12):
        world.read(lists(reps=size))
    assert [hold.state for hold in world.holds()] == [HoldState.BACK]
    assert roles_out(session, PROGRAMME.id) == set()


def test_politicians_and_organisers_are_never_out(session: Session) -> None:
    world = World(session).populate(politicians=9, organisers=3)
    confirm(world, politicians=2, organisers=1)
    assert (roles_out(session, PROGRAMME.id), "people.out" in world.notices()) == (set(), False)


def test_a_raised_floor_counts_for_who_is_out(session: Session) -> None:
    world = World(session, programme_with(floors=Floors(audience=20))).populate(leaders=30, reps=30)
    confirm(world, leaders=30, reps=19)
    assert roles_out(session, PROGRAMME.id) == {Role.EMPLOYEE_REP}


def test_the_next_programme_begins_anew(session: Session) -> None:
    world = World(session).populate()
    confirm(world, reps=9)
    following = World(session, replace(PROGRAMME, id="next"))
    following.read(lists(reps=12))
    assert roles_out(session, "next") == set()


def test_a_slot_in_which_all_who_would_be_asked_are_out_is_missed(session: Session) -> None:
    world = World(session).populate()
    confirm(world, leaders=9, reps=9)
    world.read(lists())
    world.welcome_all()
    assert world.open(VARIANTS) is None
    assert world.notices()[-1] == "round.missed.audience"
    assert all("`all:`" in say(language, "round.missed.audience", week=34, year=2018, floor=10, fewest=5) for language in ("da", "en"))


@pytest.mark.parametrize("floor", [Floors(audience=10), Floors(audience=15)])
def test_a_floor_that_is_raised_or_lowered_after_the_yes_changes_nothing_of_who_is_out(session: Session, floor: Floors) -> None:
    world = World(session, programme_with(floors=Floors(audience=12))).populate(leaders=30, reps=30)
    confirm(world, leaders=12, reps=11)
    world.programme = programme_with(floors=floor)
    world.read(lists(leaders=12, reps=11), OPENS)
    assert roles_out(session, PROGRAMME.id) == {Role.EMPLOYEE_REP}


# --- who counts from the next Monday on


@pytest.mark.parametrize(
    ("readings", "counted"),
    [
        ([(BEFORE, 30, 16), (MONDAY, 26, 20)], 16),
        ([(BEFORE, 30, 16), (OPENS - HOUR, 28, 18), (OPENS, 26, 20)], 16),
        ([(BEFORE, 30, 16), (MONDAY, 26, 16)], 12),  # four may have gone at the same reading
        ([(BEFORE, 30, 16), (MONDAY, 30, 12), (OPENS, 26, 16)], 12),
        ([(BEFORE, 30, 16), (MONDAY, 30, 12)], 12),
        ([(BEFORE, 30, 16), (BEFORE + HOUR, 26, 20)], 20),  # nothing was accepted in this week yet
        ([(BEFORE, 30, 16), (BEFORE + HOUR, 26, 20), (MONDAY, 26, 20)], 20),
        ([(BEFORE, 30, 16), (MONDAY, 30, 40)], 40),  # they come from no other list, and are asked at once
        ([(MONDAY, 30, 0), (OPENS, 30, 20)], 20),
        ([(BEFORE, 30, 16), (MONDAY, 30, 3)], 16),
    ],
)
def test_nobody_counts_who_may_have_come_from_another_list_in_the_week_of_the_question(
    session: Session, readings: list[tuple[datetime, int, int]], counted: int
) -> None:
    world = World(session)
    for moment, leaders, reps in readings:
        world.read(lists(leaders=leaders, reps=reps), moment)
    assert sizes_asked_in(session, PROGRAMME.id, str(SLOT.week))[Role.EMPLOYEE_REP] == counted


def test_who_changes_lists_on_the_day_of_the_question_is_in_no_number_of_it(session: Session) -> None:
    world = World(session).populate(leaders=30, reps=16)
    leaders, reps = addresses(Role.LEADER, 30), addresses(Role.EMPLOYEE_REP, 16)
    world.read(lists() | rosters({Role.LEADER: leaders[4:], Role.EMPLOYEE_REP: [*reps, *leaders[:4]]}), OPENS - HOUR)
    round_ = world.open_and_ask(VARIANTS)
    assert round_.snapshot["audience"] == {"leader": 26, "employee_rep": 16}
    after_opening.close_round(session, CLOSES, round_)
    assert round_.snapshot["audience"] == {"leader": 26, "employee_rep": 16}


def test_a_list_that_is_only_estimated_is_waited_for_until_it_has_been_read(session: Session) -> None:
    world = World(session).populate()
    loaded, known = session.get_one(LoadedProgramme, PROGRAMME.id), session.get_one(PeopleList, (PROGRAMME.id, Role.LEADER))
    known.estimated, known.listed, known.week, known.before, known.told = True, 11, None, None, None
    assert world.open() is None
    world.read(lists(leaders=18), OPENS)
    world.welcome_all(OPENS)
    loaded.synchronised_at = OPENS
    round_ = world.open()
    assert round_ is not None
    assert (round_.snapshot["audience"], changed(world)) == ({"leader": 18, "employee_rep": 12}, [])


# --- lists that have changed much


def changed(world: World) -> list[Role]:
    return lists_changed(world.session, PROGRAMME.id, None, OPENS)


@pytest.mark.parametrize(("had", "has", "is_said"), [(12, 16, False), (12, 17, True), (9, 12, False), (9, 13, True), (2, 12, True)])
@pytest.mark.parametrize("role", PARTICIPANTS)
def test_a_list_that_grows_by_more_than_a_third_counts_at_once_and_is_told_of(
    session: Session, role: Role, had: int, has: int, is_said: bool
) -> None:
    world = World(session)
    world.read(lists() | rosters({role: addresses(role, had)}))
    outcome = world.read(lists() | rosters({role: addresses(role, has)}))
    world.read(lists() | rosters({role: addresses(role, has)}))
    assert (outcome.joined, changed(world)) == (has - had, [role] if is_said else [])
    grown = [notice for notice in world.messages(MessageKind.NOTICE) if notice.facts["say"] == "list.grown"]
    assert [(notice.facts["values"]["had"], notice.facts["values"]["has"]) for notice in grown] == ([(had, has)] if is_said else [])
    assert (world.messages(MessageKind.LIST_REVIEW), world.holds(HoldState.HELD)) == ([], [])


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ([10, 13, 17, 22, 29, 38], [(10, 17), (17, 29)]),
        ([10, 13, 13, 14, 15, 15], [(10, 14)]),
        ([30, 20, 26, 27], []),
        ([30, 20, 27], [(20, 27)]),
    ],
)
@pytest.mark.parametrize("is_old", [False, True])
def test_a_list_that_grows_in_small_steps_is_told_of_once_they_have_added_up(
    session: Session, sizes: list[int], said: list[tuple[int, int]], is_old: bool
) -> None:
    world = World(session)
    world.judge_list(sizes[0])
    if is_old:
        session.get_one(PeopleList, (PROGRAMME.id, Role.LEADER)).told = None
    world.judge_list(*sizes[1:])
    assert [(hold.had, hold.has) for hold in sorted(world.holds(), key=lambda hold: hold.has)] == said


def test_a_list_grows_from_what_an_organiser_has_said_yes_to(session: Session) -> None:
    world = World(session).populate(leaders=30)
    confirm(world, leaders=15)
    for size in (20, 21):
        world.read(lists(leaders=size))
    assert [(hold.had, hold.has) for hold in world.holds(HoldState.GROWN)] == [(15, 21)]


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ORGANISER])
def test_of_politicians_and_organisers_nothing_is_said(session: Session, role: Role) -> None:
    world = World(session)
    for size in (2, 20):
        world.read(lists() | rosters({role: addresses(role, size)}))
    assert (changed(world), world.notices()) == ([], [])


def test_a_list_that_was_confirmed_is_said_once_however_it_has_changed(session: Session) -> None:
    world = World(session).populate(leaders=30, reps=30)
    others = {Role.LEADER: [f"NEW{number}" for number in range(45)], Role.EMPLOYEE_REP: addresses(Role.EMPLOYEE_REP, 12)}
    for _ in range(2):
        world.read(lists() | rosters(others))
        world.confirm_lists()
    assert changed(world) == [Role.LEADER, Role.EMPLOYEE_REP]
    assert "list.grown" not in world.notices()  # they have just said yes to it


def test_a_list_that_was_asked_about_because_it_is_small_has_not_changed_by_a_third(session: Session) -> None:
    world = World(session).populate(reps=12)
    confirm(world, reps=9)
    assert changed(world) == []


def test_a_list_that_was_held_and_came_back_has_not_changed(session: Session) -> None:
    world = World(session).populate()
    for size in (3, 12):
        world.read(lists(reps=size))
    assert changed(world) == []


def test_each_change_is_said_in_one_digest_and_only_there(session: Session) -> None:
    world = World(session).populate()
    world.read(lists(leaders=20), BEFORE + HOUR)
    first = lists_changed(session, PROGRAMME.id, None, BEFORE + DAY)
    second = lists_changed(session, PROGRAMME.id, BEFORE + DAY, BEFORE + 2 * DAY)
    assert (first, second) == ([Role.LEADER], [])
    assert lists_changed(session, PROGRAMME.id, None, BEFORE + HOUR) == []  # what comes at the very moment waits for the next
    assert lists_changed(session, PROGRAMME.id, BEFORE + HOUR, OPENS) == [Role.LEADER]
