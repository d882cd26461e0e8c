"""What time is it for an installation, and where does it keep what is not in the database?

By the wall's clock. On the local workspace it is as late as its own clock says, which stands where it was left.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.clock import WallClock
from bot.workspace.state.message_store import Store

if TYPE_CHECKING:
    from bot.settings import Settings

DATA: Final = Path("data")
WORKSPACE: Final = "workspace.sqlite"
CLOCK: Final = "clock"  # the name under which the workspace remembers where the clock stands


def now_for(chosen: Settings) -> datetime:
    """The present moment of the installation."""
    file = DATA / WORKSPACE
    kept = _kept(file) if chosen.local and file.exists() else None
    return WallClock().now() if kept is None else datetime.fromisoformat(kept)


def _kept(file: Path) -> str | None:
    store = Store(file)
    try:
        return store.kept(CLOCK)
    finally:
        store.close()
