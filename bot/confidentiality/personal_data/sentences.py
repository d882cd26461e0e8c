"""Splits a text into words, and tells where a sentence may begin.

A word is inside a sentence if there are only spaces and commas between it and the word before. After anything else (a full stop, a line
break, a bullet, a bracket, a smiley) a sentence may begin, and a capital letter tells little. A single word in quotation marks counts as
inside, because it is more often a name than a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import Finding, FindingKind
from bot.confidentiality.personal_data.known_words import telling_among
from bot.confidentiality.personal_data.normalisation import PLAIN_LETTERS, normalise, place_of_hidden_signs
from bot.confidentiality.personal_data.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD, WORD_OF_PLAIN_TEXT = (re.compile(f"{sign}+(?:['-]{sign}+)*'?") for sign in (r"[^\W_]", f"[{PLAIN_LETTERS}]"))  # the second is faster
DIGIT = re.compile(r"\d")
QUOTES = frozenset("\"»«”“„›‹'")
LONGEST_REST, LONGEST_SENTENCE = 40, 400  # words, characters: what follows later tells nothing about a word
SENTENCE = re.compile(r"[^.!?\n]*")
BEGINNING = re.compile(r"[^ ,\"»«”“„›‹']")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A normalised text as it is and in lower case, with its words as they are and casefolded.

    `vocabulary`: its words in lower case, each once; `telling`: those of them that may say something by themselves.
    `is_plain`: it has only letters and signs that Danish and English texts have. `hidden_at`: where signs stood that nobody sees.
    """

    text: str
    is_plain: bool
    lower: str
    has_digits: bool
    words: list[re.Match[str]]
    written: list[str]
    folded: list[str]
    vocabulary: frozenset[str]
    telling: frozenset[str]
    hidden_at: int | None

    def finding(self, kind: FindingKind, first: int, last: int) -> Finding:
        """A finding that reaches from the word with number `first` to the one with number `last`."""
        return Finding(kind=kind, start=self.words[first].start(), end=self.words[last].end())

    def between(self, number: int) -> str:
        """What stands between the word with this number and the next, without blanks."""
        return self.text[self.words[number].end() : self.words[number + 1].start()].strip()

    @cached_property
    def has_danish(self) -> bool:
        """Whether there is a small word that only Danish has."""
        return not word_list("only_danish").isdisjoint(self.vocabulary)

    def may_begin(self, number: int) -> bool:
        """Whether a sentence may begin with the word that has this number."""
        if number == 0:
            return True
        end = self.words[number - 1].end()
        between = self.text[end : self.words[number].start()]
        if self.text[end - 1].isdigit():
            return True
        if between == " ":
            return False
        if BEGINNING.search(between) is not None:
            return True
        after = self.text[self.words[number].end() :][:1]
        is_alone_in_quotes = after in QUOTES and self.folded[number] not in word_list("ordinary")
        return between[-1:] in QUOTES and not is_alone_in_quotes

    def rest_of_sentence(self, number: int) -> list[str]:
        """The next words after this one, up to the end of its sentence."""
        rest = slice(number + 1, number + 1 + LONGEST_REST)
        start = self.words[number].end()
        end = SENTENCE.match(self.text, start, start + LONGEST_SENTENCE).end()  # type: ignore[union-attr]  # it always matches, if only an empty text
        return [folded for word, folded in zip(self.words[rest], self.folded[rest], strict=True) if word.start() < end]


def find_hidden_signs(reading: Reading) -> Iterator[Finding]:
    """Find the word where signs stood that nobody sees, and that write what nobody sees."""
    if reading.hidden_at is not None:
        before = [word for word in reading.words if word.start() <= reading.hidden_at][-1:] or reading.words[:1]
        start, end = before[0].span() if before else (0, len(reading.text))
        yield Finding(kind=FindingKind.INVISIBLE, start=start, end=end)


def read_words(text: str) -> Reading:
    """Normalise a text and split it into words."""
    normalised = normalise(text)
    words = list((WORD_OF_PLAIN_TEXT if normalised is text else WORD).finditer(normalised))
    written = [word[0] for word in words]
    folded = " ".join(written).casefold().split()
    vocabulary = frozenset(folded)
    return Reading(
        text=normalised,
        is_plain=normalised is text,
        lower=normalised.lower(),
        has_digits=DIGIT.search(normalised) is not None,
        words=words,
        written=written,
        folded=folded,
        vocabulary=vocabulary,
        telling=telling_among(vocabulary),
        hidden_at=None if normalised is text else place_of_hidden_signs(text),
    )
