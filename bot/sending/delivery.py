"""How is everything that has fallen due said, exactly once, whatever breaks?

In turns. A turn is one transaction: it writes down what came of the last group, proves that the lease is still ours, and claims the next
group. Between two turns the group is handed over, one message after the other. Whatever is killed, wherever, the next process finds
each message either untouched, or `sending`, and looks before it speaks.
"""

from __future__ import annotations

import threading
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.models import MessageKind, MessageState
from bot.sending.claim import claim, earliest_of, mark_orphans_unknown, next_moments
from bot.sending.follow_up import follow_up
from bot.sending.outcomes import Ended, PutOff, Sent, Why
from bot.sending.platform_calls import check_channel, look_for, post
from bot.sending.record_outcomes import Record, record_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.clock import Clock
    from bot.models import OutboxMessage
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Platform
    from bot.sending.claim import NextMoments
    from bot.sending.hooks import DialogueHooks
    from bot.sending.lease import Lease
    from bot.sending.outcomes import Outcome, Parcel
    from bot.sending.pace import Pace

NOT_NOW = PutOff(after=0)


class Step(StrEnum):
    """The places where a crash makes a difference; a fault test is told of each."""

    TURNING = "turning"  # before the commit that records one group and claims the next
    TURNED = "turned"  # after it
    CALLED = "called"  # the platform has answered, nothing is written down yet


def _watch_nothing(step: Step) -> None:
    """Outside fault tests nobody is told of the steps."""


class Delivery:
    """Delivers one workspace's outbox. `work` and `look` open units of work; `watch` is told of each step."""

    def __init__(  # noqa: PLR0913 - these are the things delivery stands between
        self,
        *,
        work: Callable[[], AbstractContextManager[Session]],
        look: Callable[[], AbstractContextManager[Session]],
        platform: Platform,
        hooks: DialogueHooks,
        clock: Clock,
        pace: Pace,
        lease: Lease,
        watch: Callable[[Step], None] = _watch_nothing,
    ) -> None:
        self._work = work
        self._look = look
        self._platform = platform
        self._hooks = hooks
        self._clock = clock
        self._pace = pace
        self._lease = lease
        self._watch = watch
        self._unwritten: list[Record] = []
        self._turning = threading.Lock()

    def deliver(self, stop: threading.Event | None = None) -> int:
        """Say everything that has fallen due, or as much as comes before `stop`; how many messages were said or found said.

        Call it on every beat, at least every 5 s: it also keeps the lease. Does nothing while another process holds the lease.
        """
        stop = stop or threading.Event()
        with self._turning:
            sent = 0
            has_lease = self._lease.keep()
            if self._unwritten or (has_lease and self._is_anything_due()):
                parcels = self._take_turn(stop, first=True)
                while parcels:
                    sent += self._hand_over(parcels, stop)
                    parcels = self._take_turn(stop)
            return sent

    def next_moment(self) -> datetime | None:
        """When there is something to do next, the platform's wish to wait included; None: nothing waits but what is held."""
        moments = self._read_next_moments()
        return earliest_of(self._after_pause(moments.pending), moments.doubtful)

    def _read_next_moments(self) -> NextMoments:
        with self._look() as session:
            return next_moments(session)

    def _after_pause(self, moment: datetime | None) -> datetime | None:
        """When something may be posted that is due at `moment`."""
        pause = self._pace.paused_until()
        return moment if moment is None or pause is None else max(moment, pause)

    def _is_anything_due(self) -> bool:
        moments = self._read_next_moments()
        moment = earliest_of(self._after_pause(earliest_of(moments.pending, moments.held)), moments.doubtful)
        return moment is not None and moment <= self._clock.now()

    def _take_turn(self, stop: threading.Event, *, first: bool = False) -> list[Parcel]:
        """Write down the last group and claim the next. If the commit fails, both are tried again in the next turn."""
        now = self._clock.now()
        with self._work() as session:
            follow_up(session, now, self._hooks, record_outcomes(session, self._unwritten))
            if first and self._lease.prove(session):
                mark_orphans_unknown(session, now)
            parcels = self._claim_next(session, now) if self._lease.prove(session) and not stop.is_set() else []
            self._watch(Step.TURNING)
        self._unwritten = []
        self._watch(Step.TURNED)
        return parcels

    def _claim_next(self, session: Session, now: datetime) -> list[Parcel]:
        posting = self._pace.paused_until() is None
        return claim(session, now, self._hooks, lease=self._lease.number or 0, posting=posting)

    def _hand_over(self, parcels: list[Parcel], stop: threading.Event) -> int:
        sent = 0
        for parcel in parcels:
            version, outcome = parcel.version, self._call_platform(parcel, stop)
            changes = outcome.changes(parcel.message, self._clock.now())
            self._unwritten.append(Record(parcel=parcel, version=version, changes=changes))
            sent += isinstance(outcome, Sent)
        return sent

    def _call_platform(self, parcel: Parcel, stop: threading.Event) -> Outcome:
        if parcel.meaning is None:
            return look_for(self._platform, parcel.message)
        outcome = self._post(parcel.message, parcel.meaning, stop)
        if isinstance(outcome, PutOff) and outcome.pauses:
            self._pace.pause(outcome.after)
        return outcome

    def _post(self, message: OutboxMessage, meaning: Meaning, stop: threading.Event) -> Outcome:
        """Post, unless something has come in between since the claim."""
        if self._pace.paused_until() is not None:
            return NOT_NOW
        self._pace.wait(message.address, stop)
        if stop.is_set() or not self._lease.keep():
            return NOT_NOW
        if message.expires_at is not None and message.expires_at <= self._clock.now():
            return Ended(reason=Why.EXPIRED, state=MessageState.MISSED)
        obstacle = check_channel(self._platform, message, self._hooks) if message.kind is MessageKind.DIGEST else None
        if obstacle is not None:
            return obstacle
        outcome = post(self._platform, message, meaning)
        self._watch(Step.CALLED)
        return outcome
