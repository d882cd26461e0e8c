"""A list that suddenly shrinks or names others changes nothing before an organiser confirms it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import delete_expired_rows
from bot.confidentiality.deletion.tombstones import EXPIRY_AGE
from bot.dialogue import filtering, list_holds, people
from bot.dialogue.compose import compose
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.outbox import NotWanted
from bot.errors import Reason, Refused
from bot.models import AuditAct, AuditEntry, HoldState, LoadedProgramme, MessageKind, MessageState, PeopleList, PersonState
from bot.programme import PARTICIPANTS, Role
from bot.seam.meaning import ListReview
from tests.support.programme import FOR_ALL, PROGRAMME
from tests.support.world import BEFORE, OPENS, World, addresses, found, lists, rosters, separate_world, with_list

if TYPE_CHECKING:
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
    return [(hold.had, hold.has) for hold in world.holds() if hold.state is not HoldState.GROWN and world.message(f"list:{hold.id}")]


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
    assert [read(world, Role.LEADER, size).left for size in (21, 15)] == [9, 0]
    world.deliver(LATER, MessageKind.LIST_REVIEW)
    assert (read(world, Role.LEADER, 11).left, asked(world)) == (0, [(30, 15)])


def test_what_has_not_been_asked_yet_is_asked_as_the_list_is_by_then(world: World) -> None:
    read(world, Role.LEADER, 3)
    assert (read(world, Role.LEADER, 1).left, asked(world)) == (0, [(12, 1)])


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


def test_the_other_lists_go_on_and_nobody_joins_by_it(world: World) -> None:
    names = {Role.LEADER: ["L0", "NEW", "E0", "O0"], Role.EMPLOYEE_REP: [*addresses(Role.EMPLOYEE_REP, 11)[1:], "E20"]}
    outcome = world.read(lists(politicians=4, organisers=3) | rosters(names), LATER)
    assert (outcome.left, outcome.joined) == (1, 1)
    assert people.find_person(world.session, PROGRAMME.id, "NEW") is None
    assert (world.person("E0").role, world.person("E0").next_role) == (Role.EMPLOYEE_REP, None)  # named by a list that is held
    assert world.person("E20").state is PersonState.INVITED


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
    assert filtering.read_texts(world.session, PROGRAMME, {"Navn7 var der"})["Navn7 var der"].holds
    assert filtering.read_texts(world.session, PROGRAMME, {"Nyeste var der"})["Nyeste var der"].holds


def test_organisers_keep_their_rights_and_can_say_that_their_own_list_is_right(world: World) -> None:
    read(world, Role.ORGANISER, 1)
    world.confirm_lists(LATER, "O2")
    assert (read(world, Role.ORGANISER, 1).left, count_here(world, Role.ORGANISER)) == (2, 1)


def test_organisers_cannot_say_that_nobody_is_on_their_own_list_but_are_told_to_put_somebody_on_it(world: World) -> None:
    read(world, Role.ORGANISER, 0)
    said = review(world, question(world))
    assert (said.question, said.open) == ("Ingen er med på listen over organisatorer mere. Sæt mindst én på den igen.", False)
    with pytest.raises(Refused) as refused:
        world.confirm_lists(LATER, "O2")
    assert (refused.value.reason, count_here(world, Role.ORGANISER)) == (Reason.GONE, 3)


def test_once_somebody_is_on_the_organisers_list_again_they_can_say_that_it_is_right(world: World) -> None:
    read(world, Role.ORGANISER, 0)
    world.deliver(LATER, MessageKind.LIST_REVIEW)
    for hours in (1, 2):
        read(world, Role.ORGANISER, 1, LATER + hours * HOUR)
    _, asked_anew = world.messages(MessageKind.LIST_REVIEW)
    said = review(world, asked_anew)
    assert (said.question, said.open) == ("Listen over organisatorer havde 3 og har nu 1. Er det rigtigt?", True)
    world.confirm_lists(LATER + 3 * HOUR, "O2")
    assert read(world, Role.ORGANISER, 1, LATER + 4 * HOUR).left == 2


def test_an_organiser_who_also_leads_is_not_asked_as_a_leader_because_the_organisers_list_is_short(world: World) -> None:
    world.read(lists(politicians=4, leaders=12) | rosters({Role.ORGANISER: [], Role.LEADER: [*addresses(Role.LEADER, 12), "O0"]}), LATER)
    assert (world.person("O0").role, world.person("O0").state) == (Role.ORGANISER, PersonState.ACTIVE)


def test_who_is_to_change_roles_on_monday_does_not_leave_because_the_new_list_is_short(world: World) -> None:
    moved = {Role.LEADER: addresses(Role.LEADER, 12)[1:]}
    world.read(lists(politicians=4, organisers=3) | rosters(moved | {Role.EMPLOYEE_REP: [*addresses(Role.EMPLOYEE_REP, 12), "L0"]}))
    world.read(lists(politicians=4, organisers=3) | rosters(moved | {Role.EMPLOYEE_REP: ["E0"]}), LATER)
    assert (world.person("L0").state, world.person("L0").next_role) == (PersonState.ACTIVE, Role.EMPLOYEE_REP)


@pytest.mark.parametrize("gone", ["stays", "left", "erased"])
def test_who_becomes_a_politician_is_one_once_the_leaders_list_counts(world: World, gone: str) -> None:
    if gone == "left":
        people.leave(world.session, BEFORE, world.person("L0"))
    elif gone == "erased":
        erase(world.session, BEFORE, "L0")
    names = {Role.POLITICIAN: [*addresses(Role.POLITICIAN, 4), "L0"], Role.LEADER: ["L1"]}
    outcome = world.read(lists(organisers=3) | rosters(names), LATER)
    assert (outcome.joined, outcome.left, count_here(world, Role.POLITICIAN)) == (0, 0, 4)
    world.confirm_lists(LATER)
    world.read(lists(organisers=3) | rosters(names), LATER)
    assert world.person("L0").role is Role.POLITICIAN


# --- a list of others


def others(role: Role, n: int, stay: int = 0) -> list[str]:
    """So many people on a role's list, of whom some stood on it before."""
    return [*addresses(role, stay), *(f"{role.value}{number}" for number in range(n - stay))]


@ROLES
@pytest.mark.parametrize("more", [0, 8])
def test_a_list_of_others_as_long_or_longer_is_held_and_asked_about(world: World, role: Role, more: int) -> None:
    before = count_here(world, role)
    outcome = world.read(lists(politicians=4, organisers=3) | rosters({role: others(role, before + more)}), LATER)
    assert (outcome.left, outcome.joined, count_here(world, role), asked(world)) == (0, 0, before, [(before, before + more)])
    assert "mange af dem, der stod på den, står der ikke mere" in review(world, question(world)).question
    assert world.read(lists(politicians=4, organisers=3), LATER + HOUR).left == 0
    assert [hold.state for hold in world.holds()] == [HoldState.BACK]


@pytest.mark.parametrize(("stay", "is_asked"), [(8, False), (7, True)])
def test_a_third_may_be_exchanged_at_once_and_no_more(world: World, stay: int, is_asked: bool) -> None:
    outcome = world.read(lists(politicians=4, organisers=3) | rosters({Role.LEADER: others(Role.LEADER, 12, stay)}), LATER)
    assert (outcome.joined, bool(asked(world))) == ((0, True) if is_asked else (12 - stay, False))


def test_leaders_and_representatives_who_are_exchanged_stay_what_they_were(world: World) -> None:
    exchanged = {Role.LEADER: addresses(Role.EMPLOYEE_REP, 12), Role.EMPLOYEE_REP: addresses(Role.LEADER, 12)}
    assert world.read(lists(politicians=4, organisers=3) | rosters(exchanged), LATER).role_changes == 0
    world.confirm_lists(LATER)
    assert world.read(lists(politicians=4, organisers=3) | rosters(exchanged), LATER).role_changes == 24


def test_all_leaders_on_the_politicians_list_for_a_morning_stay_leaders_and_that_list_goes_on(world: World) -> None:
    names = {Role.POLITICIAN: [*addresses(Role.POLITICIAN, 4), "NEW", *addresses(Role.LEADER, 12)]}
    world.read(lists(organisers=3) | rosters(names), LATER)
    assert (count_here(world, Role.LEADER), world.person("NEW").role, asked(world)) == (12, Role.POLITICIAN, [(12, 0)])
    world.read(lists(politicians=4, organisers=3), LATER + HOUR)
    assert (count_here(world, Role.LEADER), asked(world)) == (12, [(12, 0)])


@pytest.mark.parametrize("size", [12, 20])
def test_after_a_yes_others_join_at_the_next_reading_and_are_those_who_stand_on_the_list(world: World, size: int) -> None:
    listed = lists(politicians=4, organisers=3) | rosters({Role.LEADER: others(Role.LEADER, size)})
    world.read(listed, LATER)
    world.confirm_lists(LATER)
    outcome = world.read(listed, LATER + HOUR)
    assert (outcome.joined, outcome.left) == (size, 12)
    assert world.read(lists(politicians=4, organisers=3), LATER + 2 * HOUR).left == 0  # one yes is for one list
    assert [hold.state for hold in world.holds()] == [HoldState.CONFIRMED, HoldState.HELD]


def test_a_yes_counts_also_where_another_list_is_held_meanwhile(world: World) -> None:
    listed = lists(politicians=1, organisers=3) | rosters({Role.LEADER: others(Role.LEADER, 20)})
    world.read(listed, LATER)
    (hold,) = [hold for hold in world.holds() if hold.role is Role.LEADER]
    list_holds.confirm(world.session, LATER, PROGRAMME, "O0", hold.id)
    assert [world.read(listed, LATER + hours * HOUR).joined for hours in (1, 2)] == [20, 0]
    assert [hold.role for hold in world.holds(HoldState.HELD)] == [Role.POLITICIAN]


@pytest.mark.parametrize("gone", ["left", "erased"])
def test_whether_a_list_is_held_tells_nobody_who_has_left_or_was_erased(world: World, gone: str) -> None:
    for who in addresses(Role.LEADER, 5):
        if gone == "left":
            people.leave(world.session, BEFORE, world.person(who))
        else:
            erase(world.session, BEFORE, who)
    read(world, Role.LEADER, 12)
    world.read(lists(politicians=4, organisers=3) | rosters({Role.LEADER: others(Role.LEADER, 12, 8)}), LATER + HOUR)
    assert asked(world) == []
    strangers = [f"NEW{number}" for number in range(26)]
    world.read(lists(politicians=4, organisers=3) | rosters({Role.LEADER: [*addresses(Role.LEADER, 7), *strangers]}), LATER + DAY)
    assert asked(world) == [(12, 33)]


@pytest.mark.parametrize("gone", ["nobody", "left", "erased"])
def test_who_was_erased_is_judged_by_the_role_they_had(session: Session, gone: str) -> None:
    world = World(session).populate(leaders=20, reps=12, politicians=4, organisers=3)
    if gone == "left":
        people.leave(session, BEFORE, world.person("L0"))
    elif gone == "erased":
        erase(session, BEFORE, "L0")

    def held_after(leaders: list[str], reps: list[str], days: int) -> list[Role]:
        names = {Role.LEADER: leaders, Role.EMPLOYEE_REP: reps}
        world.read(lists(politicians=4, organisers=3) | rosters(names), LATER + days * DAY)
        return [hold.role for hold in world.holds(HoldState.HELD)]

    leaders, reps = addresses(Role.LEADER, 20), addresses(Role.EMPLOYEE_REP, 12)
    assert held_after(leaders[5:], [*reps[:7], *leaders[:5]], 0) == [Role.EMPLOYEE_REP]  # five of twelve are others
    assert held_after(leaders, reps, 1) == []
    for day, number in enumerate((2, 4), start=2):  # they move in small steps, and count where they have come
        assert held_after(leaders[number:], [*reps, *leaders[:number]], 7 * day) == []
    assert held_after(leaders[4:], [*reps[:7], *leaders[:4]], 30) == []
    assert held_after(leaders[4:], [*reps[:6], *leaders[:4], "N0"], 31) == []
    people.apply_role_changes(session, LATER + 40 * DAY)
    assert held_after(leaders, [*reps[:6], "N0"], 41) == [Role.EMPLOYEE_REP]


def test_whom_a_held_list_has_lost_to_another_does_not_make_that_one_longer(world: World) -> None:
    """The organisers lead as well; for a morning nobody stands on their own list."""
    leaders = {Role.LEADER: [*addresses(Role.LEADER, 12), *(f"O{number}" for number in range(20))]}
    world.read(lists(politicians=4, organisers=20) | rosters(leaders), LATER)
    world.read(lists(politicians=4, organisers=0) | rosters(leaders), LATER + HOUR)
    world.read(lists(politicians=4, organisers=20) | rosters(leaders), LATER + 2 * HOUR)
    assert (asked(world), count_here(world, Role.LEADER)) == ([(20, 0)], 12)


# --- an older database, and the first reading


def estimate(world: World, role: Role, size: int) -> None:
    """As after the migration: so many take part by the list."""
    values = {"confirmed": size, "listed": size, "estimated": True}
    world.session.execute(update(PeopleList).where(PeopleList.role == role).values(**values))


@pytest.mark.parametrize("gone", range(0, 13, 4))
def test_a_list_that_has_not_changed_is_not_asked_about_after_an_upgrade(world: World, gone: int) -> None:
    for number, who in enumerate(addresses(Role.LEADER, gone)):
        if number % 2:
            people.leave(world.session, BEFORE, world.person(who))
        else:
            erase(world.session, BEFORE, who)
    estimate(world, Role.LEADER, 12 - gone)
    assert (read(world, Role.LEADER, 12).left, asked(world)) == (0, [])
    known = world.session.scalars(select(PeopleList).where(PeopleList.role == Role.LEADER)).one()
    assert (known.confirmed, known.listed, known.estimated) == (12, 12, False)


def test_against_an_estimate_it_is_asked_without_numbers(world: World) -> None:
    estimate(world, Role.LEADER, 11)
    read(world, Role.LEADER, 1)
    assert review(world, question(world)).question == "Listen over ledere er blevet meget kortere. Er det rigtigt?"
    world.deliver(LATER, MessageKind.LIST_REVIEW)
    read(world, Role.LEADER, 12)
    (notice,) = world.messages(MessageKind.NOTICE)
    said = repr(compose(world.session, LATER, PROGRAMME, notice))
    assert "Listen over ledere er i orden igen" in said
    assert "11" not in said
    assert read(world, Role.LEADER, 1).left == 0
    assert [(hold.had, hold.has) for hold in world.holds(HoldState.HELD)] == [(12, 1)]


def test_against_an_estimate_it_is_asked_without_numbers_also_where_the_people_are_others(world: World) -> None:
    estimate(world, Role.LEADER, 11)
    world.read(lists(politicians=4, organisers=3) | rosters({Role.LEADER: others(Role.LEADER, 20)}), LATER)
    assert review(world, question(world)).question == "Mange af dem, der stod på listen over ledere, står der ikke mere. Er det rigtigt?"


def test_the_first_reading_makes_an_estimate_real_also_where_it_is_shorter(world: World) -> None:
    estimate(world, Role.LEADER, 12)
    read(world, Role.LEADER, 10)
    assert world.session.scalars(select(PeopleList.confirmed).where(PeopleList.role == Role.LEADER)).one() == 10


@ROLES
def test_a_list_that_is_empty_when_it_is_first_read_is_told_of_once(session: Session, role: Role) -> None:
    world = World(session)
    for days in range(3):
        world.read(lists() | rosters({role: []}), BEFORE + days * DAY)
    notices = [notice for notice in world.messages(MessageKind.NOTICE) if notice.facts["say"] == "list.empty"]
    assert [notice.key for notice in notices] == [f"empty:{role.value}"]
    assert asked(world) == []
    assert str(PROGRAMME.people.sources()[role]) in repr(compose(session, BEFORE, PROGRAMME, notices[0]))


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


def test_a_yes_lasts_though_the_list_was_shorter_still_when_it_was_read_next(world: World) -> None:
    read(world, Role.LEADER, 3)
    world.confirm_lists(LATER)
    assert [read(world, Role.LEADER, size, LATER + HOUR).left for size in (1, 3)] == [0, 9]


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
    read(world, role, 1)
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
        f"En af jer har sagt ja søndag den 19. august kl. 09.30. Listen gælder, som den er. {OUT}",
    )


OUT = "Resten af programmet får ledere ikke spørgsmål, der kun er til dem, for der var færre end 10 på listen."


@pytest.mark.parametrize(("has", "is_said"), [(3, True), (10, False)])
def test_what_a_yes_to_a_small_list_means_is_said_before_it_and_with_the_thanks(session: Session, has: int, is_said: bool) -> None:
    world = World(session).populate(leaders=30)
    read(world, Role.LEADER, has)
    before = "Siger I ja, får ledere ikke flere spørgsmål, der kun er til dem, for der er færre end 10 på listen."
    assert (before in review(world, question(world)).note) == is_said
    world.confirm_lists(LATER)
    (hold,) = world.holds()
    assert (OUT in list_holds.thanks(PROGRAMME, hold, "da")) == is_said


def test_where_a_role_has_no_questions_of_its_own_a_yes_takes_none_away(session: Session) -> None:
    world = World(session, replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=(FOR_ALL,)))).populate(politicians=4, organisers=3)
    read(world, Role.LEADER, 3)
    assert "kun er til dem" not in review(world, question(world)).note
    world.confirm_lists(LATER)
    read(world, Role.LEADER, 3)
    assert world.notices() == []


def test_a_list_that_has_grown_asks_nobody_and_cannot_be_confirmed(world: World) -> None:
    read(world, Role.LEADER, 30)
    (grown,) = world.holds()
    assert (grown.state, grown.had, grown.has, asked(world)) == (HoldState.GROWN, 12, 30, [])
    list_holds.remind_organisers(world.session, LATER + 9 * DAY, PROGRAMME, held_before=LATER + 9 * DAY)
    assert (world.messages(MessageKind.LIST_REVIEW), list_holds.is_any_held(world.session, PROGRAMME.id)) == ([], False)
    with pytest.raises(Refused) as refused:
        list_holds.confirm(world.session, LATER, PROGRAMME, "O0", grown.id)
    assert refused.value.reason is Reason.GONE


def test_a_list_that_had_been_estimated_has_not_grown(world: World) -> None:
    estimate(world, Role.LEADER, 6)
    read(world, Role.LEADER, 12)
    assert world.holds() == []


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


@pytest.mark.parametrize(
    ("held_at", "asked_at"),
    [
        (datetime(2018, 8, 22, 1, tzinfo=UTC), datetime(2018, 8, 22, 5, tzinfo=UTC)),  # Wednesday at three: at seven
        (datetime(2018, 8, 22, 9, tzinfo=UTC), datetime(2018, 8, 22, 9, tzinfo=UTC)),
        (datetime(2018, 8, 24, 18, tzinfo=UTC), datetime(2018, 8, 28, 5, tzinfo=UTC)),  # Friday evening; the Monday is a day off
    ],
)
def test_it_is_held_at_once_and_asked_about_when_people_work(session: Session, held_at: datetime, asked_at: datetime) -> None:
    rounds = replace(PROGRAMME.rounds, skip=replace(PROGRAMME.rounds.skip, also=(date(2018, 8, 27),)))
    world = World(session, replace(PROGRAMME, rounds=rounds)).populate()
    assert world.read(lists(leaders=1), held_at).left == 0
    assert (question(world).due_at, question(world).next_at) == (asked_at, asked_at)


def test_a_list_that_comes_and_goes_is_asked_about_once_a_day_and_back_is_told_only_of_what_was_asked(world: World) -> None:
    begin = datetime(2018, 8, 20, 7, tzinfo=UTC)  # a Monday
    for hours in range(4 * 24):
        now = begin + hours * HOUR
        read(world, Role.LEADER, 12 if hours % 2 else 1, now)
        for message in world.messages(MessageKind.LIST_REVIEW):
            if message.state is MessageState.PENDING and message.due_at <= now:
                is_wanted = not isinstance(compose(world.session, now, PROGRAMME, message), NotWanted)
                message.state, message.sent_at = (MessageState.SENT, now) if is_wanted else (MessageState.CANCELLED, None)
        world.session.flush()
    sent = [message.sent_at for message in world.messages(MessageKind.LIST_REVIEW) if message.sent_at]
    assert len(sent) in range(3, 5)
    assert all(later - earlier >= DAY for earlier, later in pairwise(sent))
    assert len([notice for notice in world.messages(MessageKind.NOTICE) if notice.facts["say"] == "list.back"]) == len(sent)


def test_what_has_shrunk_further_after_a_yes_is_asked_about_at_once(world: World) -> None:
    now = datetime(2018, 8, 20, 7, tzinfo=UTC)
    read(world, Role.LEADER, 8, now)
    world.deliver(now, MessageKind.LIST_REVIEW)
    world.confirm_lists(now)
    read(world, Role.LEADER, 3, now + HOUR)
    assert world.messages(MessageKind.LIST_REVIEW)[-1].due_at == now + HOUR


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

ROLE_AND_NUMBERS = (st.sampled_from(list(Role)), *(st.integers(0, 40) for _ in range(5)), st.booleans())


@given(*ROLE_AND_NUMBERS)
def test_whatever_is_read_a_list_is_held_if_and_only_if_more_than_a_third_are_missing(
    role: Role, confirmed: int, listed: int, size: int, stays: int, floor: int, trusted: bool
) -> None:
    known = PeopleList(programme="p", role=role, confirmed=confirmed, listed=listed, estimated=False, trusted=trusted)
    reading = list_holds.Reading(size=size, stays=stays)
    is_under_floor = role in PARTICIPANTS and size < floor <= confirmed
    expected = size < confirmed * 2 / 3 or is_under_floor or (stays < listed * 2 / 3 and not trusted)
    assert list_holds.is_held(known, reading, floor) is expected
    unchanged = list_holds.Reading(size=confirmed, stays=listed)
    assert not list_holds.is_held(known, unchanged, floor)
    if list_holds.is_held(known, reading, floor) and stays:
        fewer = list_holds.Reading(size=min(size, stays), stays=stays - 1)
        assert list_holds.is_held(known, fewer, floor)


@given(names=st.lists(st.sets(st.integers(0, 29), max_size=30), max_size=8))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_is_put_on_a_list_nobody_leaves_without_a_word_with_more_than_a_third_of_the_others(names: list[set[int]]) -> None:
    with separate_world() as world:
        world.populate(leaders=20)
        accepted, now = set(range(20)), LATER
        for numbers in names:
            now += HOUR
            outcome = world.read(lists() | rosters({Role.LEADER: [f"L{number}" for number in sorted(numbers)]}), now)
            if world.holds(HoldState.HELD):
                assert (outcome.left, outcome.joined, count_here(world, Role.LEADER)) == (0, 0, len(accepted))
            else:
                assert 3 * len(accepted & numbers) >= 2 * len(accepted)
                accepted = numbers


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
