"""Tells whether an exported file is what was issued.

Without a database a file can be compared with itself: its seal, the checksums of its content and quotes, and whether it reads as its own data
say. With the database it is compared with what was stored. That needs no key, but for a text, which carries no data.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.sentence import Sentence

FILING: Final = ("sender", "case", "kle")  # of the programme that runs, so they may be others today
MOST_LINES: Final = 5  # that differ; more are not told
BROKEN: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)  # what data that are not whole raise


class Outcome(StrEnum):
    """What a file is. The later ones are worse."""

    ISSUED = "issued"
    OLDER = "older"
    DRAFT = "draft"
    PARTLY = "partly"  # nothing wrong was found, but not everything could be checked
    ALTERED = "altered"
    UNKNOWN = "unknown"
    NO_EXPORT = "no_export"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a file is, and what there is to say about it."""

    outcome: Outcome
    said: tuple[Sentence, ...]


@dataclass(kw_only=True)
class _Findings:
    """What was found: faults, and doubts about what could not be checked."""

    faults: list[Sentence]
    doubts: list[Sentence]
    outcome: Outcome = Outcome.ISSUED
    notes: tuple[Sentence, ...] = ()
