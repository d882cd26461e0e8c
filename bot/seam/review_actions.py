"""The actions of a review: to see the finished page, and to decide about quotes in a window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from bot.seam.actions import Action

if TYPE_CHECKING:
    from bot.seam.actions import DeclineReason


@dataclass(frozen=True, kw_only=True)
class DigestPageWanted(Action):
    """*Se og godkend* was pressed: an organiser wants to see the finished page.

    `start`: the number of the first piece to show. `seen`: the fingerprint of the page whose beginning was shown.
    """

    only_looks: ClassVar[bool] = True
    digest: int
    start: int = 0
    seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuoteDecided(Action):
    """An organiser decides about one quote on a page of a theme's quotes. `reason`: why not; None: it may be shown."""

    digest: int
    theme: str
    page: int
    quote: str
    reason: DeclineReason | None = None


@dataclass(frozen=True, kw_only=True)
class QuotesApproved(Action):
    """*Alle på siden må vises* was pressed. `quotes`: those that stood there undecided and unmarked."""

    digest: int
    theme: str
    page: int
    quotes: tuple[str, ...]
