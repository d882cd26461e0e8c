"""Signs that nobody can see, though a text may hold them.

They are those that Unicode lets a screen pass over (joiners, marks of direction, soft hyphens, selectors of shapes), and blank letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def can_be_seen(text: str) -> bool:
    """Whether anything in a text can be seen: not only blanks, controls, accents without a letter, and what is invisible."""
    return any(not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cs", "Mn", "Me"} for sign in UNSEEN.sub("", text))
