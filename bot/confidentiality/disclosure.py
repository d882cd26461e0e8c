"""Disclosure control: finds whether all printed numbers together give away a number about too few people.

Printed numbers count sets of people. An atom is a group of people who are in exactly the same printed sets. By adding and subtracting the
numbers, a reader learns the size of every union of atoms whose indicator is a linear combination of the printed sets' indicators. If such
a union holds 1 to floor-1 people, those few are isolated. It is not enough that any two sets differ by many people: see the first example
of the tests.

The search is exact and misses nothing. A combination of the sets is a vector of whole numbers, with one place for each set:

1. A dangerous union holds no atom of `floor` people or more, so its combination is zero on each of those. These atoms are eliminated one
   by one, and mostly no combination is left.
2. The rest is brought to a form in which each combination owns a small atom: there it is one, and all others are zero.
   An indicator is 0 or 1 on these atoms, so it is a sum of some combinations, each taken once, and each adds at least one person.
3. The search walks through the sums under `floor` people. If a sum is neither 0 nor 1 on some atom, a combination that is not zero there
   is missing. If it is an indicator, a smaller one must take something away from it. So only combinations that touch are tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import compress
from math import gcd, lcm
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Atom = TypeVar("Atom")
Column: TypeAlias = "tuple[int, ...]"  # one atom: for each printed set 1 if it holds the atom, else 0
Vector: TypeAlias = "list[int]"  # a combination: how many times each printed set is taken

ASCII_TO_BITS = bytes.maketrans(b"01", b"\x00\x01")


def smallest_isolated_union(printed_sets: Sequence[frozenset[Atom]], sizes: Mapping[Atom, int], floor: int) -> frozenset[Atom] | None:
    """The smallest union of 1 to floor-1 people that printed sets give away, as a set of atoms, or None.

    `sizes` gives the number of people in each atom. The atoms may be finer than needed, down to single people: those in the same sets are
    taken together.
    """
    alike: defaultdict[Column, list[Atom]] = defaultdict(list)
    for atom, size in sizes.items():
        if size:
            alike[tuple(int(atom in people) for people in printed_sets)].append(atom)
    union = _smallest_dangerous_union({column: sum(sizes[atom] for atom in atoms) for column, atoms in alike.items()}, floor)
    return None if union is None else frozenset(atom for column in union for atom in alike[column])


class DisclosureControl:
    """The sets of people whose sizes are printed. A set is admitted only if it isolates nobody.

    People are numbers, and a set of people is a whole number with their bits set. `listed` is for a list whose size everybody knows: it
    holds the people on it whom we know, and there may be others on it. It is enough to try with no others and with one: if a union is
    dangerous with any number of others, it is dangerous with none, or it is those others themselves.
    """

    def __init__(self, floor: int, listed: int | None = None) -> None:
        self._floor = floor
        self._sets: list[int] = []
        self._known = [[]] if listed is None else [[listed], [listed | 1 << listed.bit_length()]]

    def admit(self, people: int) -> bool:
        """Whether the size of this set may be printed too. If so, it counts as printed from now on."""
        sets = [*self._sets, people]
        if any(_smallest_dangerous_union(_columns([*known, *sets]), self._floor) is not None for known in self._known):
            return False
        self._sets = sets
        return True


def bitset(people: Iterable[int]) -> int:
    """The set of the people with these numbers, as one whole number."""
    numbers = set(people)
    bits = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        bits[-1 - number] = ord("1")
    return int(bits, 2)


def _columns(sets: Sequence[int]) -> Counter[Column]:
    """The number of people in each atom."""
    width = max(people.bit_length() for people in sets)
    return Counter(zip(*(format(people, f"0{width}b").encode().translate(ASCII_TO_BITS) for people in sets), strict=True))


def _smallest_dangerous_union(sizes: Mapping[Column, int], floor: int) -> list[Column] | None:
    """The atoms of the smallest dangerous union."""
    width = len(next(iter(sizes), ()))
    combinations = [[int(place == row) for place in range(width)] for row in range(width)]
    for column, size in sizes.items():
        if not combinations:
            return None
        if size >= floor:
            combinations = _combinations_that_vanish(combinations, column)
    small = {column: size for column, size in sizes.items() if size < floor}
    return _search_smallest_union(_find_owners(combinations, small), small, floor)


def _value_on(vector: Vector, column: Column) -> int:
    """The value of a combination on one atom."""
    return sum(compress(vector, column))


def _eliminate(vector: Vector, pivot: Vector, column: Column) -> Vector:
    """A multiple of the vector minus a multiple of the pivot, in lowest terms, that is zero on the column."""
    value, pivot_value = _value_on(vector, column), _value_on(pivot, column)
    if not value:
        return vector
    difference = [number * pivot_value - pivot_number * value for number, pivot_number in zip(vector, pivot, strict=True)]
    divisor = gcd(*difference)  # not zero: the two are independent
    return [number // divisor for number in difference]


def _combinations_that_vanish(vectors: list[Vector], column: Column) -> list[Vector]:
    """A basis of the combinations of the vectors that are zero on the column."""
    pivot = next((vector for vector in vectors if _value_on(vector, column)), None)
    if pivot is None:
        return vectors
    return [_eliminate(vector, pivot, column) for vector in vectors if vector is not pivot]


class Owner(NamedTuple):
    """A combination and its own atom: the only owned atom on which its value is not zero."""

    vector: Vector
    own: Column


def _find_owners(vectors: list[Vector], small: Iterable[Column]) -> list[Owner]:
    """The combinations, each with an atom of its own. Combinations that are zero on every atom are left out."""
    owners: list[Owner] = []
    for column in small:
        pivot = next((vector for vector in vectors if _value_on(vector, column)), None)
        if pivot is not None:
            vectors = _combinations_that_vanish(vectors, column)
            owners = [Owner(_eliminate(vector, pivot, column), own) for vector, own in owners]
            owners.append(Owner(pivot, column))
        if not vectors:
            break
    return owners


class Branch(NamedTuple):
    """A sum of combinations in the search. It holds at least `people`. `barred` must not be added later, so that no sum comes twice."""

    taken: tuple[int, ...]
    barred: frozenset[int]
    people: int


def _search_smallest_union(owners: Sequence[Owner], small: Mapping[Column, int], floor: int) -> list[Column] | None:
    """The union with the fewest people, under the floor, among the sums of some of the combinations."""
    unit = lcm(*(_value_on(*owner) for owner in owners))  # each combination is scaled to this number on its own atom: it means one
    vectors = [[place * (unit // _value_on(vector, own)) for place in vector] for vector, own in owners]
    weights = [small[own] for _vector, own in owners]
    best: list[Column] | None = None
    branches = [Branch((index,), frozenset(range(index + 1)), weight) for index, weight in enumerate(weights)]
    while branches:
        branch = branches.pop()
        if branch.people >= floor:
            continue
        total = [sum(places) for places in zip(*(vectors[index] for index in branch.taken), strict=True)]
        between = next((column for column in small if _value_on(total, column) not in {0, unit}), None)
        union = [column for column in small if _value_on(total, column)] if between is None else [between]
        if between is None and (people := sum(small[column] for column in union)) < floor:
            best, floor = union, people  # from here on, only fewer people are of interest
        light = (index for index, weight in enumerate(weights) if branch.people + weight < floor and index not in branch.barred)
        touching = [index for index in light if any(_value_on(vectors[index], column) for column in union)]
        branches.extend(
            Branch((*branch.taken, index), branch.barred.union(touching[: place + 1]), branch.people + weights[index])
            for place, index in enumerate(touching)
        )
    return best
