"""Group commit: concurrent writers share one transaction, and each is answered only after it is committed.

A writer that comes while nobody writes begins at once. Those that come meanwhile wait, and then the first of them runs all their tasks, in
the order they came, in one transaction with one commit.

If one task fails, nothing of the group is kept, and each writer runs its own task again, alone: so an error reaches the writer that it
concerns, and nobody else. (Savepoints would keep the neighbours too, but a database may give up a whole transaction at one error,
savepoints and all.) A transaction that the database has undone because of another one is run again a few times.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar, cast

from sqlalchemy.exc import DBAPIError

from bot.database.patience import patience_left

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

S = TypeVar("S")
T = TypeVar("T")
RunTask: TypeAlias = "Callable[[Callable[[S], Any]], Any]"
MOST_RUNS: Final = 5  # of a task in transactions of its own: conflicts end sooner, unless something is wrong
CONFLICTS: Final = {"40001", "40P01"}  # in PostgreSQL: a serialisation failure, a deadlock


class Undone(Exception):
    """The database has not kept a transaction whose commit it did not answer."""


def is_conflict(error: Exception) -> bool:
    """Whether the database has undone a transaction through no fault of its task, so that running it again may succeed.

    Because of another transaction, or with a connection that was lost before the commit.
    """
    if isinstance(error, Undone):
        return True
    return isinstance(error, DBAPIError) and (error.connection_invalidated or getattr(error.orig, "sqlstate", None) in CONFLICTS)


class _PendingWrite(Generic[S]):
    """One writer's task and its outcome. It is run alone if it is neither committed nor failed."""

    def __init__(self, task: Callable[[S], Any], patience: float) -> None:
        self.task = task
        self.until = time.monotonic() + patience
        self.wake_up = threading.Event()  # to lead, or because the outcome is known
        self.is_leader = False
        self.is_committed = False
        self.result: Any = None
        self.failure: Exception | None = None

    def patience_left(self) -> float:
        """The seconds of patience that are left."""
        return max(0.0, self.until - time.monotonic())

    def lead(self) -> None:
        """Wake the writer as the leader of the next group."""
        self.is_leader = True
        self.wake_up.set()


class WriteBatch(Generic[S]):
    """The writers that wait, and the transactions that they share.

    `transaction(patience)` opens one and gives the function that runs a task in it; it commits when its block ends, and keeps nothing if
    the block raises. A writer that has waited `patience` seconds, or to the end of its budget, leaves the batch and writes alone, once:
    whatever is in its way, it is not the batch.
    """

    def __init__(self, transaction: Callable[[float], AbstractContextManager[RunTask[S]]], *, patience: float | None = None) -> None:
        self._transaction = transaction
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[_PendingWrite[S]] = deque()
        self._has_leader = False

    def run(self, task: Callable[[S], T], *, alone: bool = False) -> T:
        """Run `task`, with those of others or `alone`, and return its result once it is committed. Raises what task or commit raises.

        A task may be run several times; what earlier runs wrote is then gone.
        """
        write = _PendingWrite(task, patience_left(self._patience))
        if not alone:
            self._wait_for_turn(write)
            if write.is_leader:
                self._lead(write)
        if write.failure is not None:
            raise write.failure
        return cast("T", write.result if write.is_committed else self._run_alone(write))

    def _wait_for_turn(self, write: _PendingWrite[S]) -> None:
        """Return when the writer is to lead, when another has run its task, or when it has left the batch."""
        with self._lock:
            if self._has_leader:
                self._waiting.append(write)
            else:
                self._has_leader = True
                write.lead()
        if write.wake_up.wait(write.patience_left()):
            return
        with self._lock:
            is_waiting = write in self._waiting
            if is_waiting:
                self._waiting.remove(write)
        if not is_waiting:
            write.wake_up.wait()  # somebody took it along at the last moment

    def _lead(self, own: _PendingWrite[S]) -> None:
        """Run one's own task and those of all who wait once the database is free."""
        group, all_run = [own], False
        try:
            with self._transaction(own.patience_left()) as run:
                with self._lock:
                    group += self._waiting
                    self._waiting.clear()
                for write in group:
                    write.result = run(write.task)
                all_run = True
            for write in group:
                write.is_committed = True
        except Exception as error:
            is_undone = is_conflict(error)
            if group == [own] and not is_undone:
                raise
            # a commit that failed may have been kept: it is not run again; and whose time is over is told now
            for write in [write for write in group if (not write.patience_left() if is_undone else all_run)]:
                write.failure = error
        finally:
            for write in group:
                write.wake_up.set()
            with self._lock:
                next_leader = self._waiting.popleft() if self._waiting else None
                self._has_leader = next_leader is not None
            if next_leader is not None:
                next_leader.lead()

    def _run_alone(self, write: _PendingWrite[S]) -> Any:
        """Run one task in a transaction of its own, and again after a conflict, as long as there is patience."""
        runs = 0
        while True:
            runs += 1
            try:
                with self._transaction(write.patience_left()) as run:
                    return run(write.task)
            except (DBAPIError, Undone) as error:
                if runs == MOST_RUNS or not write.patience_left() or not is_conflict(error):
                    raise
