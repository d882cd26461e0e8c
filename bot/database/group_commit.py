"""How do many write at one moment, and each be kept before they are told, without each waiting for the disk?

Who comes while nobody writes begins at once. Who comes meanwhile stands in line, and the first of the line then does what all of them
have brought, in the order they came, in one transaction with one commit. Nobody is answered before that commit.

If one of a group fails, nothing of the group is kept, and each does its own again, alone: so what is raised reaches whom it concerns, and
nobody else. (Savepoints would keep the neighbours too, but a database may give up a whole transaction at one fault, savepoints and all.)
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

from bot.database.patience import patience_left

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

S = TypeVar("S")
T = TypeVar("T")
RunTask: TypeAlias = "Callable[[Callable[[S], Any]], Any]"


class _PendingWrite(Generic[S]):
    """What one caller has brought, and what became of it. Neither kept nor failed: it is to be done alone."""

    def __init__(self, task: Callable[[S], Any], patience: float) -> None:
        self.task = task
        self.until = time.monotonic() + patience
        self.wake_up = threading.Event()  # to lead, or to hear what became of it
        self.is_leader = False
        self.is_committed = False
        self.result: Any = None
        self.failure: Exception | None = None

    def patience_left(self) -> float:
        """The seconds of patience that are left."""
        return max(0.0, self.until - time.monotonic())


class WriteBatch(Generic[S]):
    """The batch of those who wait to write.

    `transaction(patience)` opens one and gives the function that runs a task in it; it commits when its block ends, and keeps nothing if
    the block raises. Who has stood in line for `patience` seconds, or to the end of their budget, leaves it and tries alone, once: whoever
    is in its way, it is not the line.
    """

    def __init__(self, transaction: Callable[[float], AbstractContextManager[RunTask[S]]], *, patience: float) -> None:
        self._transaction = transaction
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[_PendingWrite[S]] = deque()
        self._has_leader = False

    def run(self, task: Callable[[S], T]) -> T:
        """Do `task`, together with what others bring; its result, once it is kept. Raises what the task or its commit raises.

        A task may be run twice: what the first run wrote is then gone.
        """
        write = _PendingWrite(task, patience_left(self._patience))
        self._join(write)
        if not write.wake_up.wait(write.patience_left()) and not self._withdraw(write):
            write.wake_up.wait()  # somebody took it along at the last moment
        if write.is_leader:
            self._lead(write)
        if write.failure is not None:
            raise write.failure
        return cast("T", write.result if write.is_committed else self._run_alone(write))

    def _join(self, write: _PendingWrite[S]) -> None:
        with self._lock:
            if self._has_leader:
                self._waiting.append(write)
                return
            self._has_leader = True
        _wake_as_leader(write)

    def _withdraw(self, write: _PendingWrite[S]) -> bool:
        """Whether it still stood in line."""
        with self._lock:
            is_waiting = write in self._waiting
            if is_waiting:
                self._waiting.remove(write)
            return is_waiting

    def _lead(self, own: _PendingWrite[S]) -> None:
        """Do one's own and, now that the database is free, what all others who wait by now have brought."""
        group, all_run = [own], False
        try:
            with self._transaction(own.patience_left()) as run:
                group += self._take_waiting()
                for write in group:
                    write.result = run(write.task)
                all_run = True
            for write in group:
                write.is_committed = True
        except Exception as error:
            if group == [own]:
                raise
            for write in group if all_run else ():  # it was the commit: it may have been kept all the same, so it is not done again
                write.failure = error
        finally:
            self._finish(group)

    def _take_waiting(self) -> list[_PendingWrite[S]]:
        with self._lock:
            writes, self._waiting = list(self._waiting), deque()
        return writes

    def _finish(self, group: list[_PendingWrite[S]]) -> None:
        """Tell the group, and let the next one lead."""
        for write in group:
            write.wake_up.set()
        with self._lock:
            next_leader = self._waiting.popleft() if self._waiting else None
            self._has_leader = next_leader is not None
        if next_leader is not None:
            _wake_as_leader(next_leader)

    def _run_alone(self, write: _PendingWrite[S]) -> Any:
        with self._transaction(write.patience_left()) as run:
            return run(write.task)


def _wake_as_leader(write: _PendingWrite[Any]) -> None:
    write.is_leader = True
    write.wake_up.set()
