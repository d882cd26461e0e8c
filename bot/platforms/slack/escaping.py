"""Makes sure that text people wrote is shown as text and never as markup.

What people write, and what programme files contain, is data: markup is escaped, long texts are split or cut. Texts are cut before they are
escaped, and the longest first. Pure functions; lengths are counted as Slack's client counts them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from bot.language.emoji_codes import with_emoji
from bot.language.visible_text import beginning, close_isolates, cut, fitting, length_in_chat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_IN_TEXT: Final = 3000  # characters in one of Slack's text objects
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LITERAL_ENTITY: Final = re.compile("&(?=(?:amp|lt|gt);)")
_ENTITY: Final = re.compile("&(?:amp|lt|gt);")
_SIGNS: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


def escape(text: str) -> str:
    """Escape a text for places where Slack reads markup.

    No mention, link or command is left in it.
    """
    return text.translate(_ESCAPES)


def as_seen(text: str) -> str:
    """Read a text that Slack hands over as its author saw it.

    Entities are undone once, and names of emoji become emoji.
    """
    return with_emoji(undo_escaped_entities(text))


def undo_escaped_entities(text: str) -> str:
    """Undo what `escape_entities` does."""
    return _ENTITY.sub(lambda found: _SIGNS[found[0]], text)


def escape_entities(text: str) -> str:
    """Escape a text for places where Slack reads no markup but still puts a sign for `&lt;` and its like."""
    return _LITERAL_ENTITY.sub("&amp;", text)


def json_length(text: str) -> int:
    """Count the characters that the text takes in a payload."""
    return length_in_chat(json.dumps(text, ensure_ascii=False)) - 2


def length_when_escaped(text: str) -> int:
    """Count the characters that the text takes where Slack reads markup."""
    return length_in_chat(escape(text))


def length_in_plain(text: str) -> int:
    """Count the characters that the text takes where Slack reads no markup."""
    return length_in_chat(escape_entities(text))


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


def share_room(texts: Sequence[str], room: int, length: Callable[[str], int] = length_in_chat) -> list[str]:
    """Shorten the longest texts, if necessary, so that all together take at most `room`."""
    cap = common_cap(map(length, texts), room)
    return [cut(text, cap, length) for text in texts]


def split_text(text: str, most: int = MOST_IN_TEXT) -> list[str]:
    """Split the text into pieces of at most `most` characters, between paragraphs, lines or words if possible."""
    pieces = (close_isolates(text[start:end]) for start, end in spans(text, most))
    return [piece for piece in pieces if piece]


def split_lines(text: str) -> list[str]:
    """Split lines of a file between lines, so that each keeps the spaces at its beginning."""
    parts = [""]
    for line in text.splitlines():
        if parts[-1] and length_in_chat(parts[-1]) + length_in_chat(line) >= MOST_IN_TEXT:
            parts.append("")
        parts[-1] = f"{parts[-1]}\n{line}" if parts[-1] else beginning(line, MOST_IN_TEXT)
    return [part for part in parts if part]


def spans(text: str, most: int = MOST_IN_TEXT) -> list[tuple[int, int]]:
    """Return where each piece of at most `most` characters begins and ends; blanks between pieces belong to none."""
    found, start = list[tuple[int, int]](), 0
    while length_in_plain(rest := text[start:]) > most:
        end = _end_of_piece(rest, most)
        found.append((start, start + len(rest[:end].rstrip())))
        start += len(rest) - len(rest[end:].lstrip())
    return [(start, end) for start, end in (*found, (start, len(text))) if start < end]


def _end_of_piece(text: str, most: int) -> int:
    """Return where the first piece of a text ends: before a break or a blank in its second half, else after a whole character."""
    places = fitting(text, most, length_in_plain)
    end = max(places, default=most // 2)  # one character may be longer than any piece
    later = [place for place in reversed(places) if place >= end // 2]
    return next((place for mark in ("\n\n", "\n", " ") for place in later if text.startswith(mark, place)), end)


def paragraphs(texts: Sequence[str]) -> str:
    """Join paragraphs to one text."""
    return "\n\n".join(texts)
