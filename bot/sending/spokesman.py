"""What does delivery need to know from the dialogue, without knowing the dialogue?

Four answers, gathered in a `Spokesman`. `spokesman_of` takes them from a programme's dialogue; a test gives its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.dialogue.compose import compose_all, sent
from bot.dialogue.doubt import ask_for_word
from bot.dialogue.messages import tell_organisers
from bot.dialogue.review import channel_fault
from bot.models import Digest, MessageKind
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.messages import NotWanted, NotYet
    from bot.models import OutboxMessage
    from bot.programme import Programme
    from bot.seam.meaning import Meaning
    from bot.seam.platform import ChannelFacts


UNSURE = "alarm.digest_unsure"  # this alarm is the digest itself, put to the organisers once more


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Something the organisers must see. `key` makes it be said once; `say` names the sentence, `values` what is put into it."""

    key: str
    say: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Spokesman:
    """What delivery is told by the dialogue.

    `compose` reads, in the transaction that claims the messages, what each says now, or why it is no longer wanted, or not yet. `sent`
    does what follows once it stands there; it is asked for the kinds in `follows`. `alarm` puts an alarm for the organisers into the
    outbox (the message is the one it is about). `channel_fault` says what is wrong with a digest's channel, or None.
    """

    compose: Callable[[Session, datetime, Sequence[OutboxMessage]], Sequence[Meaning | NotWanted | NotYet]]
    sent: Callable[[Session, datetime, OutboxMessage], None]
    alarm: Callable[[Session, datetime, OutboxMessage, Alarm], None]
    channel_fault: Callable[[OutboxMessage, ChannelFacts], str | None]
    follows: frozenset[MessageKind]


def spokesman_of(programme: Callable[[str], Programme]) -> Spokesman:
    """The spokesman of programmes; `programme` gives one by its id, each time anew, so that a reload counts from the next message."""

    def compose(session: Session, now: datetime, messages: Sequence[OutboxMessage]) -> list[Meaning | NotWanted | NotYet]:
        said: dict[int, Meaning | NotWanted | NotYet] = {}
        for programme_id in {message.programme for message in messages}:
            theirs = [message for message in messages if message.programme == programme_id]
            said |= zip((each.id for each in theirs), compose_all(session, now, programme(programme_id), theirs), strict=True)
        return [said[message.id] for message in messages]

    def alarm(session: Session, now: datetime, message: OutboxMessage, alarm: Alarm) -> None:
        _tell(session, now, programme(message.programme), message, alarm)

    return Spokesman(
        compose=compose,
        sent=sent,
        alarm=alarm,
        channel_fault=lambda message, facts: channel_fault(programme(message.programme), facts),
        follows=frozenset({MessageKind.WELCOME, MessageKind.DIGEST}),
    )


def _tell(session: Session, now: datetime, programme: Programme, message: OutboxMessage, alarm: Alarm) -> None:
    if alarm.say == UNSURE:
        ask_for_word(session, now, programme, message)
        return
    number = session.get_one(Digest, message.facts["digest"]).number
    values = {key: _sentence(programme, value) for key, value in alarm.values.items()}
    tell_organisers(session, now, programme, key=alarm.key, say=alarm.say, number=number, **values)


def _sentence(programme: Programme, reason: str) -> str:
    """A reason in words: the catalogue's, where it has some."""
    try:
        return say(programme.language, reason)
    except KeyError:
        return say(programme.language, "alarm.reason", reason=reason)
