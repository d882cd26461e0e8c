"""The outcomes that one message can have, and what each changes in its row.

    pending ──claimed──▶ sending ──Sent──────────────────▶ sent
       ▲                    │ ├────Ended─────────────────▶ missed, cancelled
       │◀──NotCalled────────┤ ├────Held (a digest)───────▶ held, tried again while it was never posted
       │◀──PutOff, Refused──┘ └────Doubt, or a crash──▶ unknown ──Sent (it was found)──▶ sent
       │                                                 │ ▲ └────Unclear: look again later; past its time ──▶ failed
       │◀─────Absent twice: posted again─────────────────┤ └──────Absent once: look again in three minutes
                                                         └────────Absent twice, a digest ──▶ held

A refused message is never given up while it is wanted: it is tried again, ever more seldom, until its time is over. An attempt is a call;
one that a look has proved to have left nothing was none. An outcome is written down only while the message still stands as it was handed
over: what is known for certain outlives the lease it was learnt under, but never overwrites what came later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import structlog

from bot.dialogue.outbox import KINDS_THAT_CHANGE
from bot.failures import SAID
from bot.local_time import day_only
from bot.models import FINAL_STATES, MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Receipt

FIRST_LOOK = timedelta(seconds=60)  # a message the platform took may need a while before it can be read back
SECOND_LOOK = timedelta(minutes=3)
LOOKS_TO_BE_SURE = 2
RETRY_HELD_AFTER = timedelta(minutes=15)
RETRY_REFUSED_AFTER = timedelta(minutes=1)  # doubled each time
SLOWEST_RETRY_IN_CHANNELS, SLOWEST_RETRY = timedelta(minutes=15), timedelta(hours=1)
REPOST_AFTER, SLOWEST_REPOST = timedelta(minutes=15), timedelta(hours=6)  # not found again and again: four times as long each time
SLOWEST_LOOK = timedelta(hours=1)
BLIND_AFTER, BLIND_DIGEST_AFTER = timedelta(days=1), timedelta(hours=1)  # so long one may not look at all
LONGEST_REASON = 400
MOMENTS = ("due_at", "next_at", "tried_at", "sent_at")


class Why(StrEnum):
    """The reasons that delivery itself keeps with a message; others come from the hooks or the platform."""

    EXPIRED = "expired"
    UNSURE = "unsure"
    FAULT = "fault"
    LATER = "later"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A claimed message and what it says; `meaning` None: it is in doubt and only to be looked for."""

    message: OutboxMessage
    meaning: Meaning | None

    @property
    def version(self) -> tuple[int, int]:
        """The lease and the number of looks it was handed over under; its outcome is recorded only while these hold."""
        return self.message.lease or 0, self.message.looks


Changes: TypeAlias = "dict[str, Any]"


def apply_changes(message: OutboxMessage, changes: Changes) -> None:
    """Make the changes on the message itself.

    Once a message that changes a posted one is in a final state, only the days of its moments are kept: the moments would tell when
    somebody asked for the change.
    """
    for column, value in changes.items():
        setattr(message, column, value)
    if message.kind in KINDS_THAT_CHANGE and message.state in FINAL_STATES:
        for column in MOMENTS:
            moment = getattr(message, column)
            setattr(message, column, moment and day_only(moment))


class Outcome(Protocol):
    """What a call to the platform has led to."""

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """The columns of `message` that change, and their new values."""
        ...


@dataclass(frozen=True, kw_only=True)
class Sent:
    """It was posted: the platform said so, or it was found."""

    receipt: Receipt
    is_found: bool = False

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ sent, with its place."""
        place = {"channel": self.receipt.channel, "stamp": self.receipt.stamp}
        attempts = message.attempts + (not self.is_found)
        return {"state": MessageState.SENT, "reason": None, "sent_at": now, "attempts": attempts, **place}


@dataclass(frozen=True, kw_only=True)
class NotCalled:
    """Something came in between, and no call was made."""

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:  # noqa: ARG002 - every outcome is told all
        """→ pending."""
        return {"state": MessageState.PENDING}


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """Nothing was done; try again in `after` seconds. `is_limit`: the platform says that we are too fast."""

    after: float
    reason: str | None = None
    is_limit: bool = False

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:  # noqa: ARG002 - every outcome is told all
        """→ pending."""
        return {"state": MessageState.PENDING, "reason": self.reason, "next_at": now + timedelta(seconds=self.after)}


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The platform refused it. `is_about_us`: it refuses all we send now, which is not held against the message."""

    reason: str
    is_about_us: bool = False

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ pending, behind those that have waited less; a digest that is refused by itself is held."""
        if self.is_about_us:
            return {"state": MessageState.PENDING, "reason": self.reason[:LONGEST_REASON], "next_at": now}
        if message.kind is MessageKind.DIGEST:
            return Held(reason=self.reason).changes(message, now)
        if message.kind is MessageKind.REDRAWN and self.reason.startswith("unfit"):
            # Such a message may not be drawn anew, and says the same as it is.
            return Ended(reason=self.reason).changes(message, now)
        slowest = SLOWEST_RETRY_IN_CHANNELS if message.person_id is None else SLOWEST_RETRY
        wait = _lengthen(RETRY_REFUSED_AFTER, 2, message.attempts, slowest)
        again = {"attempts": message.attempts + 1, "next_at": now + wait}
        return {"state": MessageState.PENDING, "reason": self.reason[:LONGEST_REASON], **again}


def _lengthen(first: timedelta, factor: int, times: int, longest: timedelta) -> timedelta:
    """`first`, multiplied by `factor` so many times, and never more than `longest`."""
    return min(first * float(factor ** min(times, 20)), longest)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """It will not be sent."""

    reason: str
    state: MessageState = MessageState.FAILED

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:  # noqa: ARG002 - every outcome is told all
        """→ failed, missed or cancelled."""
        return {"state": self.state, "reason": self.reason[:LONGEST_REASON]}


@dataclass(frozen=True, kw_only=True)
class Held:
    """A digest that cannot go out.

    `posted`: it may stand there, so only an organiser's word moves it; else it is tried again by itself.
    """

    reason: str
    posted: bool = False

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ held; without a post (attempts 0) until what hinders it is gone."""
        attempts = max(message.attempts, 1) if self.posted else 0
        again = {"attempts": attempts, "next_at": now + RETRY_HELD_AFTER}
        return {"state": MessageState.HELD, "reason": self.reason[:LONGEST_REASON], **again}


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """It may have been sent: no answer came."""

    reason: str

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ unknown, to be looked for in a minute."""
        look = {"attempts": message.attempts + 1, "next_at": now + FIRST_LOOK}
        return {"state": MessageState.UNKNOWN, "reason": self.reason[:LONGEST_REASON], **look}


@dataclass(frozen=True, kw_only=True)
class Absent:
    """It was looked for where it could be read, and is not there."""

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """Look once more. Then a prompt is pending as if it had not been tried, and a digest waits for an organiser's word."""
        looks = message.looks + 1
        if looks % LOOKS_TO_BE_SURE:
            return {"looks": looks, "next_at": now + SECOND_LOOK}
        if message.kind is MessageKind.DIGEST:
            return {"looks": looks, **Held(reason=Why.UNSURE, posted=True).changes(message, now)}
        times = looks // LOOKS_TO_BE_SURE - 1
        wait = _lengthen(REPOST_AFTER, 4, times - 1, SLOWEST_REPOST) if times else timedelta()
        again = {"attempts": max(message.attempts - 1, 0), "next_at": now + wait}
        return {"state": MessageState.PENDING, "reason": Why.UNSURE, "looks": looks, **again}


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """One cannot tell whether it is there. `after`: the seconds the platform asked for, if it did; `reason`: why one cannot look at all."""

    after: float = 0
    reason: str = ""

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """Look again later, ever more seldom; nothing is concluded. Where one may not look at all, that has an end.

        A prompt past its time, and what has none after a day, is given up, and somebody told; a digest is put to the organisers.
        """
        reason = "; ".join(filter(None, (Why.UNSURE, self.reason)))
        in_doubt_for = now - (message.tried_at or message.due_at)
        if self.reason and message.kind is MessageKind.DIGEST and in_doubt_for >= BLIND_DIGEST_AFTER:
            return Held(reason=reason, posted=True).changes(message, now)
        is_blind = self.reason and message.kind is not MessageKind.DIGEST and message.expires_at is None and in_doubt_for >= BLIND_AFTER
        if is_blind or (message.expires_at is not None and message.expires_at <= now):
            return Ended(reason=reason).changes(message, now)
        wait = min(max(in_doubt_for, FIRST_LOOK), SLOWEST_LOOK)
        return {"next_at": now + max(wait, timedelta(seconds=self.after))}


log = structlog.get_logger(__name__)


def log_fault(fault: Exception, task: str) -> str:
    """Log the fault with its places, once an hour and not for every message. Gives the reason to keep."""
    kind = type(fault).__name__
    if SAID.is_due(task, kind):
        log.error("a message met a fault of ours", task=task, exc_info=fault)
    return f"{Why.FAULT}: {kind}"
