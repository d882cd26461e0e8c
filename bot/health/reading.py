"""Reads what the database tells of the bot's health, in one short session and within a bounded time.

Nothing that is read here moves by what one person does: no message to one person is looked at alone, and no list by who is active.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from sqlalchemy import func, select

from bot.confidentiality.floors import LOWEST_FLOORS
from bot.database.patience import one_budget
from bot.dialogue import audit
from bot.models import (
    AuditAct,
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
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


T = TypeVar("T")
WAITED_FOR: Final = 1.0  # seconds; whoever asks must hear in time that the database does not answer
TO_CHANNELS: Final = (MessageKind.DRAFT, MessageKind.DIGEST)  # by the clock alone, whatever anybody does
UNDER_WAY: Final = (MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN)
FEWEST_WAITING: Final = LOWEST_FLOORS.people  # people who wait for a question; who of fewer waits may be a matter of one person


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the database tells. `lists`: the size of each list as last accepted, by programme and role."""

    loaded: frozenset[str]
    lists: dict[tuple[str, str], int]
    minutes_due: int  # since when the oldest message has been due
    held_digests: int
    held_lists: int
    held_plans: int
    missed_slots: int
    backup: datetime | None
    rehearsed_restore: datetime | None


def read(session: Session, now: datetime) -> Reading:
    """Read all of it."""
    lists = select(PeopleList).where(PeopleList.estimated.is_(False))  # an estimate counts people who took part
    return Reading(
        loaded=frozenset(session.scalars(select(LoadedProgramme.id))),
        lists={(known.programme, known.role.value): known.listed for known in session.scalars(lists)},
        minutes_due=_minutes_due(session, now),
        held_digests=_count(session, Digest, Digest.state == DigestState.HELD),
        held_lists=_count(session, ListHold, ListHold.state == HoldState.HELD),
        held_plans=_count(session, ProgrammeVersion, ProgrammeVersion.state == VersionState.HELD),
        missed_slots=_count(session, MissedSlot),
        backup=audit.last_time(session, AuditAct.BACKUP_MADE),
        rehearsed_restore=audit.last_time(session, AuditAct.RESTORE_REHEARSED),
    )


def _count(session: Session, table: type[Digest | ListHold | MissedSlot | ProgrammeVersion], *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def _minutes_due(session: Session, now: datetime) -> int:
    """For how many whole minutes a message to a channel is due, or a question for which as many people wait as the floor."""
    due = select(OutboxMessage.due_at).where(OutboxMessage.state.in_(UNDER_WAY), OutboxMessage.due_at <= now).order_by(OutboxMessage.due_at)
    questions = due.where(OutboxMessage.kind == MessageKind.QUESTION).offset(FEWEST_WAITING - 1)
    oldest = [session.scalar(query.limit(1)) for query in (due.where(OutboxMessage.kind.in_(TO_CHANNELS)), questions)]
    return max(((now - moment) // timedelta(minutes=1) for moment in oldest if moment is not None), default=0)


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
                self._under_way = Future()
                threading.Thread(target=self._fill, args=(self._under_way,), name="health reading", daemon=True).start()
            reading = self._under_way
        with suppress(Exception):  # whatever it is, the answer is that there is none
            return reading.result(self._seconds)
        return None

    def _fill(self, reading: Future[T]) -> None:
        try:
            with one_budget(self._seconds):
                reading.set_result(self._read())
        except Exception as error:  # noqa: BLE001 - whoever waits for it hears
            reading.set_exception(error)
