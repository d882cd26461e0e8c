"""Holds what was found in kept files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sentence import Sentence


@dataclass(frozen=True, kw_only=True)
class Found:
    """Faults, and notes: what could not be checked in a file or, of several files, is worth knowing."""

    faults: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
