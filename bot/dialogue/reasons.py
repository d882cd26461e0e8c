"""Tells in words why a message still waits or never came.

Delivery stores a reason with a message: a word, then the exact error. People read only what the word means, since the rest may be about
somebody. They read each word once and in a fixed order, so that nobody can count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_

from bot.models import MessageState, OutboxMessage
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from bot.programme import Language

REFUSALS: Final = ("unreachable", "unfit", "never", "fault")  # a definite no to this message; other reasons are about us, or pass
TOO_LATE: Final = "too_late"  # no reason against it, but its time ran out
PAUSED: Final = "pause"  # its time ran out during a pause for all
REASONS: Final = (*REFUSALS, "outofservice", "later", "unsure", PAUSED, TOO_LATE)
END_OF_WORD: Final = re.compile("[:;]")


def is_refused() -> ColumnElement[bool]:
    """The condition that a message waits because it was refused."""
    is_definite = or_(*(OutboxMessage.reason.startswith(word) for word in REFUSALS))
    return and_(OutboxMessage.state.in_((MessageState.PENDING, MessageState.HELD)), OutboxMessage.attempts > 0, is_definite)


def word_of(reason: str | None) -> str:
    """The word that a stored reason begins with, or TOO_LATE if it names no reason."""
    word = END_OF_WORD.split(reason or "")[0]
    return word if word in REASONS else TOO_LATE


def words_of(reasons: Iterable[str | None]) -> list[str]:
    """The words of several stored reasons, each once and in a fixed order."""
    found = {word_of(reason) for reason in reasons}
    return [word for word in REASONS if word in found]


def sentence(language: Language, words: Iterable[str]) -> str:
    """The sentence that tells organisers why messages did not come."""
    return say(language, "unreached.why", reasons="; ".join(say(language, f"unreached.{word}") for word in words))
