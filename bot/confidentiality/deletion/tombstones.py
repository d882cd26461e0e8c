"""What must still be wiped, and what must never come back?

Deleting a row leaves its bytes in the file until they are overwritten, and leaves the row itself in every backup. So whoever deletes also
leaves a tombstone: a keyed hash of what was deleted, in the same transaction. It says nothing to who has no key; a job wipes the file soon
after, and a restored backup is held against the tombstones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import case, delete, func, insert, select, update

from bot.confidentiality.encryption import session_keys
from bot.models import Tombstone

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, CursorResult
    from sqlalchemy.orm import Session

    from bot.models import Base


A_MINUTE: Final = timedelta(minutes=1)


class DeletedKind(StrEnum):
    """What was deleted."""

    REPLY = "reply"  # by its id
    QUOTE = "quote"  # by its id
    PERSON = "person"  # by their address


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """Something that was deleted: its token, and when."""

    token: str
    at: datetime


def leave_tombstones(session: Session, now: datetime, kind: DeletedKind, *ids: str) -> None:
    """Leave a tombstone of each thing that was deleted."""
    keys = session_keys(session)
    _insert_rows(session, [{"token": keys.fingerprint(kind, id_), "at": now} for id_ in ids])


def request_wiping(session: Session, now: datetime) -> None:
    """Something was overwritten or deleted that could not come back with a backup for long: its bytes must be wiped all the same."""
    _insert_rows(session, [{"token": None, "at": now}])


def is_wiping_needed(session: Session) -> bool:
    """Whether remains of anything are still to be wiped."""
    return session.scalar(select(Tombstone.id).where(Tombstone.wiped_at.is_(None)).limit(1)) is not None


def begin_wiping(session: Session, now: datetime, *, at_once: bool = False) -> list[Deletion] | None:
    """Begin to wipe: what has been deleted by now. None: there is nothing, or somebody has begun within the last minute.

    `at_once`: whoever else has begun.
    """
    last = session.scalar(select(func.max(Tombstone.taken_at)))
    if not at_once and last is not None and last <= now < last + A_MINUTE:
        return None
    rows = session.execute(select(Tombstone.token, Tombstone.at).where(Tombstone.wiped_at.is_(None)).order_by(Tombstone.id)).all()
    session.execute(update(Tombstone).where(Tombstone.wiped_at.is_(None)).values(taken_at=now))
    return [Deletion(token=token, at=at) for token, at in rows if token is not None] if rows else None


def mark_wiped(session: Session, begun: datetime, now: datetime) -> None:
    """The wiping that began at a moment has come to its end; what was deleted meanwhile waits for the next."""
    session.execute(update(Tombstone).where(Tombstone.wiped_at.is_(None), Tombstone.taken_at == begun).values(wiped_at=now))


def delete_rows(session: Session, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Delete rows without reading them; how many there were."""
    result = session.execute(delete(model).where(*conditions).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def _insert_rows(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(Tombstone), rows)


def find_erased(session: Session, addresses: Collection[str]) -> frozenset[str]:
    """Those of these people who have been erased."""
    tokens = set(session.scalars(select(Tombstone.token).where(Tombstone.token.is_not(None))))
    if not tokens:
        return frozenset()
    return frozenset(address for address in addresses if not tokens.isdisjoint(_tokens_of_person(session, address)))


def is_erased(session: Session, address: str) -> bool:
    """Whether this person has been erased."""
    return session.scalar(select(Tombstone.id).where(Tombstone.token.in_(_tokens_of_person(session, address))).limit(1)) is not None


def renew_tombstones(session: Session, now: datetime, addresses: Collection[str]) -> None:
    """These people have been erased and still stand on a list: their tombstones are as good as new, and never older than they were."""
    keys = session_keys(session)
    at = case((Tombstone.at < now, now), else_=Tombstone.at)
    for address in addresses:
        values = {"token": keys.fingerprint(DeletedKind.PERSON, address), "at": at}
        session.execute(update(Tombstone).where(Tombstone.token.in_(_tokens_of_person(session, address))).values(values))


def renew_all_tombstones(session: Session, now: datetime) -> None:
    """Nobody knows just now who still stands on a list: none may expire."""
    session.execute(update(Tombstone).where(Tombstone.token.is_not(None), Tombstone.at < now).values(at=now))


def follow_addresses(session: Session, now: datetime, others: Mapping[str, str]) -> None:
    """Whoever was erased under their other address stays erased. `others`: by the address they are known by from now on.

    What is wiped stands in the list beside the database, and need not stand here under a name that nobody uses any more.
    """
    erased = find_erased(session, others.values())
    for address in (address for address, other in others.items() if other in erased):
        leave_tombstones(session, now, DeletedKind.PERSON, address)
        theirs = Tombstone.token.in_(_tokens_of_person(session, others[address])), Tombstone.wiped_at.is_not(None)
        session.execute(update(Tombstone).where(*theirs).values(token=None))


def lift_tombstone(session: Session, address: str) -> bool:
    """They want to be here again; False if they had not been erased. What was deleted is to be wiped all the same."""
    statement = update(Tombstone).where(Tombstone.token.in_(_tokens_of_person(session, address))).values(token=None)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount > 0


def _tokens_of_person(session: Session, address: str) -> frozenset[str]:
    return session_keys(session).fingerprints(DeletedKind.PERSON, address)
