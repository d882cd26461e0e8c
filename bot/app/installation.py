"""The time that counts for an installation, and the folder for what is not in the database.

The time is the wall clock's. On the local workspace it is that of its own clock, which stays where it was left. A command has nobody to ask
whether the wall's clock is right; what it destroys for its age, it destroys by what the database has seen as well.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from bot.clock import WallClock
from bot.dialogue import audit
from bot.local_time import DAY
from bot.models import AuditAct, AuditEntry, LoadedProgramme, OutboxMessage, SeenEvent
from bot.workspace.state.message_store import MessageStore

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.settings import Settings

DATA_FOLDER: Final = Path("data")
WORKSPACE_FILE: Final = "workspace.sqlite"
MOMENTS: Final = (OutboxMessage.tried_at, OutboxMessage.sent_at, LoadedProgramme.synchronised_at, SeenEvent.seen_at)
ON_MACHINE: Final = (  # done by commands
    AuditAct.DIGEST_APPROVED_ON_MACHINE,
    AuditAct.PLAN_APPLIED_ON_MACHINE,
    *audit.OF_OPERATORS,
)
CLOCK_NAME: Final = "clock"  # the name under which the workspace remembers where the clock stands


def current_time(settings: Settings) -> datetime:
    """The present moment of the installation."""
    file = DATA_FOLDER / WORKSPACE_FILE
    text = _load_time(file) if settings.local and file.exists() else None
    return WallClock().now() if text is None else datetime.fromisoformat(text)


def newest_moment(session: Session) -> datetime | None:
    """The last moment at which the bot is known to have done something; None: it never has. A command's moment is nobody's but its own."""
    moments = [session.scalar(select(func.max(moment))) for moment in MOMENTS]
    moments.append(session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.act.not_in(ON_MACHINE))))
    return max((moment for moment in moments if moment is not None), default=None)


def moment_to_destroy_by(settings: Settings, seen: datetime | None) -> datetime:
    """By which moment a command may destroy what is old: at most a day after what has been `seen`."""
    now = current_time(settings)
    return now if settings.local or seen is None else min(now, seen + DAY)


def moment_of_deletion(settings: Settings, seen: datetime | None) -> datetime:
    """The moment at which a command deletes: never before what has been `seen`. Else a backup would seem to be younger."""
    now = current_time(settings)
    return now if settings.local or seen is None else max(now, seen)


def _load_time(file: Path) -> str | None:
    store = MessageStore(file)
    try:
        return store.load_text(CLOCK_NAME)
    finally:
        store.close()
