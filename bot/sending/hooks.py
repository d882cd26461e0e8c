"""Hooks: what delivery calls in the dialogue without knowing it.

`bot/app` makes a `DialogueHooks` from the dialogue of the programmes; a test makes its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.outbox import NotWanted, NotYet
    from bot.models import MessageKind, OutboxMessage
    from bot.seam.meaning import Meaning
    from bot.seam.platform import ChannelFacts


UNSURE = "alarm.digest_unsure"  # this alarm is the digest itself, put to the organisers once more


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Something the organisers must see. `key` makes it unique; `say` is the key of the sentence, `values` its values."""

    key: str
    say: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DialogueHooks:
    """The functions of the dialogue that delivery calls.

    `compose` reads, in the transaction that claims the messages, what each says now, or why it is no longer wanted, or not yet; it writes
    nothing. `record_claim` writes down, in the same transaction, what a digest is about to show, or which message is about to be changed;
    what it returns is posted instead of what was composed. `is_held_back` is asked just before each call: whether somebody has stopped
    what was claimed. `sent` does what follows once a message stands there; it is asked for the kinds
    in `follows`. `alarm` puts an alarm for the organisers into the outbox (the message is the one it is about). `channel_fault` says what
    is wrong with a digest's channel, or None.
    """

    compose: Callable[[Session, datetime, Sequence[OutboxMessage]], Sequence[Meaning | NotWanted | NotYet]]
    record_claim: Callable[[Session, OutboxMessage], Meaning | None]
    sent: Callable[[Session, datetime, OutboxMessage], None]
    alarm: Callable[[Session, datetime, OutboxMessage, Alarm], None]
    channel_fault: Callable[[OutboxMessage, ChannelFacts], str | None]
    follows: frozenset[MessageKind]
    is_held_back: Callable[[Session, OutboxMessage], bool] = lambda _session, _message: False
