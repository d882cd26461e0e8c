"""The delivery lease: the right of one process to deliver for a workspace.

The holder raises a counter in the lease's row every few seconds. A challenger that has seen the counter stand still for a while, by
its own monotonic time, takes the lease: no two machines' clocks are ever compared. Until then it only looks, and waits for no writer: the
holder may be frozen in the midst of writing. Each taking raises the lease's number, and a claim proves in its own transaction that the
number is still its own, so a holder that was frozen and wakes up can claim nothing.
"""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from bot.errors import DatabaseGone
from bot.models import Lease as LeaseRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Write

RAISE_EVERY = 5.0  # seconds between two raisings
SILENT_FOR = 20.0  # seconds a challenger watches an unchanged counter; with its own beat of 5 s it takes over within 30 s
NOBODY = ""
PUT_BACK = "the database is an earlier one than it was: it was put back while this process ran, which sends nothing more"


def release_all(session: Session) -> None:
    """Free every lease. Only for a backup that is made ready, where whoever held one is gone."""
    session.execute(update(LeaseRow).values(holder=NOBODY))


class Lease:
    """The right to deliver for `workspace`.

    Call `keep` at least every 5 s; `monotonic` gives real seconds that only go forward.
    """

    def __init__(
        self, write: Write, look: Callable[[], AbstractContextManager[Session]], *, workspace: str, monotonic: Callable[[], float]
    ) -> None:
        self._write, self._look = write, look
        self._workspace = workspace
        self._monotonic = monotonic
        self._holder = secrets.token_hex(8)
        self._number: int | None = None
        self._proved_at = 0.0
        self._seen: tuple[int, int] | None = None
        self._seen_at = 0.0
        self.height = (0, 0)  # the highest number and counter that were seen committed
        self.has_gone_back = False
        self._lock = threading.Lock()
        is_ours = (LeaseRow.workspace == workspace, LeaseRow.holder == self._holder, LeaseRow.number == bindparam("our_number"))
        self._change = update(LeaseRow).where(*is_ours).execution_options(synchronize_session=False)
        self._raise = self._change.values(counter=LeaseRow.counter + 1).returning(LeaseRow.counter)

    @property
    def number(self) -> int | None:
        """The number under which we hold the lease; None if another process holds it."""
        return self._number

    def last_sight(self) -> tuple[bool, float] | None:
        """Whether the lease is ours, and how many seconds ago its counter was seen to be raised. None: not yet."""
        if self._number is not None:
            return True, self._monotonic() - self._proved_at
        return None if self._seen is None else (False, self._monotonic() - self._seen_at)

    def keep(self) -> bool:
        """Renew our lease, or take one that is free or whose holder is silent; whether it is ours."""
        with self._lock:
            now = self._monotonic()
            if self._number is not None and now - self._proved_at < RAISE_EVERY:
                return True
            if self._number is None and not self._is_to_be_had(now):
                return False
            number = self._write(lambda session: self._number if self._raise_counter(session) else self._take(session, now), alone=True)
            self._number, self._proved_at = number, now
            return number is not None

    def prove(self, session: Session) -> bool:
        """Whether the lease is still ours; checked, and the counter raised, in the caller's transaction."""
        now = self._monotonic()
        if not self._raise_counter(session):
            self._number = None
            return False
        self._proved_at = now
        return True

    def release(self) -> None:
        """Give it back at a clean stop, so that the next process need not wait."""
        with self._lock:
            free = self._change.values(holder=NOBODY)
            self._write(lambda session: session.execute(free, {"our_number": self._number}), alone=True)
            self._number = None

    def _raise_counter(self, session: Session) -> bool:
        if self._number is None:
            return False
        counter = session.execute(self._raise, {"our_number": self._number}).scalar()
        if counter is None:
            return False
        self._require_not_below((self._number, counter - 1))
        return True

    def _require_not_below(self, height: tuple[int, int]) -> None:
        """Raise DatabaseGone, now and from here on, if what is committed is lower than what was."""
        self.has_gone_back = self.has_gone_back or height < self.height
        if self.has_gone_back:
            raise DatabaseGone(PUT_BACK)
        self.height = height

    def _is_to_be_had(self, now: float) -> bool:
        """Whether another's lease may be taken by now. Whoever only looks waits for nobody."""
        with self._look() as session:
            row = session.get(LeaseRow, self._workspace)
            return row is None or self._is_left(row, now)

    def _take(self, session: Session, now: float) -> int | None:
        row = session.get(LeaseRow, self._workspace, with_for_update=True)
        if row is None:
            session.add(LeaseRow(workspace=self._workspace, holder=self._holder, number=1, counter=0))
            return 1
        if not self._is_left(row, now):
            return None
        row.holder, row.number, row.counter = self._holder, row.number + 1, row.counter + 1
        return row.number

    def _is_left(self, row: LeaseRow, now: float) -> bool:
        """Whether nobody holds the lease any more, or its holder has been silent for long enough."""
        self._require_not_below((row.number, row.counter))
        if row.holder == NOBODY:
            return True
        if (row.number, row.counter) != self._seen:
            self._seen, self._seen_at = (row.number, row.counter), now
        return now - self._seen_at >= SILENT_FOR
