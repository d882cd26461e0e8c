"""Finds words about somebody's health, family or child, and roles with a place that point at one person.

"Skolelederen på Nordskolen" is a name in other words; "lederen på skolen" is not. Only a role in the singular counts: "lærerne i Randers"
are many. The list of health words is short on purpose; organisers add their own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches
from bot.confidentiality.personal_data.names import is_ordinary
from bot.confidentiality.personal_data.pointing.roles import role_in
from bot.confidentiality.personal_data.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

RELATIVE = (
    "barn|søn|datter|mand|kone|kæreste|ægtefælle|samlever|eks|ekskone|eksmand|mor|far|bror|søster|barnebarn|nevø|niece|onkel|tante|svigermor"
    "|svigerfar|son|daughter|child|kid|husband|wife|partner|mother|father|brother|sister"
)
RELATIVES_OF_MINE = "børn|sønner|døtre|forældre|sons|daughters|children|kids|parents"
RELATIVES_OF_OTHERS = "barn|søn|datter|kone|ekskone|eksmand|son|daughter|husband|wife"
MY, OTHERS = "min|mit|mine|my", "vores|hans|hendes|deres|sin|sit|our|his|her|their"
FAMILY = re.compile(
    rf"\b(?:(?:{MY})(?: \w+)? (?:{RELATIVE}|{RELATIVES_OF_MINE})|(?:{OTHERS})(?: \w+)? (?:{RELATIVES_OF_OTHERS}))s?\b",
    re.IGNORECASE,
)
AGE = r"(?:\d{1,2}|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten)"
CHILD_WORDS = "barn|barnet|dreng|drengen|pige|pigen|elev|eleven|boy|girl|child|pupil"
CHILD = re.compile(
    rf"\b(?:{CHILD_WORDS})(?: \w+)? på {AGE}\b|\b{AGE}[ -]?årige?t? (?:{CHILD_WORDS})\b"
    rf"|\b(?:{CHILD_WORDS}) (?:i|fra|in) \d{{1,2}}(?:\.? ?(?:klasse|[a-h]))?\b"
    rf"|\b\d{{1,2}}[ -]years?[ -]old (?:{CHILD_WORDS})\b|\b(?:{CHILD_WORDS}) (?:i|på|fra) \w+ stue\b"
    rf"|\b(?:mor|moren|moderen|far|faren|faderen|mother|father) (?:til|of) (?:et|en|an?) (?:{CHILD_WORDS})\b",
    re.IGNORECASE,
)
SCHOOL_CLASS = re.compile(r"\b\d{1,2}\.[a-hA-H]\b|\b(?!3F\b)\d{1,2}[A-H]\b")  # 3F is a trade union
AT_A_PLACE = frozenset({"på", "i", "fra", "ved", "for", "hos"})

RELATIVES = frozenset(f"{RELATIVE}|{RELATIVES_OF_MINE}".split("|"))
RELATIVES |= {f"{word}s" for word in RELATIVES}
POSSESSIVES = frozenset(f"{MY}|{OTHERS}".split("|"))
CHILDREN = frozenset(CHILD_WORDS.split("|"))


def find_health_and_family(reading: Reading) -> Iterator[Finding]:
    """Find family, particular children, roles with a place, and health."""
    if not (RELATIVES.isdisjoint(reading.vocabulary) or POSSESSIVES.isdisjoint(reading.vocabulary)):
        yield from find_matches(FindingKind.FAMILY, FAMILY, reading.text)
    if (reading.has_digits and any(child in reading.lower for child in CHILDREN)) or not CHILDREN.isdisjoint(reading.vocabulary):
        yield from find_matches(FindingKind.CHILD, CHILD, reading.text)
    if reading.has_digits:
        yield from find_matches(FindingKind.CHILD, SCHOOL_CLASS, reading.text)
    yield from _roles_with_a_place(reading)
    health_words = word_list("health")
    if not health_words.isdisjoint(reading.vocabulary):
        yield from (
            reading.finding(FindingKind.HEALTH, number, number) for number, word in enumerate(reading.folded) if word in health_words
        )


def _roles_with_a_place(reading: Reading) -> Iterator[Finding]:
    roles = {word: role for word in reading.telling if (role := role_in(word))}
    if not roles or AT_A_PLACE.isdisjoint(reading.vocabulary):
        return
    for number, (word, after) in enumerate(pairwise(reading.folded[:-1])):
        role = roles.get(word) if after in AT_A_PLACE else None
        if role is not None and _is_a_place(reading, number + 2, the_one=bool(role["the"] or role["tr"])):
            yield reading.finding(FindingKind.ROLE_AND_PLACE, number, number + 2)


def _is_a_place(reading: Reading, number: int, *, the_one: bool) -> bool:
    """Whether a word after "på", "i" … names a place. Large places count only after one certain person: "lederen", not "en leder"."""
    word, folded = reading.words[number][0], reading.folded[number]
    if folded in word_list("wide_places") or word[0].isdigit() or (word.isupper() and len(word) <= 5):
        return False
    if word[0].isupper() or folded in word_list("large_places"):
        return the_one and folded in word_list("large_places")
    return not is_ordinary(folded)
