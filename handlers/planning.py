"""Answers organisers who plan, edit the programme or pause everything.

The organisers' room is reached through the planner that the front door hands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from handlers.shared import PlanningTable

HANDLERS: Final[PlanningTable] = {}
