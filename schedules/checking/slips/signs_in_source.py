"""Finds signs in a key or value that nobody sees, or that only look like YAML's.

A finding is an offset into that text, and what is to be said of the place.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.language.unseen_signs import UNSEEN
from schedules.checking.fault_messages import WrongKind
from schedules.checking.invisible_signs import CONTROL, STRANGE_SPACE, name_of_sign, signs_to_refuse, words_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sentence import Sentence
    from schedules.checking.source import KeyPath

Finding: TypeAlias = "tuple[int, Sentence]"
MOST_IN_ONE_TEXT: Final = 10  # signs that are told of one text; who mends it by hand sees the rest at the next check
TEXT_KEYS: Final = frozenset({"da", "en", "by"})
CLOSED_BY: Final = {  # a quote that opens a text → those that close it
    **dict.fromkeys("“„”‟", "“”‟"),
    **dict.fromkeys("‘’‚´", "‘’´"),
    "»": "«",
    "«": "»",
    "‹": "›",
    "›": "‹",
}
APOSTROPHES: Final = frozenset("‘’‚´")
EVERY_QUOTE: Final = "".join(CLOSED_BY) + "\"'"
SPACE: Final = STRANGE_SPACE.pattern[1:-1]
DASHES: Final = "–—‒−‐‑•·"
COLONS: Final = "：﹕∶꞉"
LIST_SIGN: Final = re.compile(rf"^[ ]*(?:- )?([{DASHES}])[ {SPACE}]", re.MULTILINE)
SPACE_IN_MARGIN: Final = re.compile(rf"^[ ]*(?:-[ ]*)?([{SPACE}]|{UNSEEN.pattern})", re.MULTILINE)
SPACE_AFTER_COLON: Final = re.compile(rf"(?:^[ ]*(?:- )?|[{{,] *)[\w-]+:([{SPACE}]|{UNSEEN.pattern})", re.MULTILINE)
STRANGE_COLON: Final = re.compile(rf"(?:^[ ]*(?:- )?|[{{,] *)[\"'“]?[\w-]+[\"'”]?([{COLONS}])", re.MULTILINE)
OPENING_QUOTE: Final = re.compile(rf"(?:^[ ]*(?:- )?|[:{{\[,] *)([{''.join(CLOSED_BY)}][^,}}\]\n]*)", re.MULTILINE)
LATE_CURLY_QUOTE: Final = re.compile(r"(\"[^\"\n]*?)([“”‟])(?=\s*(?:[,}\]]|$))", re.MULTILINE)
STRAIGHT_QUOTES: Final = re.compile(r"(?<=[\s:{\[,])(?:\"(?:\\.|[^\"\\])*\"|'[^'\n]*')|(?:^|(?<=\s))#.*")
ESCAPE: Final = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<sign>.))|(?P<plain>.)", re.DOTALL
)
ESCAPED: Final = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"} | {
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
    "\t": " ",
    "\n": "\n",
}
FOLD: Final = re.compile(r"(?<![ \t])[ \t]*[\r\n\x85]\s*")  # from the first of many blanks only, else they are counted from each


def is_text_for_people(path: KeyPath) -> bool:
    """Whether the value at `path` is read by people, or names a file. Such a value is never changed."""
    return path[-1:] == ("file",) or (bool(path) and path[-1] in TEXT_KEYS) or path[:2] in {("filter", "extra"), ("filing", "case")}


def invisible_in(raw: str, style: str | None, *, is_text: bool, is_key: bool = False) -> Iterator[Finding]:
    """Find the invisible signs of a key or value that nothing removes.

    In texts and keys these are all of them, in ids only those that may be meant.
    """
    if raw.isascii() and raw.isprintable() and "\\" not in raw:
        return
    offsets, text = _as_read(raw, style)
    places = signs_to_refuse(text) if is_text else (match.start() for match in CONTROL.finditer(text))
    if is_key:
        places = (match.start() for match in re.finditer(f"{CONTROL.pattern}|{UNSEEN.pattern}", text))
    for place in islice(places, MOST_IN_ONE_TEXT):
        said = WrongKind.INVISIBLE_SIGN.say(sign=name_of_sign(text[place]), near=words_around(text, place))
        yield offsets[place], said
    if not is_text:
        margin = len(text) - len(text.lstrip())
        for match in islice(STRANGE_SPACE.finditer(text.strip()), MOST_IN_ONE_TEXT):
            yield offsets[margin + match.start()], _strange_space(match[0])


def _as_read(raw: str, style: str | None) -> tuple[list[int], str]:
    """The signs of a scalar as a reader of YAML sees them, and where each stands. Blanks at the ends of lines are one sign."""
    start, end = (1, len(raw) - 1) if style in {"'", '"'} else (max(raw.find("\n"), 0) if style in {"|", ">"} else 0, len(raw))
    body = raw[start:end].replace("\r\n", " \n").replace("\x85", "\n")
    if style not in {"|", ">"}:
        body = FOLD.sub(lambda match: "\n" * len(match[0]), body)
    if style != '"' or "\\" not in body:
        return list(range(start, start + len(body))), body
    tokens = list(ESCAPE.finditer(body))
    return [start + token.start() for token in tokens], "".join(map(_decode, tokens))


def _decode(token: re.Match[str]) -> str:
    if (number := token["x"] or token["u"] or token["U"]) is not None:
        return chr(int(number, 16)) if int(number, 16) < 0x110000 else "?"
    return token["plain"] or ESCAPED.get(token["sign"], token["sign"])


def structure_in(raw: str, *, is_text: bool, is_key: bool) -> Finding | None:
    """Find a sign in a scalar without quotes that only looks like one of YAML's. None: there is none."""
    if raw.isascii():
        return None
    if is_text:
        return (0, _strange_space(raw[0])) if STRANGE_SPACE.match(raw) else _quote_around(raw, is_certain=False)
    return next(_look_alikes(raw, margin_counts=is_key), None) or _quote_around(raw, is_certain=True)


def look_alikes_in_tail(tail: str) -> list[Finding]:
    """Find such signs in the lines in which a file stops being YAML."""
    hidden = STRAIGHT_QUOTES.sub(lambda match: "_" * len(match[0]), tail)
    found = dict(_look_alikes(hidden, margin_counts=True))
    for match in OPENING_QUOTE.finditer(hidden):
        found.setdefault(match.start(1), _quotes(_until_closed(hidden, match)))
    late = LATE_CURLY_QUOTE.search(tail)
    return list(found.items()) or ([(late.start(2), _quotes(late[0]))] if late else [])


def _until_closed(text: str, opening: re.Match[str]) -> str:
    """What a curly quote opens, up to where it is closed in the same line, else up to the next sign of YAML."""
    rest = text[opening.start(1) :].split("\n", 1)[0]
    ends = [at for closer in CLOSED_BY[rest[0]] if (at := rest.find(closer, 1)) > 0]
    return rest[: min(ends) + 1] if ends else opening[1].rstrip()


def _look_alikes(text: str, *, margin_counts: bool) -> Iterator[Finding]:
    """Strange spaces, list signs and colons where YAML has its own. Before a value without quotes a space does no harm."""
    for match in SPACE_IN_MARGIN.finditer(text):
        if margin_counts or match.start(1) or text.lstrip(text[0])[:1] in {'"', "'", "-"}:
            yield match.start(1), _in_margin(text, match.start(1))
    for match in LIST_SIGN.finditer(text):
        yield match.start(1), WrongKind.LIST_SIGN.say(value=match[1])
    for match in SPACE_AFTER_COLON.finditer(text):
        yield match.start(1), _in_margin(text, match.start(1))
    for match in STRANGE_COLON.finditer(text):
        yield match.start(1), WrongKind.STRANGE_COLON.say(value=match[1])


def _in_margin(text: str, place: int) -> Sentence:
    if STRANGE_SPACE.match(text[place]):
        return _strange_space(text[place])
    return WrongKind.INVISIBLE_SIGN.say(sign=name_of_sign(text[place]), near=words_around(text, place))


def _strange_space(sign: str) -> Sentence:
    return WrongKind.STRANGE_SPACE.say(sign=name_of_sign(sign))


def _quote_around(raw: str, *, is_certain: bool) -> Finding | None:
    """A text that begins with a curly quote; in what people read it may, if the quote is closed before the end."""
    closers = CLOSED_BY.get(raw[0])
    if closers is None:
        return None
    first = min((at for closer in closers if (at := raw.find(closer, 1)) > 0), default=None)
    is_open = first is None and (raw[0] not in APOSTROPHES or raw[-1] in "\"'")
    return (0, _quotes(raw)) if is_certain or is_open or first == len(raw) - 1 else None


def _quotes(raw: str) -> Sentence:
    text = raw.strip(EVERY_QUOTE + " ")
    return WrongKind.CURLY_QUOTES.say(text=text if raw[-1] in EVERY_QUOTE else f"{text}…")
