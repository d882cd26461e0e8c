"""Faults as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.programme import Language
from bot.wording.in_words import in_words

if TYPE_CHECKING:
    from bot.errors import Fault
    from schedules.checking.fault_messages import WrongKind


def told(fault: Fault, language: Language | str = Language.EN) -> str:
    """What a fault says."""
    return in_words(language, fault.said)


def told_of(kind: WrongKind, **values: object) -> str:
    """What a fault of this kind says in English."""
    return in_words(Language.EN, kind.say(**values))
