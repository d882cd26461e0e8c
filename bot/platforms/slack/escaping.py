"""Makes sure that text people wrote is shown as text and never as markup.

What people write, and what programme files contain, is data: markup is escaped, invisible control characters are removed, long texts
are split or cut. Texts are cut before they are escaped, and the longest first. Pure functions; lengths are in characters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_IN_TEXT: Final = 3000  # characters in one of Slack's text objects
ELLIPSIS: Final = " …"
# Control characters, lone surrogates, and the marks that change the writing direction of the text after them.
_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Addresses, mentions and links as Slack writes them, entities, and emoji by their names: half of one would say something else.
_WHOLE: Final = re.compile(r"<(?:[@#!]|https?://|mailto:)[^<>\n]*>|(?:https?://|www\.)[^\s<>]+|&#?\w+;|:[\w+-]+:")
_PLACEHOLDER: Final = "\0"
# Joiners, Korean vowels and ends, tones of skin, and the tags in flags belong to the sign before them.
_JOINED: Final = re.compile("[\u200c\u200d\u1160-\u11ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_JOINER: Final = "\u200d"
_LETTERS_OF_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff]+$")


def clean(text: str) -> str:
    """Remove control characters and blanks at the ends, and make all line ends plain."""
    return without_steering(text).strip()


def without_steering(text: str) -> str:
    """Remove control characters, and make all line ends plain."""
    return _STEERING.sub("", text.replace("\r\n", "\n"))


def escape(text: str) -> str:
    """Escape a text for places where Slack reads markup.

    No mention, link or command is left in it.
    """
    return text.translate(_ESCAPES)


def json_length(text: str) -> int:
    """Count the characters that the text takes in a payload."""
    return len(json.dumps(text, ensure_ascii=False)) - 2


def length_when_escaped(text: str) -> int:
    """Count the characters that the text takes where Slack reads markup."""
    return len(escape(text))


def common_cap(lengths: Iterable[int], room: int) -> int:
    """Return the largest length that texts may have, if all together are to take at most `room`.

    Each keeps what it needs up to it, so the longest are shortened first.
    """
    in_order = sorted(lengths)
    for number, length in enumerate(in_order):
        longer = len(in_order) - number
        if length * longer > room:
            return room // longer
        room -= length
    return max(in_order, default=0)


def share_room(texts: Sequence[str], room: int, length: Callable[[str], int] = len) -> list[str]:
    """Shorten the longest texts, if necessary, so that all together take at most `room`."""
    cap = common_cap(map(length, texts), room)
    return [cut(text, cap, length) for text in texts]


def cut(text: str, most: int, length: Callable[[str], int] = len) -> str:
    """Shorten the text, if necessary, so that its `length` is at most `most`.

    It ends with a word if possible, and never within a sign or a link.
    """
    if length(text) <= most:
        return text
    room = most - length(ELLIPSIS)
    end = bisect_right(range(len(text)), room, key=lambda end: length(text[:end])) - 1
    kept = text[: _end_of_word(text, end)].rstrip() if end > 0 else ""
    return kept + ELLIPSIS if kept else "…" if length("…") <= most else ""


def _end_of_word(text: str, end: int) -> int:
    """Return the end of the last whole word at or before a place.

    If that would drop more than half, it is the end of the last whole sign.
    """
    end, parts = _end_of_whole(text, end), _mask_wholes(text)
    blank = end if parts[end].isspace() else max(parts.rfind(" ", 0, end), parts.rfind("\n", 0, end))
    return blank if blank > end // 2 else end


def _end_of_whole(text: str, end: int) -> int:
    """Return the last place at or before `end` that is not within a sign, a link or the like."""
    parts = _mask_wholes(text)
    while end and (parts[end - 1] == parts[end] == _PLACEHOLDER or _is_within_sign(text, end)):
        end -= 1
    return end


def _mask_wholes(text: str) -> str:
    return _WHOLE.sub(lambda found: _PLACEHOLDER * len(found.group()), text)


def _is_within_sign(text: str, place: int) -> bool:
    """Whether the characters before and after a place are seen as one sign."""
    before, after = text[place - 1], text[place]
    if flags := _LETTERS_OF_FLAGS.match(after) and _LETTERS_OF_FLAGS.search(text, 0, place):
        return len(flags.group()) % 2 == 1
    return before == _JOINER or unicodedata.category(after).startswith("M") or _JOINED.match(after) is not None


def split_text(text: str, most: int = MOST_IN_TEXT) -> list[str]:
    """Split the text into pieces of at most `most` characters, between paragraphs, lines or words if possible."""
    return [text[start:end] for start, end in spans(text, most)]


def spans(text: str, most: int = MOST_IN_TEXT) -> list[tuple[int, int]]:
    """Return where each piece of at most `most` characters begins and ends; blanks between pieces belong to none."""
    found, start = list[tuple[int, int]](), 0
    while len(rest := text[start:]) > most:
        ends = (rest.rfind(mark, most // 2, most) for mark in ("\n\n", "\n", " "))
        end = next((end for end in ends if end > 0), _end_of_whole(rest, most) or most)
        found.append((start, start + len(rest[:end].rstrip())))
        start += len(rest) - len(rest[end:].lstrip())
    return [(start, end) for start, end in (*found, (start, len(text))) if start < end]


def paragraphs(texts: Sequence[str]) -> str:
    """Join paragraphs to one text."""
    return "\n\n".join(texts)
