"""What of a restored backup had been deleted meanwhile, and is deleted again?

People, replies and quotes, found by the keyed hashes of the list beside the database. Each goes the way it went the first time: a posted
quote leaves its message too, and each leaves its trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import Deleted
from bot.confidentiality.encryption import keys_of
from bot.dialogue import quotes
from bot.dialogue.erasing import erase
from bot.models import Authorship, Participation, Person, Quote, Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """How much was deleted again."""

    people: int
    quotes: int
    replies: int


def forget_again(session: Session, now: datetime, tokens: Collection[str]) -> Forgotten:
    """Delete what any of these tokens stands for."""
    people = _meant(session, Deleted.PERSON, session.scalars(select(Person.address).distinct()), tokens)
    for address in people:
        erase(session, now, address)
    gone = _meant(session, Deleted.QUOTE, session.scalars(select(Quote.id)), tokens)
    for quote_id in gone:
        quotes.remove(session, now, session.get_one(Quote, quote_id))
    replies = _meant(session, Deleted.REPLY, session.scalars(select(Reply.id)), tokens)
    for reply_id in replies:
        _delete_reply(session, now, reply_id)
    return Forgotten(people=len(people), quotes=len(gone), replies=len(replies))


def _meant(session: Session, what: Deleted, ids: Iterable[str], tokens: Collection[str]) -> list[str]:
    keys, sought = keys_of(session), frozenset(tokens)
    return [each for each in ids if not sought.isdisjoint(keys.fingerprints(what, each))]


def _delete_reply(session: Session, now: datetime, reply_id: str) -> None:
    """With its quote, and with what tells that its author took part."""
    quotes.withdraw(session, now, reply_id)
    tombstones.leave(session, now, Deleted.REPLY, reply_id)
    tie = session.get(Authorship, reply_id)
    if tie is not None:
        part = Participation.round_id == tie.round_id, Participation.person_id == tie.person_id
        session.execute(delete(Participation).where(*part))
        session.delete(tie)
        session.flush()
    session.execute(delete(Reply).where(Reply.id == reply_id))
