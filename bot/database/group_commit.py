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

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

S = TypeVar("S")
T = TypeVar("T")
Run: TypeAlias = "Callable[[Callable[[S], Any]], Any]"


class _PendingWrite(Generic[S]):
    """What one caller has brought, and what became of it. Neither kept nor failed: it is to be done alone."""

    def __init__(self, task: Callable[[S], Any], patience: float) -> None:
        self.task = task
        self.until = time.monotonic() + patience
        self.called = threading.Event()  # to lead, or to hear what became of it
        self.leads = False
        self.kept = False
        self.result: Any = None
        self.failure: Exception | None = None

    def patience_left(self) -> float:
        """The seconds of patience that are left."""
        return max(0.0, self.until - time.monotonic())


class WriteBatch(Generic[S]):
    """The line of those who wait to write.

    `transaction(patience)` opens one and gives the function that runs a task in it; it commits when its block ends, and keeps nothing if
    the block raises. Who has stood in line for `patience` seconds leaves it and tries alone: whoever is in its way, it is not the line.
    """

    def __init__(self, transaction: Callable[[float], AbstractContextManager[Run[S]]], *, patience: float) -> None:
        self._transaction = transaction
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: deque[_PendingWrite[S]] = deque()
        self._led = False

    def run(self, task: Callable[[S], T]) -> T:
        """Do `task`, together with what others bring; its result, once it is kept. Raises what the task or its commit raises.

        A task may be run twice: what the first run wrote is then gone.
        """
        mine = _PendingWrite(task, self._patience)
        self._join(mine)
        if not mine.called.wait(self._patience) and not self._withdraw(mine):
            mine.called.wait()  # somebody took it along at the last moment
        if mine.leads:
            self._lead(mine)
        if mine.failure is not None:
            raise mine.failure
        return cast("T", mine.result if mine.kept else self._run_alone(mine))

    def _join(self, mine: _PendingWrite[S]) -> None:
        with self._lock:
            if self._led:
                self._waiting.append(mine)
                return
            self._led = True
        _call(mine)

    def _withdraw(self, mine: _PendingWrite[S]) -> bool:
        """Whether it still stood in line."""
        with self._lock:
            there = mine in self._waiting
            if there:
                self._waiting.remove(mine)
            return there

    def _lead(self, mine: _PendingWrite[S]) -> None:
        """Do one's own and, now that the database is free, what all others who wait by now have brought."""
        group, done = [mine], False
        try:
            with self._transaction(mine.patience_left()) as run:
                group += self._take_waiting()
                for each in group:
                    each.result = run(each.task)
                done = True
            for each in group:
                each.kept = True
        except Exception as error:
            if group == [mine]:
                raise
            for each in group if done else ():  # it was the commit: it may have been kept all the same, so it is not done again
                each.failure = error
        finally:
            self._finish(group)

    def _take_waiting(self) -> list[_PendingWrite[S]]:
        with self._lock:
            drawn, self._waiting = list(self._waiting), deque()
        return drawn

    def _finish(self, group: list[_PendingWrite[S]]) -> None:
        """Tell the group, and let the next one lead."""
        for each in group:
            each.called.set()
        with self._lock:
            following = self._waiting.popleft() if self._waiting else None
            self._led = following is not None
        if following is not None:
            _call(following)

    def _run_alone(self, mine: _PendingWrite[S]) -> Any:
        with self._transaction(mine.patience_left()) as run:
            return run(mine.task)


def _call(write: _PendingWrite[Any]) -> None:
    write.leads = True
    write.called.set()
