"""How does text that people wrote stay text?

Whatever people or programme files contain is data: markup is escaped, invisible steering characters go, long texts are divided or cut.
Pure functions; lengths are in characters.
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
# Control characters, lone surrogates, and the marks that turn the direction of whatever follows them.
_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def clean(text: str) -> str:
    """The text without characters that steer instead of being read, and with plain line ends."""
    return _STEERING.sub("", text.replace("\r\n", "\n")).strip()


def escape(text: str) -> str:
    """The text as Slack must be given it where markup is read: no mention, link or command is left in it."""
    return text.translate(_ESCAPES)


def bold(text: str) -> str:
    """The text as escaped markup in bold, line by line; its own asterisks become operators that mean nothing to Slack."""
    lines = (line.strip() for line in escape(text).replace("*", "∗").splitlines())
    return "\n".join(f"*{line}*" if line else "" for line in lines)


def json_length(text: str) -> int:
    """How many characters the text takes in a payload."""
    return len(json.dumps(text, ensure_ascii=False)) - 2


def cut(text: str, most: int) -> str:
    """The text, if need be shortened at a word's end so that it is at most `most` characters long."""
    return text if len(text) <= most else _end_at_word(text[: most - len(ELLIPSIS)])


def _end_at_word(text: str) -> str:
    """The beginning of a longer text, up to the end of a word if that is not far."""
    words = text.rpartition(" ")[0].rstrip()
    return (words if len(words) > len(text) // 2 else text) + ELLIPSIS


def cut_to_json_length(text: str, most: int) -> str:
    """The text, if need be shortened so that it takes at most `most` characters in a payload."""
    if json_length(text) <= most:
        return text
    room = most - len(ELLIPSIS)
    return _end_at_word(text[: sum(1 for so_far in accumulate(map(json_length, text)) if so_far <= room)])


def split_text(text: str, most: int = MOST_IN_TEXT) -> list[str]:
    """The text in pieces of at most `most` characters, divided between paragraphs, lines or words where that can be."""
    pieces = []
    while len(text) > most:
        ends = (text.rfind(mark, most // 2, most) for mark in ("\n\n", "\n", " "))
        end = next((end for end in ends if end > 0), most)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [piece for piece in (*pieces, text) if piece]


def paragraphs(texts: Sequence[str]) -> str:
    """Several paragraphs as one text."""
    return "\n\n".join(texts)
