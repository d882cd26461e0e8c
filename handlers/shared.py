"""What all handlers share: the type of their tables, an answer of a title with a text, and a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from bot.dialogue.planning.pause_for_all import open_pause
from bot.dialogue.planning.planner import Planner
from bot.programme import Language, Programme
from bot.seam.actions import Action
from bot.seam.answers import Answer, Said
from bot.wording import say

HandlerTable: TypeAlias = Mapping[type[Action], Callable[[Any, Session, datetime, Programme], Answer]]
PlanningTable: TypeAlias = Mapping[type[Action], Callable[[Any, Session, datetime, Programme, Planner], Answer]]  # these need the planner


def with_pause(session: Session, thanks: Said) -> Said:
    """Thanks that tell when others read it; in a pause for all that comes only after it."""
    return thanks if open_pause(session) is None else tell_of_pause(thanks)


def tell_of_pause(thanks: Said) -> Said:
    """Thanks that tell of the pause for all."""
    return replace(thanks, paragraphs=(*thanks.paragraphs, say(thanks.language, "pause_all.later")))


def answer_in_words(language: Language | str, key: str, **values: object) -> Said:
    """An answer in words: the sentence `key` as its title, and the paragraphs of `key.text` below."""
    text = say(language, f"{key}.text", **values)
    return Said(language=Language(language), title=say(language, key), paragraphs=tuple(text.split("\n\n")))


def refusal(language: Language | str, why: str, *more: str) -> Said:
    """An answer that says why something cannot be done."""
    return Said(language=Language(language), title=say(language, "refused.title"), paragraphs=(why, *more), is_refusal=True)
