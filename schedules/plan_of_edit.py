"""Works out what an edit of a programme changes, and what of it must be held."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.dialogue.planning.plan import Plan
    from bot.programme import Programme, Role
    from schedules.due import History


def plan_of_edit(before: Programme | None, after: Programme, history: History, sizes: Mapping[Role, int], now: datetime) -> Plan:
    """What changes from `before` (None: nothing runs yet) to `after`. `sizes`: of the lists as last accepted; empty if unknown."""
    raise NotImplementedError
