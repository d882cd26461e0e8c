"""Finds the first sentence of a text, and puts several phrases into one.

The welcome shows only the first sentence of what organisers must tell people; the rest is one press away. When it is not clear where
the sentence ends, more is shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.programme import Language

END: Final = re.compile(r"(\S+)[.!?…][\"«»”)]*(?=\s+[^\sa-zæøå])")  # the next word does not begin with a small letter
SHORT_WORDS: Final = re.compile(r"\W*(afd|art|ca|co|dr|fr|hr|inc|jf|kap|kl|ltd|mr|mrs|ms|nr|pkt|prof|skt|st|stk|str|tlf)", re.IGNORECASE)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, at most its first line.

    A full stop after an initial or a short form like `nr.` ends no sentence.
    """
    line = text.strip().partition("\n")[0].strip()
    for end in END.finditer(line):
        word = end[1]
        is_initial = len(word) == 1 and word.isalpha()
        if not (is_initial or "." in word or SHORT_WORDS.fullmatch(word)):
            return line[: end.end()]
    return line


def join(language: Language | str, phrases: Sequence[str], key: str = "plan.and") -> str:
    """Several phrases as one, with commas and a word before the last, as `key` has it: `42, 43 og 44`. Empty without any."""
    *first, last = phrases or ("",)
    return say(language, key, first=", ".join(first), last=last) if first else last
