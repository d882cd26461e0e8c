"""The lists decide who takes part, and a change of a list has its consequences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key, session_keys
from bot.dialogue import people, roster
from bot.dialogue.filtering import read_texts
from bot.dialogue.roster import merge_lists
from bot.dialogue.standings import PersonOnLists, Standing, standing_of_new, standing_off_list, standing_on_list
from bot.models import LeftBy, MessageKind, MessageState, PersonState
from bot.programme import PARTICIPANTS, Language, Role
from bot.seam.platform import Roster
from tests.support.database import KEY
from tests.support.programme import PROGRAMME
from tests.support.world import BEFORE, OPENS, World, addresses, at, found, lists, rosters, with_list

MONDAY = datetime(2018, 8, 19, 22, tzinfo=UTC)  # the Monday after BEFORE begins in Copenhagen
LATER = BEFORE + timedelta(days=1)


# --- who joins, leaves and returns


def test_participants_are_invited_and_others_have_their_rights_at_once(world: World) -> None:
    outcome = world.read(lists())
    assert outcome.joined == 27
    assert {world.person(each).state for each in ("L0", "E11")} == {PersonState.INVITED}
    assert {world.person(each).state for each in ("P1", "O0")} == {PersonState.ACTIVE}


def test_reading_the_same_lists_again_changes_nothing(world: World) -> None:
    world.read(lists())
    again = world.read(lists(), LATER)
    assert (again.joined, again.returned, again.left, again.role_changes) == (0, 0, 0, 0)
    assert world.person("L0").invited_at == BEFORE


def test_who_is_gone_from_the_lists_has_left_and_is_said_nothing_more(world: World) -> None:
    world.read(lists())
    people.queue_welcomes(world.session, BEFORE, PROGRAMME, at(BEFORE))
    assert world.read(lists(leaders=11), LATER).left == 1
    gone = world.person("L11")
    assert (gone.state, gone.left_by) == (PersonState.LEFT, LeftBy.LIST)
    assert "L11" not in {message.address for message in world.messages(MessageKind.WELCOME)}


def test_a_list_that_is_suddenly_empty_sends_nobody_away_and_the_organisers_are_told(world: World) -> None:
    world.read(lists())
    assert world.read(with_list(lists(), Role.LEADER, []), LATER).left == 0
    assert world.person("L0").state is PersonState.INVITED
    assert len(world.messages(MessageKind.LIST_REVIEW)) == 1
    assert world.read(lists(leaders=11), LATER).left == 1  # the list is back, and one person is not on it


def test_who_is_deactivated_has_left(world: World) -> None:
    world.populate()
    world.read(with_list(lists(), Role.LEADER, [found("L0", active=False), *(found(f"L{i}") for i in range(1, 12))]), LATER)
    assert world.person("L0").state is PersonState.LEFT


def test_who_is_back_on_the_lists_is_invited_and_welcomed_anew(world: World) -> None:
    world.read(lists())
    people.queue_welcomes(world.session, BEFORE, PROGRAMME, at(BEFORE))
    world.deliver(BEFORE, MessageKind.WELCOME)
    world.welcome_all()
    world.read(lists(leaders=11), LATER)
    assert world.read(lists(), LATER + timedelta(days=1)).returned == 1
    back = world.person("L11")
    assert (back.state, back.left_by, back.welcomed_at) == (PersonState.INVITED, None, None)
    assert people.queue_welcomes(world.session, LATER, PROGRAMME, at(LATER)) == 1


def test_who_left_by_themselves_is_not_brought_back_by_a_list(world: World) -> None:
    world.populate()
    people.leave(world.session, OPENS, world.person("L0"))
    world.read(with_list(lists(), Role.LEADER, [found(f"L{i}") for i in range(1, 12)]), LATER)
    world.read(lists(), LATER + timedelta(days=1))
    assert (world.person("L0").state, world.person("L0").left_by) == (PersonState.LEFT, LeftBy.SELF)


# --- roles


def test_between_the_participants_roles_a_change_waits_for_the_next_week(world: World) -> None:
    world.populate()
    moved = lists() | rosters({Role.LEADER: addresses(Role.LEADER, 12)[1:], Role.EMPLOYEE_REP: [*addresses(Role.EMPLOYEE_REP, 12), "L0"]})
    assert world.read(moved).role_changes == 1
    assert (world.person("L0").role, world.person("L0").role_from) == (Role.LEADER, MONDAY)
    assert people.apply_role_changes(world.session, MONDAY - timedelta(seconds=1)) == 0
    assert people.apply_role_changes(world.session, MONDAY) == 1
    assert (world.person("L0").role, world.person("L0").next_role) == (Role.EMPLOYEE_REP, None)


def test_a_change_of_role_that_still_waits_keeps_its_week_and_can_be_taken_back(world: World) -> None:
    world.populate()
    moved = lists() | rosters({Role.LEADER: addresses(Role.LEADER, 12)[1:], Role.EMPLOYEE_REP: [*addresses(Role.EMPLOYEE_REP, 12), "L0"]})
    world.read(moved)
    world.read(moved, MONDAY + timedelta(days=1))
    assert world.person("L0").role_from == MONDAY
    world.read(lists(), MONDAY + timedelta(days=1))
    assert world.person("L0").next_role is None


def test_a_participant_who_becomes_a_politician_is_one_at_once_and_asked_nothing_more(world: World) -> None:
    world.populate()
    world.open()
    world.read(with_list(lists(), Role.POLITICIAN, [found("P0"), found("P1"), found("L0")]), OPENS)
    assert (world.person("L0").role, world.person("L0").state) == (Role.POLITICIAN, PersonState.ACTIVE)
    assert "L0" not in world.recipients()


def test_a_politician_who_becomes_a_participant_loses_the_rights_at_once_and_is_invited(world: World) -> None:
    world.populate(politicians=4)
    moved = lists() | rosters({Role.POLITICIAN: ["P1", "P2", "P3"], Role.LEADER: [*addresses(Role.LEADER, 12), "P0"]})
    world.read(moved, LATER)
    assert (world.person("P0").role, world.person("P0").state) == (Role.LEADER, PersonState.INVITED)


def test_language_and_time_zone_follow_the_platform_and_an_unknown_zone_is_not_believed(world: World) -> None:
    world.populate()
    world.read(
        with_list(lists(), Role.LEADER, [found("L0", language=Language.EN, timezone="America/Nuuk"), found("L1", timezone="Mars/Base")])
    )
    assert (world.person("L0").language, world.person("L0").timezone) == ("en", "America/Nuuk")
    assert world.person("L1").timezone == PROGRAMME.timezone


def test_what_the_platform_does_not_say_is_the_programmes_for_a_stranger_and_kept_for_others(world: World) -> None:
    world.read(
        with_list(
            lists(), Role.LEADER, [found("L0", language=Language.EN, timezone="America/Nuuk"), found("L1", language=None, timezone=None)]
        )
    )
    assert (world.person("L1").language, world.person("L1").timezone) == ("da", PROGRAMME.timezone)
    world.read(with_list(lists(), Role.LEADER, [found("L0", language=None, timezone=None)]))
    assert (world.person("L0").language, world.person("L0").timezone) == ("en", "America/Nuuk")


# --- overlapping lists


def test_where_lists_overlap_the_politician_comes_first_and_the_organisers_are_told_once(world: World) -> None:
    overlapping = with_list(lists(), Role.POLITICIAN, [found("L0"), found("P0")])
    outcome = world.read(overlapping)
    assert outcome.overlaps == {"L0": (Role.POLITICIAN, Role.LEADER)}
    assert world.person("L0").role is Role.POLITICIAN
    world.read(overlapping, LATER)
    assert world.notices() == ["people.overlaps"]
    assert world.messages(MessageKind.NOTICE)[0].facts["values"] == {"n": 1, "people": "S0POLIT, S0LEADERS"}  # nobody is named


def test_organisers_read_how_many_stand_on_which_lists_and_never_who(world: World) -> None:
    both = [found(f"E{i}") for i in range(12)] + [found("L3"), found("L4")]
    world.read(with_list(with_list(lists(), Role.EMPLOYEE_REP, both), Role.POLITICIAN, [found("L0"), found("P0")]))
    (notice,) = world.messages(MessageKind.NOTICE)
    assert notice.facts["values"] == {"n": 3, "people": "S0LEADERS, S0REPS; S0POLIT, S0LEADERS"}


def test_entries_nobody_was_found_for_are_told_once_and_again_when_they_change(world: World) -> None:
    with_missing = with_list(lists(), Role.LEADER, [found(address) for address in addresses(Role.LEADER, 12)], missing=("a@example.org",))
    world.read(with_missing)
    world.read(with_missing, LATER)
    assert world.notices() == ["people.missing"]
    world.read(with_list(with_missing, Role.LEADER, with_missing[Role.LEADER].found, missing=("a@example.org", "b@example.org")), LATER)
    assert world.messages(MessageKind.NOTICE)[-1].facts["values"] == {
        "n": 2,
        "source": "S0LEADERS",
        "people": "a@example.org, b@example.org",
    }


def test_when_all_are_found_organisers_hear_it_once_and_hear_again_of_the_same_who_are_missing_later(world: World) -> None:
    complete = lists()
    with_missing = with_list(complete, Role.LEADER, complete[Role.LEADER].found, missing=("a@example.org",))
    for read in (with_missing, complete, complete, with_missing, with_missing):
        world.read(read, LATER)
    assert world.notices() == ["people.missing", "people.found", "people.missing"]
    assert [notice.values["people"] for notice in roster.people_missing(world.session, world.programme.id)] == ["a@example.org"]
    world.read(complete, LATER)
    assert roster.people_missing(world.session, world.programme.id) == []


def test_the_keys_of_what_organisers_are_told_of_people_say_nothing_to_who_has_no_key(world: World) -> None:
    overlapping = with_list(lists(), Role.EMPLOYEE_REP, [found(f"E{i}") for i in range(12)] + [found("L3")], missing=("a@example.org",))
    world.read(overlapping)
    plain = {sha256(each.encode()).hexdigest()[:16] for each in ("L3 (S0LEADERS, S0REPS)", "a@example.org")}
    keys = {str(message.key) for message in world.messages(MessageKind.NOTICE)}
    assert {key.partition(":")[0] for key in keys} == {"missing", "overlaps"}
    assert {each.rpartition(":")[2] for each in keys}.isdisjoint(plain)
    fingerprint = session_keys(world.session).fingerprint("overlaps", "L3 (S0LEADERS, S0REPS)")
    assert f"overlaps:{fingerprint[:16]}" in keys


def test_under_a_new_key_nothing_is_told_again(world: World) -> None:
    overlapping = with_list(lists(), Role.POLITICIAN, [found("L0"), found("P0")])
    world.read(overlapping)
    world.session.info[KEYS_IN_SESSION] = Keys([new_key(), KEY])
    world.read(overlapping, LATER)
    assert world.notices() == ["people.overlaps"]


def test_a_role_with_questions_of_its_own_and_under_ten_people_is_told_of_by_its_list_alone(world: World) -> None:
    world.read(lists(reps=10))
    assert world.notices() == []
    people.leave(world.session, OPENS, world.person("E0"))
    world.read(lists(reps=10), LATER)
    assert world.notices() == []
    world.read(lists(reps=9), LATER)
    assert world.notices() == []  # it is held
    world.confirm_lists(LATER)
    world.read(lists(reps=9), LATER)
    world.read(lists(reps=8), LATER)
    assert world.notices() == ["people.out"]  # they have said yes to it, which holds for the rest of the programme


def test_too_few_people_altogether_are_told_of(world: World) -> None:
    world.read(lists(leaders=5, reps=4))
    assert world.notices() == ["people.small.leader", "people.small.employee_rep", "people.small.all"]


@given(st.lists(st.tuples(st.sampled_from(list(Role)), st.sampled_from("abcdef"), st.booleans())))
def test_everyone_has_the_first_of_their_roles_in_the_order_of_precedence(entries: list[tuple[Role, str, bool]]) -> None:
    listed = {role: Roster(found=tuple(found(who, active=active) for in_, who, active in entries if in_ is role)) for role in Role}
    wanted, overlaps = merge_lists(listed)
    precedence = list(Role)
    for who in {who for _, who, active in entries if active}:
        roles = sorted({in_ for in_, each, active in entries if each == who and active}, key=precedence.index)
        assert wanted[who].role is roles[0]
        assert overlaps.get(who, (roles[0],)) == tuple(roles)
    assert set(wanted) == {who for _, who, active in entries if active}


# --- where one person stands, whatever the lists have said


def standings() -> st.SearchStrategy[list[PersonOnLists | str | None]]:
    """What happens to one person: listed with a role, on no list, or leaving, pausing and being welcomed."""
    on_list = st.sampled_from(list(Role)).map(lambda role: PersonOnLists(role=role))
    return st.lists(st.one_of(on_list, st.none(), st.sampled_from(["leave", "pause", "welcome"])), max_size=12)


def live(events: list[PersonOnLists | str | None]) -> Standing:
    return reduce(step, events, standing_of_new(PersonOnLists(role=Role.LEADER), BEFORE, PROGRAMME))


def step(was: Standing, event: PersonOnLists | str | None) -> Standing:
    if isinstance(event, PersonOnLists):
        return standing_on_list(was, event, now=LATER, monday=MONDAY)
    if event is None:
        return standing_off_list(was)
    if was.role not in PARTICIPANTS or was.state is PersonState.LEFT:
        return was
    values = dict(vars(was))
    if event == "welcome" and was.state is PersonState.INVITED:
        return Standing(**values | {"state": PersonState.ACTIVE, "welcomed_at": LATER})
    if event == "pause":
        return Standing(**values | {"state": PersonState.PAUSED, "paused_until": LATER})
    return Standing(**values | {"state": PersonState.LEFT, "left_by": LeftBy.SELF}) if event == "leave" else was


@given(standings())
@settings(max_examples=300)
def test_no_list_ever_makes_someone_active_who_has_not_been_welcomed_or_brings_back_who_left(
    events: list[PersonOnLists | str | None],
) -> None:
    declined = False
    was = standing_of_new(PersonOnLists(role=Role.LEADER), BEFORE, PROGRAMME)
    for event in events:
        now = step(was, event)
        declined = declined or (event == "leave" and was.state is not PersonState.LEFT and was.role in PARTICIPANTS)
        if now.role in PARTICIPANTS:
            assert now.state is not PersonState.ACTIVE or now.welcomed_at is not None
            assert not declined or now.state is PersonState.LEFT
        else:
            assert now.state in (PersonState.ACTIVE, PersonState.LEFT)
        assert (now.left_by is None) or declined or now.state is PersonState.LEFT
        assert (now.next_role is None) == (now.role_from is None)
        was = now


@given(standings(), st.sampled_from(list(Role)))
def test_being_listed_twice_is_being_listed_once(events: list[PersonOnLists | str | None], role: Role) -> None:
    once = step(live(events), PersonOnLists(role=role))
    assert step(once, PersonOnLists(role=role)) == once


def test_two_thousand_people_are_read_with_a_handful_of_statements(world: World) -> None:
    from sqlalchemy import event  # noqa: PLC0415 - only this test counts statements

    statements: list[str] = []
    engine = world.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *heard: statements.append(heard[2]))
    world.read(lists(leaders=1100, reps=1000, politicians=31, organisers=3))
    world.read(lists(leaders=1000, reps=1100, politicians=31, organisers=3), LATER)
    assert len(statements) < 29
    assert len(world.messages(MessageKind.NOTICE, MessageState.PENDING)) == 0


def test_a_name_is_looked_for_until_the_lists_name_it_no_more(world: World) -> None:
    named = [replace(found(f"L{number}"), names=(f"tvær{letter}vind",)) for number, letter in enumerate("abcdefghijkl")]
    for people_here, is_known in ((named, True), (named[:7] + named[8:], False)):
        world.read(with_list(lists(), Role.LEADER, people_here))
        assert bool(read_texts(world.session, PROGRAMME, {"tværhvind var der"})["tværhvind var der"].holds) == is_known
        assert read_texts(world.session, PROGRAMME, {"tværgvind var der"})["tværgvind var der"].holds
