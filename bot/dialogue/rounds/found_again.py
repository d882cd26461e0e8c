"""Finds again, in the sentences of a printed form, what was found in the text as it was typed.

Between the letters of a name, the printed form may have other signs than the typed text, or the end of a sentence: so only letters and
digits are compared. A letter that is repeated counts once, for long rows of it are printed shorter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.confidentiality.personal_data import FilterReading

WORD: Final = re.compile(r"[^\W_]+")
REPEATED: Final = re.compile(r"(.)\1+")
FEWEST_ANYWHERE: Final = 5  # letters: of fewer, only whole words are what was found


def sentences_with(readings: Iterable[FilterReading], sentences: Sequence[FilterReading]) -> frozenset[int]:
    """The numbers of the sentences that have anything, or a part of it, that the `readings` hold.

    If something is not found again at all, it may stand in each of them.
    """
    letters, starts, sentence_of = "", set[int](), list[int]()
    for number, sentence in enumerate(sentences):
        for word in _words_of(sentence.text):
            starts.add(len(letters))
            letters += word
            sentence_of += [number] * len(word)
    found = {"".join(_words_of(reading.text[start:end])) for reading in readings for start, end in reading.places}
    places = {part: list(_places(part, letters, starts | {len(letters)})) for part in found if part}
    if not all(places.values()):
        return frozenset(sentence_of)
    return frozenset(number for part in places for start, end in places[part] for number in sentence_of[start:end])


def _words_of(text: str) -> Iterator[str]:
    return (REPEATED.sub(r"\1", word) for word in WORD.findall(text.casefold()))


def _places(part: str, letters: str, ends: set[int]) -> Iterator[tuple[int, int]]:
    """Where a part stands in a row of letters, from and to; `ends`: where words end and begin."""
    at = letters.find(part)
    while at >= 0:
        end = at + len(part)
        if len(part) >= FEWEST_ANYWHERE or {at, end} <= ends:
            yield at, end
        at = letters.find(part, at + 1)
