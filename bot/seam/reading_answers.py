"""The answer that is kept rather than read in a window."""

from __future__ import annotations

from dataclasses import dataclass

from bot.seam.answers import Answer


@dataclass(frozen=True, kw_only=True)
class Document(Answer):
    """A file for the person who acted, and for nobody else: its name, its bytes, and its `title` in words."""

    name: str
    content: bytes
    title: str
