"""Bugs planted in what a database on a server needs, and in what several processes on it share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

ON_SERVER: tuple[Mutant, ...] = ()
SEVERAL: tuple[Mutant, ...] = ()
CARRIED_OVER: tuple[Mutant, ...] = ()
