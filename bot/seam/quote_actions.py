"""The actions with which an author decides what of a reply is quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.seam.actions import Action


@dataclass(frozen=True, kw_only=True)
class QuoteChoiceWanted(Action):
    """A person wants to see what of their own reply may be quoted (*Vælg citat*)."""

    only_looks: ClassVar[bool] = True
    round: int


@dataclass(frozen=True, kw_only=True)
class QuoteAgreed(Action):
    """A person says yes to a part of their own reply: a sentence by its number, or None: the whole. `seen`: its fingerprint."""

    round: int
    sentence: int | None
    seen: str
