"""Brings a text into its plain form, so that nothing in it can hide from the filter.

Compatible forms become plain ones (NFKC: full-width digits, ligatures, mathematical letters), invisible characters are removed (soft
hyphen, zero-width joiners, fillers), and the many apostrophes, hyphens and spaces become one each. Everything else stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata

PLAIN_TEXT = re.compile(r"[ -_a-~\n–—»«“”æøåÆØÅéÉäöüÄÖÜ]*")  # most texts: nothing to do
UNSEEN_CATEGORIES = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})
MARK_CATEGORIES = frozenset({"Mn", "Me"})  # accents that belong to no letter: struck through, piled up
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by their names, but nobody sees them
LOOKALIKES = str.maketrans({**dict.fromkeys("’‘ʼʹ′`", "'"), **dict.fromkeys("‐‑‒−", "-")})
SPACE = re.compile(r"[^\S\n ]")


def normalise(text: str) -> str:
    """The text as the filter reads it."""
    if PLAIN_TEXT.fullmatch(text):
        return text
    lines = "\n".join(text.replace("´", "'").splitlines())
    whole = unicodedata.normalize("NFKC", _remove_characters(lines, UNSEEN_CATEGORIES))
    return SPACE.sub(" ", _remove_characters(whole, UNSEEN_CATEGORIES | MARK_CATEGORIES).translate(LOOKALIKES))


def _remove_characters(text: str, categories: frozenset[str]) -> str:
    """The text without fillers and without characters of these categories; spaces stay."""
    return "".join(
        character
        for character in text
        if character.isspace() or (character not in FILLERS and unicodedata.category(character) not in categories)
    )
