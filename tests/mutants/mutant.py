"""What is a mutant? One bug planted into one file, and the one test that has to notice it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A bug, told as what it would do to people, as replacements in one file; and the test that must fail because of it."""

    bug: str
    file: str
    edits: tuple[tuple[str, str], ...]  # old text, which must stand there exactly once, and new text
    killed_by: str

    def planted(self, root: Path) -> str:
        """The file's text with the bug in it. ValueError if an old text does not stand there exactly once."""
        text = (root / self.file).read_text(encoding="utf-8")
        for old, new in self.edits:
            if text.count(old) != 1:
                raise ValueError(f"{self.bug}: stands {text.count(old)} times in {self.file}: {old}")
            text = text.replace(old, new)
        return text


def planted(bug: str, file: str, old: str, new: str, *, killed_by: str) -> Mutant:
    """A mutant of one replacement."""
    return Mutant(bug=bug, file=file, edits=((old, new),), killed_by=killed_by)
