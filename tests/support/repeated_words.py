"""Measures how much of a digest stood in the one before it, so that it stays worth reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.seam.meaning import DigestText

SEQUENCE: Final = 5  # words


def repeated_share(text: DigestText, before: DigestText) -> float:
    """The share of a digest's five-word sequences, headings and foot apart, that stood in the one before."""
    sequences, earlier = _sequences(text), set(_sequences(before))
    return sum(sequence in earlier for sequence in sequences) / max(len(sequences), 1)


def _sequences(text: DigestText) -> list[tuple[str, ...]]:
    lines = [*text.top, *(line for part in text.parts for line in part.lines)]
    words = re.findall(r"\w+", " ".join(line.text for line in lines).lower())
    return [tuple(words[start : start + SEQUENCE]) for start in range(len(words) - SEQUENCE + 1)]
