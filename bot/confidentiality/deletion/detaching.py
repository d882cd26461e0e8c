"""Detaching: destroys all that ties people to their replies, and later deletes the replies.

When the regret period after the close is over, everything that ties a person to a reply of the round is destroyed: who wrote it and when,
who took part, who was asked and what happened to the message, whose quote was declined. Authors are told of declined quotes before, at the
digest's hour; if the digest comes later than this, they are not told any more. The replies get new random ids and are encrypted anew, so
that no earlier note and no older copy of the file fits them. Words and numbers of people remain. Later the words are deleted too. How long
that takes is promised when a round opens, and is kept in its snapshot.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import delete_rows
from bot.confidentiality.encryption import own_words, session_keys
from bot.database.row_ids import new_id, new_number
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    Digest,
    MessageKind,
    MessageState,
    OutboxMessage,
    Participation,
    Person,
    Quote,
    Reply,
    Round,
)
from bot.programme import Retention
from bot.states import NOT_REACHED, UNDELIVERED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys

USUAL_RETENTION: Final = Retention(detach_after_days=7, delete_replies_after_days=90)  # of rounds that were opened before snapshots told
WAIT_FOR_DIGEST: Final = timedelta(days=14)  # how long after its close a week that has no digest yet is kept for one


def retention_of(round_: Round) -> Retention:
    """The retention that was promised when a round opened."""
    promised = round_.snapshot.get("retention")
    return Retention(**promised) if promised else USUAL_RETENTION


# --- the tie ---------------------------------------------------------------------------------------------------------------------


def rounds_to_detach(session: Session, now: datetime) -> Iterator[Round]:
    """The rounds whose regret period is over.

    A week waits for its digest, which counts people, but not for long: its programme may be gone, and the promise must still be kept.
    """
    has_digest = select(Digest.id).where(Digest.programme == Round.programme, Digest.week == Round.week).exists()
    may_detach = or_(has_digest, Round.closes_at <= now - WAIT_FOR_DIGEST)
    candidates = select(Round).where(Round.detached_at.is_(None), Round.closed_at.is_not(None), may_detach)
    for round_ in session.scalars(candidates.order_by(Round.closes_at, Round.id)):
        if round_.closes_at + timedelta(days=retention_of(round_).detach_after_days) <= now:
            yield round_


def detach(session: Session, now: datetime, round_: Round) -> None:
    """Destroy what ties people to the replies of a round that has closed."""
    round_.counts = _count_deliveries(session, round_)
    _remember_what_was_heard(session, round_)
    delete_rows(session, Authorship, Authorship.round_id == round_.id)
    delete_rows(session, Participation, Participation.round_id == round_.id)
    delete_rows(session, OutboxMessage, OutboxMessage.round_id == round_.id)
    _untie_quotes(session, round_)
    _move_replies_to_new_ids(session, round_)
    round_.detached_at = now
    _record_and_request_wiping(session, now, round_, AuditAct.DETACHED)


def _count_deliveries(session: Session, round_: Round) -> dict[str, int]:
    """Count how many people the question reached, and how many it did not."""
    by_state = select(OutboxMessage.state, func.count()).where(*_question_conditions(round_)).group_by(OutboxMessage.state)
    counts = {state: number for state, number in session.execute(by_state)}  # noqa: C416 - a row is no pair to a type checker
    return {"asked": counts.get(MessageState.SENT, 0), "not_reached": sum(counts.get(state, 0) for state in UNDELIVERED)}


def _question_conditions(round_: Round) -> tuple[ColumnElement[bool], ...]:
    return OutboxMessage.round_id == round_.id, OutboxMessage.kind == MessageKind.QUESTION


def _remember_what_was_heard(session: Session, round_: Round) -> None:
    """Keep with each person up to when they have heard politicians' answers, because the rows that tell it are deleted."""
    reached = select(OutboxMessage.person_id).where(*_question_conditions(round_), OutboxMessage.state.not_in(NOT_REACHED))
    earlier = or_(Person.heard_until.is_(None), Person.heard_until < round_.opens_at)
    statement = update(Person).where(Person.id.in_(reached), earlier).values(heard_until=round_.opens_at)
    session.execute(statement.execution_options(synchronize_session=False))


def _untie_quotes(session: Session, round_: Round) -> None:
    """Untie posted quotes from their replies, and delete the quotes that were not posted: they never will be."""
    of_round = Quote.reply_id.in_(select(Reply.id).where(Reply.round_id == round_.id))
    delete_rows(session, Quote, of_round, Quote.place.is_(None))
    session.execute(update(Quote).where(of_round).values(reply_id=None).execution_options(synchronize_session=False))


MOVE_REPLY_TO_NEW_ID: Final = (
    update(Reply)
    .where(Reply.id == bindparam("old"))
    .values(id=bindparam("new"), words=bindparam("sealed"), sealed_with=bindparam("key"), cleared=None)
)


def _move_replies_to_new_ids(session: Session, round_: Round) -> None:
    """Give replies new ids and encrypt their words anew, so that neither fits an earlier note or copy."""
    keys = session_keys(session)
    replies = session.execute(select(Reply.id, Reply.words, Reply.sealed_with).where(Reply.round_id == round_.id))
    rows = [_move_parameters(keys, reply, new_id(session)) for reply in replies]
    if rows:
        session.connection().execute(MOVE_REPLY_TO_NEW_ID, rows)


def _move_parameters(keys: Keys, reply: Any, own_id: str) -> dict[str, object]:
    """The values for one reply. Words that are not its own are emptied: whoever exchanged them could recognise them."""
    ciphertext = keys.encrypt(own_words(keys, reply) or "", own_id)
    return {"old": reply.id, "new": own_id, "sealed": ciphertext.words, "key": ciphertext.sealed_with}


# --- the words -------------------------------------------------------------------------------------------------------------------


def rounds_to_delete(session: Session, now: datetime) -> Iterator[Round]:
    """The rounds whose replies are old enough to be deleted. What politicians were shown of them stays."""
    candidates = select(Round).where(Round.deleted_at.is_(None), Round.closed_at.is_not(None))
    for round_ in session.scalars(candidates.order_by(Round.closes_at, Round.id)):
        if round_.closes_at + timedelta(days=retention_of(round_).delete_replies_after_days) <= now:
            yield round_


def delete_replies(session: Session, now: datetime, round_: Round) -> None:
    """Delete a round's replies. If the round is not detached (its digest was never drafted), it is detached now in any case."""
    if round_.detached_at is None:
        detach(session, now, round_)
    delete_rows(session, Reply, Reply.round_id == round_.id)
    round_.deleted_at = now
    _record_and_request_wiping(session, now, round_, AuditAct.REPLIES_DELETED)


def _record_and_request_wiping(session: Session, now: datetime, round_: Round, act: AuditAct) -> None:
    """Write the act into the audit log, and request wiping. No tombstones: what a backup brings back is old enough to go again at once."""
    digest = session.scalar(select(Digest.number).where(Digest.programme == round_.programme, Digest.week == round_.week))
    session.add(AuditEntry(id=new_number(session), programme=round_.programme, at=now, act=act, digest=digest))
    session.flush()
    tombstones.request_wiping(session, now)
