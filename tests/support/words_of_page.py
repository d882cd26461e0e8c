"""Reads the words of a page as a browser shows them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Words(HTMLParser):
    """Collects the words outside what no browser shows."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.words += data.split()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def words_of_page(html: str) -> list[str]:
    """The words of a page, in their order."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser.words
