"""What should go wrong next?

Switches for tests and for the curious: the next calls of a method fail in a chosen way, the next events arrive twice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """How a call goes wrong."""

    LIMIT = "limit"  # 429 with Retry-After
    CRASH = "crash"  # 500 with a plain text
    SLOW = "slow"  # done as usual, after some real seconds
    LOSE = "lose"  # done, but the connection drops before the answer
    REFUSE = "refuse"  # ok: false with a chosen error


@dataclass(frozen=True, kw_only=True)
class InjectedFault:
    """One thing that will go wrong. `seconds` for LIMIT and SLOW, `error` for REFUSE."""

    kind: FaultKind
    seconds: float = 0.0
    error: str = ""


class InjectedFaults:
    """The faults still to come, by method, first set first met."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[InjectedFault]] = defaultdict(deque)
        self._duplicates = 0

    def limit(self, method: str, *, times: int = 1, retry_after: int = 1) -> None:
        """The next calls are answered 429: wait `retry_after` seconds."""
        self._add(method, times, InjectedFault(kind=FaultKind.LIMIT, seconds=retry_after))

    def crash(self, method: str, *, times: int = 1) -> None:
        """The next calls are answered 500 in plain text, and not done."""
        self._add(method, times, InjectedFault(kind=FaultKind.CRASH))

    def slow(self, method: str, *, seconds: float, times: int = 1) -> None:
        """The next calls are done and answered only after `seconds` real seconds."""
        self._add(method, times, InjectedFault(kind=FaultKind.SLOW, seconds=seconds))

    def lose(self, method: str, *, times: int = 1) -> None:
        """The next calls are done, but no answer comes."""
        self._add(method, times, InjectedFault(kind=FaultKind.LOSE))

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """The next calls are answered with `error`, and not done."""
        self._add(method, times, InjectedFault(kind=FaultKind.REFUSE, error=error))

    def duplicate(self, *, times: int = 1) -> None:
        """The next events are delivered twice."""
        self._duplicates += times

    def take(self, method: str) -> InjectedFault | None:
        """The fault this call of `method` meets, if any; it is then used up."""
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None

    def take_duplicate(self) -> bool:
        """Should this event be delivered twice?"""
        self._duplicates -= (twice := self._duplicates > 0)
        return twice

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self._waiting.clear()
        self._duplicates = 0

    def _add(self, method: str, times: int, fault: InjectedFault) -> None:
        self._waiting[method].extend([fault] * times)
