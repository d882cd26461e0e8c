"""Delivers every message that has fallen due exactly once, whatever breaks.

It works in turns. A turn is one transaction: it records the outcomes of the calls that have ended, proves that the lease is still ours,
and claims more messages, at most twenty at a time. Between two turns the claimed messages are handed over, no faster than the pace allows.
Up to ten calls are in flight at once, so that a platform that answers slowly gets no fewer messages; but never two to one conversation.
Wherever a process is killed, the next one finds each message either untouched or `sending`. It looks for those that are `sending` before
it sends them again.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import structlog

from bot.models import MessageKind, MessageState
from bot.sending.claim import GROUP_SIZE, claim, earliest_of, is_anything_due, mark_orphans_unknown, next_moments, retry_failed
from bot.sending.follow_up import follow_up
from bot.sending.lanes import Lane, Lanes, lane_of
from bot.sending.outcomes import Doubt, Ended, NotCalled, PutOff, Refused, Sent, Why
from bot.sending.platform_calls import check_channel, look_for, outcome_without_answer, post
from bot.sending.record_outcomes import Record, record_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.clock import Clock
    from bot.database.unit_of_work import Glance, Write
    from bot.models import OutboxMessage
    from bot.seam.platform import Platform
    from bot.sending.claim import NextMoments
    from bot.sending.hooks import DialogueHooks
    from bot.sending.lanes import Standstill
    from bot.sending.lease import Lease
    from bot.sending.outcomes import Outcome, Parcel
    from bot.sending.pace import Pace

CALLS_IN_FLIGHT = 10  # at most; a call takes up to some hundred milliseconds of waiting
log = structlog.get_logger(__name__)
LOOK_EVERY = 0.5  # seconds between two looks at calls that are not answered
QUICK = 0.02  # seconds: a shorter call did not have to wait for anybody
CALLS_IN_FLIGHT_IF_QUICK = 3  # more threads would only get in each other's way


class Step(StrEnum):
    """The places where a crash makes a difference; fault tests are told of each."""

    TURNING = "turning"  # before the commit that records one group and claims the next
    TURNED = "turned"  # after it
    CALLED = "called"  # the platform has answered, nothing is written down yet


def _watch_nothing(step: Step) -> None:
    """Tell nobody of the step: only fault tests watch."""


def _note_nothing() -> None:
    """Note no sign of life."""


class Delivery:
    """Delivers one workspace's outbox. `write` and `glance` are the database's; `watch` is told of each step.

    `note_life` is called whenever a piece of the work is done, also in a long fan-out, and in each turn that finds nothing to do.

    `calls_in_flight`: how many calls may wait for their answers at once. 1: they are made in the caller's own thread, one after the other.
    """

    def __init__(  # noqa: PLR0913 - these are the things delivery stands between
        self,
        *,
        write: Write,
        glance: Glance,
        platform: Platform,
        hooks: DialogueHooks,
        clock: Clock,
        pace: Pace,
        lease: Lease,
        calls_in_flight: int = 1,
        watch: Callable[[Step], None] = _watch_nothing,
        note_life: Callable[[], None] = _note_nothing,
    ) -> None:
        self._write = write
        self._glance = glance
        self._platform = platform
        self._hooks = hooks
        self._clock = clock
        self._pace = pace
        self._lease = lease
        self._watch, self._note_life = watch, note_life
        self._lanes = Lanes(clock)
        self._unrecorded: list[Record] = []
        self._turn_lock = threading.Lock()
        self._calls_in_flight = calls_in_flight
        self._pool = ThreadPoolExecutor(calls_in_flight, thread_name_prefix="delivery") if calls_in_flight > 1 else None
        self._in_flight: dict[Future[Outcome], _Call] = {}
        self._seconds_of_last_call = QUICK
        self._has_retried_failed = False
        self._are_calls_given_up = False

    def deliver(self, stop: threading.Event | None = None) -> int:
        """Send what has fallen due, until `stop` is set. Returns how many messages were sent, or found to be sent already.

        Call it on every beat, at least every 5 s: it also keeps the lease. Does nothing while another process holds the lease.
        """
        stop = stop or threading.Event()
        with self._turn_lock:
            sent = 0
            self._note_life()
            has_lease = self._lease.keep()
            if self._unrecorded or (has_lease and self._trusts_the_clock() and (not self._has_retried_failed or self._is_anything_due())):
                try:
                    parcels = self._take_turn(stop, first=True)
                    while parcels or self._in_flight:
                        sent += self._hand_over(parcels, stop)
                        parcels = self._take_turn(stop)
                finally:
                    self._collect_outcomes(self._in_flight)
            return sent

    def give_up_calls(self) -> None:
        """Wait no longer for the calls under way: what they do is unknown. Another thread may say so, and `stop` must be set."""
        self._are_calls_given_up = True

    def next_moment(self) -> datetime | None:
        """The next moment at which there may be something to do; None: only held messages wait.

        While lanes are paused, a message that is due already counts from the moment at which the first of them opens.
        """
        moments = self._read_next_moments()
        opening = self._lanes.next_opening()
        if opening is None or moments.pending is None:
            return earliest_of(moments.pending, moments.doubtful)
        return earliest_of(moments.pending_later, max(moments.pending, opening), moments.doubtful)

    def standstills(self) -> Mapping[str, Standstill]:
        """The lanes (`people`, `channels`, `changes`) on which the platform takes nothing any more: since when, and why."""
        return self._lanes.standstills()

    def rate_limits(self) -> int:
        """How often the platform has asked for a longer pause since the start."""
        return self._lanes.rate_limits

    def _read_next_moments(self) -> NextMoments:
        return self._glance(lambda session: next_moments(session, self._clock.now()))

    def _is_anything_due(self) -> bool:
        moments, now = self._read_next_moments(), self._clock.now()
        moment = earliest_of(moments.pending, moments.held, moments.doubtful)
        if moment is None or moment > now:
            return False
        lanes = self._lanes.open()
        if len(lanes) == len(Lane) or (moments.doubtful is not None and moments.doubtful <= now):
            return True
        return self._glance(lambda session: is_anything_due(session, now, lanes))

    def _trusts_the_clock(self) -> bool:
        """Whether the clock is believed. A machine that wakes up may be days late with what it was about to send."""
        doubt = self._clock.doubt()
        return doubt is None or not doubt.is_open

    def _take_turn(self, stop: threading.Event, *, first: bool = False) -> list[Parcel]:
        """Record the outcomes of the calls and claim more messages. If the commit fails, the next turn tries both again."""
        now = self._clock.now()
        self._note_life()

        def record_and_claim(session: Session) -> tuple[int, bool, list[Parcel]]:
            recorded = record_outcomes(session, self._unrecorded)
            follow_up(session, now, self._hooks, recorded)
            is_ours = self._lease.prove(session)
            if first and is_ours:
                mark_orphans_unknown(session, now)
                if not self._has_retried_failed:
                    retry_failed(session, now)
            may_claim = is_ours and not stop.is_set() and self._trusts_the_clock()
            parcels = self._claim_next(session, now) if may_claim else []
            self._watch(Step.TURNING)
            return len(recorded), is_ours, parcels

        recorded, is_ours, parcels = self._write(record_and_claim, alone=True)
        if recorded < len(self._unrecorded):
            log.warning("what came of some messages was not recorded: they have changed meanwhile")
        self._has_retried_failed |= first and is_ours
        self._unrecorded = []
        self._watch(Step.TURNED)
        return parcels

    def _claim_next(self, session: Session, now: datetime) -> list[Parcel]:
        under_way = [begun.parcel.message.id for begun in self._in_flight.values()]
        lease, most = self._lease.number or 0, GROUP_SIZE - len(under_way)
        return claim(session, now, self._hooks, lease=lease, lanes=self._lanes.open(), under_way=under_way, most=most)

    def _hand_over(self, parcels: list[Parcel], stop: threading.Event) -> int:
        """Begin the calls of these parcels, and wait until at most half as many as may be are in flight. Without parcels, wait for all.

        Returns how many messages were sent, or found to be sent already.
        """
        before = len(self._unrecorded)
        for parcel in parcels:
            self._begin_call(parcel, stop)
        self._wait_for_room(self._most_in_flight() // 2 if parcels else 0)
        return sum(record.is_sent for record in self._unrecorded[before:])

    def _most_in_flight(self) -> int:
        return min(self._calls_in_flight, CALLS_IN_FLIGHT_IF_QUICK if self._seconds_of_last_call < QUICK else CALLS_IN_FLIGHT)

    def _wait_for_room(self, most: int) -> None:
        """Wait until at most `most` calls are in flight. The lease is kept, so that a long wait does not look like a crash."""
        while len(self._in_flight) > most:
            if not wait(self._in_flight, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED).done:
                self._lease.keep()
            self._collect_outcomes(self._calls_done())

    def _begin_call(self, parcel: Parcel, stop: threading.Event) -> None:
        if parcel.meaning is None and stop.is_set():
            return
        lane, address = lane_of(parcel.message), parcel.message.address
        self._collect_outcomes([call for call, begun in self._in_flight.items() if begun.parcel.message.address == address])
        self._collect_outcomes(self._calls_done())
        self._wait_for_room(self._most_in_flight() - 1)
        outcome = None if parcel.meaning is None else self._obstacle(parcel.message, lane, stop)
        began_at = self._clock.now()
        if outcome is not None:
            self._record(parcel, outcome)
            return
        call: Future[Outcome] = Future()
        if self._pool is not None:
            call = self._pool.submit(self._call_platform, parcel)
        else:
            call.set_result(self._call_platform(parcel))
        self._in_flight[call] = _Call(parcel=parcel, began_at=began_at)
        if self._pool is None or (parcel.meaning is not None and self._lanes.is_on_trial(lane)):
            self._collect_outcomes([call])

    def _obstacle(self, message: OutboxMessage, lane: Lane, stop: threading.Event) -> Outcome | None:
        """Wait until the pace allows the message. Returns what has come up since the claim and stops it; None: nothing."""
        if lane not in self._lanes.open():
            return NotCalled()
        self._pace.wait(message.address, stop)
        if stop.is_set() or not self._lease.keep() or not self._trusts_the_clock():
            return NotCalled()
        if message.expires_at is not None and message.expires_at <= self._clock.now():
            return Ended(reason=message.reason or Why.EXPIRED, state=MessageState.MISSED)
        return NotCalled() if self._glance(lambda session: self._hooks.is_held_back(session, message)) else None

    def _call_platform(self, parcel: Parcel) -> Outcome:
        """Make the call, in the caller's thread or one of the pool's."""
        began_at = time.perf_counter()
        try:
            return self._say_or_look(parcel)
        finally:
            self._seconds_of_last_call = time.perf_counter() - began_at

    def _say_or_look(self, parcel: Parcel) -> Outcome:
        if parcel.meaning is None:
            return look_for(self._platform, parcel.message)
        obstacle = check_channel(self._platform, parcel.message, self._hooks) if parcel.message.kind is MessageKind.DIGEST else None
        if obstacle is not None:
            return obstacle
        outcome = post(self._platform, parcel.message, parcel.meaning)
        self._watch(Step.CALLED)
        return outcome

    def _calls_done(self) -> list[Future[Outcome]]:
        return [call for call in self._in_flight if call.done() or self._are_calls_given_up]

    def _collect_outcomes(self, calls: Collection[Future[Outcome]]) -> None:
        """Wait for these calls, keep their outcomes, and learn how fast and to whom we may send."""
        while wait(calls, timeout=LOOK_EVERY).not_done and not self._are_calls_given_up:
            pass
        for call in list(calls):
            begun = self._in_flight.pop(call)
            self._note_life()
            if not call.done():
                self._record(begun.parcel, outcome_without_answer(begun.parcel))
                continue
            self._learn(begun, call.result())
            self._record(begun.parcel, call.result())

    def _learn(self, begun: _Call, outcome: Outcome) -> None:
        message = begun.parcel.message
        lane, address = lane_of(message), message.address
        if begun.parcel.meaning is None:
            return
        if isinstance(outcome, Sent):
            self._lanes.take(lane, address)
            self._pace.speed_up()
        elif isinstance(outcome, Refused) and (outcome.is_about_us or outcome.reason != message.reason or self._lanes.is_on_trial(lane)):
            # one person who is still refused for the same reason as before, while others are not, tells nothing about us
            self._lanes.refuse(lane, address, outcome.reason, is_about_us=outcome.is_about_us)
        elif isinstance(outcome, Doubt):
            self._lanes.refuse(lane, address, Why.UNSURE, is_about_us=False)
        elif isinstance(outcome, PutOff) and outcome.is_limit and self._lanes.limit(lane, address, outcome.reason or "", outcome.after):
            self._pace.slow_down(begun.began_at, outcome.after)

    def _record(self, parcel: Parcel, outcome: Outcome) -> None:
        version, changes = parcel.version, outcome.changes(parcel.message, self._clock.now())
        self._unrecorded.append(Record(parcel=parcel, version=version, changes=changes, is_sent=isinstance(outcome, Sent)))


@dataclass(frozen=True, kw_only=True)
class _Call:
    """A call in flight."""

    parcel: Parcel
    began_at: datetime
