"""What may have come of one message, and what is written down then?

    pending ──claimed──▶ sending ──Sent─────────────────────────▶ sent
       ▲                    ├──────Ended────────────────────────▶ failed, missed; held (a digest)
       ├──────PutOff────────┤
       │                    └──────Doubt, or a crash──▶ unknown ─Sent (it was found)──▶ sent
       │                                                  │ ▲  └─Unclear: look again later
       └──────Absent twice: once more, once───────────────┤ └────Absent once: look again in three minutes
                                                          └──────Absent twice again ──▶ failed;  a digest ──▶ held

An outcome is written to a message only while the message still stands as it was handed over (`fits`): what is known for certain
outlives the lease it was learnt under, but never overwrites what came later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.models import MessageKind, MessageState, OutboxMessage

if TYPE_CHECKING:
    from bot.seam import Meaning, Receipt

FIRST_LOOK = timedelta(seconds=60)  # a message the platform took may need a while before it can be read back
SECOND_LOOK = timedelta(minutes=3)
LOOKS = 2
POSTS = 2  # a prompt that was not found is posted once more, never a third time
SLOWEST_LOOK = timedelta(hours=1)
LONGEST_REASON = 400


class Why(StrEnum):
    """Reasons that delivery itself keeps with a message; others come from the spokesman or the platform."""

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

    def fits(self, message: OutboxMessage) -> bool:
        """Whether `message`, freshly read, still stands as it was handed over (or has only been doubted since)."""
        open_ = message.state in {MessageState.SENDING, MessageState.UNKNOWN}
        return open_ and message.attempts == self.message.attempts and message.looks == self.message.looks


class Outcome(Protocol):
    """What came of one message."""

    def write(self, message: OutboxMessage, now: datetime) -> None:
        """Write it down on `message`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Sent:
    """It stands there: the platform said so, or it was found."""

    receipt: Receipt

    def write(self, message: OutboxMessage, now: datetime) -> None:
        """→ sent, with its place."""
        message.state, message.reason, message.sent_at = MessageState.SENT, None, now
        message.channel, message.stamp = self.receipt.channel, self.receipt.stamp


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """Nothing was done; try again in `after` seconds. Not counted as a post. `pauses`: nobody is written to until then."""

    after: float
    reason: str | None = None
    pauses: bool = False

    def write(self, message: OutboxMessage, now: datetime) -> None:
        """→ pending."""
        message.state, message.reason = MessageState.PENDING, self.reason
        message.attempts -= 1
        message.next_at = now + timedelta(seconds=self.after)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """It will not be sent. A digest is never given up without an organiser: where others fail, it is held."""

    reason: str
    state: MessageState = MessageState.FAILED

    def write(self, message: OutboxMessage, now: datetime) -> None:  # noqa: ARG002 - every outcome is told the time
        """→ failed, missed, cancelled or held."""
        held = self.state is MessageState.FAILED and message.kind is MessageKind.DIGEST
        message.state = MessageState.HELD if held else self.state
        message.reason = self.reason[:LONGEST_REASON]


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """It may have been sent: no answer came."""

    reason: str

    def write(self, message: OutboxMessage, now: datetime) -> None:
        """→ unknown, to be looked for in a minute."""
        message.state, message.reason = MessageState.UNKNOWN, self.reason[:LONGEST_REASON]
        message.looks, message.next_at = 0, now + FIRST_LOOK


@dataclass(frozen=True, kw_only=True)
class Absent:
    """It was looked for where it would be readable, and is not there."""

    def write(self, message: OutboxMessage, now: datetime) -> None:
        """Look once more; then a prompt is pending once more, and a digest waits for an organiser's word."""
        message.looks += 1
        if message.looks < LOOKS:
            message.next_at = now + SECOND_LOOK
        elif message.attempts < POSTS and message.kind is not MessageKind.DIGEST:
            message.state, message.looks, message.next_at = MessageState.PENDING, 0, now
        else:
            Ended(reason=Why.UNSURE).write(message, now)


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """One cannot tell whether it is there. `after`: the seconds the platform asked for, if it did."""

    after: float = 0

    def write(self, message: OutboxMessage, now: datetime) -> None:
        """Look again later, ever more seldom; nothing is concluded."""
        doubted_for = now - (message.tried_at or message.due_at)
        wait = min(max(doubted_for, FIRST_LOOK), SLOWEST_LOOK)
        message.next_at = now + max(wait, timedelta(seconds=self.after))
