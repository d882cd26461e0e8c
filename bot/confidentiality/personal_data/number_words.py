"""Finds telephone and CPR numbers that are written in words.

Four numbers in a row are held if at least one of them is a word. They may stand in Danish or English, in one word, mixed with digits, and with
signs or "og" between them. Three pass: "to tre fire møder" is ordinary speech.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import Finding, FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.sentences import Reading

LEAST = 4  # numbers in a row
LONG_WORD = 12  # letters: a longer one may be several numbers
LONGEST_WORD = 120  # letters: in a longer one nobody looks for numbers
DANISH_ONES = "en to tre fire fem seks syv otte ni".split()
DANISH_TENS = "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems halvtredsindstyve tresindstyve firsindstyve".split()
ENGLISH_ONES = "one two three four five six seven eight nine".split()
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
COMMON = frozenset({"en", "et", "to", "one", "oh"})  # these stand in any text
ENGLISH = frozenset(
    "zero ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split() + ENGLISH_ONES + ENGLISH_TENS
)
DANISH = frozenset("nul ti elleve tolv tretten fjorten femten seksten sytten atten nitten".split() + DANISH_ONES + DANISH_TENS)
SIMPLE = COMMON | ENGLISH | DANISH
NUMBERS = SIMPLE.union(
    (f"{small}og{large}" for small in DANISH_ONES for large in DANISH_TENS),
    (f"{large}{small}" for small in ENGLISH_ONES for large in ENGLISH_TENS),
)
STRONG = NUMBERS - COMMON
BETWEEN = frozenset("og and så double dobbelt triple hundrede hundred tusind tusinde thousand plus komma streg".split())
ONE_OF_SEVERAL = re.compile("|".join(sorted(SIMPLE, key=len, reverse=True)))
SEVERAL = re.compile(rf"(?:(?:{ONE_OF_SEVERAL.pattern})(?:og)?)+")
PART = re.compile(r"[^\W_]+")


def find_number_words(reading: Reading) -> Iterator[Finding]:
    """Find four numbers in a row, at least one of them in words."""
    if not any(word in STRONG or "-" in word or len(word) >= LONG_WORD for word in reading.folded):
        return
    row: list[tuple[re.Match[str], int, str]] = []
    for part in PART.finditer(reading.text):
        word = part[0].casefold()
        if word in BETWEEN and row:
            continue
        if count := _count_numbers(word):
            row.append((part, count, word))
            continue
        yield from _judge_row(row)
        row = []
    yield from _judge_row(row)


def _judge_row(row: list[tuple[re.Match[str], int, str]]) -> Iterator[Finding]:
    """Hold a row of numbers that is long enough. In English "to" is no number."""
    words = {word for _, _, word in row}
    is_english = not words.isdisjoint(ENGLISH)
    total = sum(count for _, count, word in row if not (is_english and word == "to"))
    if total >= LEAST and any(word in STRONG or len(word) >= LONG_WORD for word in words):
        yield Finding(kind=FindingKind.NUMBER, start=row[0][0].start(), end=row[-1][0].end())


def _count_numbers(word: str) -> int:
    """How many numbers a word is: one, none, or several that are written together."""
    if word in NUMBERS or word.isdigit():
        return 1
    is_several = LONG_WORD <= len(word) <= LONGEST_WORD and SEVERAL.fullmatch(word)
    return len(ONE_OF_SEVERAL.findall(word)) if is_several else 0
