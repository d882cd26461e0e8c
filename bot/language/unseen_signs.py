"""Signs that nobody can see, though a text may hold them.

They are those that Unicode lets a screen pass over (joiners, marks of direction, soft hyphens, selectors of shapes), and blank letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNSEEN_SIGN: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
UNSEEN: Final = re.compile(_UNSEEN_SIGN)
_FLAG_TAGS: Final = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in place) + "\U000e007f" for place in ("gbeng", "gbsct", "gbwls")
)
FLAG: Final = re.compile(f"\U0001f3f4(?:{_FLAG_TAGS})")  # of England, Scotland and Wales; other tags can write a text that nobody sees
_SYMBOL: Final = (
    "[\u231a\u231b\u23e9-\u23fa\u25fb-\u25fe\u2600-\u275a\u275f-\u2767\u2795-\u2797\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f000-\U0001f0ff\U0001f200-\U0001f3fa\U0001f400-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?"
)
EMOJI: Final = rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[\d#*]\ufe0f?\u20e3|{FLAG.pattern}|(?<!\u200d){_SYMBOL}(?:\u200d{_SYMBOL})*+)"
_UNSEEN_OR_CONTROL: Final = re.compile(rf"{_UNSEEN_SIGN[:-1]}\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_EMOJI_OR_UNSEEN: Final = re.compile(rf"(?P<emoji>{EMOJI})|{_UNSEEN_OR_CONTROL.pattern}")
_ISOLATE: Final = re.compile("[\u2066-\u2069]")
_END_OF_ISOLATE: Final = "\u2069"


def can_be_seen(text: str) -> bool:
    """Whether anything in a text can be seen: not only blanks, controls, accents without a letter, and what is invisible."""
    return any(not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cs", "Mn", "Me"} for sign in UNSEEN.sub("", text))


def without_unseen(text: str) -> str:
    """The text without controls and unseen signs. Those in emoji stay, and isolates if each of them ends."""
    if _UNSEEN_OR_CONTROL.search(text) is None:
        return text
    kept = {*_ISOLATE.findall(text)} if _isolates_end(text) else set[str]()
    return _EMOJI_OR_UNSEEN.sub(lambda found: found[0] if found["emoji"] or found[0] in kept else "", text)


def _isolates_end(text: str) -> bool:
    depth = 0
    for sign in _ISOLATE.findall(text):
        depth += -1 if sign == _END_OF_ISOLATE else 1
        if depth < 0:
            return False
    return depth == 0
