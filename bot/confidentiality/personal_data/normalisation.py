"""What does a text say once nothing in it can hide?

Compatible forms become plain ones (NFKC: full-width digits, ligatures, mathematical letters), what nobody sees is removed (soft hyphen,
zero-width joiners, fillers), and the many apostrophes, hyphens and spaces become one of each. Everything else stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata

PLAIN = re.compile(r"[ -_a-~\n–—»«“”æøåÆØÅéÉäöüÄÖÜ]*")  # most texts: nothing to do
UNSEEN = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})
MARKS = frozenset({"Mn", "Me"})  # accents that belong to no letter: struck through, piled up
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by their names, but nobody sees them
ALIKE = str.maketrans({**dict.fromkeys("’‘ʼʹ′`", "'"), **dict.fromkeys("‐‑‒−", "-")})
SPACE = re.compile(r"[^\S\n ]")


def normalise(text: str) -> str:
    """The text as the filter reads it."""
    if PLAIN.fullmatch(text):
        return text
    lines = "\n".join(text.replace("´", "'").splitlines())
    whole = unicodedata.normalize("NFKC", _without(lines, UNSEEN))
    return SPACE.sub(" ", _without(whole, UNSEEN | MARKS).translate(ALIKE))


def _without(text: str, categories: frozenset[str]) -> str:
    """The text without fillers and without characters of these categories; spaces stay."""
    return "".join(one for one in text if one.isspace() or (one not in FILLERS and unicodedata.category(one) not in categories))
