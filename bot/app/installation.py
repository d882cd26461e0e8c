"""What time is it for an installation, and where does it keep what is not in the database?

By the wall's clock. On the local workspace it is as late as its own clock says, which stands where it was left.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.clock import WallClock
from bot.workspace.state.message_store import MessageStore

if TYPE_CHECKING:
    from bot.settings import Settings

DATA_FOLDER: Final = Path("data")
WORKSPACE_FILE: Final = "workspace.sqlite"
CLOCK_NAME: Final = "clock"  # the name under which the workspace remembers where the clock stands


def current_time(settings: Settings) -> datetime:
    """The present moment of the installation."""
    file = DATA_FOLDER / WORKSPACE_FILE
    text = _load_time(file) if settings.local and file.exists() else None
    return WallClock().now() if text is None else datetime.fromisoformat(text)


def _load_time(file: Path) -> str | None:
    store = MessageStore(file)
    try:
        return store.load_text(CLOCK_NAME)
    finally:
        store.close()
