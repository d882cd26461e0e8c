"""How is everything about a person deleted?

In all programmes at once: what they answered, as far as anybody still knows that it was theirs, with its quotes; that they took part; what
was said to them or still waits to be; what organisers were told of them; and that they were here at all. What politicians and organisers
have done in public stays, since others have answered it; of one who is neither any more it loses its name. Numbers that have been made up
stay. A tombstone is left of each thing, so that neither a backup nor a list brings it back.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import NO_NAMES, without_names
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.database.row_ids import new_id
from bot.dialogue.digests import quotes, redraw
from bot.models import (
    Authorship,
    Digest,
    HeardBy,
    LeftBy,
    MessageKind,
    MessageState,
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

    from bot.confidentiality.deletion.tombstones import Traces
    from bot.models import Base
    from bot.programme import Role


def erase(session: Session, now: datetime, address: str) -> bool:
    """Delete all that is kept about whoever has this address; False if there was nobody.

    A message that is on its way at this moment may still arrive; what becomes of it is not written down.
    """
    people = session.scalars(select(Person).where(Person.address == address).order_by(Person.id)).all()
    if not people:
        return False
    ids = [person.id for person in people]
    _delete_replies(session, now, ids)
    _delete_where(session, Participation, Participation.person_id.in_(ids))
    _delete_where(session, OutboxMessage, or_(OutboxMessage.person_id.in_(ids), OutboxMessage.address == address))
    _remove_from_notices(session, now, address)
    for person in people:
        tombstones.lift(session, now, DeletedKind.AWAY, tombstones.id_of(person.programme, address))  # their erasing says it all
        tombstones.remember_roles(session, now, person.programme, address, _roles_had(person))
        _delete_or_anonymise(session, now, person)
    session.flush()
    tombstones.leave_tombstones(session, now, DeletedKind.PERSON, address)
    return True


def _delete_replies(session: Session, now: datetime, ids: Collection[int]) -> None:
    """What still is theirs. What has been detached from them cannot be found, by nobody."""
    reply_ids = session.scalars(select(Authorship.reply_id).where(Authorship.person_id.in_(ids))).all()
    for reply_id in reply_ids:
        quotes.withdraw(session, now, reply_id)
    _delete_where(session, Authorship, Authorship.reply_id.in_(reply_ids))
    _delete_where(session, Reply, Reply.id.in_(reply_ids))
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, *reply_ids)


def _delete_where(session: Session, model: type[Base], *conditions: ColumnElement[bool]) -> None:
    session.execute(delete(model).where(*conditions))


def _remove_from_notices(session: Session, now: datetime, address: str) -> None:
    """Organisers were told who stands on several lists. The rows stay, so that nothing is told again; the name goes.

    Where a notice stands in the chat it is drawn anew without any names: what is missing would tell who was erased.
    They were also told the e-mails for which nobody was found. Whose those are is not known, so they go by age (`expired_rows`).
    """
    name_pattern = re.compile(rf"\b{re.escape(address)}\b")
    for notice in session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.NOTICE)):
        facts = json.dumps(notice.facts, ensure_ascii=False)
        if name_pattern.search(facts):
            notice.facts = json.loads(name_pattern.sub(NO_NAMES, facts))
            if notice.state is not MessageState.PENDING:
                notice.facts = without_names(notice.facts)
                redraw.queue_redraw_of_notice(session, now, notice)


def _delete_or_anonymise(session: Session, now: datetime, person: Person) -> None:
    """Politicians and organisers keep their rights, and nothing of what they were before. Others are not here any more."""
    person.next_role = person.role_from = person.left_by = person.welcomed_at = person.paused_until = person.heard_until = None
    person.ask_at, person.invited_at = None, now
    if person.role not in PARTICIPANTS and person.state is not PersonState.LEFT:
        return
    session.execute(update(Digest).where(Digest.decided_by == person.id).values(decided_by=None))
    if _has_acted_in_public(session, person):
        person.address, person.state, person.left_by = f"erased-{new_id(session)}", PersonState.LEFT, LeftBy.SELF
    else:
        session.delete(person)


def _roles_had(person: Person) -> list[Role]:
    """The roles in which they took part, or were about to, unless a list has put them out. Of others the row stays, and tells."""
    is_known = person.state is not PersonState.LEFT or person.left_by is LeftBy.SELF
    return [role for role in PARTICIPANTS if is_known and role in {person.role, person.next_role}]


def _has_acted_in_public(session: Session, person: Person) -> bool:
    """Whether they were a politician and have answered or acknowledged a digest."""
    select_responses = select(Response.id).where(Response.person_id == person.id)
    select_acknowledgements = select(HeardBy.digest_id).where(HeardBy.person_id == person.id)
    return any(session.scalar(statement.limit(1)) is not None for statement in (select_responses, select_acknowledgements))


@dataclass(frozen=True, kw_only=True)
class DeletionCounts:
    """How much was deleted again."""

    people: int
    quotes: int
    replies: int


def delete_again(session: Session, now: datetime, traces: Traces) -> DeletionCounts:
    """Delete what these traces stand for."""
    addresses = _ids_behind(traces, DeletedKind.PERSON, session.scalars(select(Person.address).distinct()))
    for address in addresses:
        erase(session, now, address)
    quote_ids = _ids_behind(traces, DeletedKind.QUOTE, session.scalars(select(Quote.id)))
    for quote_id in quote_ids:
        _remove_quote(session, now, session.get_one(Quote, quote_id))
    reply_ids = _ids_behind(traces, DeletedKind.REPLY, session.scalars(select(Reply.id)))
    for reply_id in reply_ids:
        delete_reply(session, now, reply_id)
    return DeletionCounts(people=len(addresses), quotes=len(quote_ids), replies=len(reply_ids))


def _ids_behind(traces: Traces, kind: DeletedKind, ids: Iterable[str]) -> list[str]:
    return [id_ for id_ in ids if traces.holds(kind, id_)]


def _remove_quote(session: Session, now: datetime, quote: Quote) -> None:
    """With its author's mark, as when it was taken back."""
    session.execute(update(Reply).where(Reply.id == quote.reply_id).values(quote=False, cleared=None))
    quotes.remove(session, now, quote)


def delete_reply(session: Session, now: datetime, reply_id: str) -> None:
    """With its quote, and with what tells that its author took part."""
    quotes.withdraw(session, now, reply_id)
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, reply_id)
    authorship = session.get(Authorship, reply_id)
    if authorship is not None:
        conditions = Participation.round_id == authorship.round_id, Participation.person_id == authorship.person_id
        session.execute(delete(Participation).where(*conditions))
        session.delete(authorship)
        session.flush()
    session.execute(delete(Reply).where(Reply.id == reply_id))
