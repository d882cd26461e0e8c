"""Updates messages that are already posted, by rows in the outbox.

A draft says that it waits for approval, and the messages about its quotes, answers, promises, lists and plans carry buttons. Once that is
over all are drawn anew, so that nobody presses a button in vain. So is a notice that named somebody who may not be named any more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.database.row_ids import new_id
from bot.dialogue.outbox import NotWanted, NotYet, is_about_hold, is_about_response, is_about_version, is_about_wishes, put
from bot.message_facts import RedrawFacts
from bot.models import DigestState, MessageKind, MessageState, OutboxMessage, Response, ResponseState
from bot.seam.actions import ResponseKind
from bot.states import NOT_REACHED

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.models import Digest, ListHold, ProgrammeVersion

A_MINUTE: Final = timedelta(minutes=1)
STANDS_OR_MAY: Final = (MessageState.SENT, MessageState.SENDING, MessageState.UNKNOWN)  # it is in its conversation, or may be


def queue_redraws(session: Session, now: datetime, digest: Digest) -> None:
    """Redraw, once, each message that shows the digest or its quotes to the organisers: it has been posted."""
    shows_it = OutboxMessage.digest_id == digest.id, OutboxMessage.kind.in_((MessageKind.DRAFT, MessageKind.QUOTE_REVIEW))
    _queue(session, now, "redrawn", *shows_it)


def queue_redraws_of_decided(session: Session, now: datetime, digest: Digest) -> None:
    """Redraw, once for each state, each message that shows the digest: it has been approved, or held.

    Once it is approved, no quote of it waits any more.
    """
    kinds = (MessageKind.DRAFT, MessageKind.QUOTE_REVIEW) if digest.state is DigestState.APPROVED else (MessageKind.DRAFT,)
    shows_it = OutboxMessage.digest_id == digest.id, OutboxMessage.kind.in_(kinds)
    _queue(session, now, f"redrawn:{digest.state.value}", *shows_it)


def queue_redraws_of_pick(session: Session, now: datetime, digest: Digest) -> None:
    """Redraw, each time, each message that shows the draft: an organiser has picked what stands at its top."""
    shows_it = OutboxMessage.digest_id == digest.id, OutboxMessage.kind == MessageKind.DRAFT, OutboxMessage.state.in_(STANDS_OR_MAY)
    _queue(session, now, f"redrawn:{new_id(session)}", *shows_it)


def queue_redraws_of_response(session: Session, now: datetime, programme_id: str, response: Response) -> None:
    """Redraw each message that shows a political answer: it has been released, or declined."""
    about = OutboxMessage.programme == programme_id, is_about_response(response.id)
    _queue(session, now, "redrawn", *about, OutboxMessage.kind == MessageKind.RESPONSE_REVIEW)


def queue_redraws_of_unanswered(session: Session, now: datetime, programme_id: str, response: Response) -> None:
    """Redraw each message that says that wishes wait: somebody has answered them, or that answer was declined."""
    about = OutboxMessage.programme == programme_id, OutboxMessage.digest_id == response.digest_id
    theme = [] if response.theme is None else [is_about_wishes(response.theme)]
    waits = OutboxMessage.kind.in_((MessageKind.WISH_UNANSWERED, MessageKind.WISH_ASKED)), OutboxMessage.state.in_(STANDS_OR_MAY)
    _queue(session, now, f"redrawn:{response.id}:{response.state.value}", *about, *theme, *waits)


def queue_redraws_of_asked(session: Session, now: datetime, question: OutboxMessage, theme: str) -> None:
    """Redraw, once, each message that says that politicians are asked about wishes: this question has not got through."""
    about = OutboxMessage.programme == question.programme, OutboxMessage.digest_id == question.digest_id, is_about_wishes(theme)
    waits = OutboxMessage.kind == MessageKind.WISH_UNANSWERED, OutboxMessage.state.in_(STANDS_OR_MAY)
    _queue(session, now, f"redrawn:{question.delivery_id}", *about, *waits)


def queue_redraws_of_promise(session: Session, now: datetime, programme_id: str, response: Response) -> None:
    """Redraw each question what became of a promise: that is told, or was declined, or the promise is renewed."""
    is_renewed = response.kind is ResponseKind.TAKE_UP and response.state is ResponseState.RELEASED
    by_same = Response.digest_id == response.digest_id, Response.person_id == response.person_id, Response.id < response.id
    older = session.scalars(select(Response.id).where(*by_same, Response.kind == ResponseKind.TAKE_UP)) if is_renewed else ()
    asks = OutboxMessage.programme == programme_id, OutboxMessage.kind == MessageKind.PROMISE_DUE, OutboxMessage.state.in_(STANDS_OR_MAY)
    for promise_id in older if response.promise_id is None else [response.promise_id]:
        _queue(session, now, f"redrawn:{response.id}:{response.state.value}", *asks, is_about_response(promise_id))


def queue_redraws_of_hold(session: Session, now: datetime, hold: ListHold) -> None:
    """Redraw each message that asks about a held list: an organiser has confirmed it, or it is long enough again."""
    about = OutboxMessage.programme == hold.programme, is_about_hold(hold.id)
    _queue(session, now, "redrawn", *about, OutboxMessage.kind == MessageKind.LIST_REVIEW)


def queue_redraws_of_plan(session: Session, now: datetime, version: ProgrammeVersion) -> None:
    """Redraw each message that shows a held plan: somebody has decided, the file is another, or the plan is."""
    about = OutboxMessage.programme == version.programme, is_about_version(version.id), OutboxMessage.state.in_(STANDS_OR_MAY)
    _queue(session, now, f"redrawn:{new_id(session)}", *about, OutboxMessage.kind == MessageKind.PLAN_REVIEW)


def queue_redraw_of_notice(session: Session, now: datetime, notice: OutboxMessage) -> None:
    """Redraw a notice each time that it has lost a name. One that waits to be sent is composed without the name anyway."""
    if notice.state in STANDS_OR_MAY:
        _put(session, now, f"redrawn:{new_id(session)}", notice, unordered=True)


def _queue(session: Session, now: datetime, prefix: str, *conditions: ColumnElement[bool]) -> None:
    for message in session.scalars(select(OutboxMessage).where(*conditions).order_by(OutboxMessage.id)).all():
        _put(session, now, f"{prefix}:{message.key}", message)


def _put(session: Session, now: datetime, key: str, message: OutboxMessage, *, unordered: bool = False) -> None:
    put(
        session,
        programme=message.programme,
        kind=MessageKind.REDRAWN,
        address=message.address,
        facts=RedrawFacts(message=message.id),
        due_at=now,
        key=key,
        unordered=unordered,
    )


def is_new(message: OutboxMessage) -> bool:
    """Whether a message is composed for the first time; else it has been sent, and is drawn anew."""
    return message.state is not MessageState.SENT


def posting_message(session: Session, digest_id: int | None) -> OutboxMessage | None:
    """The message that posts a digest, if it has been put in the outbox."""
    return session.scalar(select(OutboxMessage).where(OutboxMessage.digest_id == digest_id, OutboxMessage.kind == MessageKind.DIGEST))


def is_posted(session: Session, digest: Digest) -> bool:
    """Whether a digest stands in its channel, or may.

    People act on it there before it is written down that it was posted.
    """
    if digest.state is not DigestState.APPROVED:
        return digest.state is DigestState.ISSUED
    posting = posting_message(session, digest.id)
    return posting is not None and posting.state in STANDS_OR_MAY


def message_to_change(session: Session, change: OutboxMessage) -> OutboxMessage | None:
    """The message that a row of the outbox is to change; None if it is gone."""
    if change.kind is MessageKind.DIGEST_UPDATE:
        return posting_message(session, change.digest_id)
    return session.get(OutboxMessage, RedrawFacts.read(change.facts).message)


def obstacle(now: datetime, target: OutboxMessage | None) -> NotWanted | NotYet | None:
    """Why a message cannot be changed, or not yet; None if it can."""
    if target is None or target.state in NOT_REACHED:
        return NotWanted(reason="the message was not posted")
    if target.state is not MessageState.SENT:
        return NotYet(until=now + A_MINUTE)
    return None
