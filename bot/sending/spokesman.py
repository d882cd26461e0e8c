"""What does delivery need to know from the dialogue, without knowing the dialogue?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.messages import NotWanted
    from bot.models import MessageKind, OutboxMessage
    from bot.seam import ChannelFacts, Meaning


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Something the organisers must see. `key` makes it be said once; `say` names the sentence, `values` what is put into it."""

    key: str
    say: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Spokesman:
    """What delivery is told by the dialogue.

    `compose` reads, in the transaction that claims the message, what it says now, or why it is no longer wanted. `sent` does what
    follows once it stands there; it is asked for the kinds in `follows`. `alarm` puts an alarm for the organisers into the outbox (the
    message is the one it is about). `channel_fault` says what is wrong with a digest's channel, or None.
    """

    compose: Callable[[Session, datetime, OutboxMessage], Meaning | NotWanted]
    sent: Callable[[Session, datetime, OutboxMessage], None]
    alarm: Callable[[Session, datetime, OutboxMessage, Alarm], None]
    channel_fault: Callable[[OutboxMessage, ChannelFacts], str | None]
    follows: frozenset[MessageKind]
