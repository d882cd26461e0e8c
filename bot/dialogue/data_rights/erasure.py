"""How is everything about a person deleted?

In all programmes at once: what they answered, as far as anybody still knows that it was theirs, with its quotes; that they took part; what
was said to them or still waits to be; what organisers were told of them; and that they were here at all. What politicians and organisers
have done in public stays, since others have answered it; of one who is neither any more it loses its name. Numbers that have been made up
stay. A trace is left of each thing, so that neither a backup nor a list brings it back.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import session_keys
from bot.dialogue.digests import quotes
from bot.models import (
    Authorship,
    Digest,
    HeardBy,
    LeftBy,
    MessageKind,
    OutboxMessage,
    Participation,
    Person,
    PersonState,
    Quote,
    Reply,
    Response,
)
from bot.programme import PARTICIPANTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.models import Base


def erase(session: Session, now: datetime, address: str) -> bool:
    """Delete all that is kept about whoever has this address; False if there was nobody.

    A message that is on its way at this moment may still arrive; what becomes of it is not written down.
    """
    own = session.scalars(select(Person).where(Person.address == address).order_by(Person.id)).all()
    if not own:
        return False
    ids = [each.id for each in own]
    _delete_replies(session, now, ids)
    _delete(session, Participation, Participation.person_id.in_(ids))
    _delete(session, OutboxMessage, or_(OutboxMessage.person_id.in_(ids), OutboxMessage.address == address))
    _unname(session, address)
    for each in own:
        _leave_programme(session, now, each)
    session.flush()
    tombstones.leave_tombstones(session, now, DeletedKind.PERSON, address)
    return True


def _delete_replies(session: Session, now: datetime, ids: Collection[int]) -> None:
    """What still is theirs. What has been detached from them cannot be found, by nobody."""
    theirs = session.scalars(select(Authorship.reply_id).where(Authorship.person_id.in_(ids))).all()
    for reply_id in theirs:
        quotes.withdraw(session, now, reply_id)
    _delete(session, Authorship, Authorship.reply_id.in_(theirs))
    _delete(session, Reply, Reply.id.in_(theirs))
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, *theirs)


def _delete(session: Session, what: type[Base], *which: ColumnElement[bool]) -> None:
    session.execute(delete(what).where(*which))


def _unname(session: Session, address: str) -> None:
    """Organisers were told who stands on several lists. The rows stay, so that nothing is told again; the name goes.

    They were also told the e-mails for which nobody was found. Whose those are is not known, so they go by age (`tidying`).
    """
    named = re.compile(rf"\b{re.escape(address)}\b")
    for notice in session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.NOTICE)):
        told = json.dumps(notice.facts, ensure_ascii=False)
        if named.search(told):
            notice.facts = json.loads(named.sub("…", told))


def _leave_programme(session: Session, now: datetime, who: Person) -> None:
    """Politicians and organisers keep their rights, and nothing of what they were before. Others are not here any more."""
    who.next_role = who.role_from = who.welcomed_at = who.paused_until = who.heard_until = None
    who.invited_at = now
    if who.role not in PARTICIPANTS and who.state is not PersonState.LEFT:
        return
    session.execute(update(Digest).where(Digest.decided_by == who.id).values(decided_by=None))
    if _spoke_in_public(session, who):
        who.address, who.state, who.left_by = f"erased-{uuid4().hex}", PersonState.LEFT, LeftBy.SELF
    else:
        session.delete(who)


def _spoke_in_public(session: Session, who: Person) -> bool:
    """Whether they were a politician and have answered or acknowledged a digest."""
    answered, heard = select(Response.id).where(Response.person_id == who.id), select(HeardBy.digest_id).where(HeardBy.person_id == who.id)
    return any(session.scalar(each.limit(1)) is not None for each in (answered, heard))


@dataclass(frozen=True, kw_only=True)
class DeletedAgain:
    """How much was deleted again."""

    people: int
    quotes: int
    replies: int


def delete_again(session: Session, now: datetime, tokens: Collection[str]) -> DeletedAgain:
    """Delete what any of these tokens stands for."""
    people = _ids_behind(session, DeletedKind.PERSON, session.scalars(select(Person.address).distinct()), tokens)
    for address in people:
        erase(session, now, address)
    gone = _ids_behind(session, DeletedKind.QUOTE, session.scalars(select(Quote.id)), tokens)
    for quote_id in gone:
        quotes.remove(session, now, session.get_one(Quote, quote_id))
    replies = _ids_behind(session, DeletedKind.REPLY, session.scalars(select(Reply.id)), tokens)
    for reply_id in replies:
        _delete_reply(session, now, reply_id)
    return DeletedAgain(people=len(people), quotes=len(gone), replies=len(replies))


def _ids_behind(session: Session, what: DeletedKind, ids: Iterable[str], tokens: Collection[str]) -> list[str]:
    keys, sought = session_keys(session), frozenset(tokens)
    return [each for each in ids if not sought.isdisjoint(keys.fingerprints(what, each))]


def _delete_reply(session: Session, now: datetime, reply_id: str) -> None:
    """With its quote, and with what tells that its author took part."""
    quotes.withdraw(session, now, reply_id)
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, reply_id)
    tie = session.get(Authorship, reply_id)
    if tie is not None:
        part = Participation.round_id == tie.round_id, Participation.person_id == tie.person_id
        session.execute(delete(Participation).where(*part))
        session.delete(tie)
        session.flush()
    session.execute(delete(Reply).where(Reply.id == reply_id))
