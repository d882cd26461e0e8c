"""Faults that tests inject: calls that fail and events that arrive twice.

Either the next calls of a method fail in a chosen way, or all calls about somebody fail while the workspace's clock is within a window.
"""

from __future__ import annotations

import asyncio
import contextlib
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
    """One fault. `seconds` is for LIMIT and SLOW, `error` for REFUSE. With `done` the method still runs."""

    kind: FaultKind
    seconds: float = 0.0
    error: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Weather:
    """A fault that lasts from `since` until `until`. It meets calls of `method` about `whom`, a person or place; "" means all."""

    fault: InjectedFault
    since: datetime
    until: datetime
    method: str = ""
    whom: str = ""

    def meets(self, method: str, args: Json, now: datetime) -> bool:
        """Whether this call fails because of it."""
        subjects = {_person_or_place(id_) for name in SUBJECTS for id_ in str(args.get(name, "")).split(",")}
        is_meant = self.method in ("", method) and (not self.whom or _person_or_place(self.whom) in subjects)
        return is_meant and self.since <= now < self.until


class InjectedFaults:
    """The faults still to come: first those set for a method, in order, then the weather."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[InjectedFault]] = defaultdict(deque)
        self._weather: list[Weather] = []
        self._duplicates = 0
        self._unknown_blocks: set[str] = set()
        self._server_ends = asyncio.Event()

    def limit(self, method: str, *, times: int = 1, retry_after: int = 1) -> None:
        """Answer the next calls with 429: wait `retry_after` seconds."""
        self._add(method, times, InjectedFault(kind=FaultKind.LIMIT, seconds=retry_after))

    def crash(self, method: str, *, times: int = 1) -> None:
        """Answer the next calls with 500 in plain text, and do nothing."""
        self._add(method, times, InjectedFault(kind=FaultKind.CRASH))

    def slow(self, method: str, *, seconds: float, times: int = 1) -> None:
        """Do and answer the next calls only after `seconds` real seconds."""
        self._add(method, times, InjectedFault(kind=FaultKind.SLOW, seconds=seconds))

    def lose(self, method: str, *, times: int = 1) -> None:
        """Do the next calls, but send no answer."""
        self._add(method, times, InjectedFault(kind=FaultKind.LOSE, done=True))

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer the next calls with `error`, and do nothing."""
        self._add(method, times, InjectedFault(kind=FaultKind.REFUSE, error=error))

    def refuse_blocks(self, kind: str) -> None:
        """Refuse all messages with a block of this kind from now on, as a workspace does that lacks it."""
        self._unknown_blocks.add(kind)

    def hold(self, weather: Weather) -> None:
        """Let calls fail while this weather lasts."""
        self._weather.append(weather)

    def duplicate(self, *, times: int = 1) -> None:
        """Deliver the next events twice."""
        self._duplicates += times

    def take(self, method: str) -> InjectedFault | None:
        """Take the fault that was set for the next call of `method`, if any."""
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None

    def meet(self, method: str, args: Json, now: datetime) -> InjectedFault | None:
        """The fault of this call, if any: the one set for its method, else of its blocks, else the weather's."""
        if fault := self.take(method):
            return fault
        if any(f'"type": "{kind}"' in str(args.get("blocks")) for kind in self._unknown_blocks):
            return InjectedFault(kind=FaultKind.REFUSE, error="invalid_blocks")
        return next((weather.fault for weather in self._weather if weather.meets(method, args, now)), None)

    async def wait(self, seconds: float) -> None:
        """Keep a call waiting, but no longer than the server runs."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._server_ends.wait(), seconds)

    def let_wait(self) -> None:
        """The server begins."""
        self._server_ends = asyncio.Event()

    def let_go(self) -> None:
        """The server ends, and nobody waits for what hangs."""
        self._server_ends.set()

    def take_duplicate(self) -> bool:
        """Whether this event is delivered twice; it counts as one of those set."""
        self._duplicates -= (twice := self._duplicates > 0)
        return twice

    def clear(self) -> None:
        """Forget all faults."""
        self._waiting.clear()
        self._weather.clear()
        self._duplicates = 0
        self._unknown_blocks.clear()

    def _add(self, method: str, times: int, fault: InjectedFault) -> None:
        self._waiting[method].extend([fault] * times)


def _person_or_place(id_: str) -> str:
    """An id that is the same for a person and the direct message with them."""
    return f"D{id_[1:]}" if id_.startswith("U") else id_
