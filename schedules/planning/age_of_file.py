"""Tells an edit of a programme's file from a file that is only older than what runs.

A text that the database has never had is an edit. One that it has set aside is an edit only if it was saved here after what runs began, or
while this process looked on: somebody returns to it. Any other is older, and waits for the newer file to be copied to its machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.dialogue.planning import versions

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.models import ProgrammeVersion


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A programme's file as this process saw it when a version ran."""

    checksum: str
    saved_at: datetime
    running: int


def is_sight_older(session: Session, programme_id: str, seen: Sight, before: Sight | None = None) -> bool:
    """Whether a file holds an older text that nobody has returned to. `before`: as last seen; None at a start."""
    running = versions.version_running(session, programme_id)
    set_aside = versions.moment_set_aside(session, programme_id, seen.checksum)
    if running is None or set_aside is None:
        return False
    is_same = before is not None and (before.checksum, before.saved_at) == (seen.checksum, seen.saved_at)
    if before is None or (not is_same and before.running != running.id):
        return seen.saved_at <= max(set_aside, running.since)
    return is_same


def is_file_older(session: Session, programme_id: str, file: Path, content: bytes) -> bool:
    """Whether a file, in which these bytes stand, is older than what runs."""
    seen = Sight(checksum=sha256(content).hexdigest(), saved_at=datetime.fromtimestamp(file.stat().st_mtime, UTC), running=0)
    return is_sight_older(session, programme_id, seen)


def has_left(version: ProgrammeVersion, seen: Sight, before: Sight | None) -> bool:
    """Whether a version's text has left this machine's file: here it was, or the file was saved since."""
    was_here = seen.saved_at > version.since if before is None else before.checksum == version.checksum
    return was_here and seen.checksum != version.checksum
