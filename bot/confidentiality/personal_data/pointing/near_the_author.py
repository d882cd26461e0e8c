"""Finds people and places near the author, which hold nothing: whoever guesses who the author is guesses these too.

People are "min leder", "vores TR", "lederen hos os", "rektor sagde"; places are in small letters ("i langå", "på nordre fælled"): no
dictionary knows them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data import endings
from bot.confidentiality.personal_data.findings import FindingKind
from bot.confidentiality.personal_data.pointing.institutions import COMPASS, is_unknown
from bot.confidentiality.personal_data.pointing.roles import role_in
from bot.confidentiality.personal_data.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

MY = frozenset({"min", "vores", "vor", "my", "our"})
COLLEAGUE = re.compile(
    r"\w*(?:kollega|makker)s?|(?:\w*manager|boss|\w*leader|head|head-?teacher|deputy|principal|supervisor|secretary|rep|representative"
    r"|colleague)(?:'?s)?"
)
WORDS_BETWEEN = 2  # "vores nye pædagogiske leder"
TO_A_PLACE = frozenset({"i", "på", "fra", "ved", "til", "in", "from"})
NO_PLACE = re.compile(r".*(?:en|et|er|erne|ene|ne|s|te|ede|ige|lig|dag|de)")  # how words end that were typed in haste
SMALL_PLACES = frozenset({"hald", "lem", "ørum", "hammel", "bjerre", "mellerup", "borup", "kristrup"})  # these are words, too
WITH_US = frozenset({("hos", "os"), ("af", "sfo'en"), ("af", "sfoen")})
ON_THE = frozenset((at, the) for at in ("på", "af", "ved", "fra") for the in ("den", "det", "vores", "min", "mit"))
TITLES_OF_HEADS = frozenset({"rektor", "forstander", "inspektør", "viceinspektør", "skoleinspektør"})
ANYBODY = frozenset({"en", "ingen", "hver", "enhver", "the", "a"})


def find_people_near(reading: Reading) -> Iterator[Finding]:
    """Find one person in a post near the author."""
    folded = reading.folded
    if not MY.isdisjoint(reading.vocabulary):
        for number, word in enumerate(folded):
            if word in MY and (last := _post_after(folded, number)) is not None:
                yield reading.finding(FindingKind.NEAR_ROLE, number, last)
    roles = {word for word in reading.telling if (role := role_in(word)) and (role["the"] or role["tr"] or word in TITLES_OF_HEADS)}
    for number, word in enumerate(folded) if roles else ():
        after = tuple(folded[number + 1 : number + 3])
        if word in roles - TITLES_OF_HEADS and after in WITH_US:
            yield reading.finding(FindingKind.NEAR_ROLE, number, number + 2)
        elif word in roles and (after in ON_THE if word not in TITLES_OF_HEADS else _acts_as_a_head(folded, number)):
            yield reading.finding(FindingKind.NEAR_ROLE, number, number)


def _acts_as_a_head(folded: list[str], number: int) -> bool:
    says = not word_list("after_a_person").isdisjoint(folded[number + 1 : number + 2])
    return says and ANYBODY.isdisjoint(folded[max(number - 1, 0) : number])


def _post_after(folded: list[str], number: int) -> int | None:
    """The number of the word that names a post, after "min", perhaps with adjectives between."""
    for last in range(number + 1, min(number + 2 + WORDS_BETWEEN, len(folded))):
        role = role_in(folded[last])
        if COLLEAGUE.fullmatch(folded[last]) or (role is not None and not role["the"]):
            return last
        if not (folded[last].endswith(("e", "egen")) or folded[number] in {"my", "our"}):
            return None
    return None


def find_places_near(reading: Reading) -> Iterator[Finding]:
    """Find what may be the name of a small place, in small letters."""
    folded = reading.folded
    if TO_A_PLACE.isdisjoint(reading.vocabulary):
        return
    for number in range(len(folded) - 1):
        if folded[number] in TO_A_PLACE and reading.between(number) == "":
            last = number + 1 + (folded[number + 1] in COMPASS and number + 2 < len(folded))
            is_small = reading.words[last][0].islower()
            if is_small and (last > number + 1 or folded[last] in SMALL_PLACES or _may_be_a_place(folded[last])):
                yield reading.finding(FindingKind.NEAR_PLACE, number, last)


def _may_be_a_place(word: str) -> bool:
    """Whether an unknown word ends as places do, or at least not as words do."""
    return is_unknown(word) and (word.endswith(endings.OF_NAMES) or NO_PLACE.fullmatch(word) is None)
