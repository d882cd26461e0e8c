"""The findings of the filter, and the holds that authors are told of.

A finding is a place in the normalised text; a hold is what the author is told about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.language.visible_text import cut

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
    OFFICE = "office"  # a post that only one person holds
    INSTITUTION = "institution"  # a kind of institution with its name
    INITIALS = "initials"
    DISGUISED = "disguised"  # a word written so that it is not read at first sight
    INVISIBLE = "invisible"  # letters that nobody sees
    ONLY_ONE = "only_one"  # "I am the only …"
    NEAR_ROLE = "near_role"  # somebody near the author, who is guessed once the author is
    NEAR_PLACE = "near_place"  # what may be a place
    EVENT = "event"  # a date of something that happened

    @property
    def only_marks(self) -> bool:
        """Whether it holds nothing: the author and the reviewers are told of it."""
        return self in {FindingKind.NEAR_ROLE, FindingKind.NEAR_PLACE, FindingKind.EVENT}


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
class FilterReading:
    """What the filter finds in a text: what it holds and where that stands, and what it only marks.

    `text` is what the filter has read; `places` are from and to in it, in order, and none overlaps another.
    """

    text: str
    holds: tuple[Hold, ...]
    marks: tuple[Hold, ...]
    places: tuple[tuple[int, int], ...]


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


def gather(text: str, findings: Iterable[Finding]) -> FilterReading:
    """Gather the findings in a text: each thing once, in order of appearance. Of overlapping findings the first counts."""
    every = list(findings)
    if not every:
        return FilterReading(text=text, holds=(), marks=(), places=())
    chosen: list[Finding] = []
    taken = bytearray(len(text))  # a one for each character of a finding: looking there takes no longer when there are many
    for finding in every:
        if taken.find(1, finding.start, finding.end) < 0:
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            chosen.append(finding)
    parts = list(_join_neighbours(text, sorted(chosen, key=lambda finding: finding.start)))
    told = dict.fromkeys(Hold(kind=part.kind, found=_shorten_excerpt(text[part.start : part.end])) for part in parts)
    return FilterReading(
        text=text,
        holds=tuple(hold for hold in told if not hold.kind.only_marks),
        marks=tuple(hold for hold in told if hold.kind.only_marks),
        places=tuple((part.start, part.end) for part in parts if not part.kind.only_marks),
    )


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
    return cut(" ".join(excerpt.split()), LONGEST_EXCERPT)
