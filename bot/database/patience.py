"""The budget of seconds that one person's act may wait for the database.

An act waits in several places: for its turn among the writers of this process, and for other programs that hold the database; and it may
first write and then read. All of it comes out of one budget, or people would read the platform's own sentence instead of ours. A budget
belongs to a thread.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 2.0  # seconds; waiting, commit and acknowledgement together must fit in the platform's 3 s


class _Budget(threading.local):
    until: float | None = None
    is_at_leisure = False
    patience: float | None = None


_budget: Final = _Budget()


@contextmanager
def one_budget(seconds: float | None = None) -> Iterator[None]:
    """All waiting in this block together takes at most so long, or as long as an outer budget leaves."""
    outer = _budget.until
    _budget.until = time.monotonic() + patience_left(seconds)
    try:
        yield
    finally:
        _budget.until = outer


def patience_left(most: float | None = None) -> float:
    """The seconds that this thread may still wait: what is left of its budget, and at most `most` (else PATIENCE)."""
    most = next((seconds for seconds in (most, _budget.patience) if seconds is not None), PATIENCE)
    return most if _budget.until is None else min(most, max(0.0, _budget.until - time.monotonic()))


@contextmanager
def at_leisure(patience: float | None = None) -> Iterator[None]:
    """In this block nobody waits for an answer, unless there is a budget: a longer step of the clock.

    `patience`: how long it may wait for other programs; None: as long as before.
    """
    outer = _budget.is_at_leisure, _budget.patience
    _budget.is_at_leisure, _budget.patience = True, _budget.patience if patience is None else patience
    try:
        yield
    finally:
        _budget.is_at_leisure, _budget.patience = outer


def has_budget() -> bool:
    """Whether a person waits for what this thread does."""
    return _budget.until is not None


def is_hurried() -> bool:
    """Whether somebody may wait for what this thread writes: a person, or those who share its transaction."""
    return has_budget() or not _budget.is_at_leisure
