"""A mutant: one planted bug, and the test that must notice it.

One bug planted into the code, and the one test that has to notice it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A bug, told as what it would do to people, as replacements; and the test that must fail because of it."""

    bug: str
    edits: tuple[tuple[str, str, str], ...]  # file, old text, which must stand there exactly once, and new text
    killed_by: str
    is_on_server: bool = False  # its test runs on PostgreSQL

    def planted(self, root: Path) -> dict[str, str]:
        """The files with the bug in them. ValueError if an old text does not stand where it should exactly once."""
        texts: dict[str, str] = {}
        for file, old, new in self.edits:
            text = texts.get(file) or (root / file).read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{self.bug}: stands {text.count(old)} times in {file}: {old}")
            texts[file] = text.replace(old, new)
        return texts


def planted(bug: str, file: str, old: str, new: str, *, killed_by: str) -> Mutant:
    """A mutant of one replacement."""
    return Mutant(bug=bug, edits=((file, old, new),), killed_by=killed_by)


def on_server(bug: str, file: str, old: str, new: str, *, killed_by: str) -> Mutant:
    """A mutant of one replacement, whose test runs on PostgreSQL."""
    return Mutant(bug=bug, edits=((file, old, new),), killed_by=killed_by, is_on_server=True)
