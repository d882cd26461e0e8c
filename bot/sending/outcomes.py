"""What may have come of one message, and what is written down then?

    pending ──claimed──▶ sending ──Sent──────────────────▶ sent
       ▲                    │ ├────Ended─────────────────▶ failed, missed, cancelled
       │◀─────PutOff────────┘ ├────Held (a digest)───────▶ held, tried again while it was never posted; a change of one: daily
       │                      └────Doubt, or a crash──▶ unknown ──Sent (it was found)──▶ sent
       │                                                 │ ▲ └────Unclear: look again later
       │◀─────Absent twice: posted once more─────────────┤ └──────Absent once: look again in three minutes
                                                         └────────Absent twice again ──▶ failed; a digest at once ──▶ held

An outcome is written down only while the message still stands as it was handed over: what is known for certain outlives the lease it was
learnt under, but never overwrites what came later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import structlog

from bot.models import MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Receipt

FIRST_LOOK = timedelta(seconds=60)  # a message the platform took may need a while before it can be read back
SECOND_LOOK = timedelta(minutes=3)
MOST_LOOKS = 2
MOST_POSTS = 2  # a prompt that was not found is posted once more, never a third time
RETRY_HELD_AFTER = timedelta(minutes=15)
RETRY_CHANGE_AFTER = timedelta(days=1)  # whoever has to mend it is told each time
KINDS_NEVER_GIVEN_UP = (MessageKind.DIGEST, MessageKind.DIGEST_UPDATE)
SLOWEST_LOOK = timedelta(hours=1)
LONGEST_REASON = 400


class Why(StrEnum):
    """Reasons that delivery itself keeps with a message; others come from the hooks or the platform."""

    EXPIRED = "expired"
    UNSURE = "unsure"
    FAULT = "fault"
    LATER = "later"
    INTERRUPTED = "interrupted"
    RESTORED = "restored"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A claimed message and what it says; `meaning` None: it is in doubt and only to be looked for."""

    message: OutboxMessage
    meaning: Meaning | None

    @property
    def version(self) -> tuple[int, int]:
        """Attempts and looks as it was handed over: what came of it is written down only while these still stand."""
        return self.message.attempts, self.message.looks


Changes: TypeAlias = "dict[str, Any]"


def apply_changes(message: OutboxMessage, changes: Changes) -> None:
    """Make the changes on the message itself."""
    for column, value in changes.items():
        setattr(message, column, value)


class Outcome(Protocol):
    """What came of one message."""

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """The columns of `message` that change, and their new values."""
        ...


@dataclass(frozen=True, kw_only=True)
class Sent:
    """It stands there: the platform said so, or it was found."""

    receipt: Receipt

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:  # noqa: ARG002 - every outcome is told all
        """→ sent, with its place."""
        place = {"channel": self.receipt.channel, "stamp": self.receipt.stamp}
        return {"state": MessageState.SENT, "reason": None, "sent_at": now, **place}


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """Nothing was done; try again in `after` seconds. Not counted as a post. `pauses`: nobody is written to until then."""

    after: float
    reason: str | None = None
    pauses: bool = False

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ pending."""
        again = {"attempts": message.attempts - 1, "next_at": now + timedelta(seconds=self.after)}
        return {"state": MessageState.PENDING, "reason": self.reason, **again}


@dataclass(frozen=True, kw_only=True)
class Ended:
    """It will not be sent."""

    reason: str
    state: MessageState = MessageState.FAILED

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ failed, missed or cancelled. A digest, or a change of one, is never given up: where others fail, it is held."""
        if self.state is MessageState.FAILED and message.kind in KINDS_NEVER_GIVEN_UP:
            return Held(reason=self.reason).changes(message, now)
        return {"state": self.state, "reason": self.reason[:LONGEST_REASON]}


@dataclass(frozen=True, kw_only=True)
class Held:
    """A digest, or a change of one, that cannot go out.

    `posted`: it may stand there, so only an organiser's word moves it; else it is tried again by itself.
    """

    reason: str
    posted: bool = False

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """→ held; without a post (attempts 0) until what hinders it is gone."""
        again = now + (RETRY_CHANGE_AFTER if message.kind is MessageKind.DIGEST_UPDATE else RETRY_HELD_AFTER)
        attempts = message.attempts if self.posted else 0
        return {"state": MessageState.HELD, "reason": self.reason[:LONGEST_REASON], "attempts": attempts, "next_at": again}


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """It may have been sent: no answer came."""

    reason: str

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:  # noqa: ARG002 - every outcome is told all
        """→ unknown, to be looked for in a minute."""
        look = {"looks": 0, "next_at": now + FIRST_LOOK}
        return {"state": MessageState.UNKNOWN, "reason": self.reason[:LONGEST_REASON], **look}


@dataclass(frozen=True, kw_only=True)
class Absent:
    """It was looked for where it would be readable, and is not there."""

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """Look once more; then a prompt is pending once more, and a digest waits for an organiser's word."""
        looks = message.looks + 1
        if looks < MOST_LOOKS:
            return {"looks": looks, "next_at": now + SECOND_LOOK}
        if message.attempts < MOST_POSTS and message.kind is not MessageKind.DIGEST:
            return {"state": MessageState.PENDING, "looks": 0, "next_at": now}
        if message.kind is MessageKind.DIGEST:
            return Held(reason=Why.UNSURE, posted=True).changes(message, now)
        return Ended(reason=Why.UNSURE).changes(message, now)


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """One cannot tell whether it is there. `after`: the seconds the platform asked for, if it did."""

    after: float = 0

    def changes(self, message: OutboxMessage, now: datetime) -> Changes:
        """Look again later, ever more seldom; nothing is concluded."""
        in_doubt_for = now - (message.tried_at or message.due_at)
        wait = min(max(in_doubt_for, FIRST_LOOK), SLOWEST_LOOK)
        return {"next_at": now + max(wait, timedelta(seconds=self.after))}


log = structlog.get_logger(__name__)


def log_fault(fault: Exception, event: str, message: OutboxMessage) -> str:
    """Log the fault; the reason to keep with the message."""
    log.error(event, delivery=message.delivery_id, kind=message.kind.value, fault=type(fault).__name__)
    return f"{Why.FAULT}: {type(fault).__name__}"
