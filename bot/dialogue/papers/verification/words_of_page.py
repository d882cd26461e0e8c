"""Reads what a browser shows of a page: its words, and the numbers that its bars draw.

A browser that saves a page writes it anew: the bytes are others, the words are the same. What browsers and this reader might read in
different ways, such as a comment, is taken for words; so are the kinds of elements and attributes, for a forger may show or hide by others.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSEEN: Final = ("script", "style")
WRITTEN_BY_STYLE: Final = re.compile(r"(?<![-\w])content\s*:[^;}]*|@import[^;]*")
WRITTEN_BY_BROWSER: Final = re.compile(r"\s*saved from url=[^\s<>]+\s*|xmlns")
NUMBER: Final = re.compile(r"\d+")


class _Words(HTMLParser):
    """Collects the words outside what no browser shows."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.kinds: set[str] = set()
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.words += NUMBER.findall(dict(attrs).get("style") or "")
        self.kinds |= {tag, *(name for name, _ in attrs if not WRITTEN_BY_BROWSER.fullmatch(name))}
        if tag in UNSEEN:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None or "<" in data:
            self.words += data.split()
        elif self._inside == "style":
            self.words += WRITTEN_BY_STYLE.findall(data)

    def handle_comment(self, data: str) -> None:
        if not WRITTEN_BY_BROWSER.fullmatch(data):
            self.words += data.split()

    handle_pi = unknown_decl = handle_comment


def words_of_page(html: str) -> list[str]:
    """The words of a page in their order, and after them the kinds of its elements and attributes."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return [*parser.words, *sorted(parser.kinds)]
