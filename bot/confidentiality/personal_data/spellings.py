"""Undoes how words are spelt in chat and in haste: "soeren", "larrs", "iqen", "anuller"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.word_lists import sure_names
from bot.language.dictionary import is_compound, is_danish_word, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST, LONGEST_NAME = 4, 10  # letters
SHORTEST_FIRST, SHORTEST_LAST = 4, 5  # of two names that are joined
SHORTEST_MISSPELT, LONGEST = 6, 30
REPEATED = re.compile(r"([^\W\d_])\1+")
IN_CHAT = re.compile(r"ae|oe|aa|q|x|z|([^\W\d_])\1")
WITHOUT_DANISH_LETTERS = (("ae", "æ"), ("oe", "ø"), ("aa", "å"), ("q", "g"), ("x", "s"), ("z", "s"))


def chat_spellings(folded: str) -> Iterator[str]:
    """What a word is that is spelt as in chat: without Danish letters, with other letters, or with doubled ones."""
    if len(folded) > LONGEST or IN_CHAT.search(folded) is None:
        return
    plain = folded
    for written, meant in WITHOUT_DANISH_LETTERS:
        if written in folded:
            plain = plain.replace(written, meant)
            yield folded.replace(written, meant)
    if plain != folded:
        yield plain
    single, double = REPEATED.sub(r"\1", folded), REPEATED.sub(r"\1\1", folded)
    if single != folded:
        yield from (single, double)
        yield from (folded[: letters.start()] + folded[letters.end() - 1 :] for letters in REPEATED.finditer(folded))


def is_ordinary_misspelt(folded: str) -> bool:
    """Whether an unknown word is an ordinary one with two letters exchanged, or with one too many or too few."""
    if any(is_word(word) for word in chat_spellings(folded)):
        return True
    if not SHORTEST_MISSPELT <= len(folded) <= LONGEST:
        return False
    exchanged = (folded[:at] + folded[at + 1] + folded[at] + folded[at + 2 :] for at in range(len(folded) - 1))
    doubled = (folded[:at] + folded[at] + folded[at:] for at in range(len(folded)))
    return any(map(is_danish_word, exchanged)) or any(map(is_danish_word, doubled))


def is_name_misspelt(folded: str) -> bool:
    """Whether an unknown word is a name as in chat: "soeren", "larrs", "ensarahpetersen"."""
    if not folded.isalpha():
        return False
    may_be_joined = folded[-SHORTEST_FIRST:] in _ends_of_names() and _is_joined(folded)
    return (may_be_joined or _is_near_a_name(folded)) and not is_word(folded) and not is_compound(folded)


def _is_near_a_name(folded: str) -> bool:
    if not SHORTEST <= len(folded) <= LONGEST_NAME or IN_CHAT.search(folded) is None:
        return False
    return any(len(word) >= SHORTEST - 1 and word in sure_names() for word in chat_spellings(folded))


def _is_joined(folded: str) -> bool:
    """Whether a long word ends with a long name that has another one before it."""
    if not SHORTEST_LAST + SHORTEST_FIRST <= len(folded) <= LONGEST:
        return False
    names = sure_names()
    return any(
        folded[at:] in names and any(folded[first:at] in names for first in range(at - SHORTEST_FIRST + 1))
        for at in range(SHORTEST_FIRST, len(folded) - SHORTEST_LAST + 1)
    )


@cache
def _ends_of_names() -> frozenset[str]:
    return frozenset(name[-SHORTEST_FIRST:] for name in sure_names() if len(name) >= SHORTEST_LAST)
