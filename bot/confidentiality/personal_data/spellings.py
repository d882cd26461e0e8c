"""Undoes how words are spelt in chat and in haste: "soeren", "larrs", "iqen", "anuller"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.word_lists import sure_names
from bot.language.dictionary import is_compound, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST, SHORTEST_PART = 4, 5  # letters
SHORTEST_MISSPELT, LONGEST = 6, 30
DOUBLE = re.compile(r"([^\W\d_])\1")
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
    single = DOUBLE.sub(r"\1", folded)
    if single != folded:
        yield single
        yield from (folded[: double.start()] + folded[double.start() + 1 :] for double in DOUBLE.finditer(folded))


def is_ordinary_misspelt(folded: str) -> bool:
    """Whether an unknown word is an ordinary one spelt in haste: with two letters exchanged, or a double one single or the reverse."""
    if any(is_word(word) for word in chat_spellings(folded)):
        return True
    if not SHORTEST_MISSPELT <= len(folded) <= LONGEST:
        return False
    exchanged = (folded[:at] + folded[at + 1] + folded[at] + folded[at + 2 :] for at in range(len(folded) - 1))
    doubled = (folded[:at] + folded[at] + folded[at:] for at in range(len(folded)))
    return any(map(is_word, exchanged)) or any(map(is_word, doubled))


def is_name_misspelt(folded: str) -> bool:
    """Whether a word that no dictionary knows is a name spelt as in chat, or joined of names: "soeren", "larrs", "ensarahpetersen"."""
    if len(folded) < SHORTEST or not folded.isalpha():
        return False
    names = sure_names()
    is_near = any(len(word) >= SHORTEST - 1 and word in names for word in chat_spellings(folded))
    return (is_near or _is_joined(folded)) and not is_word(folded) and not is_compound(folded)


def _is_joined(folded: str) -> bool:
    """Whether a long word begins and ends with names, or has one at its end and one before it."""
    names = sure_names()
    if not SHORTEST_PART + SHORTEST - 1 <= len(folded) <= LONGEST:
        return False
    return any(folded[at:] in names and _ends_with_a_name(folded[:at]) for at in range(SHORTEST - 1, len(folded) - SHORTEST_PART + 2))


def _ends_with_a_name(folded: str) -> bool:
    names = sure_names()
    return any(folded[at:] in names for at in range(len(folded) - SHORTEST + 2))
