"""Finds the words of a text, and the dictionary word of each.

Words are looked up in Danish first, then in English: so no Danish word is taken for an English one, and an English text still gives
reasonable words. The dictionaries stay front-coded in memory (10 MB instead of 100) and are loaded when the first word is looked up: other
processes do not wait.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from bot.language.no_words import without_markup, without_signs
from bot.language.stopwords import OVERRIDES, SILENT, SILENT_AS_WRITTEN
from bot.language.unseen_signs import UNSEEN

if TYPE_CHECKING:
    from simplemma.strategies import LemmatizationStrategy

LANGUAGES = ("da", "en")
LONGEST_WORD = 60  # letters; anything longer is no word
WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")

WORD_AS_READ = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W_]+|[^\W_]+(?:[-'’][^\W_]+|(?<=\d)[.,:]\d+){0,3}")


def count_words(text: str) -> int:
    """The number of words as a reader counts them: "f.eks.", "K-møde" and "8.30" are one, "og/eller" are two."""
    return sum(1 for _ in WORD_AS_READ.finditer(text))


def pieces_of(text: str) -> set[str]:
    """Split a text at its spaces, without words that tell nothing by themselves. A text in capitals is lowered first."""
    pieces = without_markup(text).split()
    return {*(map(str.lower, pieces) if _is_in_capitals(pieces) else pieces)} - SILENT_AS_WRITTEN


def _is_in_capitals(pieces: list[str]) -> bool:
    """Whether all words are written in capitals; most texts tell it by their first."""
    return all(piece.isupper() or not (piece.isalpha() or words_in(piece)) for piece in pieces)


def words_in(piece: str) -> list[str]:
    """The words of a text in order, as they are written: letters, and hyphens between them."""
    return WORD.findall(without_signs(piece if piece.isascii() else UNSEEN.sub("", normalize("NFC", piece))))


class Lemmas:
    """Finds the dictionary words of the forms that people write."""

    def of(self, form: str, *, guess: bool = True) -> str | None:
        """The dictionary word of a form, in lower case except some abbreviations. None: it tells nothing by itself.

        With `guess`, a word that no dictionary knows loses a known ending (half a millisecond a word); without, it stays as it is. Of a
        word with hyphens only the last part is looked up.
        """
        head, dash, last = form.lower().rpartition("-")
        lemma = OVERRIDES.get(form) or head + dash + (OVERRIDES.get(last) or self._look_up(last, guess=guess))
        return None if lemma in SILENT else lemma

    def _look_up(self, word: str, *, guess: bool) -> str:
        if word in SILENT or len(word) > LONGEST_WORD:
            return word
        strategies = (self._dictionary_lookup, self._guessing_lookup) if guess else (self._dictionary_lookup,)
        lemmas = (strategy.get_lemma(word, language) for strategy in strategies for language in LANGUAGES)
        return next((lemma.lower() for lemma in lemmas if lemma), word)

    @cached_property
    def _dictionary_lookup(self) -> LemmatizationStrategy:
        from simplemma.strategies import DictionaryLookupStrategy  # noqa: PLC0415 - it loads slowly, and only digests need it
        from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY  # noqa: PLC0415 - likewise

        return DictionaryLookupStrategy(LOW_MEMORY_DICTIONARY_FACTORY)

    @cached_property
    def _guessing_lookup(self) -> LemmatizationStrategy:
        from simplemma.strategies import DefaultStrategy  # noqa: PLC0415 - likewise

        return DefaultStrategy(low_memory=True)


LEMMAS: Final = Lemmas()  # one for the process: its dictionaries are read once
