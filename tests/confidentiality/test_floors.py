"""Do the floors hold, whatever a programme says and however many answered?"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.floors import (
    LOWEST_FLOORS,
    effective_floors,
    highest_floors,
    participation,
    printable,
    printable_part,
    quotes_may_be_reviewed,
    quotes_may_be_shown,
    round_to_five,
)
from bot.programme import Floors
from schedules.checking import file_model

some = st.integers(min_value=0, max_value=300)
any_floors = st.builds(Floors, people=some, quotes=some, audience=some)


@given(any_floors)
def test_a_programme_may_raise_a_floor_and_never_lower_one(floors: Floors):
    expected = Floors(people=max(5, floors.people), quotes=max(8, floors.quotes), audience=max(10, floors.audience))
    assert effective_floors(floors) == expected


@pytest.mark.parametrize("kind", [each.name for each in fields(Floors)])
def test_every_floor_can_be_raised_in_a_programme_and_never_lowered(kind: str):
    lowest = getattr(LOWEST_FLOORS, kind)
    raised, lowered = (replace(LOWEST_FLOORS, **{kind: lowest + by}) for by in (1, -1))
    assert (effective_floors(raised), effective_floors(lowered)) == (raised, LOWEST_FLOORS)
    assert file_model.Floors.model_validate({kind: lowest + 1})
    with pytest.raises(ValueError, match="greater than or equal"):
        file_model.Floors.model_validate({kind: lowest - 1})


@pytest.mark.parametrize(("people", "printed"), [(0, None), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (214, 215)])
def test_four_people_are_never_shown_and_five_are(people: int, printed: int | None):
    assert printable(people, LOWEST_FLOORS) == printed


@given(some, some)
def test_a_lowered_floor_is_not_obeyed_and_a_raised_one_is(people: int, floor: int):
    assert (printable(people, Floors(people=floor)) is not None) == (people >= max(5, floor))


@given(some, some)
def test_rounding_goes_to_the_nearest_five_and_keeps_the_order(one: int, other: int):
    assert round_to_five(one) % 5 == 0
    assert abs(round_to_five(one) - one) <= 2
    assert round_to_five(min(one, other)) <= round_to_five(max(one, other))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 12))
def test_who_knows_a_number_and_a_part_of_it_learns_of_nobody_or_of_enough(one: int, other: int, floor: int):
    part, whole = sorted((one, other))
    printed = printable_part(part, whole, Floors(people=floor))
    lowest = max(5, floor)
    assert (printed is not None) == (part >= lowest and (whole == part or whole - part >= lowest))
    assert printed in {None, round_to_five(part)}


@pytest.mark.parametrize(
    ("people", "asked", "share"),
    [
        (49, 49, None),
        (0, 50, "<10"),
        (4, 50, "<10"),
        (5, 50, "10"),
        (7, 50, "10"),
        (8, 50, "20"),
        (45, 50, "90"),
        (46, 50, ">90"),
        (50, 50, ">90"),
        (60, 50, ">90"),
        (85, 214, "40"),
        (86, 214, "40"),
    ],
)
def test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more(people: int, asked: int, share: str | None):
    assert participation(people, asked) == share


@given(st.integers(50, 3000), st.data())
def test_the_nearest_tenth_is_never_more_than_five_percent_off(asked: int, data: st.DataObject):
    people = data.draw(st.integers(0, asked))
    share = participation(people, asked)
    if share == "<10":
        assert people / asked < 0.1
    elif share == ">90":
        assert people / asked > 0.9
    else:
        assert abs(int(share or 0) / 100 - people / asked) <= 0.05 + 1e-9


# --- quotes


@pytest.mark.parametrize(
    ("people", "candidates", "floor", "may"),
    [(8, 5, 8, True), (7, 5, 8, False), (8, 4, 8, False), (8, 5, 1, True), (7, 5, 1, False), (11, 9, 12, False), (12, 5, 12, True)],
)
def test_quotes_are_reviewed_from_eight_people_and_five_candidates_on(people: int, candidates: int, floor: int, may: bool):
    assert quotes_may_be_reviewed(people, candidates, Floors(quotes=floor)) == may


@pytest.mark.parametrize(("approved", "may"), [(0, False), (2, False), (3, True), (20, True)])
def test_quotes_are_shown_from_three_approved_ones_on(approved: int, may: bool):
    assert quotes_may_be_shown(approved) == may


@given(st.lists(any_floors))
def test_where_several_floors_hold_the_highest_of_each_kind_does_and_none_is_under_the_lowest(several: list[Floors]):
    each = [LOWEST_FLOORS, *several]
    expected = [max(getattr(one, kind) for one in each) for kind in ("people", "quotes", "audience")]
    held = highest_floors(several)
    assert [held.people, held.quotes, held.audience] == expected
