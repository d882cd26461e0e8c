"""Could someone who knows every printed number work out a number about too few people?

Printed numbers count sets of people. Who adds and subtracts them learns the size of every union of atoms (the people who stand in exactly
the same printed sets) whose indicator is a linear combination of the printed sets' indicators. If such a union holds 1 to floor-1 people,
those few stand alone. That pairs of sets differ by enough people does not prevent it: see the first example of the tests.

The search is exact and misses nothing. It holds combinations of the sets as vectors of whole numbers, one place a set:

1. A dangerous union holds no atom of `floor` people or more, so its combination comes to nothing on each of those. They are taken out one
   by one, and mostly no combination is left.
2. What is left is brought to a form where each combination has a small atom of its own: there it comes to one, all others to nothing.
   An indicator, being 0 or 1 there, is then a sum of some of them, each taken once; and each that is taken brings at least one person.
3. The sums under `floor` people are walked through. Where a sum is neither 0 nor 1 on some atom, one of the combinations that count there
   is missing; where it is an indicator, a smaller one must take something away from it. So only combinations that touch are tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import compress
from math import gcd, lcm
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Atom = TypeVar("Atom")
Column: TypeAlias = "tuple[int, ...]"  # of one atom: for each printed set 1 if it holds the atom, else 0
Vector: TypeAlias = "list[int]"  # a combination: how many times each printed set is taken

BITS = bytes.maketrans(b"01", b"\x00\x01")


def isolates(printed: Sequence[frozenset[Atom]], sizes: Mapping[Atom, int], floor: int) -> frozenset[Atom] | None:
    """The smallest union of atoms with 1 to floor-1 people whose indicator is a linear combination of the printed sets', or None.

    The atoms may be finer than the printed sets can tell apart, down to single people: those in the same sets are taken together.
    """
    alike: defaultdict[Column, list[Atom]] = defaultdict(list)
    for atom, size in sizes.items():
        if size:
            alike[tuple(int(atom in one) for one in printed)].append(atom)
    union = _smallest({column: sum(sizes[atom] for atom in atoms) for column, atoms in alike.items()}, floor)
    return None if union is None else frozenset(atom for column in union for atom in alike[column])


class Printed:
    """The sets of people whose sizes are printed: a set is added if and only if nobody becomes isolated by it.

    People are numbers, a set of them is a whole number with their bits set.
    """

    def __init__(self, floor: int) -> None:
        self._floor = floor
        self._sets: list[int] = []

    def admits(self, people: int) -> bool:
        """Whether the size of this set may be printed too. If so, it counts as printed from now on."""
        together = [*self._sets, people]
        if _smallest(_columns(together), self._floor) is not None:
            return False
        self._sets = together
        return True


def bitset(people: Iterable[int]) -> int:
    """A set of people, given by their numbers, as one whole number."""
    numbers = set(people)
    bits = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        bits[-1 - number] = ord("1")
    return int(bits, 2)


def _columns(sets: Sequence[int]) -> Counter[Column]:
    """How many people each atom holds."""
    width = max(one.bit_length() for one in sets)
    return Counter(zip(*(format(one, f"0{width}b").encode().translate(BITS) for one in sets), strict=True))


def _smallest(sizes: Mapping[Column, int], floor: int) -> list[Column] | None:
    """The atoms of the smallest dangerous union."""
    left = _identity(len(next(iter(sizes), ())))
    for column, size in sizes.items():
        if not left:
            return None
        if size >= floor:
            left = _combinations_that_vanish(left, column)
    small = {column: size for column, size in sizes.items() if size < floor}
    return _smallest_count(_owning(left, small), small, floor)


def _identity(width: int) -> list[Vector]:
    return [[int(place == one) for place in range(width)] for one in range(width)]


def _on(vector: Vector, column: Column) -> int:
    """What a combination comes to on one atom."""
    return sum(compress(vector, column))


def _eliminate(vector: Vector, pivot: Vector, column: Column) -> Vector:
    """A multiple of the vector, less a multiple of the pivot, so that it comes to nothing on the column; in lowest terms."""
    here, there = _on(vector, column), _on(pivot, column)
    if not here:
        return vector
    mixed = [one * there - other * here for one, other in zip(vector, pivot, strict=True)]
    common = gcd(*mixed)  # not zero: the two are independent
    return [one // common for one in mixed]


def _combinations_that_vanish(vectors: list[Vector], column: Column) -> list[Vector]:
    """A basis of those combinations of the vectors that come to nothing on the column."""
    pivot = next((vector for vector in vectors if _on(vector, column)), None)
    if pivot is None:
        return vectors
    return [_eliminate(vector, pivot, column) for vector in vectors if vector is not pivot]


class Owner(NamedTuple):
    """A combination and its own atom: the only one of all owned atoms on which it does not come to nothing."""

    vector: Vector
    own: Column


def _owning(vectors: list[Vector], small: Iterable[Column]) -> list[Owner]:
    """The combinations, each with an atom of its own; what comes to nothing on every atom is left out."""
    owners: list[Owner] = []
    for column in small:
        pivot = next((vector for vector in vectors if _on(vector, column)), None)
        if pivot is not None:
            vectors = _combinations_that_vanish(vectors, column)
            owners = [Owner(_eliminate(vector, pivot, column), own) for vector, own in owners]
            owners.append(Owner(pivot, column))
        if not vectors:
            break
    return owners


class Path(NamedTuple):
    """Combinations taken together, those not to be taken further on (so that no sum is met twice), and the people it is at least."""

    taken: tuple[int, ...]
    barred: frozenset[int]
    people: int


def _scale(owners: Sequence[Owner]) -> tuple[list[Vector], int]:
    """The combinations, each brought to the same number on its own atom, and that number: it stands for one."""
    one = lcm(*(_on(*owner) for owner in owners))
    return [[place * (one // _on(vector, own)) for place in vector] for vector, own in owners], one


def _smallest_count(owners: Sequence[Owner], small: Mapping[Column, int], floor: int) -> list[Column] | None:
    """The union with the fewest people, under the floor, among the sums of some of the combinations."""
    vectors, one = _scale(owners)
    weights = [small[own] for _vector, own in owners]
    best: list[Column] | None = None
    paths = [Path((index,), frozenset(range(index + 1)), weight) for index, weight in enumerate(weights)]
    while paths:
        path = paths.pop()
        if path.people >= floor:
            continue
        total = [sum(places) for places in zip(*(vectors[index] for index in path.taken), strict=True)]
        odd = next((column for column in small if _on(total, column) not in {0, one}), None)
        union = [column for column in small if _on(total, column)] if odd is None else [odd]
        if odd is None and (people := sum(small[column] for column in union)) < floor:
            best, floor = union, people  # from here on, only fewer people are of interest
        light = (index for index, weight in enumerate(weights) if path.people + weight < floor and index not in path.barred)
        touching = [index for index in light if any(_on(vectors[index], column) for column in union)]
        paths.extend(
            Path((*path.taken, index), path.barred.union(touching[: place + 1]), path.people + weights[index])
            for place, index in enumerate(touching)
        )
    return best
