"""An attack that also reads what is not printed: whoever knows how words are chosen can rule out all that would print more, or less.

It plays every way in which people on a list can answer, mark a wish and use one word, each number that is printed as it is being known
exactly. Where all ways that print the same have one to four people in some group, that group is given away. What is given away without the
words of wishes is not the matter here.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from bot.confidentiality.disclosure import bitset
from bot.confidentiality.floors import LOWEST_FLOORS, Printed, printable, printable_part
from bot.dialogue.digests.keywords import WordUse, telling_words, words_of_wishes
from bot.language.lemmas import LEMMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FEWEST = LOWEST_FLOORS.people
WORD, NO_WORD = "tid", "og"
CROWD = "krop kaffe leder skema"  # said by everybody: then the word is none of the theme's own
Seen: TypeAlias = "tuple[Printed | int | None, ...]"  # people, wishes, who used the word, and who of those with a wish; None: not printed


class Way(NamedTuple):
    """How many of a list did what."""

    both: int  # used the word and marked a wish
    word: int
    wish: int
    neither: int
    silent: int


GROUPS = [names for size in range(1, len(Way._fields)) for names in combinations(Way._fields, size)]


def ways(listed: int, answering: Iterable[int]) -> Iterator[Way]:
    """All ways in which so many of a list can answer."""
    for people in answering:
        for wishing in range(people + 1):
            for both, word in product(range(wishing + 1), range(people - wishing + 1)):
                yield Way(both, word, wishing - both, people - wishing - word, listed - people)


def seen(way: Way, *, crowded: bool, prior: Mapping[str, int]) -> Seen | None:
    """What is printed, as it is known to who takes it for exact; None: no number of wishes is printed."""
    count, marked, used = sum(way) - way.silent, way.both + way.wish, way.both + way.word
    people = printable(count, sum(way), LOWEST_FLOORS)
    wishes = None if people is None else printable_part(marked, count, people, LOWEST_FLOORS)
    if people is None or wishes is None:
        return None
    texts = ((person, f"{CROWD if crowded else ''} {WORD if person < used else NO_WORD}") for person in range(count))
    use, wishing = WordUse(texts, LEMMAS), {*range(way.both), *range(used, used + way.wish)}
    common: Any = {"people": people, "prior": prior, "floor": FEWEST, "allowed": lambda word: word != NO_WORD}
    own = telling_words(use, already=[] if wishes.or_more else [bitset(wishing)], **common)
    of_wishes = words_of_wishes(use, wishing, wishes=wishes, told=own, **common)
    of_word, of_both = (next((told.people for told in words if told.lemma == WORD), None) for words in (own, of_wishes))
    exact = zip((people, wishes, of_word, of_both), (count, marked, used, way.both), strict=True)
    return tuple(printed if printed is None or printed.or_more else known for printed, known in exact)


def few(alike: Sequence[Way]) -> set[tuple[str, ...]]:
    """The groups that hold one to four people in every one of these ways."""
    sizes = {names: [sum(getattr(way, name) for name in names) for way in alike] for names in GROUPS}
    return {names for names, held in sizes.items() if min(held) > 0 and max(held) < FEWEST}


def given_away(listed: int, answering: Iterable[int], *, crowded: bool = False, prior: Mapping[str, int] | None = None) -> list[str]:
    """What words of wishes give away, by standing there or by standing there not, beyond what all other numbers do."""
    alike: defaultdict[Seen, list[Way]] = defaultdict(list)
    for way in ways(listed, answering):
        if (told := seen(way, crowded=crowded, prior=prior or {})) is not None:
            alike[told].append(way)
    without: defaultdict[Seen, list[Way]] = defaultdict(list)
    for told, those in alike.items():
        without[told[:-1]] += those
    known = {told: few(those) for told, those in without.items()}
    new = ((told, names) for told, those in alike.items() for names in few(those) - known[told[:-1]])
    return [f"{told} gives away {' and '.join(names)}" for told, names in new]
