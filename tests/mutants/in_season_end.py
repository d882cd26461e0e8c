"""Bugs by which a picture, the season's end, or a page outside chat would tell too much, or be altered unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

CHARTS: tuple[Mutant, ...] = ()
THE_REPORT: tuple[Mutant, ...] = ()
THE_THANKS: tuple[Mutant, ...] = ()
PAGES: tuple[Mutant, ...] = ()
AGENDA: tuple[Mutant, ...] = ()
SEALS: tuple[Mutant, ...] = ()
FETCHED: tuple[Mutant, ...] = ()
