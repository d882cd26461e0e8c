"""What fails again and again, since when, and how does the log say so without filling the disk?

Who tries something again and again does it in `watch`: what goes wrong in there is noted, and goes no further. The first failure is logged
with its places; then nothing until it is over, or an hour has passed, and then one line with the count. A database that cannot be read or
written is one fault, whoever comes across it.
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
IN_A_ROW: Final = 3  # so many failures are no slip


@dataclass(kw_only=True)
class Failing:
    """Something that has failed each time since it last went well. `name` is its own, DATABASE or DATABASE_GONE."""

    name: str
    since: datetime
    times: int = 0
    is_unsure: bool = False  # no answer came, so far


@dataclass(kw_only=True)
class _Voice:
    """What the log has said of one fault: when, how often it has come since it was last over, whether that was said."""

    logged_at: float
    times: int = 0
    is_said: bool = True


class Failures:
    """What fails in one process. `now` gives the moment that people are told, `monotonic` seconds that only go forward. Thread safe."""

    def __init__(self, now: Callable[[], datetime], *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now, self._monotonic = now, monotonic
        self._failing: dict[tuple[str, str], Failing] = {}
        self._voices: dict[tuple[str, str], _Voice] = {}  # by name and kind of error
        self._lock = threading.Lock()

    @contextmanager
    def watch(self, name: str, of: str = "") -> Iterator[None]:
        """What goes wrong in this block is noted as a failure of `name`, and what goes well ends it. `of` tells apart those of one name."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, the next one must have its turn
            self._note_failure((name, of), error)
        else:
            self._note_success((name, of))

    def standing(self) -> list[Failing]:
        """All that fails now, once a name: since the first, and as often as the most frequent."""
        found: dict[str, Failing] = {}
        with self._lock:
            for failing in self._failing.values():
                other = found.get(failing.name, failing)
                since, times = min(failing.since, other.since), max(failing.times, other.times)
                found[failing.name] = replace(failing, since=since, times=times, is_unsure=failing.is_unsure and other.is_unsure)
        return list(found.values())

    def forget(self) -> None:
        """Begin anew: nothing fails, and nothing has been said of it."""
        with self._lock:
            self._failing.clear()
            self._voices.clear()

    def _note_failure(self, source: tuple[str, str], error: Exception) -> None:
        name = _fault_of_the_database(error) or source[0]
        with self._lock:
            failing = self._failing.get(source)
            if failing is None or failing.name != name:
                failing = self._failing[source] = Failing(name=name, since=self._now(), is_unsure=True)
            failing.times += 1
            failing.is_unsure = failing.is_unsure and isinstance(error, Unsure)
            self._speak(name, source[0], error)

    def _note_success(self, source: tuple[str, str]) -> None:
        with self._lock:
            ended = self._failing.pop(source, None)
            if ended is not None and all(failing.name != ended.name for failing in self._failing.values()):
                self._speak_of_end(ended.name)

    def _speak(self, name: str, during: str, error: Exception) -> None:
        key, now = (name, type(error).__name__), self._monotonic()
        voice = self._voices.setdefault(key, _Voice(logged_at=now - AN_HOUR))
        voice.times += 1
        if now - voice.logged_at < AN_HOUR:
            return
        voice.logged_at, voice.is_said = now, True
        if voice.times > 1:
            log.error("still fails", what=name, kind=key[1], times=voice.times)
        elif isinstance(error, Unsure):
            log.warning("no answer came; it is tried again", what=name, why=str(error))
        else:
            log.error("failed; it is tried again, and until it is over only counted", what=name, during=during, exc_info=error)

    def _speak_of_end(self, name: str) -> None:
        """What comes and goes all the time is said to be over once an hour; what has lasted, each time."""
        for (of_name, kind), voice in self._voices.items():
            if of_name == name and voice.times:
                if voice.is_said or voice.times >= IN_A_ROW:
                    log.info("works again", what=name, kind=kind, failures=voice.times)
                voice.times, voice.is_said = 0, False


def _fault_of_the_database(error: Exception) -> str | None:
    """The name of its fault if the database is locked, full, broken or gone. A broken rule or a wrong statement is a fault of its own."""
    if isinstance(error, DatabaseGone):
        return DATABASE_GONE
    return DATABASE if type(error) in {DatabaseError, OperationalError} else None


class OnceAnHour:
    """Whether the log is to say something now. What comes from single people's acts must not be counted by its lines."""

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
        """Begin anew."""
        self._said_at.clear()


SAID: Final = OnceAnHour()  # by this process
