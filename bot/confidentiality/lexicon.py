"""Is this an ordinary word of Danish or English, and in which of them is this written?

simplemma's dictionaries answer, read as a stream: together they take about 15 MB and half a second when first asked, where its usual
form takes 110 MB. They are loaded once, and only when somebody asks. A word is looked up exactly as it is written: the dictionaries
hold first names too, with a capital letter, and those are no ordinary words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REMEMBERED = 5_000  # words
LONGEST_COMPOUND = 40  # letters: longer ones are not looked into
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_PART = 4  # letters: shorter words can be found in anything


_met: set[str] = set()  # words that were found; never those that were not, which may be names


def is_word(word: str) -> bool:
    """Whether `word`, in lower case, stands in a dictionary; also when it is stressed by an accent ("invitér")."""
    if word in _met:
        return True
    plain = word.replace("é", "e")
    known = _is_in("da", word) or (plain != word and _is_in("da", plain)) or _is_in("en", word)
    if known and len(_met) < REMEMBERED:
        _met.add(word)
    return known


def _is_in(language: str, word: str) -> bool:
    return _dictionary(language).get(word) is not None


@cache
def _dictionary(language: str) -> Mapping[str, str]:
    """Who needs lemmas shares what is loaded here, and whoever looks up nothing waits for nothing."""
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY  # noqa: PLC0415 - it takes its time, and `check` needs none

    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)


def is_compound(word: str) -> bool:
    """Whether two Danish words make this one, with or without an s or e between them."""
    return len(word) <= LONGEST_COMPOUND and any(
        _is_in("da", word[split:]) and (_is_in("da", word[:split]) or (word[split - 1] in "se" and _is_in("da", word[: split - 1])))
        for split in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    )


def language_of(text: str) -> str | None:
    """The language, `da` or `en`, that most of a text's words belong to alone; None if neither has more."""
    words = WORD.findall(text.lower())
    both = [(_is_in("da", word), _is_in("en", word)) for word in words]
    danish, english = both.count((True, False)), both.count((False, True))
    return None if danish == english else "da" if danish > english else "en"
