"""What must still be wiped, and what must never come back?

Deleting a row leaves its bytes in the file until they are overwritten, and leaves the row itself in every backup. So whoever deletes also
leaves a trace: a keyed hash of what was deleted, in the same transaction. It says nothing to who has no key; a job wipes the file soon
after, and a restored backup is held against the traces.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, insert

from bot.confidentiality.sealing import keys_of
from bot.models import Trace

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, CursorResult
    from sqlalchemy.orm import Session

    from bot.models import Base


class Deleted(StrEnum):
    """What was deleted."""

    REPLY = "reply"  # by its id
    QUOTE = "quote"  # by its id
    PERSON = "person"  # by their address


def leave(session: Session, now: datetime, what: Deleted, *ids: str) -> None:
    """Leave a trace of each thing that was deleted."""
    keys = keys_of(session)
    _leave(session, [{"token": keys.fingerprint(what, each), "at": now} for each in ids])


def leave_unnamed(session: Session, now: datetime) -> None:
    """Something was overwritten or deleted that could not come back with a backup for long: its bytes must be wiped all the same."""
    _leave(session, [{"token": None, "at": now}])


def forget(session: Session, what: type[Base], *which: ColumnElement[bool]) -> int:
    """Delete rows without reading them; how many there were."""
    gone = session.execute(delete(what).where(*which).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", gone).rowcount


def _leave(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(Trace), rows)
