"""The floors hold, whatever a programme says and however many answered."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.floors import (
    LOWEST_FLOORS,
    Printed,
    anybody_may_be_quoted,
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
any_floors = st.builds(Floors, people=some, quotes=some, audience=some, asked=some)


@given(any_floors)
def test_a_programme_may_raise_a_floor_and_never_lower_one(floors: Floors):
    people = max(5, floors.people)
    audience = max(10, floors.audience, people)
    expected = Floors(people=people, quotes=max(8, floors.quotes), audience=audience, asked=max(30, floors.asked))
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
    assert printable(people, 300, LOWEST_FLOORS) == (None if printed is None else Printed(printed))


@given(some, some)
def test_a_lowered_floor_is_not_obeyed_and_a_raised_one_is(people: int, floor: int):
    assert (printable(people, 600, Floors(people=floor)) is not None) == (people >= max(5, floor))


@given(some, some)
def test_rounding_goes_to_the_nearest_five_and_keeps_the_order(one: int, other: int):
    assert round_to_five(one) % 5 == 0
    assert abs(round_to_five(one) - one) <= 2
    assert round_to_five(min(one, other)) <= round_to_five(max(one, other))


# --- a number and its whole


@pytest.mark.parametrize(
    ("listed", "people", "printed"),
    [
        (10, 5, Printed(5, or_more=True)),
        (10, 10, Printed(5, or_more=True)),
        (13, 13, Printed(5, or_more=True)),
        (18, 7, Printed(5)),
        (18, 8, Printed(10, or_more=True)),
        (25, 17, Printed(15)),
        (25, 18, Printed(20, or_more=True)),
        (25, 25, Printed(20, or_more=True)),
        (28, 28, Printed(20, or_more=True)),
        (9, 9, None),
    ],
)
def test_a_number_never_exceeds_the_list_less_the_floor_and_all_that_reach_it_read_the_same(
    listed: int, people: int, printed: Printed | None
):
    assert printable(people, listed, LOWEST_FLOORS) == printed


@pytest.mark.parametrize(
    ("floor", "listed", "people", "printed"),
    [
        (8, 16, 8, Printed(8, or_more=True)),
        (8, 16, 16, Printed(8, or_more=True)),
        (8, 15, 15, None),
        (8, 18, 18, Printed(10, or_more=True)),
    ],
)
def test_a_cap_under_a_raised_floor_is_the_floor_itself(floor: int, listed: int, people: int, printed: Printed | None):
    assert printable(people, listed, Floors(people=floor)) == printed


class Read(NamedTuple):
    """All that is printed of those who answered and of a part of them; what is printed as it is counts as known exactly."""

    number: Printed | None
    share: str | None
    part: Printed | None
    known: int | None
    known_part: int | None


def read(whole: int, part: int, listed: int, floors: Floors) -> Read:
    number = printable(whole, listed, floors)
    if number is None:
        return Read(None, None, None, None, None)
    printed_part = printable_part(part, whole, number, floors)
    known_part = None if printed_part is None or printed_part.or_more else part
    return Read(number, participation(whole, listed, floors), printed_part, None if number.or_more else whole, known_part)


@pytest.mark.parametrize("floor", [5, 6, 7, 8, 10, 13])
def test_who_knows_the_list_and_all_that_is_printed_never_learns_that_a_few_are_left_out(floor: int):
    """Whatever is printed, and whatever is not, could be read of a week in which enough are left out, of the list and of the part."""
    for listed in [*range(2 * floor, 33), 50, 51, 60]:
        behind: dict[Read, list[tuple[int, int]]] = {}
        for whole in range(listed + 1):
            for part in range(whole + 1):
                behind.setdefault(read(whole, part, listed, Floors(people=floor)), []).append((whole, part))
        for told, possible in behind.items():
            assert any(listed - whole >= floor and (told.part is None or whole - part >= floor) for whole, part in possible), told


@given(st.integers(10, 300), st.data())
def test_a_number_is_true_of_those_it_is_printed_of(listed: int, data: st.DataObject):
    people = data.draw(st.integers(5, listed))
    printed = printable(people, listed, LOWEST_FLOORS)
    assert printed is not None
    assert round_to_five(people) >= printed.number if printed.or_more else round_to_five(people) == printed.number


# --- shares


@pytest.mark.parametrize(
    ("people", "listed", "share"),
    [
        (49, 49, None),
        (0, 50, "<10"),
        (4, 50, "<10"),
        (5, 50, "10"),
        (7, 50, "10"),
        (8, 50, "20"),
        (42, 50, "80"),
        (43, 50, "90+"),
        (46, 50, "90+"),
        (50, 50, "90+"),
        (60, 50, "90+"),
        (45, 51, "90"),
        (46, 51, ">90"),
        (51, 51, ">90"),
        (85, 214, "40"),
        (86, 214, "40"),
        (214, 214, ">90"),
    ],
)
def test_participation_is_told_in_tenths_with_open_ends_and_only_of_fifty_people_or_more(people: int, listed: int, share: str | None):
    assert participation(people, listed, LOWEST_FLOORS) == share


@pytest.mark.parametrize(("floor", "highest"), [(5, "90+"), (7, "90+"), (8, "80+"), (12, "80+"), (13, "70+"), (25, "50+")])
def test_of_fifty_people_the_shares_that_leave_no_room_for_a_raised_floor_are_told_as_one(floor: int, highest: str):
    shares = [participation(people, 50, Floors(people=floor)) for people in range(51)]
    assert set(shares[50 - floor :]) == {highest}
    assert shares[: shares.index(highest)] == [participation(people, 50, LOWEST_FLOORS) for people in range(shares.index(highest))]


@given(st.integers(50, 3000), st.data())
def test_the_nearest_tenth_is_never_more_than_five_percent_off(listed: int, data: st.DataObject):
    people = data.draw(st.integers(0, listed))
    share = participation(people, listed, LOWEST_FLOORS) or ""
    if share == "<10":
        assert people / listed < 0.1
    elif share == ">90":
        assert people / listed > 0.9
    elif share.endswith("+"):
        assert people / listed >= int(share[:-1]) / 100 - 0.05 - 1e-9
    else:
        assert abs(int(share) / 100 - people / listed) <= 0.05 + 1e-9


# --- quotes


@pytest.mark.parametrize(
    ("people", "candidates", "floor", "may"),
    [(8, 5, 8, True), (7, 5, 8, False), (8, 4, 8, False), (8, 5, 1, True), (7, 5, 1, False), (11, 9, 12, False), (12, 5, 12, True)],
)
def test_quotes_are_reviewed_from_eight_people_and_five_candidates_on(people: int, candidates: int, floor: int, may: bool):
    assert quotes_may_be_reviewed(people, candidates, Floors(quotes=floor)) == may


@pytest.mark.parametrize(("listed", "floor", "may"), [(0, 0, False), (29, 0, False), (30, 0, True), (30, 31, False), (31, 31, True)])
def test_nobody_is_quoted_where_fewer_than_thirty_were_asked_or_than_a_higher_floor(listed: int, floor: int, may: bool):
    assert anybody_may_be_quoted(listed, Floors(asked=floor)) == may


@pytest.mark.parametrize(("approved", "may"), [(0, False), (2, False), (3, True), (20, True)])
def test_quotes_are_shown_from_three_approved_ones_on(approved: int, may: bool):
    assert quotes_may_be_shown(approved) == may


@given(st.lists(any_floors))
def test_where_several_floors_hold_the_highest_of_each_kind_does_and_none_is_under_the_lowest(several: list[Floors]):
    each = [LOWEST_FLOORS, *several]
    people, quotes, audience, asked = [max(getattr(one, kind) for one in each) for kind in ("people", "quotes", "audience", "asked")]
    assert highest_floors(several) == Floors(people=people, quotes=quotes, audience=max(audience, people), asked=asked)


def test_nobody_is_asked_together_with_fewer_than_a_number_must_count():
    assert effective_floors(Floors(people=30)).audience == 30
