"""Holds what was found in kept files, and what it is that is raised by those that are not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.sentence import Sentence

NOT_WHOLE: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)  # raised by data that are not ours


@dataclass(frozen=True, kw_only=True)
class Found:
    """Faults, and notes: what could not be checked in a file or, of several files, is worth knowing."""

    faults: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
