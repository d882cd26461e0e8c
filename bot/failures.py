"""Counts what fails again and again, and logs it without filling the disk.

Code that is tried again and again runs in `watch`, which notes an error and lets it go no further. The first failure is logged with its
places; after that only one line with the count, when it is over or an hour has passed. A database that cannot be read or written is one
fault, wherever it shows.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.errors import DatabaseGone, Unsure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

log = structlog.get_logger(__name__)

DATABASE, DATABASE_GONE = "database", "database_gone"
DELIVERY: Final = "delivery"
AN_HOUR: Final = 3600.0  # seconds
IN_A_ROW: Final = 3  # failures; fewer may be chance


@dataclass(kw_only=True)
class Failing:
    """Something that has failed each time since it last went well. The database's own names are DATABASE and DATABASE_GONE."""

    name: str
    since: datetime
    times: int = 0
    is_unsure: bool = False  # so far, each time no answer came


@dataclass(kw_only=True)
class _LogState:
    """When the log last mentioned a fault, how often the fault came since it was over, and whether the log said so."""

    logged_at: float
    times: int = 0
    is_said: bool = True


class Failures:
    """Everything that fails in one process. Thread safe.

    `now` gives the moment that people are told, `monotonic` seconds that only go forward.
    """

    def __init__(self, now: Callable[[], datetime], *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now, self._monotonic = now, monotonic
        self._failing: dict[tuple[str, str], Failing] = {}
        self._log_states: dict[tuple[str, str], _LogState] = {}  # by name and kind of error
        self._lock = threading.Lock()

    @contextmanager
    def watch(self, name: str, of: str = "") -> Iterator[None]:
        """Note an error in this block as a failure of `name`, and its success as the end of that.

        `of` tells apart several things with one name.
        """
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, the next one must have its turn
            self._note_failure((name, of), error)
        else:
            with self._lock:
                ended = self._failing.pop((name, of), None)
                if ended is not None and all(failing.name != ended.name for failing in self._failing.values()):
                    self._log_end(ended.name)

    def standing(self) -> list[Failing]:
        """What fails now, once for each name: since the earliest failure, with the highest count."""
        found: dict[str, Failing] = {}
        with self._lock:
            for failing in self._failing.values():
                other = found.get(failing.name, failing)
                since, times = min(failing.since, other.since), max(failing.times, other.times)
                found[failing.name] = replace(failing, since=since, times=times, is_unsure=failing.is_unsure and other.is_unsure)
        return list(found.values())

    def forget(self) -> None:
        """Forget all failures, and what was logged of them."""
        with self._lock:
            self._failing.clear()
            self._log_states.clear()

    def _note_failure(self, source: tuple[str, str], error: Exception) -> None:
        if isinstance(error, DatabaseGone):
            name = DATABASE_GONE
        else:  # a locked, full or broken database; a wrong statement is another error
            name = DATABASE if type(error) in {DatabaseError, OperationalError} else source[0]
        with self._lock:
            failing = self._failing.get(source)
            if failing is None or failing.name != name:
                failing = self._failing[source] = Failing(name=name, since=self._now(), is_unsure=True)
            failing.times += 1
            failing.is_unsure = failing.is_unsure and isinstance(error, Unsure)
            self._log_failure(name, source[0], error)

    def _log_failure(self, name: str, during: str, error: Exception) -> None:
        key, now = (name, type(error).__name__), self._monotonic()
        state = self._log_states.setdefault(key, _LogState(logged_at=now - AN_HOUR))
        state.times += 1
        if now - state.logged_at < AN_HOUR:
            return
        state.logged_at, state.is_said = now, True
        if state.times > 1:
            log.error("still fails", fault=name, error=key[1], count=state.times)
        elif isinstance(error, Unsure):
            log.warning("no answer came; it is tried again", fault=name, reason=str(error))
        else:
            log.error("failed; it is tried again, and until it is over only counted", fault=name, task=during, exc_info=error)

    def _log_end(self, name: str) -> None:
        """Log that a fault is over: each time if it has lasted, but once an hour if it comes and goes all the time."""
        for (of_name, kind), state in self._log_states.items():
            if of_name == name and state.times:
                if state.is_said or state.times >= IN_A_ROW:
                    log.info("works again", fault=name, error=kind, count=state.times)
                state.times, state.is_said = 0, False


class OnceAnHour:
    """Lets the log say something at most once an hour, so that its lines do not count single people's acts."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._said_at: dict[tuple[str, ...], float] = {}

    def is_due(self, *what: str) -> bool:
        """True the first time for these words, and again when an hour has passed since."""
        now = self._monotonic()
        if now - self._said_at.get(what, now - AN_HOUR) < AN_HOUR:
            return False
        self._said_at[what] = now
        return True

    def forget(self) -> None:
        """Forget what the log has said, so that all of it may be said again."""
        self._said_at.clear()


SAID: Final = OnceAnHour()  # for the whole process
