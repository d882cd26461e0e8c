"""Makes sure that text people wrote is shown as text and never as markup.

What people write, and what programme files contain, is data: markup is escaped, invisible control characters are removed, long texts
are split or cut. Pure functions; lengths are in characters.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_IN_TEXT: Final = 3000  # characters in one of Slack's text objects
ELLIPSIS: Final = " …"
# Control characters, lone surrogates, and the marks that change the writing direction of the text after them.
_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def clean(text: str) -> str:
    """Remove control characters, and make all line ends plain."""
    return _STEERING.sub("", text.replace("\r\n", "\n")).strip()


def escape(text: str) -> str:
    """Escape a text for places where Slack reads markup.

    No mention, link or command is left in it.
    """
    return text.translate(_ESCAPES)


def bold(text: str) -> str:
    """Escape a text and make each line bold; asterisks become a similar sign that Slack does not read as markup."""
    lines = (line.strip() for line in escape(text).replace("*", "∗").splitlines())
    return "\n".join(f"*{line}*" if line else "" for line in lines)


def json_length(text: str) -> int:
    """Count the characters that the text takes in a payload."""
    return len(json.dumps(text, ensure_ascii=False)) - 2


def cut(text: str, most: int) -> str:
    """Shorten the text, if necessary, to `most` characters, at the end of a word if possible."""
    return text if len(text) <= most else _end_at_word(text[: most - len(ELLIPSIS)])


def _end_at_word(text: str) -> str:
    """End a shortened text after its last whole word, unless that would drop more than half of it."""
    words = text.rpartition(" ")[0].rstrip()
    return (words if len(words) > len(text) // 2 else text) + ELLIPSIS


def cut_to_json_length(text: str, most: int) -> str:
    """Shorten the text, if necessary, so that it takes at most `most` characters in a payload."""
    if json_length(text) <= most:
        return text
    room = most - len(ELLIPSIS)
    return _end_at_word(text[: sum(1 for so_far in accumulate(map(json_length, text)) if so_far <= room)])


def split_text(text: str, most: int = MOST_IN_TEXT) -> list[str]:
    """Split the text into pieces of at most `most` characters, between paragraphs, lines or words if possible."""
    pieces = []
    while len(text) > most:
        ends = (text.rfind(mark, most // 2, most) for mark in ("\n\n", "\n", " "))
        end = next((end for end in ends if end > 0), most)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [piece for piece in (*pieces, text) if piece]


def paragraphs(texts: Sequence[str]) -> str:
    """Join paragraphs to one text."""
    return "\n\n".join(texts)
