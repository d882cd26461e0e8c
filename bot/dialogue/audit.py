"""What was decided, when and by whom?

One row for each decision, added and never changed. A row holds no words and points to no reply or author. Where even the time or the
number of things would tell who did them, nothing is noted: that somebody edited, deleted or withdrew before anything was posted is
nobody's business. Of what is decided about a quote, or of its removal, only the day is kept: an author hears of it or does it at some
moment, and that moment must not stand here too. Ids are random, and what is of one moment is read in a keyed order, the entries of a whole
day first: else an entry would stand between two whose minutes are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.confidentiality.encryption import session_keys
from bot.database.row_ids import new_number
from bot.local_time import day_only
from bot.models import AuditAct, AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.models import Digest, ListHold, Person

DAY_ONLY_ACTS: Final = frozenset({AuditAct.QUOTE_APPROVED, AuditAct.QUOTE_DECLINED, AuditAct.QUOTE_REMOVED})


def note(session: Session, now: datetime, act: AuditAct, digest: Digest, by: Person | None = None) -> None:
    """Note what was done about a digest; `by` None: nobody decided it, or nobody is to be named."""
    at = day_only(now) if act in DAY_ONLY_ACTS else now
    by_id = None if by is None else by.id
    session.add(AuditEntry(id=new_number(session), programme=digest.programme, at=at, act=act, by=by_id, digest=digest.number))


def note_list(session: Session, now: datetime, hold: ListHold, by: Person) -> None:
    """Note that somebody has said of a list that it is right as it is."""
    session.add(AuditEntry(id=new_number(session), programme=hold.programme, at=now, act=AuditAct(f"list_{hold.role.value}"), by=by.id))


def entries(session: Session, *conditions: ColumnElement[bool]) -> list[AuditEntry]:
    """The entries for which all of this holds, the oldest first."""
    found = session.scalars(select(AuditEntry).where(*conditions)).all()
    return sorted(found, key=lambda entry: (entry.at, session_keys(session).fingerprint("audit", str(entry.id))))
