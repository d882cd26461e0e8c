"""Reads what the database tells of the bot's health, in one short session and within a bounded time.

Nothing that is read here moves by what one person does: no message to one person is looked at alone, and no list by who is active.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from sqlalchemy import bindparam, func, select

from bot.database.patience import one_budget
from bot.health.beside import ask_beside
from bot.models import (
    AuditAct,
    AuditEntry,
    Digest,
    DigestState,
    HoldState,
    ListHold,
    LoadedProgramme,
    MessageKind,
    MessageState,
    MissedSlot,
    OutboxMessage,
    PeopleList,
    ProgrammeVersion,
    VersionState,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from sqlalchemy import ColumnElement, ScalarSelect
    from sqlalchemy.orm import Session


T = TypeVar("T")
WAITED_FOR: Final = 1.0  # seconds; whoever asks must hear in time that the database does not answer
TO_CHANNELS: Final = (MessageKind.DRAFT, MessageKind.DIGEST)  # by the clock alone, whatever anybody does
UNDER_WAY: Final = (MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the database tells. `lists`: the size of each list as last accepted, by programme and role."""

    loaded: frozenset[str]
    lists: dict[tuple[str, str], int]
    minutes_due: int  # since when the oldest message to a channel has been due
    held_digests: int
    held_lists: int
    held_plans: int
    missed_slots: int
    backup: datetime | None
    rehearsed_restore: datetime | None


def _count(table: type[Digest | ListHold | MissedSlot | ProgrammeVersion], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def _last(act: AuditAct) -> ScalarSelect[datetime]:
    return select(func.max(AuditEntry.at)).where(AuditEntry.act == act).scalar_subquery()


def _due_since() -> ScalarSelect[datetime]:
    """Since when the oldest message to a channel has been due. Whether others wait, and how many, depends on single people."""
    is_due = OutboxMessage.state.in_(UNDER_WAY), OutboxMessage.due_at <= bindparam("now", type_=OutboxMessage.due_at.type)
    return select(func.min(OutboxMessage.due_at)).where(OutboxMessage.kind.in_(TO_CHANNELS), *is_due).scalar_subquery()


ROW: Final = select(  # in one statement: each one more waits for its turn while messages go out
    _due_since(),
    _count(Digest, Digest.state == DigestState.HELD),
    _count(ListHold, ListHold.state == HoldState.HELD),
    _count(ProgrammeVersion, ProgrammeVersion.state == VersionState.HELD),
    _count(MissedSlot),
    _last(AuditAct.BACKUP_MADE),
    _last(AuditAct.RESTORE_REHEARSED),
)
LISTS: Final = select(PeopleList.programme, PeopleList.role, PeopleList.listed).where(PeopleList.estimated.is_(False))
# An estimate is left out, since it counts people who took part.
LOADED: Final = select(LoadedProgramme.id)


def read(session: Session, now: datetime) -> Reading:
    """Read all of it."""
    due_since, digests, lists, plans, missed, backup, rehearsed = session.execute(ROW, {"now": now}).one()
    return Reading(
        loaded=frozenset(session.scalars(LOADED)),
        lists={(programme, role.value): size for programme, role, size in session.execute(LISTS)},
        minutes_due=0 if due_since is None else (now - due_since) // timedelta(minutes=1),
        held_digests=digests,
        held_lists=lists,
        held_plans=plans,
        missed_slots=missed,
        backup=backup,
        rehearsed_restore=rehearsed,
    )


class BoundedReading(Generic[T]):
    """Reads within so many seconds, one reading at a time.

    A reading that hangs is left alone, and until it ends no other begins.
    """

    def __init__(self, read: Callable[[], T], *, seconds: float = WAITED_FOR) -> None:
        self._read, self._seconds = read, seconds
        self._lock = threading.Lock()
        self._under_way: Future[T] | None = None

    def result(self) -> T | None:
        """What was read; None if that failed or took too long."""
        with self._lock:
            if self._under_way is None or self._under_way.done():
                self._under_way = ask_beside(self._read_in_time, "health reading")
            reading = self._under_way
        with suppress(Exception):  # whatever it is, the answer is that there is none
            return reading.result(self._seconds)
        return None

    def _read_in_time(self) -> T:
        with one_budget(self._seconds):
            return self._read()
