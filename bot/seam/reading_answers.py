"""The answers that are only read, and copied."""

from __future__ import annotations

from dataclasses import dataclass

from bot.seam.answers import Answer


@dataclass(frozen=True, kw_only=True)
class BookEntry:
    """One of a person's own answers, with what was asked above it."""

    heading: str
    ask: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MyBook(Answer):
    """A person's own answers to read and copy, the oldest first (*Min bog*).

    `note` says until when they are there. `start`: the number of the first page to show; a platform decides what a page holds.
    """

    entries: tuple[BookEntry, ...]
    note: str
    start: int = 0
