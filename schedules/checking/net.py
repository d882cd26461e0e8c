"""The net under every file: whatever the check itself raises is a fault, at the narrowest place that causes it.

Nobody meant such an error: the log has it, with its places, once.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Final

from bot.errors import ProgrammeFaults
from schedules.checking.fault_messages import WrongKind
from schedules.checking.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.errors import Fault
    from schedules.checking.source import KeyPath

log = logging.getLogger(__name__)  # the plain one: to check a file, nothing else of the log is loaded

LONGEST_SEARCHED: Final = 100_000  # characters of a text that is read again and again to find where the reader stumbles
STUMBLES: Final[set[tuple[str, str]]] = set()  # those that are logged
OF_THE_READER: Final = "ruamel"  # what the YAML reader stumbles over is no fault of ours
MOST_TRIES: Final = 100  # values that are hidden from a rule to find the one that it stumbles over


@dataclass(frozen=True, kw_only=True)
class _Watched(SourceFile):
    """A file that notes which values are looked at, and hides one of them."""

    hidden: KeyPath | None = None
    looked_at: list[KeyPath] = field(default_factory=list)

    def get(self, *path: str | int) -> object:
        """The value at `path`, unless it is hidden."""
        self.looked_at.append(path)
        return None if path == self.hidden else super().get(*path)


def where_it_stumbles(text: str, error: Exception, read: Callable[[str], object]) -> tuple[int, int]:
    """The line and column of the first sign that makes `read` stumble: no shorter text raises such an error."""
    if OF_THE_READER not in extract_tb(error.__traceback__)[-1].filename:
        log_stumble(error)
    log.info("the reader of a programme file stumbles: the file has a fault there", extra={"error": type(error).__name__})

    def stumbles(end: int) -> bool:
        try:
            read(text[:end])
        except Exception as found:  # noqa: BLE001 - any other error only says that the text ends too early
            return type(found) is type(error)
        return False

    end = bisect_left(range(len(text)), True, key=stumbles) if len(text) < LONGEST_SEARCHED else 1  # noqa: FBT003 - what is looked for
    before = text[: max(0, end - 1)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def log_stumble(error: Exception) -> None:
    """Log once in each process what the check itself has raised: kind and places, never what a file says."""
    places = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__))
    kind = type(error).__name__
    if (kind, places) not in STUMBLES:
        STUMBLES.add((kind, places))
        log.error("the check of a programme file stumbles: the file has a fault there", extra={"error": kind, "place": places})


@contextmanager
def stumbles_as_faults(source: SourceFile, at: KeyPath) -> Iterator[None]:
    """Within this block whatever stumbles is a fault of the file, at this path."""
    try:
        yield
    except ProgrammeFaults:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it came from this file
        log_stumble(error)
        raise ProgrammeFaults([source.fault(source.value_at(at), WrongKind.CHECK_STUMBLES)]) from None


def faults_by(rules: Iterable[Callable[[SourceFile], Iterable[Fault]]], source: SourceFile) -> Iterator[Fault]:
    """The faults that rules find. Each is tried by itself: one that stumbles hides nothing that the others find."""
    for rule in rules:
        try:
            yield from rule(source)
        except ProgrammeFaults as error:
            yield from error.faults
        except Exception as error:  # noqa: BLE001 - whatever it is, it came from this file
            log_stumble(error)
            yield source.fault(source.value_at(_stumbling_block(rule, source)), WrongKind.CHECK_STUMBLES)


def _stumbling_block(rule: Callable[[SourceFile], Iterable[Fault]], source: SourceFile) -> KeyPath:
    """The path of the value without which a rule does not stumble: the innermost there is, else what it looked at last."""
    watched = _Watched(**vars(source))
    _stumbles(rule, watched)
    paths = sorted(dict.fromkeys(reversed(watched.looked_at)), key=len, reverse=True)
    hidden = (path for path in paths[:MOST_TRIES] if not _stumbles(rule, _Watched(**vars(source), hidden=path)))
    return next(hidden, watched.looked_at[-1] if watched.looked_at else ())


def _stumbles(rule: Callable[[SourceFile], Iterable[Fault]], source: SourceFile) -> bool:
    try:
        for _ in rule(source):
            pass
    except ProgrammeFaults:
        return False
    except Exception:  # noqa: BLE001 - it is logged already
        return True
    return False
