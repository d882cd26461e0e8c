"""The audit log: what was decided, when and by whom, in rows that are never changed.

A row holds no words and points to no reply or author. Nothing is noted where the time or the number of entries would tell who acted: that
somebody edited, deleted or withdrew something before it was posted. Of a decision about a quote, or its removal, only the day is stored:
its author hears of it or does it at some moment, and that moment must not be here too. Ids are random. Entries of one moment are read in a
keyed order, and those of a whole day come first: an entry between two others would tell its minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, select

from bot.confidentiality.encryption import session_keys
from bot.database.look_ahead import once_in_a_look
from bot.database.row_ids import new_number
from bot.local_time import day_only
from bot.models import AuditAct, AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.models import Digest, ListHold, Person

ABOUT_A_PERSON: Final = frozenset({AuditAct.PERSON_ERASED, AuditAct.PERSON_SHOWN})
DAY_ONLY_ACTS: Final = frozenset({AuditAct.QUOTE_APPROVED, AuditAct.QUOTE_DECLINED, AuditAct.QUOTE_REMOVED}) | ABOUT_A_PERSON
OF_OPERATORS: Final = ABOUT_A_PERSON | {  # what whoever runs the machine does by a command, to the whole database
    AuditAct.RESTORED,
    AuditAct.PUT_BACK,
    AuditAct.RESTORE_REHEARSED,
    AuditAct.BACKUP_MADE,
    AuditAct.KEY_ROTATED,
    AuditAct.EXPORTED,
    AuditAct.PURGED,
}


def note(session: Session, now: datetime, act: AuditAct, digest: Digest, by: Person | None = None) -> None:
    """Note what was done about a digest. `by` is None if nobody decided it, or nobody may be named."""
    at = day_only(now) if act in DAY_ONLY_ACTS else now
    by_id = None if by is None else by.id
    session.add(AuditEntry(id=new_number(session), programme=digest.programme, at=at, act=act, by=by_id, digest=digest.number))


def has_done(session: Session, act: AuditAct, digest: Digest, by: Person) -> bool:
    """Whether somebody has done this about a digest before."""
    same = AuditEntry.programme == digest.programme, AuditEntry.digest == digest.number, AuditEntry.act == act, AuditEntry.by == by.id
    return session.scalar(select(AuditEntry.id).where(*same).limit(1)) is not None


def note_list(session: Session, now: datetime, hold: ListHold, by: Person) -> None:
    """Note that an organiser has confirmed a list."""
    session.add(AuditEntry(id=new_number(session), programme=hold.programme, at=now, act=AuditAct(f"list_{hold.role.value}"), by=by.id))


def note_organiser(session: Session, now: datetime, act: AuditAct, programme_id: str, by: Person | None = None) -> None:
    """Note what was decided about a plan, or a pause for all. `by` is None if it was done on the machine."""
    session.add(AuditEntry(id=new_number(session), programme=programme_id, at=now, act=act, by=None if by is None else by.id))


def note_operator(session: Session, now: datetime, act: AuditAct, programme_id: str | None = None) -> None:
    """Note what was done by a command. Acts about a person are noted once a day, so that nobody can count them.

    `programme_id` is None if it was done to the whole database.
    """
    at = day_only(now) if act in DAY_ONLY_ACTS else now
    if act in ABOUT_A_PERSON and session.scalar(select(AuditEntry.id).where(AuditEntry.act == act, AuditEntry.at == at).limit(1)):
        return
    session.add(AuditEntry(id=new_number(session), programme=programme_id, at=at, act=act, by=None))


_is_purged = AuditEntry.programme == bindparam("programme"), AuditEntry.act == AuditAct.PURGED
SELECT_PURGED = select(AuditEntry.id).where(*_is_purged).limit(1)


@once_in_a_look
def is_purged(session: Session, programme_id: str) -> bool:
    """Whether a programme was purged: nothing of it begins again, whatever its file says."""
    return session.scalar(SELECT_PURGED, {"programme": programme_id}) is not None


def last_time(session: Session, act: AuditAct) -> datetime | None:
    """When this was done last; None if never."""
    return session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.act == act))


def entries(session: Session, *conditions: ColumnElement[bool]) -> list[AuditEntry]:
    """The entries that meet all conditions, the oldest first."""
    found = session.scalars(select(AuditEntry).where(*conditions)).all()
    return sorted(found, key=lambda entry: (entry.at, session_keys(session).fingerprint("audit", str(entry.id))))
