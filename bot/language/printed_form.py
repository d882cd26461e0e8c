"""The form in which a text is printed as a quote, and its sentences.

Habits of typing tell who wrote a text. So a text is brought into one form before its author says yes, and the author sees that form.
"""

from __future__ import annotations

import re
from typing import Final

SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")


def as_printed(text: str) -> str:
    """The text as it is printed: the same words, without habits of typing."""
    return " ".join(text.split())


def sentences_of(printed: str) -> tuple[str, ...]:
    """The sentences of a printed form, in order."""
    return tuple(sentence for found in SENTENCE.finditer(printed) if (sentence := found[0].strip()))


def part_of(printed: str, sentence: int | None) -> str | None:
    """The sentence that has this number, from 0 on, or the whole; None if there is no such sentence."""
    if sentence is None:
        return printed
    sentences = sentences_of(printed)
    return sentences[sentence] if 0 <= sentence < len(sentences) else None
