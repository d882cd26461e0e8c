"""The search finds every small union that printed numbers give away, and nothing else."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.confidentiality.disclosure import DisclosureControl, bitset, smallest_isolated_union

SIZES = {"s": 3, "a": 5, "x": 5, "b": 5}
PAIRWISE_FINE = [frozenset("sax"), frozenset("ab"), frozenset("xb"), frozenset("b")]


@st.composite
def printed_and_sizes(draw: st.DrawFn) -> tuple[list[frozenset[int]], dict[int, int]]:
    sizes = dict(enumerate(draw(st.lists(st.integers(0, 7), min_size=1, max_size=8))))
    sets = draw(st.lists(st.frozensets(st.sampled_from(sorted(sizes))), max_size=7))
    return sets, sizes


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(row) for row in rows], 0
    for place in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[place]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            times = row[place] / pivot[place]
            row[:] = [one - times * other for one, other in zip(row, pivot, strict=True)]
        found += 1
    return found


def by_trying_all(sets: list[frozenset[int]], sizes: dict[int, int], floor: int) -> int | None:
    """The fewest people, under the floor, that stand alone: every union of atoms is tried against the rank of the printed sets."""
    atoms = [atom for atom, size in sizes.items() if size]
    rows = [[Fraction(atom in one) for atom in atoms] for one in sets]
    known, fewest = rank(rows), None
    for count in range(1, len(atoms) + 1):
        for union in combinations(atoms, count):
            people = sum(sizes[atom] for atom in union)
            if people < (fewest or floor) and rank([*rows, [Fraction(atom in union) for atom in atoms]]) == known:
                fewest = people
    return fewest


def test_three_people_stand_alone_although_all_pairs_of_sets_differ_by_five_or_nobody():
    assert smallest_isolated_union(PAIRWISE_FINE, SIZES, 5) == frozenset("s")
    assert smallest_isolated_union(PAIRWISE_FINE[:3], SIZES, 5) is None
    assert smallest_isolated_union(PAIRWISE_FINE, SIZES, 3) is None


def test_several_small_atoms_together_are_found():
    sizes = {"everybody else": 20, "one": 1, "another": 2}
    sets = [frozenset(sizes), frozenset({"everybody else"})]
    assert smallest_isolated_union(sets, sizes, 5) == {"one", "another"}


def test_a_union_that_only_a_sum_of_sets_gives_is_found():
    sizes = dict.fromkeys("abc", 1) | {"d": 9}
    sets = [frozenset("abd"), frozenset("bcd"), frozenset("acd"), frozenset("d")]
    assert smallest_isolated_union(sets, sizes, 2) in [{"a"}, {"b"}, {"c"}]


def test_a_union_is_found_whose_atoms_only_together_make_it_an_indicator():
    """B+a, B+h and h+b: the first less the second, plus the third, is a and b."""
    sizes = {"B": 50, "a": 2, "b": 2, "h": 4}
    sets = [frozenset("Ba"), frozenset("Bh"), frozenset("hb")]
    assert smallest_isolated_union(sets, sizes, 5) == frozenset("ab")
    assert smallest_isolated_union(sets, sizes, 4) is None


def test_the_smallest_of_several_is_told():
    sizes = {"a": 4, "b": 1, "c": 30}
    assert smallest_isolated_union([frozenset("abc"), frozenset("c"), frozenset("bc")], sizes, 6) == {"b"}


@pytest.mark.parametrize("sets", [[], [frozenset()], [frozenset("ab")], [frozenset("ab"), frozenset("ab")]])
def test_nothing_printed_or_one_large_set_isolates_nobody(sets: list[frozenset[str]]):
    assert smallest_isolated_union(sets, {"a": 3, "b": 2}, 5) is None


@settings(max_examples=300, deadline=None)
@given(printed_and_sizes(), st.integers(1, 12))
@example(([frozenset({0, 1, 2}), frozenset({0, 3}), frozenset({1, 3}), frozenset({2, 3})], {0: 1, 1: 1, 2: 1, 3: 7}), 5)
def test_it_finds_what_trying_all_unions_finds(case: tuple[list[frozenset[int]], dict[int, int]], floor: int):
    sets, sizes = case
    union = smallest_isolated_union(sets, sizes, floor)
    fewest = by_trying_all(sets, sizes, floor)
    assert (None if union is None else sum(sizes[atom] for atom in union)) == fewest


@settings(max_examples=200, deadline=None)
@given(printed_and_sizes(), st.integers(2, 12))
def test_the_union_it_tells_is_one_that_the_printed_sets_give(case: tuple[list[frozenset[int]], dict[int, int]], floor: int):
    sets, sizes = case
    union = smallest_isolated_union(sets, sizes, floor)
    atoms = [atom for atom, size in sizes.items() if size]
    rows = [[Fraction(atom in one) for atom in atoms] for one in sets]
    if union is not None:
        assert rank([*rows, [Fraction(atom in union) for atom in atoms]]) == rank(rows)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 14)), max_size=7), st.integers(2, 6))
def test_a_set_is_admitted_if_and_only_if_nobody_becomes_isolated(sets: list[frozenset[int]], floor: int):
    printed, held = DisclosureControl(floor), []
    for one in sets:
        safe = smallest_isolated_union([*held, one], dict.fromkeys(range(15), 1), floor) is None
        assert printed.admit(bitset(one)) == safe
        held += [one] if safe else []


def test_a_set_that_was_refused_does_not_count_as_printed():
    printed = DisclosureControl(5)
    assert printed.admit(bitset(range(20)))
    assert not printed.admit(bitset(range(17)))
    assert printed.admit(bitset(range(12)))


@given(st.frozensets(st.integers(0, 300)))
def test_a_bitset_holds_the_people_it_was_made_of(people: frozenset[int]):
    assert bitset(people) == sum(1 << number for number in people)
