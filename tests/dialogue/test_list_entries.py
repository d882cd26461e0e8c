"""Guests of a channel get no rights and no questions; somebody with two ids is one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.dialogue import people
from bot.dialogue.data_rights import erasure
from bot.dialogue.roster import _notice_key
from bot.models import LoadedProgramme, MessageKind, OutboxMessage, Person, PersonState
from bot.programme import Role, Source
from tests.support.programme import PROGRAMME
from tests.support.world import BEFORE, World, at, found, lists, with_list

LATER = BEFORE + timedelta(days=1)
NEXT = LATER + timedelta(days=1)
LEADERS = [found(f"L{i}") for i in range(12)]


def from_channels(world: World, *, guests: bool = False) -> World:
    """The same world, with lists that are channels."""
    sources = {"leaders": Source(channel="C0LEADERS", guests=guests), "politicians": Source(channel="C0POLIT")}
    sources["organisers"] = Source(channel=PROGRAMME.people.organisers_channel)
    world.programme = replace(PROGRAMME, people=replace(PROGRAMME.people, **sources))
    return world


def guest(address: str) -> object:
    return replace(found(address), guest=True)


def state_of(world: World, address: str) -> PersonState | None:
    person = people.find_person(world.session, world.programme.id, address)
    return person and person.state


@pytest.mark.parametrize("role", [Role.LEADER, Role.POLITICIAN, Role.ORGANISER])
def test_a_guest_in_a_channel_is_nobody_here_by_that_alone_and_organisers_are_told_once(world: World, role: Role) -> None:
    from_channels(world)
    listed = lists()
    with_guests = with_list(listed, role, [*listed[role].found, guest("G1"), guest("G2")])
    for moment in (BEFORE, LATER):
        world.read(with_guests, moment)
    assert state_of(world, "G1") is None
    sentence = "people.guests" if role is Role.LEADER else "people.guests.rights"
    notices = [notice for notice in world.messages(MessageKind.NOTICE) if str(notice.facts["say"]).startswith("people.guests")]
    assert [(notice.facts["say"], set(notice.facts["values"])) for notice in notices] == [(sentence, {"source"})]


def test_where_the_programme_says_so_a_channels_guests_take_part(world: World) -> None:
    from_channels(world, guests=True)
    world.read(with_list(with_list(lists(), Role.LEADER, [*LEADERS, guest("G1")]), Role.POLITICIAN, [found("P0"), guest("G2")]))
    assert (state_of(world, "G1"), state_of(world, "G2")) == (PersonState.INVITED, None)


@pytest.mark.parametrize("role", list(Role))
def test_who_was_put_on_a_usergroup_or_in_a_file_was_chosen(world: World, role: Role) -> None:
    world.read(with_list(lists(), role, [guest("G1")]))
    assert state_of(world, "G1") in {PersonState.INVITED, PersonState.ACTIVE}
    assert [name for name in world.notices() if "guests" in name] == []


def test_who_is_in_the_dialogue_stays_in_it_when_guests_are_left_out(world: World) -> None:
    before = with_list(with_list(lists(), Role.LEADER, [*LEADERS, found("G1")]), Role.POLITICIAN, [found("P0"), found("G2")])
    world.read(before)
    from_channels(world)
    now = with_list(with_list(lists(), Role.LEADER, [*LEADERS, guest("G1"), guest("G3")]), Role.POLITICIAN, [found("P0"), guest("G2")])
    assert world.read(now, LATER).left == 0
    assert (state_of(world, "G1"), state_of(world, "G2"), state_of(world, "G3")) == (PersonState.INVITED, PersonState.ACTIVE, None)


def test_whom_a_list_has_put_out_comes_back_as_a_guest_only_where_guests_take_part(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [*LEADERS, found("G1")]))
    world.read(lists(), LATER)
    from_channels(world)
    world.read(with_list(lists(), Role.LEADER, [*LEADERS, guest("G1")]), NEXT)
    assert state_of(world, "G1") is PersonState.LEFT


@pytest.mark.parametrize("left", ["employee_reps", "leaders"])
def test_a_guest_who_goes_from_one_channel_of_participants_to_another_stays(world: World, left: str) -> None:
    from_channels(world)
    sources = {"leaders": Source(channel="C0LEADERS"), "employee_reps": Source(channel="C0REPS")}
    first, then = (Role.EMPLOYEE_REP, Role.LEADER) if left == "employee_reps" else (Role.LEADER, Role.EMPLOYEE_REP)
    world.read(with_list(lists(), first, [*lists()[first].found, found("G1")]))
    world.programme = replace(world.programme, people=replace(world.programme.people, **sources))
    world.read(with_list(lists(), then, [*lists()[then].found, guest("G1")]), LATER)
    assert (state_of(world, "G1"), world.person("G1").next_role) == (PersonState.INVITED, then)


def test_a_guest_whom_the_politicians_list_has_put_out_has_no_rights_though_they_left_as_a_leader_before(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [*LEADERS, found("G1")]))
    people.leave(world.session, BEFORE, world.person("G1"))
    world.read(with_list(lists(), Role.POLITICIAN, [found("P0"), found("P1"), found("G1")]), LATER)
    world.read(lists(), LATER)
    from_channels(world)
    world.read(with_list(lists(), Role.POLITICIAN, [found("P0"), found("P1"), guest("G1")]), NEXT)
    assert state_of(world, "G1") is PersonState.LEFT


@pytest.mark.parametrize("gone", ["stays", "left", "erased", "put out"])
def test_what_is_told_of_guests_is_the_same_whatever_they_have_done(world: World, gone: str) -> None:
    world.read(with_list(lists(), Role.LEADER, [*LEADERS, found("G1")]))
    if gone == "left":
        people.leave(world.session, BEFORE, world.person("G1"))
    elif gone == "erased":
        erasure.erase(world.session, BEFORE, "G1")
    elif gone == "put out":
        world.read(lists(), BEFORE)
    from_channels(world).read(with_list(lists(), Role.LEADER, [*LEADERS, guest("G1")]), LATER)
    (notice,) = world.messages(MessageKind.NOTICE)
    assert (notice.facts, notice.key) == (
        {"say": "people.guests", "values": {"source": "C0LEADERS"}},
        _notice_key(world.session, world.programme, "guests:leader", ["G1"]),
    )


@pytest.mark.parametrize("gone", ["left", "erased"])
def test_nobody_can_read_off_the_numbers_that_a_guest_has_left_or_was_erased(world: World, gone: str) -> None:
    world.read(with_list(lists(), Role.LEADER, [*LEADERS, found("G1"), found("G2")]))
    from_channels(world)
    listed = with_list(lists(), Role.LEADER, [*LEADERS, guest("G1"), guest("G2"), guest("G3")])
    before = world.read(listed, LATER)
    told = world.notices()
    if gone == "left":
        people.leave(world.session, LATER, world.person("G1"))
    else:
        erasure.erase(world.session, LATER, "G1")
    after = world.read(listed, NEXT)
    assert (after.listed, world.notices()) == (before.listed, told)
    assert state_of(world, "G1") in {PersonState.LEFT, None}


def test_an_email_with_a_closed_account_is_told_as_that(world: World) -> None:
    listed = lists()
    leaders = replace(listed[Role.LEADER], missing=("a@example.org", "b@example.org"), closed=("b@example.org",))
    world.read({**listed, Role.LEADER: leaders})
    (notice,) = [notice for notice in world.messages(MessageKind.NOTICE) if notice.facts["say"] == "people.missing"]
    assert notice.facts["values"]["people"] == "a@example.org, b@example.org (kontoen er lukket)"


# --- two ids

BOTH = replace(found("L0"), other_address="W0")


def test_who_was_known_by_the_other_id_is_not_welcomed_again_and_has_the_first_from_now_on(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("W0"), *LEADERS[1:]]))
    people.queue_welcomes(world.session, BEFORE, PROGRAMME, at(BEFORE))
    world.deliver(BEFORE, MessageKind.WELCOME)
    world.welcome_all()
    before = world.person("W0").id
    outcome = world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), LATER)
    assert (outcome.joined, outcome.left, world.person("L0").id, world.person("L0").state) == (0, 0, before, PersonState.ACTIVE)
    assert people.queue_welcomes(world.session, LATER, PROGRAMME, at(LATER)) == 0
    assert world.session.scalars(select(OutboxMessage).where(OutboxMessage.address == "W0")).all() == []


def test_who_is_known_by_both_is_left_with_the_first(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [*LEADERS, found("W0")]))
    world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), LATER)
    states = dict(world.session.execute(select(Person.address, Person.state).where(Person.address.in_(["L0", "W0"]))).all())
    assert states == {"L0": PersonState.INVITED, "W0": PersonState.LEFT}


def test_on_two_lists_they_are_one_person_with_the_first_role(world: World) -> None:
    outcome = world.read(with_list(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), Role.POLITICIAN, [BOTH]))
    assert (world.person("L0").role, set(outcome.overlaps)) == (Role.POLITICIAN, {"L0"})


@pytest.mark.parametrize("wiped", [False, True])
def test_who_was_erased_under_the_other_id_stays_erased_until_they_want_to_be_here_again(world: World, wiped: bool) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("W0"), *LEADERS[1:]]))
    erasure.erase(world.session, BEFORE, "W0")
    if wiped:
        tombstones.begin_wiping(world.session, BEFORE)
        tombstones.mark_wiped(world.session, BEFORE, BEFORE)
    listed = with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]])
    world.read(listed, LATER)
    assert state_of(world, "L0") is None
    tombstones.begin_wiping(world.session, LATER)
    tombstones.mark_wiped(world.session, LATER, LATER)
    world.read(listed, NEXT)
    assert state_of(world, "L0") is None
    assert tombstones.lift_tombstone(world.session, NEXT, "L0")
    world.read(listed, NEXT + timedelta(days=1))
    assert state_of(world, "L0") is PersonState.INVITED


THEIRS = tombstones.id_of(PROGRAMME.id, "L0")


def test_who_left_under_the_first_id_stays_so_when_a_backup_knows_the_other(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("W0"), *LEADERS[1:]]))
    people.queue_welcomes(world.session, BEFORE, PROGRAMME, at(BEFORE))
    tombstones.remember_absence(world.session, BEFORE, PROGRAMME.id, "L0")
    world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), LATER)
    assert state_of(world, "L0") is PersonState.LEFT
    assert "L0" not in {message.address for message in world.messages(MessageKind.WELCOME)}


def test_who_came_back_under_the_first_id_is_here_though_a_backup_lets_them_leave_under_the_other(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("W0"), *LEADERS[1:]]))
    people.leave(world.session, BEFORE, world.person("W0"))
    tombstones.leave_tombstones(world.session, BEFORE, DeletedKind.LIFTED, tombstones.id_of(DeletedKind.AWAY, THEIRS))
    world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), LATER)
    assert state_of(world, "L0") is PersonState.INVITED


@pytest.mark.parametrize("known", [True, False])
def test_what_they_chose_under_the_other_id_is_traced_under_the_first_from_now_on(world: World, known: bool) -> None:
    both = with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]])
    if known:
        world.read(with_list(lists(), Role.LEADER, [found("W0"), *LEADERS[1:]]))
        people.leave(world.session, BEFORE, world.person("W0"))
    else:
        tombstones.remember_absence(world.session, BEFORE, PROGRAMME.id, "W0")
    world.read(both, LATER)
    assert state_of(world, "L0") is PersonState.LEFT
    assert tombstones.traces_in_database(world.session).absence(PROGRAMME.id, "L0", LATER.date()) == tombstones.FOR_GOOD


def test_who_was_erased_under_the_first_id_is_not_here_though_a_backup_knows_the_other(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("W0"), *LEADERS[1:]]))
    tombstones.leave_tombstones(world.session, BEFORE, DeletedKind.PERSON, "L0")
    world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), LATER)
    assert (state_of(world, "W0"), state_of(world, "L0")) == (None, None)


def test_who_was_erased_under_the_other_id_and_came_back_under_the_first_is_here(world: World) -> None:
    tombstones.leave_tombstones(world.session, BEFORE, DeletedKind.PERSON, "W0")
    tombstones.leave_tombstones(world.session, BEFORE, DeletedKind.LIFTED, tombstones.id_of(DeletedKind.PERSON, "L0"))
    for moment in (BEFORE, LATER):
        world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), moment)
    assert state_of(world, "L0") is PersonState.INVITED
    assert not tombstones.is_erased(world.session, "W0")


def test_what_they_did_in_an_earlier_programme_under_the_other_id_stays_theirs(world: World) -> None:
    world.session.add(LoadedProgramme(id="an-earlier-one", loaded_at=BEFORE, checksum="0"))
    earlier = world.add_person("W0")
    earlier.programme = "an-earlier-one"
    world.session.flush()
    world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]))
    world.read(with_list(lists(), Role.LEADER, [BOTH, *LEADERS[1:]]), LATER)
    programmes = world.session.scalars(select(Person.programme).where(Person.address == "L0").order_by(Person.id)).all()
    assert programmes == ["an-earlier-one", PROGRAMME.id]
