"""Where does the first sentence of a text end?

Of what organisers must tell people the welcome says the first sentence; the rest is one press away. Where it is in doubt, it is longer.
"""

from __future__ import annotations

import re
from typing import Final

END: Final = re.compile(r"(\S+)[.!?…][\"«»”)]*(?=\s+[^\sa-zæøå])")  # what follows does not go on in a small letter
SHORT_WORDS: Final = re.compile(r"\W*(afd|art|ca|co|dr|fr|hr|inc|jf|kap|kl|ltd|mr|mrs|ms|nr|pkt|prof|skt|st|stk|str|tlf)", re.IGNORECASE)


def first_sentence(text: str) -> str:
    """The first sentence, or line, of a text: all of it, if it has no more. A full stop behind an initial or `nr.` ends none."""
    line = text.strip().partition("\n")[0].strip()
    return next((line[: end.end()] for end in END.finditer(line) if not _is_short_for_something(end[1])), line)


def _is_short_for_something(word: str) -> bool:
    return (len(word) == 1 and word.isalpha()) or "." in word or SHORT_WORDS.fullmatch(word) is not None
