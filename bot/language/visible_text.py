"""Cleans and cuts texts so that whoever reads them sees what was written, and sees it where it belongs.

A text is cut only between whole visible characters, and never within a link, an entity or the name of an emoji. It is counted as chat
programs count it: in units of UTF-16, of which an emoji takes two. Pure functions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot.language.no_words import MENTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ELLIPSIS: Final = " …"
_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters, lone surrogates, and marks that turn the text after them around until somebody ends it.
_STEERING: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
_OPENS_ISOLATE: Final = frozenset("\u2066\u2067\u2068")
_ENDS_ISOLATE: Final = "\u2069"
_ISOLATES: Final = re.compile("[\u2066-\u2069]")
# Addresses, mentions and links as Slack writes them, entities, and emoji by their names: half of one would say something else.
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>]+")
_WHOLE: Final = re.compile(rf"{MENTION}|{_ADDRESS.pattern}|&#?\w+;|:[\w+-]+:")


def length_in_chat(text: str) -> int:
    """Count as chat programs count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Make a text fit to be shown, without blanks at its ends."""
    return make_readable(text).strip()


def make_readable(text: str) -> str:
    """Remove control characters, make all line breaks plain, and end what isolates text of the other direction."""
    return close_isolates(_STEERING.sub("", _BREAKS.sub("\n", text)))


def close_isolates(text: str) -> str:
    """End in each line every isolate that begins in it, so that its direction never reaches the words around it."""
    return "\n".join("".join(_balance(line)) for line in text.split("\n")) if _ISOLATES.search(text) else text


def _balance(line: str) -> Iterator[str]:
    depth = 0
    for sign in line:
        if sign == _ENDS_ISOLATE and not depth:
            continue
        depth += 1 if sign in _OPENS_ISOLATE else -1 if sign == _ENDS_ISOLATE else 0
        yield sign
    yield _ENDS_ISOLATE * depth


def cut(text: str, most: int, length: Callable[[str], int] = length_in_chat) -> str:
    """Shorten the text, if necessary, so that its `length` is at most `most`.

    It ends with a word if possible, and with dots.
    """
    if length(text) <= most or length(text := close_isolates(text)) <= most:
        return text
    kept = close_isolates(text[: _end_of_word(text, fitting(text, most - length(ELLIPSIS), length))].rstrip())
    return kept + ELLIPSIS if kept else "…" if length("…") <= most else ""


def beginning(text: str, most: int) -> str:
    """As much of a text as fits in a field, without dots: it is to be written on."""
    return text if length_in_chat(text) <= most else close_isolates(text[: max(fitting(text, most), default=0)])


def rest_of(text: str, most: int) -> str:
    """What `beginning` leaves out of a text."""
    return "" if length_in_chat(text) <= most else text[max(fitting(text, most), default=0) :]


def fitting(text: str, most: int, length: Callable[[str], int] = length_in_chat) -> Sequence[int]:
    """Return where a text may be cut so that what stands before takes at most `most`."""
    places = _places(text)
    return places[: bisect_right(places, most, key=lambda place: length(close_isolates(text[:place])))]


def _places(text: str) -> list[int]:
    """Return the ends of all visible characters but those within what stays whole; of a text that is only an address a part is told."""
    from wcwidth import iter_graphemes  # noqa: PLC0415 - its tables take a while to load, and few texts are cut

    wholes = () if _ADDRESS.fullmatch(text) else _WHOLE.finditer(text)
    within = {place for whole in wholes for place in range(whole.start() + 1, whole.end())}
    return [place for place in accumulate(map(len, iter_graphemes(text))) if place not in within]


def _end_of_word(text: str, places: Sequence[int]) -> int:
    """Return the last place before a blank; if that would drop more than half, it is the last place."""
    end = max(places, default=0)
    return next((place for place in reversed(places) if text[place].isspace() and place > end // 2), end)
