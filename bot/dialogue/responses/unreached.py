"""Tells organisers of a question to a politician that has not got through in a week.

It asked about a promise, or about wishes that wait. Nobody is named: organisers can ask somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from bot.dialogue.digests import redraw
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.responses.promises import what_it_is_about
from bot.dialogue.responses.unanswered import wishes_in_words
from bot.message_facts import PromiseFacts, WishFacts
from bot.models import Digest, MessageKind, MessageState, OutboxMessage, Response

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

ASKED_IN_VAIN = OutboxMessage.kind.in_((MessageKind.PROMISE_DUE, MessageKind.WISH_ASKED)), OutboxMessage.expires_at.is_not(None)


_is_in_vain = *ASKED_IN_VAIN, OutboxMessage.state.in_((MessageState.FAILED, MessageState.MISSED))
_of_programme = OutboxMessage.programme == bindparam("programme"), OutboxMessage.expires_at <= bindparam("now")
SELECT_IN_VAIN = select(OutboxMessage).where(*_of_programme, *_is_in_vain).order_by(OutboxMessage.id)


def tell_organisers_of_unreached(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers, once for each promise and each time they picked somebody, that a question did not get through."""
    for message in session.scalars(SELECT_IN_VAIN, {"programme": programme.id, "now": now}).all():
        if message.kind is MessageKind.PROMISE_DUE:
            promise = session.get_one(Response, PromiseFacts.read(message.facts).response)
            about, key = what_it_is_about(session, programme.language, promise), f"unreached:promise:{promise.id}"
            tell_organisers(session, now, programme, key=key, say="promise.unreached", about=about)
        else:
            digest, theme = session.get_one(Digest, message.digest_id), WishFacts.read(message.facts).theme
            wishes, key = wishes_in_words(programme.language, digest, theme), f"unreached:{message.delivery_id}"
            tell_organisers(session, now, programme, key=key, say="unanswered.unreached", wishes=wishes)
            redraw.queue_redraws_of_asked(session, now, message, theme)
