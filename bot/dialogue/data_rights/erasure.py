"""Erasure: deletes everything about a person, in all programmes at once.

Deleted are their replies that are not detached yet, with the quotes; the record that they took part; messages to them, sent or waiting;
their name in what organisers were told; and the person. What politicians and organisers did in public stays, since others have answered it,
but it loses its name once they are neither any more, also the one that a politician put under an answer; digests that have told that name
are frozen and keep it. Figures that have been counted stay. Each deletion leaves a tombstone, so that neither a backup nor a list brings it
back.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, or_, select, update

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
from bot.programme import PARTICIPANTS, Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Traces


def erase(session: Session, now: datetime, address: str) -> bool:
    """Delete everything about the person with this address; False if there is none.

    A message that is being sent at this moment may still arrive; its outcome is not recorded.
    """
    people = session.scalars(select(Person).where(Person.address == address).order_by(Person.id)).all()
    if not people:
        return False
    ids = [person.id for person in people]
    reply_ids = session.scalars(select(Authorship.reply_id).where(Authorship.person_id.in_(ids))).all()
    for reply_id in reply_ids:
        quotes.withdraw(session, now, reply_id)
    session.execute(delete(Authorship).where(Authorship.reply_id.in_(reply_ids)))
    session.execute(delete(Reply).where(Reply.id.in_(reply_ids)))
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, *reply_ids)
    session.execute(delete(Participation).where(Participation.person_id.in_(ids)))
    to_them = or_(OutboxMessage.person_id.in_(ids), OutboxMessage.address == address)
    session.execute(delete(OutboxMessage).where(to_them, ~_is_asked_in_public(people)))
    _remove_from_notices(session, now, address)
    for person in people:
        tombstones.lift(session, now, DeletedKind.AWAY, tombstones.id_of(person.programme, address))  # the erasure covers it
        # A list may have put the person out: then the row stays, and tells the role by itself.
        is_known = person.state is not PersonState.LEFT or person.left_by is LeftBy.SELF
        roles_had = [role for role in PARTICIPANTS if is_known and role in {person.role, person.next_role}]
        tombstones.remember_roles(session, now, person.programme, address, roles_had)
        _delete_or_anonymise(session, now, person)
    session.flush()
    tombstones.leave_tombstones(session, now, DeletedKind.PERSON, address)
    return True


def _is_asked_in_public(people: Iterable[Person]) -> ColumnElement[bool]:
    """The questions to people who stay politicians: what is public stays, or they would be asked once more."""
    stay = [person.id for person in people if person.role is Role.POLITICIAN and person.state is not PersonState.LEFT]
    return and_(OutboxMessage.person_id.in_(stay), OutboxMessage.kind.in_((MessageKind.PROMISE_DUE, MessageKind.WISH_ASKED)))


def _remove_from_notices(session: Session, now: datetime, address: str) -> None:
    """Remove a name from the organisers' notices. The rows stay, so that nothing is told again.

    A notice that was posted is drawn again without any names: a single missing one would tell who was erased. Notices also hold e-mails
    for which nobody was found. Nobody knows whose they are, so they are deleted when they are old (`expired_rows`).
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
    """Delete the person; a politician or organiser keeps their rights, and nothing of what they were before."""
    person.next_role = person.role_from = person.left_by = person.welcomed_at = person.paused_until = person.heard_until = None
    person.ask_at, person.invited_at = None, now
    if person.role not in PARTICIPANTS and person.state is not PersonState.LEFT:
        return
    session.execute(update(Digest).where(Digest.decided_by == person.id).values(decided_by=None))
    responses = select(Response.id).where(Response.person_id == person.id)
    acknowledgements = select(HeardBy.digest_id).where(HeardBy.person_id == person.id)
    session.execute(update(Response).where(Response.person_id == person.id).values(signed=None))
    if any(session.scalar(acts.limit(1)) is not None for acts in (responses, acknowledgements)):  # that stays, without the name
        person.address, person.state, person.left_by = f"erased-{new_id(session)}", PersonState.LEFT, LeftBy.SELF
    else:
        session.delete(person)


def delete_again(session: Session, now: datetime, traces: Traces) -> None:
    """Delete again whatever has a tombstone in `traces`, after a backup was restored."""
    for address in _ids_behind(traces, DeletedKind.PERSON, session.scalars(select(Person.address).distinct())):
        erase(session, now, address)
    for quote_id in _ids_behind(traces, DeletedKind.QUOTE, session.scalars(select(Quote.id))):
        quote = session.get_one(Quote, quote_id)
        no_marks = {"quote": False, "cleared": None, "sentence": None}  # as when it was taken back
        session.execute(update(Reply).where(Reply.id == quote.reply_id).values(**no_marks))
        quotes.remove(session, now, quote)
    for reply_id in _ids_behind(traces, DeletedKind.REPLY, session.scalars(select(Reply.id))):
        delete_reply(session, now, reply_id)


def _ids_behind(traces: Traces, kind: DeletedKind, ids: Iterable[str]) -> list[str]:
    return [id_ for id_ in ids if traces.holds(kind, id_)]


def delete_reply(session: Session, now: datetime, reply_id: str) -> None:
    """Delete a reply, its quote, and the record that its author took part."""
    quotes.withdraw(session, now, reply_id)
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, reply_id)
    authorship = session.get(Authorship, reply_id)
    if authorship is not None:
        conditions = Participation.round_id == authorship.round_id, Participation.person_id == authorship.person_id
        session.execute(delete(Participation).where(*conditions))
        session.delete(authorship)
        session.flush()
    session.execute(delete(Reply).where(Reply.id == reply_id))
