"""Tells whether an exported file is what was issued.

Without a database a file can be compared with itself: its seal, the checksums of its content and quotes, and whether it reads as its own data
say. With the database it is compared with what was stored. That needs no key, but for a text, which carries no data.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from bot.dialogue.digests.digest_content import checksum, text_checksum
from bot.dialogue.papers.foot import FORM, foot
from bot.dialogue.papers.page import page
from bot.dialogue.papers.paper_file import Format
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import facts_of, record_of
from bot.dialogue.papers.words_of_page import words_of_page
from bot.errors import EftertankeError
from bot.models import Digest, DigestState, LoadedProgramme
from bot.programme import Language
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.paper_file import Paper
    from bot.dialogue.papers.record import Record
    from bot.programme import Programme
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
