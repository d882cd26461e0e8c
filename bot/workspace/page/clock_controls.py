"""What can the page do with time?

The local workspace does not know the programme: `bot/app` hands these in, so that the page can show what is due next and play on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(kw_only=True)
class ClockControls:
    """The clock's buttons. `synthetic` is a switch: do synthetic people answer while time plays?"""

    next_due: Callable[[], tuple[datetime, str] | None]  # when, and what in words; None: nothing more
    advance: Callable[[datetime | None], None]  # play in the background to a moment, or (None) to the end; one play at a time
    playing: Callable[[], bool]
    stop: Callable[[], None]
    reset: Callable[[], None]
    synthetic: bool = True
