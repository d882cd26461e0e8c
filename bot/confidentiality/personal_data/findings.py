"""The findings of the filter, and the holds that authors are told of.

A finding is a place in the normalised text; a hold is what the author is told about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

LONGEST_EXCERPT = 40  # characters that are shown


class FindingKind(StrEnum):
    """The reason why something was held."""

    NUMBER = "number"
    CPR = "cpr"
    PLATE = "plate"
    EMAIL = "email"
    LINK = "link"
    MENTION = "mention"
    ADDRESS = "address"
    PERSON = "person"  # a name on the roster
    EXTRA = "extra"  # a word on the organisers' own list
    NAME = "name"  # a name on our lists
    CAPITAL = "capital"  # looks like a name of a person or a place
    SCRIPT = "script"  # letters in which a name cannot be told from a word
    ROLE_AND_PLACE = "role_and_place"
    HEALTH = "health"
    CHILD = "child"
    FAMILY = "family"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """A thing that was held: the reason, and the author's own words, shortened."""

    kind: FindingKind
    found: str

    @property
    def sentence(self) -> str:
        """The key of the text that tells the author; it takes the value `found`."""
        return f"filter.{self.kind.value}"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A place in the normalised text, from `start` to before `end`, and the reason to hold it."""

    kind: FindingKind
    start: int
    end: int


def find_matches(kind: FindingKind, pattern: re.Pattern[str], text: str) -> Iterator[Finding]:
    """Find all matches of `pattern`."""
    for match in pattern.finditer(text):
        yield Finding(kind=kind, start=match.start(), end=match.end())


def to_holds(text: str, findings: Iterable[Finding]) -> tuple[Hold, ...]:
    """Turn findings into holds: each thing once, in order of appearance. Of overlapping findings the first in `findings` counts."""
    chosen: list[Finding] = []
    for finding in findings:
        if all(finding.end <= other.start or other.end <= finding.start for other in chosen):
            chosen.append(finding)
    parts = _join_neighbours(text, sorted(chosen, key=lambda finding: finding.start))
    return tuple(dict.fromkeys(Hold(kind=part.kind, found=_shorten_excerpt(text[part.start : part.end])) for part in parts))


def _join_neighbours(text: str, findings: list[Finding]) -> Iterator[Finding]:
    """Join neighbours of one kind, so that a first name and a surname are told as one name."""
    joined: Finding | None = None
    for finding in findings:
        if joined is not None and joined.kind is finding.kind and not text[joined.end : finding.start].strip(" "):
            joined = Finding(kind=finding.kind, start=joined.start, end=finding.end)
            continue
        if joined is not None:
            yield joined
        joined = finding
    if joined is not None:
        yield joined


def _shorten_excerpt(excerpt: str) -> str:
    words = " ".join(excerpt.split())
    return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1].rstrip()}…"
