"""Remarks, and reasons why something does not go out, as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.programme import Language
from bot.wording.in_words import in_words
from schedules import programme_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.programme import Programme
    from bot.sentence import Sentence


def said(sentences: Iterable[Sentence], language: Language | str = Language.EN) -> tuple[str, ...]:
    """What these sentences say, once all of them have been said in every language."""
    told = [{each: in_words(each, sentence) for each in Language} for sentence in sentences]
    return tuple(texts[Language(language)] for texts in told)


def remarks(programme: Programme, today: date, language: Language | str = Language.EN) -> tuple[str, ...]:
    """All that is remarked on about a programme on a day."""
    return said(programme_file.remarks(programme, today), language)


def why(reason: Sentence | None) -> str | None:
    """A reason in English."""
    return None if reason is None else in_words(Language.EN, reason)
