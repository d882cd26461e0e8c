"""Finds telephone and CPR numbers that are written in words.

Four numbers in a row are held if at least one of them is a word. They may stand in Danish or English, in one word, mixed with digits,
and with signs or "og" between them. Three pass: "to tre fire møder" is ordinary speech.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import Finding, FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.sentences import Reading

LEAST = 4  # numbers in a row
LONG_WORD = 11  # characters: it may be several numbers
LONGEST_WORD = 120  # letters: in a longer one nobody looks for numbers
COMMON = "en et to one oh"  # these stand in any text
SMALL_DANISH = "en to tre fire fem seks syv otte ni"
TENS_DANISH = "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems halvtredsindstyve tresindstyve firsindstyve"
REST_DANISH = "nul ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
SMALL_ENGLISH = "one two three four five six seven eight nine"
TENS_ENGLISH = "twenty thirty forty fifty sixty seventy eighty ninety"
REST_ENGLISH = "zero ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
BETWEEN_THEM = "og and så double dobbelt triple hundrede hundred tusind tusinde thousand plus komma streg"

ENGLISH = frozenset(f"{SMALL_ENGLISH} {TENS_ENGLISH} {REST_ENGLISH}".split())
SIMPLE = ENGLISH | frozenset(f"{COMMON} {SMALL_DANISH} {TENS_DANISH} {REST_DANISH}".split())
COMPOUND = frozenset(f"{small}og{tens}" for small in SMALL_DANISH.split() for tens in TENS_DANISH.split())
NUMBERS = SIMPLE | COMPOUND | frozenset(f"{tens}{small}" for small in SMALL_ENGLISH.split() for tens in TENS_ENGLISH.split())
TELLING = NUMBERS - frozenset(COMMON.split())
BETWEEN = frozenset(BETWEEN_THEM.split())
ONE_OF_SEVERAL = re.compile("|".join(sorted(SIMPLE, key=len, reverse=True)))
SEVERAL = re.compile(rf"(?:(?:{ONE_OF_SEVERAL.pattern})(?:og)?)+")
BEGINS = re.compile(rf"(?:(?:{ONE_OF_SEVERAL.pattern})(?:-?og)?-?){{2}}")
PART = re.compile(r"[^\W_]+")


def find_number_words(reading: Reading) -> Iterator[Finding]:
    """Find four numbers in a row, at least one of them in words."""
    if not _may_have_a_row(reading):
        return
    row: list[re.Match[str]] = []
    for part in PART.finditer(reading.text):
        word = part[0].casefold()
        if _count_numbers(word):
            row.append(part)
        elif word not in BETWEEN:
            yield from _judge_row(row)
            row = []
    yield from _judge_row(row)


def _may_have_a_row(reading: Reading) -> bool:
    """Whether there may be enough numbers; most texts have too few."""
    if not TELLING.isdisjoint(reading.vocabulary) and (reading.has_digits or sum(map(NUMBERS.__contains__, reading.folded)) >= LEAST):
        return True
    return any(map(begins_as_numbers, reading.telling))


def begins_as_numbers(word: str) -> bool:
    """Whether a word begins as several numbers in one would: "firetyvetredive", "to-tre-fire"."""
    return (len(word) >= LONG_WORD or "-" in word) and BEGINS.match(word) is not None


def _judge_row(row: list[re.Match[str]]) -> Iterator[Finding]:
    """Hold a row of numbers that is long enough. In English "to" is no number: "one to one"."""
    is_english = not ENGLISH.isdisjoint(part[0].casefold() for part in row)
    part_of_row: list[re.Match[str]] = []
    for part in [*row, None]:
        if part is not None and not (is_english and part[0].casefold() == "to"):
            part_of_row.append(part)
            continue
        if _is_long_enough([part[0].casefold() for part in part_of_row]):
            yield Finding(kind=FindingKind.NUMBER, start=part_of_row[0].start(), end=part_of_row[-1].end())
        part_of_row = []


def _is_long_enough(words: list[str]) -> bool:
    is_telling = any(word in TELLING or len(word) >= LONG_WORD for word in words if not word.isdigit())
    return is_telling and sum(map(_count_numbers, words)) >= LEAST


def _count_numbers(word: str) -> int:
    """How many numbers a word is: one, none, or several that are written together."""
    if word in NUMBERS or word.isdigit():
        return 1
    is_several = LONG_WORD <= len(word) <= LONGEST_WORD and SEVERAL.fullmatch(word)
    return len(ONE_OF_SEVERAL.findall(word)) if is_several else 0
