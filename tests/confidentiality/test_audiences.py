"""An audience is refused exactly where it would single out a few; people coming and going never stop a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.audiences import entries_to_refuse, questions_by_role, roles_singled_out
from bot.confidentiality.floors import LOWEST_FLOORS
from bot.programme import PARTICIPANTS, Entry, Floors, Role

if TYPE_CHECKING:
    from bot.confidentiality.audiences import Audience

LEADER, REP = PARTICIPANTS
ALL = Entry(theme="trust", all="to-all")
ALL_AGAIN = Entry(theme="trust", all="to-all-again")
LEADERS = Entry(theme="time", by_role=((LEADER, "to-leaders"),))
BOTH = Entry(theme="time", by_role=((LEADER, "as-leader"), (REP, "as-rep")))
WITH_REST = Entry(theme="time", all="to-the-rest", by_role=((LEADER, "as-leader"),))

sizes = st.fixed_dictionaries({role: st.integers(0, 30) for role in PARTICIPANTS})
orders = st.lists(st.sampled_from([ALL, ALL_AGAIN, LEADERS, BOTH, WITH_REST]), unique=True, max_size=5)


def people(leaders: int, reps: int) -> dict[Role, int]:
    return {LEADER: leaders, REP: reps}


@pytest.mark.parametrize(("reps", "few"), [(0, set()), (1, {REP}), (4, {REP}), (5, set()), (12, set())])
def test_leaders_alone_after_everybody_single_out_one_to_four_representatives(reps: int, few: set[Role]):
    assert roles_singled_out([people(20, reps)], {LEADER: 20}, LOWEST_FLOORS) == few


@pytest.mark.parametrize(("reps", "few"), [(1, {REP}), (4, {REP}), (5, set())])
def test_everybody_after_the_leaders_alone_single_out_the_same(reps: int, few: set[Role]):
    assert roles_singled_out([{LEADER: 20}], people(20, reps), LOWEST_FLOORS) == few


def test_a_raised_floor_protects_as_many_people_as_it_says():
    floors = Floors(people=8)
    assert roles_singled_out([people(20, 7)], {LEADER: 20}, floors) == {REP}
    assert roles_singled_out([people(20, 8)], {LEADER: 20}, floors) == set()


def test_a_lowered_floor_is_not_obeyed():
    assert roles_singled_out([people(20, 4)], {LEADER: 20}, Floors(people=1)) == {REP}


def test_a_role_that_has_shrunk_since_it_was_asked_does_not_stop_the_weeks_that_leave_it_out():
    assert roles_singled_out([people(20, 12), {LEADER: 20}], {LEADER: 20}, LOWEST_FLOORS) == set()


def test_a_role_that_has_shrunk_is_not_asked_beside_weeks_that_left_it_out():
    assert roles_singled_out([people(20, 12), {LEADER: 20}], people(20, 4), LOWEST_FLOORS) == {REP}


def test_a_role_that_was_small_when_it_was_asked_is_still_singled_out_when_it_has_grown():
    assert roles_singled_out([people(20, 3)], {LEADER: 20}, LOWEST_FLOORS) == {REP}


@given(st.lists(sizes.filter(lambda now: sum(now.values()) >= 10), min_size=1, max_size=8))
def test_who_asks_the_same_groups_every_week_is_never_stopped_by_people_who_come_and_go(weeks: list[dict[Role, int]]):
    for week, now in enumerate(weeks):
        assert roles_singled_out(weeks[:week], now, LOWEST_FLOORS) == set()


@given(st.lists(st.integers(10, 30), min_size=2, max_size=6), st.integers(5, 30))
def test_leaders_who_come_and_go_between_weeks_with_and_without_the_others_stop_nothing(leaders: list[int], reps: int):
    before: list[Audience] = []
    for week, size in enumerate(leaders):
        asked = people(size, reps) if week % 2 else {LEADER: size}
        assert roles_singled_out(before, asked, LOWEST_FLOORS) == set()
        before.append(asked)


# --- an order of entries


@pytest.mark.parametrize("variants", [LEADERS, BOTH, WITH_REST])
def test_variants_that_leave_out_three_are_refused_after_a_week_for_all(variants: Entry):
    assert entries_to_refuse([ALL, variants], (), people(20, 3), LOWEST_FLOORS) == {variants: {REP}}


def test_the_later_entry_is_refused_and_those_after_it_are_judged_without_it():
    assert entries_to_refuse([LEADERS, ALL, ALL_AGAIN, BOTH], (), people(20, 3), LOWEST_FLOORS) == {ALL: {REP}, ALL_AGAIN: {REP}}


def test_what_has_gone_out_already_counts():
    assert entries_to_refuse([LEADERS], [people(20, 3)], people(20, 3), LOWEST_FLOORS) == {LEADERS: {REP}}


def test_a_role_that_was_asked_before_and_is_under_the_audience_floor_now_is_left_out_if_it_is_not_too_few():
    """Nine get no question of their own any more. That the leaders then are asked alone tells of nine; of four it would tell too much."""
    assert entries_to_refuse([BOTH], [people(20, 12)], people(20, 9), LOWEST_FLOORS) == {}
    assert entries_to_refuse([ALL, BOTH], [people(20, 12)], people(20, 4), LOWEST_FLOORS) == {BOTH: {REP}}


@given(orders, sizes)
def test_of_the_audiences_that_are_let_pass_no_difference_is_one_to_four_people(order: list[Entry], now: dict[Role, int]):
    stopped = entries_to_refuse(order, (), now, LOWEST_FLOORS)
    passed = [set(questions_by_role(entry, now, 10)) for entry in order if entry not in stopped]
    totals = {sum(now[role] for role in one ^ other) for one in passed for other in passed if one and other and one <= other}
    assert totals.isdisjoint(range(1, 5))
    assert all(sum(now[role] for role in each) >= 10 for each in passed if each)
