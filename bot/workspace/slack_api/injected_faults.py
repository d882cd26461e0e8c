"""What should go wrong next, or while a while lasts?

Switches for tests and for the curious. The next calls of a method fail in a chosen way, or all calls do that are about somebody while the
workspace's clock stands within a window; the next events arrive twice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from bot.workspace.block_rules import Json

SUBJECTS: Final = ("channel", "user", "users", "user_id", "usergroup")  # the arguments that say whom a call is about


class FaultKind(StrEnum):
    """How a call goes wrong."""

    LIMIT = "limit"  # 429 with Retry-After
    REFUSE = "refuse"  # ok: false with a chosen error
    SLOW = "slow"  # done as usual, after some real seconds
    CRASH = "crash"  # 500 with a plain text
    LOSE = "lose"  # the connection drops before the answer
    TRUNCATE = "truncate"  # the connection drops in the middle of the answer
    BARE = "bare"  # ok: true, and nothing else
    PAGE = "page"  # a proxy's page instead of an answer
    EMPTY = "empty"  # an answer of no bytes


@dataclass(frozen=True, kw_only=True)
class InjectedFault:
    """One thing that will go wrong. `seconds` for LIMIT and SLOW, `error` for REFUSE. `done`: what was asked for happens all the same."""

    kind: FaultKind
    seconds: float = 0.0
    error: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Weather:
    """A fault that holds from `since` until `until`, for calls of `method` about `whom` (a person or place). "": for all."""

    fault: InjectedFault
    since: datetime
    until: datetime
    method: str = ""
    whom: str = ""

    def meets(self, method: str, args: Json, now: datetime) -> bool:
        """Does a call run into it?"""
        subjects = {_person_or_place(id_) for name in SUBJECTS for id_ in str(args.get(name, "")).split(",")}
        is_meant = self.method in ("", method) and (not self.whom or _person_or_place(self.whom) in subjects)
        return is_meant and self.since <= now < self.until


class InjectedFaults:
    """The faults still to come: by method, first set first met, and after them the weather."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[InjectedFault]] = defaultdict(deque)
        self._weather: list[Weather] = []
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
        self._add(method, times, InjectedFault(kind=FaultKind.LOSE, done=True))

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """The next calls are answered with `error`, and not done."""
        self._add(method, times, InjectedFault(kind=FaultKind.REFUSE, error=error))

    def hold(self, weather: Weather) -> None:
        """Calls fail while this weather holds."""
        self._weather.append(weather)

    def duplicate(self, *, times: int = 1) -> None:
        """The next events are delivered twice."""
        self._duplicates += times

    def take(self, method: str) -> InjectedFault | None:
        """The fault that was set for the next call of `method`, if any; it is then used up."""
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None

    def meet(self, method: str, args: Json, now: datetime) -> InjectedFault | None:
        """The fault this call runs into, if any: one set for it, else the weather's."""
        return self.take(method) or next((weather.fault for weather in self._weather if weather.meets(method, args, now)), None)

    def take_duplicate(self) -> bool:
        """Should this event be delivered twice?"""
        self._duplicates -= (twice := self._duplicates > 0)
        return twice

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self._waiting.clear()
        self._weather.clear()
        self._duplicates = 0

    def _add(self, method: str, times: int, fault: InjectedFault) -> None:
        self._waiting[method].extend([fault] * times)


def _person_or_place(id_: str) -> str:
    """The same for a person and the direct message with them."""
    return f"D{id_[1:]}" if id_.startswith("U") else id_
