"""Detaching destroys everything that ties people to their replies; later the replies are deleted too.

It happens when the regret period after a round's close is over. Destroyed are: who wrote which reply and when, who took part, who was asked
and what happened to the message, whose quote was declined. Authors are told of declined quotes before, at the digest's hour; if the digest
comes later, they are not told any more. The replies get new random ids and are encrypted again, so that no earlier note and no older copy
of the file fits them. Words and numbers of people remain; later the words are deleted too. The periods are promised when a round opens, and
kept in its snapshot.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import delete_rows
from bot.confidentiality.encryption import own_words, session_keys
from bot.database.row_ids import new_id, new_number
from bot.local_time import today
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
    from datetime import date, datetime

    from sqlalchemy.orm import Session


USUAL_RETENTION: Final = Retention(detach_after_days=7, delete_replies_after_days=90)  # for rounds from before snapshots held it
WAIT_FOR_DIGEST: Final = timedelta(days=14)  # after its close, a week without a digest is kept so long for one


def retention_of(round_: Round) -> Retention:
    """The retention that was promised when a round opened."""
    promised = round_.snapshot.get("retention")
    return Retention(**promised) if promised else USUAL_RETENTION


def detaches_on(round_: Round, zone: str) -> date:
    """The day on which a round is to be detached, in a time zone."""
    return today(round_.closes_at + timedelta(retention_of(round_).detach_after_days), zone)


def deletes_on(round_: Round, zone: str) -> date:
    """The day on which a round's replies are to be deleted, in a time zone."""
    return today(round_.closes_at + timedelta(retention_of(round_).delete_replies_after_days), zone)


def _days_since_close(round_: Round, now: datetime) -> int:
    """Whole days: a number that no calendar reaches can be compared with them."""
    return (now - round_.closes_at) // timedelta(days=1)


# --- the tie ---------------------------------------------------------------------------------------------------------------------


def rounds_to_detach(session: Session, now: datetime) -> Iterator[Round]:
    """The rounds whose regret period is over.

    A week waits for its digest, which counts people, but not for long: if its programme is gone, the promise must still be kept.
    """
    has_digest = select(Digest.id).where(Digest.programme == Round.programme, Digest.week == Round.week).exists()
    may_detach = or_(has_digest, Round.closes_at <= now - WAIT_FOR_DIGEST)
    candidates = select(Round).where(Round.detached_at.is_(None), Round.closed_at.is_not(None), may_detach)
    for round_ in session.scalars(candidates.order_by(Round.closes_at, Round.id)):
        if _days_since_close(round_, now) >= retention_of(round_).detach_after_days:
            yield round_


def detach(session: Session, now: datetime, round_: Round) -> None:
    """Destroy everything that ties people to the replies of a closed round."""
    _keep_what_remains(session, round_)
    delete_rows(session, Authorship, Authorship.round_id == round_.id)
    delete_rows(session, Participation, Participation.round_id == round_.id)
    delete_rows(session, OutboxMessage, OutboxMessage.round_id == round_.id)
    _untie_quotes(session, round_)
    _move_replies_to_new_ids(session, round_)
    round_.detached_at = now
    _record_and_request_wiping(session, now, round_, AuditAct.DETACHED)


def _keep_what_remains(session: Session, round_: Round) -> None:
    """Keep what only the messages tell: how many people the question reached, and up to when each has heard politicians' answers."""
    is_question = OutboxMessage.round_id == round_.id, OutboxMessage.kind == MessageKind.QUESTION
    by_state = select(OutboxMessage.state, func.count()).where(*is_question).group_by(OutboxMessage.state)
    counts = {state: number for state, number in session.execute(by_state)}  # noqa: C416 - a row is no pair to a type checker
    round_.counts = {"asked": counts.get(MessageState.SENT, 0), "not_reached": sum(counts.get(state, 0) for state in UNDELIVERED)}
    reached = select(OutboxMessage.person_id).where(*is_question, OutboxMessage.state.not_in(NOT_REACHED))
    earlier = or_(Person.heard_until.is_(None), Person.heard_until < round_.opens_at)
    statement = update(Person).where(Person.id.in_(reached), earlier).values(heard_until=round_.opens_at)
    session.execute(statement.execution_options(synchronize_session=False))


def _untie_quotes(session: Session, round_: Round) -> None:
    """Untie posted quotes from their replies, and delete the others: they will never be posted."""
    of_round = Quote.reply_id.in_(select(Reply.id).where(Reply.round_id == round_.id))
    delete_rows(session, Quote, of_round, Quote.place.is_(None))
    session.execute(update(Quote).where(of_round).values(reply_id=None).execution_options(synchronize_session=False))


MOVE_REPLY_TO_NEW_ID: Final = (
    update(Reply)
    .where(Reply.id == bindparam("old"))
    .values(id=bindparam("new"), words=bindparam("sealed"), sealed_with=bindparam("key"), cleared=None, sentence=None)
)


def _move_replies_to_new_ids(session: Session, round_: Round) -> None:
    """Give replies new ids and encrypt their words again, so that no earlier note or copy fits them.

    Words that are not a reply's own are emptied: the person who exchanged them could recognise them.
    """
    keys = session_keys(session)
    replies = session.execute(select(Reply.id, Reply.words, Reply.sealed_with).where(Reply.round_id == round_.id))
    rows: list[dict[str, object]] = []
    for reply in replies:
        own_id = new_id(session)
        ciphertext = keys.encrypt(own_words(keys, reply) or "", own_id)
        rows.append({"old": reply.id, "new": own_id, "sealed": ciphertext.words, "key": ciphertext.sealed_with})
    if rows:
        session.connection().execute(MOVE_REPLY_TO_NEW_ID, rows)


# --- the words -------------------------------------------------------------------------------------------------------------------


def rounds_to_delete(session: Session, now: datetime) -> Iterator[Round]:
    """The rounds whose replies are old enough to be deleted. The digests that politicians have seen stay."""
    candidates = select(Round).where(Round.deleted_at.is_(None), Round.closed_at.is_not(None))
    for round_ in session.scalars(candidates.order_by(Round.closes_at, Round.id)):
        if _days_since_close(round_, now) >= retention_of(round_).delete_replies_after_days:
            yield round_


def delete_replies(session: Session, now: datetime, round_: Round) -> None:
    """Delete a round's replies. If the round is not yet detached, because it never had a digest, it is detached first."""
    if round_.detached_at is None:
        detach(session, now, round_)
    delete_rows(session, Reply, Reply.round_id == round_.id)
    round_.deleted_at = now
    _record_and_request_wiping(session, now, round_, AuditAct.REPLIES_DELETED)


def _record_and_request_wiping(session: Session, now: datetime, round_: Round, act: AuditAct) -> None:
    """Write the act into the audit log, and request wiping. Tombstones are not needed: what a backup restores is due again at once."""
    digest = session.scalar(select(Digest.number).where(Digest.programme == round_.programme, Digest.week == round_.week))
    session.add(AuditEntry(id=new_number(session), programme=round_.programme, at=now, act=act, digest=digest))
    session.flush()
    tombstones.request_wiping(session, now)
