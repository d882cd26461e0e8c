"""Reads the words of a page as a browser shows them, whatever has become of its markup.

A browser that saves a page writes it anew: the bytes are others, the words are the same.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

UNSEEN: Final = ("script", "style", "title")


class _Words(HTMLParser):
    """Collects the words outside what no browser shows."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser hands them over
        if tag in UNSEEN:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            self.words.extend(data.split())


def words_of_page(html: str) -> list[str]:
    """The words of a page, in their order."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser.words
