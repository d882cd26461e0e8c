"""Does a list that has suddenly shrunk send nobody away before an organiser has said that it is right?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import EXPIRY_AGE, delete_expired_rows
from bot.dialogue import filtering, list_holds, people
from bot.dialogue.compose import compose
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.outbox import NotWanted
from bot.errors import Reason, Refused
from bot.models import AuditAct, AuditEntry, HoldState, LoadedProgramme, MessageKind, PeopleList, PersonState
from bot.programme import PARTICIPANTS, Role
from bot.seam.meaning import ListReview
from tests.support.programme import PROGRAMME
from tests.support.world import BEFORE, OPENS, World, addresses, found, lists, rosters, separate_world, with_list

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.roster import SynchronisationResult
    from bot.models import OutboxMessage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = BEFORE + DAY
ROLES = pytest.mark.parametrize("role", list(Role))


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate(politicians=4, organisers=3)


def read(world: World, role: Role, size: int, now: datetime = LATER) -> SynchronisationResult:
    """The lists, of which one has so many people."""
    return world.read(lists(politicians=4, organisers=3) | rosters({role: addresses(role, size)}), now)


def count_here(world: World, role: Role) -> int:
    """How many are with us in a role."""
    names = [*addresses(Role.LEADER, 30), *addresses(Role.EMPLOYEE_REP, 30), *addresses(Role.POLITICIAN, 4), *addresses(Role.ORGANISER, 3)]
    known = [person for name in names if (person := people.find_person(world.session, PROGRAMME.id, name)) is not None]
    return sum(person.role is role and person.state is not PersonState.LEFT for person in known)


def asked(world: World) -> list[tuple[int, int]]:
    """What organisers were asked: how long a list was, and how long it is."""
    world.session.expire_all()
    return [(hold.had, hold.has) for hold in world.holds() if world.message(f"list:{hold.id}")]


def review(world: World, message: OutboxMessage, now: datetime = LATER) -> ListReview:
    said = compose(world.session, now, world.programme, message)
    assert isinstance(said, ListReview)
    return said


def question(world: World) -> OutboxMessage:
    """The first question about a list."""
    return world.messages(MessageKind.LIST_REVIEW)[0]


# --- what is held


@ROLES
def test_a_list_that_has_lost_more_than_a_third_is_held_and_asked_about_once(world: World, role: Role) -> None:
    before = count_here(world, role)
    for hours in range(30):
        assert read(world, role, 1, LATER + hours * HOUR).left == 0
    assert (count_here(world, role), asked(world)) == (before, [(before, 1)])


@pytest.mark.parametrize(
    ("had", "has", "is_held"), [(12, 8, False), (12, 7, True), (30, 20, False), (30, 19, True), (3, 2, False), (2, 1, True)]
)
def test_a_third_may_go_at_once_and_no_more(session: Session, had: int, has: int, is_held: bool) -> None:
    world = World(session).populate(politicians=had)
    left = read(world, Role.POLITICIAN, has).left
    assert (left, len(asked(world))) == ((0, 1) if is_held else (had - has, 0))


@pytest.mark.parametrize("role", PARTICIPANTS)
def test_a_list_of_participants_that_goes_under_the_smallest_audience_is_held(world: World, role: Role) -> None:
    assert (read(world, role, 10).left, read(world, role, 9).left, asked(world)) == (2, 0, [(12, 9)])


def test_a_floor_that_the_programme_has_raised_counts(session: Session) -> None:
    programme = replace(PROGRAMME, floors=replace(PROGRAMME.floors, audience=12))
    world = World(session, programme).populate()
    assert (read(world, Role.LEADER, 11).left, asked(world)) == (0, [(12, 11)])


def test_a_list_that_was_under_the_floor_before_is_not_held_for_that(session: Session) -> None:
    world = World(session).populate(leaders=9)
    assert (read(world, Role.LEADER, 8).left, asked(world)) == (1, [])


def test_small_steps_add_up_until_an_organiser_has_said_yes(session: Session) -> None:
    world = World(session).populate(leaders=30)
    assert [read(world, Role.LEADER, size, LATER + size * HOUR).left for size in (21, 15, 11)] == [9, 0, 0]
    assert asked(world) == [(30, 15)]


def test_a_list_that_grows_is_confirmed_by_that(world: World) -> None:
    read(world, Role.LEADER, 30)
    assert (read(world, Role.LEADER, 12).left, asked(world)) == (0, [(30, 12)])


def test_the_first_reading_is_held_against_nothing(session: Session) -> None:
    world = World(session).populate(leaders=1)
    assert (count_here(world, Role.LEADER), asked(world)) == (1, [])


def test_each_programme_has_lists_of_its_own(world: World) -> None:
    following = World(world.session, replace(PROGRAMME, id="next"))
    following.read(lists(leaders=3))
    assert asked(world) == []
    following.read(lists(leaders=1), LATER)
    assert {hold.programme for hold in world.holds()} == {"next"}


def test_a_list_whose_source_has_changed_or_gone_is_judged_alike(world: World) -> None:
    without = {role: roster for role, roster in lists(politicians=4, organisers=3).items() if role is not Role.EMPLOYEE_REP}
    assert world.read(without, LATER).left == 0
    assert asked(world) == [(12, 0)]
    world.confirm_lists(LATER)
    assert world.read(without, LATER).left == 12


def test_nobody_leaves_because_all_are_deactivated_for_a_day(world: World) -> None:
    off = {role: replace(roster, found=tuple(replace(person, active=False) for person in roster.found)) for role, roster in lists().items()}
    assert world.read(off, LATER).left == 0
    assert sorted(asked(world)) == [(3, 0), (4, 0), (12, 0), (12, 0)]
    assert world.read(lists(politicians=4, organisers=3), LATER + DAY).left == 0
    assert [hold.state for hold in world.holds()] == [HoldState.BACK] * 4


def test_an_address_that_stands_twice_counts_once(world: World) -> None:
    world.read(lists(politicians=4, organisers=3) | rosters({Role.LEADER: ["L0"] * 12}), LATER)
    assert asked(world) == [(12, 1)]


def test_who_was_erased_is_in_both_numbers_and_does_not_come_back(world: World) -> None:
    erase(world.session, LATER, "L0")
    read(world, Role.LEADER, 12)
    assert asked(world) == []
    read(world, Role.LEADER, 1, LATER + HOUR)  # of whom is left only who was erased
    assert asked(world) == [(12, 1)]
    erase(world.session, LATER, "L5")
    for day in range(1, EXPIRY_AGE.days + 3):
        read(world, Role.LEADER, 1, LATER + day * DAY)
        delete_expired_rows(world.session, LATER + day * DAY)
    read(world, Role.LEADER, 12, LATER + EXPIRY_AGE + 3 * DAY)
    assert count_here(world, Role.LEADER) == 10
    assert all(tombstones.is_erased(world.session, who) for who in ("L0", "L5"))


# --- while it is held


def test_the_other_lists_go_on_and_newcomers_join(world: World) -> None:
    outcome = world.read(lists(politicians=4, organisers=3, reps=11) | rosters({Role.LEADER: ["L0", "NEW"]}), LATER)
    assert (outcome.left, outcome.joined) == (1, 1)
    assert world.person("NEW").state is PersonState.INVITED


def test_everyone_is_asked_and_what_waits_for_them_is_not_taken_back(world: World) -> None:
    world.open()
    read(world, Role.LEADER, 1, OPENS)
    assert len(world.recipients()) == 24


def test_a_round_that_opens_meanwhile_asks_everyone_and_no_small_list_is_told_of(world: World) -> None:
    read(world, Role.LEADER, 1, LATER)
    world.open_and_ask()
    assert (len(world.recipients()), world.notices()) == (24, [])


def test_names_are_looked_for_as_long_as_their_people_are_here(world: World) -> None:
    named = [replace(found(f"L{number}"), names=(f"Navn{number}",)) for number in range(12)]
    world.read(with_list(lists(politicians=4, organisers=3), Role.LEADER, named), BEFORE)
    newcomer = replace(found("NEW"), names=("Nyeste",))
    world.read(with_list(lists(politicians=4, organisers=3), Role.LEADER, [newcomer]), LATER)
    assert filtering.find_holds(world.session, PROGRAMME, "Navn7 var der")
    assert filtering.find_holds(world.session, PROGRAMME, "Nyeste var der")


def test_organisers_keep_their_rights_and_can_say_that_their_own_list_is_right(world: World) -> None:
    read(world, Role.ORGANISER, 0)
    world.confirm_lists(LATER, "O2")
    assert (read(world, Role.ORGANISER, 0).left, count_here(world, Role.ORGANISER)) == (3, 0)


def test_an_organiser_who_also_leads_is_not_asked_as_a_leader_because_the_organisers_list_is_short(world: World) -> None:
    world.read(lists(politicians=4, leaders=12) | rosters({Role.ORGANISER: [], Role.LEADER: [*addresses(Role.LEADER, 12), "O0"]}), LATER)
    assert (world.person("O0").role, world.person("O0").state) == (Role.ORGANISER, PersonState.ACTIVE)


def test_who_is_to_change_roles_on_monday_does_not_leave_because_the_new_list_is_short(world: World) -> None:
    moved = {Role.LEADER: addresses(Role.LEADER, 12)[1:]}
    world.read(lists(politicians=4, organisers=3) | rosters(moved | {Role.EMPLOYEE_REP: [*addresses(Role.EMPLOYEE_REP, 12), "L0"]}))
    world.read(lists(politicians=4, organisers=3) | rosters(moved | {Role.EMPLOYEE_REP: ["E0"]}), LATER)
    assert (world.person("L0").state, world.person("L0").next_role) == (PersonState.ACTIVE, Role.EMPLOYEE_REP)


def test_who_becomes_a_politician_is_one_at_once_though_the_leaders_list_is_short(world: World) -> None:
    names = {Role.POLITICIAN: [*addresses(Role.POLITICIAN, 4), "L0"], Role.LEADER: ["L1"]}
    world.read(lists(organisers=3) | rosters(names), LATER)
    assert world.person("L0").role is Role.POLITICIAN


def test_people_can_still_leave_and_pause_by_themselves(world: World) -> None:
    read(world, Role.LEADER, 1)
    people.leave(world.session, LATER, world.person("L5"))
    people.pause(world.session, LATER, world.person("L6"), (LATER + 9 * DAY).date())
    read(world, Role.LEADER, 1, LATER + HOUR)
    assert [world.person(who).state for who in ("L5", "L6")] == [PersonState.LEFT, PersonState.PAUSED]


# --- an organiser's word


def test_once_an_organiser_has_said_yes_the_list_is_read_at_once_and_counts(world: World) -> None:
    read(world, Role.LEADER, 3)
    world.session.get_one(LoadedProgramme, PROGRAMME.id).synchronised_at = LATER
    world.confirm_lists(LATER + HOUR)
    assert world.session.get_one(LoadedProgramme, PROGRAMME.id).synchronised_at is None
    assert count_here(world, Role.LEADER) == 12  # nobody leaves before the list has been read
    assert (read(world, Role.LEADER, 3).left, count_here(world, Role.LEADER)) == (9, 3)
    assert read(world, Role.LEADER, 2).left == 1  # it is held against what was confirmed
    assert asked(world) == [(12, 3)]


def test_a_list_that_has_shrunk_further_by_then_is_held_anew(world: World) -> None:
    read(world, Role.LEADER, 8)
    world.confirm_lists(LATER)
    assert (read(world, Role.LEADER, 5).left, sorted(asked(world))) == (0, [(8, 5), (12, 8)])


def test_a_list_that_has_grown_by_then_is_held_against_its_new_size(world: World) -> None:
    read(world, Role.LEADER, 1)
    world.confirm_lists(LATER)
    assert read(world, Role.LEADER, 12).left == 0
    assert (read(world, Role.LEADER, 7).left, len(asked(world))) == (0, 2)


def test_the_first_word_counts_is_audited_and_a_second_changes_nothing(world: World) -> None:
    read(world, Role.LEADER, 3)
    (hold,) = world.holds()
    first, second = (list_holds.confirm(world.session, LATER, PROGRAMME, who, hold.id) for who in ("O0", "O1"))
    assert (first.made, second.made) == (True, False)
    (entry,) = world.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.at, entry.by) == (AuditAct.LEADERS_CONFIRMED, LATER, world.person("O0").id)


@ROLES
def test_of_every_list_it_can_be_noted_who_said_yes(world: World, role: Role) -> None:
    read(world, role, 0)
    world.confirm_lists(LATER)
    assert world.session.scalars(select(AuditEntry.act)).one().value == f"list_{role.value}"


def test_a_word_about_a_list_that_is_long_enough_again_changes_nothing(world: World) -> None:
    read(world, Role.LEADER, 3)
    read(world, Role.LEADER, 12, LATER + HOUR)
    (hold,) = world.holds()
    assert not list_holds.confirm(world.session, LATER + HOUR, PROGRAMME, "O0", hold.id).made
    assert read(world, Role.LEADER, 3, LATER + 2 * HOUR).left == 0
    assert asked(world) == [(12, 3), (12, 3)]


@pytest.mark.parametrize("who", ["L0", "P0", "nobody"])
def test_only_organisers_may_say_it(world: World, who: str) -> None:
    read(world, Role.LEADER, 3)
    with pytest.raises(Refused) as refused:
        list_holds.confirm(world.session, LATER, PROGRAMME, who, world.holds()[0].id)
    assert refused.value.reason is Reason.NO_RIGHT


def test_a_hold_that_nobody_knows_or_of_another_programme_is_gone(world: World) -> None:
    read(world, Role.LEADER, 3)
    (hold,) = world.holds()
    other = World(world.session, replace(PROGRAMME, id="next")).populate()
    for programme, id_ in ((world.programme, hold.id + 1), (other.programme, hold.id)):
        with pytest.raises(Refused) as refused:
            list_holds.confirm(world.session, LATER, programme, "O0", id_)
        assert refused.value.reason is Reason.GONE


# --- what organisers read


def test_the_question_names_the_list_and_its_two_numbers(world: World) -> None:
    read(world, Role.LEADER, 1)
    said = review(world, question(world))
    assert (said.question, said.status, said.open) == ("Listen over ledere havde 12 og har nu 1. Er det rigtigt?", None, True)
    assert "hver time" in said.note


def test_what_has_come_of_it_is_drawn_into_all_that_asked(world: World) -> None:
    read(world, Role.LEADER, 1)
    list_holds.remind_organisers(world.session, LATER + DAY, PROGRAMME, held_before=LATER)
    world.deliver(LATER, MessageKind.LIST_REVIEW)
    world.confirm_lists(LATER + DAY)
    redrawn = world.messages(MessageKind.REDRAWN)
    assert [message.facts["message"] for message in redrawn] == [message.id for message in world.messages(MessageKind.LIST_REVIEW)]
    said = review(world, question(world))
    assert (said.open, said.note, said.status) == (
        False,
        "",
        "En af jer har sagt ja søndag den 19. august kl. 09.30. Listen gælder, som den er.",
    )


def test_a_list_that_is_long_enough_again_is_told_of_once(world: World) -> None:
    read(world, Role.LEADER, 1)
    world.deliver(LATER, MessageKind.LIST_REVIEW)
    for hours in range(1, 4):
        read(world, Role.LEADER, 11, LATER + hours * HOUR)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = compose(world.session, LATER, PROGRAMME, notice)
    assert "Listen over ledere havde 12, så 1, og nu 11." in repr(said)
    assert not review(world, question(world)).open
    assert count_here(world, Role.LEADER) == 11


def test_what_is_over_before_it_could_be_asked_is_not_asked(world: World) -> None:
    read(world, Role.LEADER, 1)
    world.confirm_lists(LATER)
    assert isinstance(compose(world.session, LATER, PROGRAMME, question(world)), NotWanted)


def test_it_is_brought_to_mind_once_a_day_as_long_as_it_waits(world: World) -> None:
    read(world, Role.LEADER, 1)
    world.deliver(LATER, MessageKind.LIST_REVIEW)
    for hours in range(49):
        now = LATER + hours * HOUR
        list_holds.remind_organisers(world.session, now, PROGRAMME, held_before=now - DAY)
        world.deliver(now, MessageKind.LIST_REVIEW)
    assert len(world.messages(MessageKind.LIST_REVIEW)) == 3
    world.confirm_lists(LATER + 3 * DAY)
    list_holds.remind_organisers(world.session, LATER + 4 * DAY, PROGRAMME, held_before=LATER + 3 * DAY)
    assert len(world.messages(MessageKind.LIST_REVIEW)) == 3


def test_nothing_that_is_told_or_kept_of_a_list_names_anybody(world: World) -> None:
    read(world, Role.LEADER, 1)
    assert "L1" not in repr([vars(hold) for hold in world.holds()]) + repr(review(world, question(world)))


# --- whatever the lists do


@given(steps=st.lists(st.one_of(st.integers(0, 30), st.just("yes")), max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_list_does_nobody_leaves_without_a_word_while_more_than_a_third_are_missing(steps: list[int | str]) -> None:
    with separate_world() as world:
        world.populate(leaders=20)
        confirmed, now = 20, LATER
        for step in steps:
            now += HOUR
            if step == "yes":
                world.confirm_lists(now)
                confirmed = world.session.scalars(select(PeopleList.confirmed).where(PeopleList.role == Role.LEADER)).one()
                continue
            size = int(step)
            is_short = 3 * size < 2 * confirmed or size < 10 <= confirmed
            left = world.read(lists(leaders=size), now).left
            confirmed = confirmed if is_short else max(confirmed, size)
            assert left == 0 or not is_short
            assert is_short == bool(world.holds(HoldState.HELD))
            assert count_here(world, Role.LEADER) == size or is_short
