"""The answers to keep: a file, and one's own answers to copy."""

from __future__ import annotations

from dataclasses import dataclass

from bot.seam.answers import Answer


@dataclass(frozen=True, kw_only=True)
class Document(Answer):
    """A file for the person who acted, and for nobody else: its name, its bytes, and its `title` in words."""

    name: str
    content: bytes
    title: str


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
