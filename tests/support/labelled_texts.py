"""Our own reflections on which the filter is measured. Some are kept out of tuning: a file of their own, or every third line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from bot.confidentiality.personal_data import Filter

HERE = Path(__file__).parent / "texts"
T = TypeVar("T")
NAME = re.compile(r"\[(.+?)\]")
PLACE = re.compile(r"\[(.+?)\]", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A reflection with names in it, and the kind of name that it was written for."""

    kind: str
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pointing:
    """A text that points at somebody in one of several ways, or nearly does; and what the filter should do with it."""

    kind: str
    verdict: str  # hold, mark or pass
    text: str
    places: tuple[str, ...]


def _lines(name: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def halves(lines: list[T]) -> tuple[list[T], list[T]]:
    """Those to tune on, and those held out."""
    return [line for number, line in enumerate(lines) if number % 3 != 2], lines[2::3]


def clean() -> list[str]:
    """Ordinary reflections."""
    return _lines("clean.txt")


def rough() -> list[str]:
    """Ordinary reflections as they are typed in haste, with capitals and mistakes where nobody expects them; written after the rules."""
    return _lines("rough.txt")


def named() -> list[Named]:
    """Reflections with names."""
    split = [line.split("\t") for line in _lines("names.txt")]
    return [Named(kind=kind, text=NAME.sub(r"\1", text), names=tuple(NAME.findall(text))) for kind, text in split]


def pointing(half: str) -> list[Pointing]:
    """Texts that point at somebody, and near misses: `tuned` or `held_out`."""
    split = [line.split("\t") for line in _lines(f"pointing_{half}.txt")]
    return [
        Pointing(kind=kind, verdict=verdict, text=PLACE.sub(r"\1", text), places=tuple(PLACE.findall(text)))
        for kind, verdict, text in split
    ]


def recalled(by: Filter, text: Named) -> bool:
    """Whether the filter holds every name of the text, not only something in it."""
    found = {word for hold in by.holds(text.text) for word in hold.found.split()}
    words = {word for name in text.names for word in name.replace("’", "'").split()}
    return all(any(word.rstrip("'") in held for held in found) for word in words)
