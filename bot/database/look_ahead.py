"""Looks whether tasks would change anything, without changing it.

The steps of the clock come again and again, and nearly always find nothing to do. Here they run as ever, one after the other on one moment
of the database and without a lock, until the first that wants to change something: it is stopped there, and is to be run in a transaction
that may write. Those before it have nothing to do, and need not be run.

In doubt a task would change something: whatever cannot be told by reading, and whatever fails, which then fails where it is told of.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Delete, Update, event, literal, select
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData

from bot.database.row_ids import DICE_IN_SESSION

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from typing import Concatenate, ParamSpec

    from sqlalchemy import Connection, Select
    from sqlalchemy.orm import ORMExecuteState, Session

    P = ParamSpec("P")

T = TypeVar("T")
KEPT: Final = "kept in this look"  # the name under which a session carries what it has read already
END: Final = "end of this look"  # the name under which it carries what ends the look


class _WouldChange(Exception):
    """A task wants to change something."""


class _NothingChanged(IteratorResult[Any]):
    """The result of a statement that finds no row to change."""

    rowcount = 0

    def __init__(self) -> None:
        super().__init__(SimpleResultMetaData(()), iter(()))


class LookAhead:
    """Runs tasks in a session that only reads, until one would change something."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._is_over = False
        session.info[KEPT], session.info[END] = {}, self._end
        session.info.pop(DICE_IN_SESSION, None)  # ids that nobody sees must not move those of a rehearsal
        event.listen(session, "do_orm_execute", self._pass_by_nothing)
        event.listen(session.connection(), "before_cursor_execute", self._stop_change)

    def would_change(self, task: Callable[[Session], object]) -> bool:
        """Whether a task would change something, or an earlier one would have."""
        if not self._is_over:
            try:
                task(self.session)
                self.session.flush()
            except Exception:  # noqa: BLE001 - it is run again, and then fails where it is told of
                self._is_over = True
        return self._is_over

    def _pass_by_nothing(self, running: ORMExecuteState) -> _NothingChanged | None:
        """Do in place of a change what it does if no row fits: nothing."""
        statement = running.statement
        if not isinstance(statement, Update | Delete) or not isinstance(running.parameters, dict | None) or statement.whereclause is None:
            return None
        return _NothingChanged() if self.session.scalar(_fitting(statement), running.parameters) is None else None

    def _stop_change(self, _connection: Connection, _cursor: object, statement: str, *_parameters: object) -> None:
        if not statement.lstrip().startswith("SELECT"):
            self._end()

    def _end(self) -> None:
        self._is_over = True  # whoever catches the error has been seen all the same
        raise _WouldChange


def announce_change(session: Session) -> None:
    """Say that a change follows, before what takes long is computed for it: a look ahead ends here."""
    if END in session.info:
        session.info[END]()


@lru_cache(maxsize=64)  # those that are built once, and some that are not
def _fitting(change: Update | Delete) -> Select[int]:
    """Whether a row fits."""
    assert change.whereclause is not None  # noqa: S101 - such are not asked about
    return select(literal(1)).select_from(change.table).where(change.whereclause).limit(1)


def once_in_a_look(read: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """Let a function read only once in a look ahead, where nothing changes. What it returns is shared, so nobody may alter it."""

    @wraps(read)
    def read_once(session: Session, /, *what: P.args, **how: P.kwargs) -> T:
        kept: dict[Hashable, T] | None = session.info.get(KEPT)
        if kept is None:
            return read(session, *what, **how)
        key = read, what, *how.items()
        if key not in kept:
            kept[key] = read(session, *what, **how)
        return kept[key]

    return read_once
