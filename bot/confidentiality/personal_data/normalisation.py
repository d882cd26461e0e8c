"""Brings a text into a plain form, so that nothing in it can hide from the filter.

Compatible characters become plain ones (NFKC: full-width digits, ligatures, mathematical letters). Invisible characters are removed (soft
hyphen, zero-width joiners, fillers). All kinds of apostrophes, hyphens and spaces become one kind each. Everything else stays as written.
"""

from __future__ import annotations

import re
import unicodedata

from bot.language.emoji_codes import with_emoji
from bot.language.unseen_signs import FLAG

PLAIN_LETTERS = "0-9A-Za-zæøåÆØÅéÉäöüÄÖÜ"
PLAIN_TEXT = re.compile(rf"[ -_a-~\n–—»«“”{PLAIN_LETTERS}]*")  # most texts match, and stay as they are
UNSEEN_CATEGORIES = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})
MARK_CATEGORIES = frozenset({"Mn", "Me"})  # accents that belong to no letter, as in letters that are struck through
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # formally letters and signs, but nobody sees them
LOOKALIKES = str.maketrans({**dict.fromkeys("’‘ʼʹ′`", "'"), **dict.fromkeys("‐‑‒−", "-")})
DRAWN = {first + number: chr(97 + number) for first in (0x1F150, 0x1F170) for number in range(26)}
LETTER_OF_SIGNAL = {0x1F1E6 + number: chr(97 + number) for number in range(26)}
SIGNAL_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+")
HIDDEN_LETTERS = re.compile("[\U000e0000-\U000e007f\U000e0100-\U000e01ef]")  # they can write a text that nobody sees
SPACE = re.compile(r"[^\S\n ]")


def normalise(text: str) -> str:
    """Bring a text into the form that the filter reads."""
    text = with_emoji(text)  # the letters of their names are no words
    if PLAIN_TEXT.fullmatch(text):
        return text
    lines = "\n".join(text.replace("´", "'").splitlines())
    whole = unicodedata.normalize("NFKC", _remove_characters(lines, UNSEEN_CATEGORIES))
    whole = _letters_of_emoji(whole)
    return SPACE.sub(" ", _remove_characters(whole, UNSEEN_CATEGORIES | MARK_CATEGORIES).translate(LOOKALIKES))


def _letters_of_emoji(text: str) -> str:
    """The text with letters for the emoji that are drawn as such; those of two letters in a row are flags."""
    return SIGNAL_LETTERS.sub(lambda row: row[0] if len(row[0]) % 2 == 0 else row[0].translate(LETTER_OF_SIGNAL), text.translate(DRAWN))


def place_of_hidden_signs(text: str) -> int | None:
    """Where the first letters that nobody sees stand, as a place in the normalised text; None: there are none."""
    hidden = HIDDEN_LETTERS.search(FLAG.sub("\U0001f3f4", text))
    return None if hidden is None else len(normalise(FLAG.sub("\U0001f3f4", text)[: hidden.start()]))


def _remove_characters(text: str, categories: frozenset[str]) -> str:
    """Remove fillers and the characters of these categories, but no spaces."""
    return "".join(
        character
        for character in text
        if character.isspace() or (character not in FILLERS and unicodedata.category(character) not in categories)
    )
