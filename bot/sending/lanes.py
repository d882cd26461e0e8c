"""The lanes of delivery, and whether messages may go on them now.

A refusal belongs to what caused it. A rate limit is a method's: nothing is posted, or nothing changed, until the wait the platform asked
for is over; when it comes again from one conversation while others are taken, it is that conversation's alone. A refusal about us
(`OutOfService`) stops a lane, and so does the same no, or no answer at all, to three different conversations in a row: every few minutes
one message is tried, each time another, and the first that is taken opens the lane again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import structlog

from bot.dialogue.outbox import KINDS_THAT_CHANGE
from bot.failures import SAID

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clock import Clock
    from bot.models import OutboxMessage

REFUSED_IN_A_ROW: Final = 3  # different conversations that get the same definite no before it is taken to be about us
FIRST_PAUSE: Final = timedelta(seconds=15)  # doubled each time
REFUSED_VARIOUSLY: Final = 6  # likewise, if they get various ones
FORGET_AFTER: Final = timedelta(hours=1)  # an earlier refusal has nothing to do with this one
MOST_FOR_ONE: Final = timedelta(minutes=1)  # a longer wait may be meant for the one conversation: then another is tried
WORTH_TELLING: Final = timedelta(seconds=10)  # shorter waits belong to sending fast, and their number would tell of how much was sent
LONGEST_PAUSE: Final = timedelta(minutes=15)
log = structlog.get_logger(__name__)


class Lane(StrEnum):
    """What is refused or limited together."""

    PEOPLE = "people"  # direct messages
    CHANNELS = "channels"  # messages posted in channels
    CHANGES = "changes"  # changes of messages that stand


POSTING: Final = (Lane.PEOPLE, Lane.CHANNELS)  # one method of the platform, so one rate limit


def lane_of(message: OutboxMessage) -> Lane:
    """The lane of a message."""
    if message.kind in KINDS_THAT_CHANGE:
        return Lane.CHANGES
    return Lane.CHANNELS if message.person_id is None else Lane.PEOPLE


@dataclass(frozen=True, kw_only=True)
class Standstill:
    """The platform has taken nothing on a lane since a moment, though it was tried more than once."""

    since: datetime
    reason: str


@dataclass(kw_only=True)
class _State:
    """The state of one lane."""

    paused_at: datetime | None = None
    pause: timedelta = timedelta()
    since: datetime | None = None  # of the first refusal or limit after which nothing was taken
    reason: str = ""
    refused: set[str] = field(default_factory=set)  # the conversations that got it in a row
    in_a_row: set[str] = field(default_factory=set)  # those that got this or another refusal
    refused_at: datetime | None = None  # the last time
    trials: int = 0  # pauses in a row because of a refusal about us
    limits: int = 0  # pauses in a row because of a rate limit
    limited: str | None = None  # the conversation that was limited last, until another kind of answer comes from it
    others_taken: bool = False  # whether another conversation has been written to since


class Lanes:
    """The lanes of one workspace. One thread delivers; others may only ask for `standstills`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._states = {lane: _State() for lane in Lane}
        self.rate_limits = 0  # pauses worth telling that a limit began

    def open(self) -> frozenset[Lane]:
        """The lanes that are not paused now."""
        return frozenset(lane for lane in Lane if self._end_of_pause(self._states[lane]) is None)

    def next_opening(self) -> datetime | None:
        """The moment at which the first paused lane opens; None if none is paused."""
        return min((end for state in self._states.values() if (end := self._end_of_pause(state)) is not None), default=None)

    def is_on_trial(self, lane: Lane) -> bool:
        """Whether one message is to be tried before the rest of its lane: the platform refused us as a whole."""
        return self._states[lane].trials > 0

    def standstills(self) -> dict[str, Standstill]:
        """The lanes that stand still, though they were tried again."""
        return {
            lane.value: Standstill(since=state.since, reason=state.reason)
            for lane, state in self._states.items()
            if state.since is not None and (state.trials or state.limits > 1)
        }

    def take(self, lane: Lane, address: str) -> None:
        """Note that the platform has taken a message to `address`.

        All lanes that stood still for the same reason as this one go on.
        """
        state = self._states[lane]
        if state.limits and self._end_of_pause(state) is not None:
            return  # it was under way when the platform asked us to wait
        for other in Lane:
            if state.trials and self._states[other].trials and self._states[other].reason == state.reason:
                self._go_on(other)
        limited = state.limited if address != state.limited else None
        self._states[lane] = _State(limited=limited, others_taken=limited is not None)
        for other_lane in POSTING if lane in POSTING else ():
            self._forget_limit(self._states[other_lane])

    def _forget_limit(self, state: _State) -> None:
        """End a lane's limit, which is its method's: once one lane can post, both can."""
        if state.limits and self._end_of_pause(state) is None:
            state.limits, state.since = 0, state.since if state.refused else None

    def _go_on(self, lane: Lane) -> None:
        state = self._states[lane]
        if state.since is not None:
            log.info("sending goes on", lane=lane.value, seconds=round((self._clock.now() - state.since).total_seconds()))
        self._states[lane] = _State()

    def refuse(self, lane: Lane, address: str, reason: str, *, is_about_us: bool) -> None:
        """Note a refusal of a message to `address`, or no answer; pause the lane if it is about us."""
        state = self._states[lane]
        now = self._clock.now()
        if not state.trials and state.refused_at is not None and not timedelta() <= now - state.refused_at < FORGET_AFTER:
            state = self._states[lane] = _State()
        if reason != state.reason:
            state.refused = set()
            state.trials = state.trials if is_about_us or len(state.in_a_row) >= REFUSED_VARIOUSLY else 0
        state.since, state.reason, state.refused_at = state.since or now, reason, now
        state.refused.add(address)
        state.in_a_row.add(address)
        is_of_all = len(state.refused) >= REFUSED_IN_A_ROW or len(state.in_a_row) >= REFUSED_VARIOUSLY
        if is_about_us or state.trials or is_of_all:
            state.trials += 1
            self._pause(lane, min(FIRST_PAUSE * 2 ** min(state.trials - 1, 9), LONGEST_PAUSE), first=state.trials == 1)

    def limit(self, lane: Lane, address: str, reason: str, after: float) -> bool:
        """Note a rate limit on a message to `address`; whether it is for the whole method, which is then paused."""
        state, now = self._states[lane], self._clock.now()
        if state.limited == address and state.others_taken:
            return False
        is_of_all, is_new = state.limited not in {None, address}, not state.limits
        wait = timedelta(seconds=after) if is_of_all else min(timedelta(seconds=after), MOST_FOR_ONE)
        for limited_lane in POSTING if lane in POSTING else (lane,):
            limited_state = self._states[limited_lane]
            limited_state.since, limited_state.reason = limited_state.since or now, reason
            limited_state.limits += 1
            longest = max(wait, (self._end_of_pause(limited_state) or now) - now)  # of the calls that were under way
            self._pause(limited_lane, longest, first=limited_state.limits == 1)
        self.rate_limits += is_new and wait >= WORTH_TELLING
        state.limited, state.others_taken = address, False
        return True

    def _pause(self, lane: Lane, length: timedelta, *, first: bool) -> None:
        state = self._states[lane]
        state.paused_at, state.pause = self._clock.now(), length
        if first and length >= WORTH_TELLING and SAID.is_due("paused", lane, state.reason):
            log.info("sending is paused", lane=lane.value, seconds=round(length.total_seconds()), reason=state.reason)

    def _end_of_pause(self, state: _State) -> datetime | None:
        """The end of a pause. If the clock was set back, the pause begins anew rather than growing by the jump."""
        if state.paused_at is None:
            return None
        now = self._clock.now()
        state.paused_at = min(state.paused_at, now)
        if now >= state.paused_at + state.pause:
            state.paused_at = None
            return None
        return state.paused_at + state.pause
