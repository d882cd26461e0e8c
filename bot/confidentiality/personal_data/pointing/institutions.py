"""Finds the names of workplaces: a kind of institution with its name beside or inside it, also in small letters.

After a kind, a name is a word that no dictionary knows ("børnehaven troldhøj"), one that houses like to be called by ("sfo regnbuen"), or a
direction ("dagplejen i nord"). "Børnehaven hver morgen" is none. A word that ends as a kind is a name if it begins as places do
("bakkeskolen"), or as no other word ("egedalsskolen").
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.endings import HOUSES, OF_HOUSES
from bot.confidentiality.personal_data.findings import FindingKind
from bot.confidentiality.personal_data.names import is_ordinary
from bot.confidentiality.personal_data.spellings import is_ordinary_misspelt
from bot.confidentiality.personal_data.word_lists import word_list
from bot.language.dictionary import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

SHORTEST_NAME = 4  # letters
DIRECTIONS = frozenset({"nord", "syd", "øst", "vest", "nordøst", "nordvest", "sydøst", "sydvest", "midtbyen"})
TO_A_PLACE = frozenset({"i", "på", "ved", "in", "at"})
COMPASS = frozenset({"øster", "vester", "nørre", "sønder", "nordre", "søndre", "østre", "vestre"})
PARTS_OF_PLACES = COMPASS | {"gl", "store", "lille", "sankt"}
ANY_HOUSE = frozenset({"hus", "team", "stue", "afdeling", "center", "område"})  # a place behind these names none of them
BEFORE_A_NAME = TO_A_PLACE | PARTS_OF_PLACES | {"fra", "til", "hos", "from", ""}
SIGHTS = "skoven søen åen fjorden havet stranden havnen parken kirken torvet mosen engen bakken møllen bækken volden voldene kanalen broen"
BY_NATURE = frozenset(SIGHTS.split())
AT_A_HOUSE = frozenset({"i", "på", "fra", "hos", "ved"})
AFTER_A_KIND = frozenset({"", '"', "»", "“", "„", "'", "«", ".", ":"})  # what may stand between a kind and its name; the stop for "gl."
KNOWN = ("capitals", "large_places", "wide_places", "abbreviations")  # lists
SHORTEST_WITH_A_BEGINNING = 5  # letters


def find_institutions(reading: Reading) -> Iterator[Finding]:
    """Find kinds of institution with their names."""
    folded, kinds, houses = reading.folded, word_list("institution_kinds"), word_list("houses")
    if not kinds.isdisjoint(reading.vocabulary):
        yield from _kinds_with_names(reading, kinds)
    if not houses.isdisjoint(reading.vocabulary):
        yield from (
            reading.finding(FindingKind.INSTITUTION, number, number)
            for number, word in enumerate(folded)
            if word in houses and _stands_for_a_house(folded, number)
        )
    named = {
        word for word in reading.telling if len(word) > SHORTEST_WITH_A_BEGINNING and word.endswith(OF_HOUSES) and is_institution(word)
    }
    if named:
        yield from (reading.finding(FindingKind.INSTITUTION, number, number) for number, word in enumerate(folded) if word in named)


def _kinds_with_names(reading: Reading, kinds: frozenset[str]) -> Iterator[Finding]:
    for number, word in enumerate(reading.folded):
        if word in kinds:
            first, last = _begin_of_name(reading.folded, number), _end_of_name(reading, number)
            if first < last:
                yield reading.finding(FindingKind.INSTITUTION, first, last)


def _stands_for_a_house(folded: list[str], number: int) -> bool:
    """Whether the words beside a name that houses like to be called by show that one is meant."""
    return not AT_A_HOUSE.isdisjoint(folded[max(number - 1, 0) : number]) or folded[number + 1 : number + 2] == ["hedder"]


def is_institution(word: str) -> bool:
    """Whether one word names an institution: a kind that begins as places do, or as no other word."""
    kind = max((ending for ending in OF_HOUSES if word.endswith(ending)), key=len, default=word)
    beginning = word.removesuffix(kind)
    if not beginning.isalpha() or is_word(word):
        return False
    if kind in HOUSES or beginning in word_list("place_beginnings"):
        return beginning in word_list("place_beginnings")
    forms = (beginning, beginning.removesuffix("s"), beginning.removesuffix("e"))
    is_unlike_words = len(beginning) >= SHORTEST_NAME and not any(map(is_ordinary, forms))
    return is_unlike_words or beginning.endswith(_long_beginnings())


@cache
def _long_beginnings() -> tuple[str, ...]:
    """What places begin with, where it cannot be the end of another word."""
    return tuple(beginning for beginning in word_list("place_beginnings") if len(beginning) > SHORTEST_NAME)


@cache
def _house_names() -> tuple[str, ...]:
    return tuple(form for name in word_list("house_names") for form in (name, f"{name}s"))


def _end_of_name(reading: Reading, number: int) -> int:
    """The number of the last word of the name after a kind; the kind's own number if there is none."""
    folded, last = reading.folded, number
    while last + 1 < len(folded) and reading.between(last) in AFTER_A_KIND:
        last += 1
        is_beside = last == number + 1
        if folded[last] in PARTS_OF_PLACES or (is_beside and folded[last] in TO_A_PLACE and folded[number] not in ANY_HOUSE):
            continue
        is_by_nature = last == number + 2 and folded[last - 1] == "ved" and folded[last] in BY_NATURE
        is_name = (
            is_by_nature or is_unknown(folded[last]) or _is_direction(folded, last) or (is_beside and folded[last].endswith(_house_names()))
        )
        return last if is_name else number
    return number


def _begin_of_name(folded: list[str], number: int) -> int:
    """The number of the first word of the name before a kind ("hornbæk skole"); the kind's own number if there is none."""
    name, before = (folded[n] if n >= 0 else "" for n in (number - 1, number - 2))
    return number - 1 if name in COMPASS or (before in BEFORE_A_NAME and is_unknown(name)) else number


def _is_direction(folded: list[str], number: int) -> bool:
    return folded[number] in DIRECTIONS and folded[number + 1 : number + 2] != ["for"]


def is_unknown(word: str) -> bool:
    """Whether a word in small letters is in no dictionary and no list, so that it may be a place."""
    if len(word) < SHORTEST_NAME - word.endswith("å") or not word.isalpha() or is_ordinary(word):
        return False
    return not is_ordinary_misspelt(word) and not any(form in word_list(name) for form in (word, word.removesuffix("s")) for name in KNOWN)
