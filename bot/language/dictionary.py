"""Recognises ordinary words of Danish and English, and in which of the two a text is written.

It uses simplemma's dictionaries in their compact form: together they take about 15 MB, instead of 110 MB, and half a second to load. They
are loaded once, when the first word is looked up. A word is looked up exactly as it is written: the dictionaries also hold first names,
with a capital letter, and those are no ordinary words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.language.no_words import without_signs

if TYPE_CHECKING:
    from collections.abc import Mapping

CACHE_SIZE = 10_000  # words of each language
LONGEST_COMPOUND = 40  # letters: longer words are not split
WORD = re.compile(r"[^\W\d_]+")
LEAST_SHARE = 0.6  # of a text's words: neighbouring languages share fewer; typing errors spoil fewer than the rest
SHORTEST_PART = 4  # letters: shorter words can be found in anything

# Small words of only one of the two languages: every sentence has some.
ONLY_DANISH = """
af at bliver blev da de dem den der deres det dig din dit du efter eller en er et før få får gør ham har havde hende hvad hver hvis
hvor hvordan ikke jeg kan kun lidt man meget mellem men mig min mine mit mod mere når nogle nu og også om os på selv skal skulle som
sig sin så til uden ud var ved vi vil ville være vores
"""
ONLY_ENGLISH = """
about and are as because been before but by could did does each every from has he his how if into is it its just
me my not of only or other our out she should than that the their them there they this those to was we were what when where which
who why will with would you your
"""
ONLY_NEARBY = "noen etter hva trenger ikkje och att är inte från också när"  # Norwegian and Swedish
DANISH, ENGLISH = frozenset(ONLY_DANISH.split()), frozenset(ONLY_ENGLISH.split())
NEARBY = frozenset(ONLY_NEARBY.split())

_words_in_dictionary: dict[str, set[str]] = {"da": set(), "en": set()}  # only words that were found: the others may be names
_compounds: set[str] = set()


def is_word(word: str) -> bool:
    """Whether `word`, in lower case, is in a dictionary, if need be without an accent that stresses it ("invitér")."""
    if word in _words_in_dictionary["da"] or word in _words_in_dictionary["en"]:
        return True
    plain = word.replace("é", "e")
    return _is_in_dictionary("da", word) or (plain != word and _is_in_dictionary("da", plain)) or _is_in_dictionary("en", word)


def is_danish_word(word: str) -> bool:
    """Whether `word`, in lower case, is in the Danish dictionary."""
    return _is_in_dictionary("da", word)


def is_only_english(word: str) -> bool:
    """Whether `word`, in lower case, is an English word and no Danish one."""
    if word in _words_in_dictionary["da"] or word in _compounds:
        return False
    return _is_in_dictionary("en", word) and not (_is_in_dictionary("da", word) or is_compound(word))


def _is_in_dictionary(language: str, word: str) -> bool:
    seen = _words_in_dictionary[language]
    if word in seen:
        return True
    is_known = _dictionary(language).get(word) is not None
    if is_known and len(seen) < CACHE_SIZE:
        seen.add(word)
    return is_known


@cache
def _dictionary(language: str) -> Mapping[str, str]:
    """The dictionary of a language. It is loaded at the first call, and shared with `lemmas`."""
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY  # noqa: PLC0415 - it loads slowly, and `check` does not need it

    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)


def is_compound(word: str) -> bool:
    """Whether a word is made of two Danish words, with or without an s or e between them."""
    if word in _compounds:
        return True
    is_made_of_words = len(word) <= LONGEST_COMPOUND and any(
        _is_in_dictionary("da", word[split:])
        and (_is_in_dictionary("da", word[:split]) or (word[split - 1] in "se" and _is_in_dictionary("da", word[: split - 1])))
        for split in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    )
    if is_made_of_words and len(_compounds) < CACHE_SIZE:
        _compounds.add(word)
    return is_made_of_words


def load_dictionaries() -> None:
    """Load the dictionaries now, so that nobody waits for them later."""
    for language in ("da", "en"):
        _is_in_dictionary(language, "a")


def is_written_in(language: str, text: str) -> bool:
    """Whether a text is in `language`: `da` or `en`. Most words must be known there, and the other's small words must not prevail."""
    words = WORD.findall(without_signs(text).lower())
    own_words, other_words = (DANISH, ENGLISH) if language == "da" else (ENGLISH, DANISH)
    familiar = sum(word in own_words or _is_in_dictionary(language, word) or (language == "da" and is_compound(word)) for word in words)
    return (
        familiar >= LEAST_SHARE * len(words)
        and NEARBY.isdisjoint(words)
        and len(own_words.intersection(words)) >= len(other_words.intersection(words))
    )
