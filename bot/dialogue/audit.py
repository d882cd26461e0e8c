"""What was decided, when and by whom?

One row for each decision, added and never changed. A row holds no words and points to no reply or author. Where even the time or the
number of things would tell who did them, nothing is noted: that somebody edited, deleted or withdrew before anything was posted is
nobody's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import AuditAct, Digest, Person


def note(session: Session, now: datetime, act: AuditAct, digest: Digest, by: Person | None = None) -> None:
    """Note what was done about a digest; `by` None: nobody decided it, or nobody is to be named."""
    session.add(AuditEntry(programme=digest.programme, at=now, act=act, by=None if by is None else by.id, digest=digest.number))
