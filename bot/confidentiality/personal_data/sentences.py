"""Splits a text into words, and tells where a sentence may begin.

A word is inside a sentence if only spaces and commas stand between it and the word before it. After anything else, a full stop, a line
break, a bullet, a bracket or a smiley, a sentence may begin, and a capital letter says little. A single word in quotation marks
is a name more often than a sentence, and counts as inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.confidentiality.personal_data.findings import Finding, FindingKind
from bot.confidentiality.personal_data.normalisation import normalise
from bot.confidentiality.personal_data.word_lists import word_list

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
DIGIT = re.compile(r"\d")
QUOTES = frozenset("\"»«”“„›‹'")
SENTENCE = re.compile(r"[^.!?\n]*")
BEGINNING = re.compile(r"[^ ,\"»«”“„›‹']")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A normalised text, the same in lower case, and its words: as they stand, and casefolded."""

    text: str
    lower: str
    has_digits: bool
    words: list[re.Match[str]]
    folded: list[str]

    def finding(self, kind: FindingKind, first: int, last: int) -> Finding:
        """Something found from the word numbered `first` to the one numbered `last`."""
        return Finding(kind=kind, start=self.words[first].start(), end=self.words[last].end())

    def may_begin(self, number: int) -> bool:
        """Whether a sentence may begin with the word of this number."""
        if number == 0:
            return True
        end = self.words[number - 1].end()
        between = self.text[end : self.words[number].start()]
        if self.text[end - 1].isdigit():
            return True
        if between == " ":
            return False
        return BEGINNING.search(between) is not None or (between[-1:] in QUOTES and not self._is_alone_in_quotes(number))

    def rest_of_sentence(self, number: int) -> list[str]:
        """The words after this one, as far as its sentence goes."""
        start = self.words[number].end()
        end = SENTENCE.match(self.text, start).end()  # type: ignore[union-attr]  # it matches nothing, too
        return [folded for word, folded in zip(self.words[number + 1 :], self.folded[number + 1 :], strict=True) if word.start() < end]

    def _is_alone_in_quotes(self, number: int) -> bool:
        after = self.text[self.words[number].end() :][:1]
        return after in QUOTES and self.folded[number] not in word_list("ordinary")


def read_words(text: str) -> Reading:
    """A text as the filter reads it."""
    normalised = normalise(text)
    words = list(WORD.finditer(normalised))
    folded = [word[0].casefold() for word in words]
    return Reading(text=normalised, lower=normalised.lower(), has_digits=DIGIT.search(normalised) is not None, words=words, folded=folded)
