"""Is all that people wrote sealed with a key that we have, and how does it come to be sealed with the newest?

A change of keys takes the new one in front of the old, then seals everything anew, some rows at a time, so that the bot may go on
meanwhile. What binds a yes to a text is bound anew to the same text: what was cleared or approved stays so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import or_, select, update

from bot.confidentiality.deletion.tombstones import leave_unnamed
from bot.confidentiality.encryption import TEXT, decrypt_words, session_keys
from bot.models import LoadedProgramme, Quote, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys

EncryptedRow = TypeVar("EncryptedRow", Reply, Quote)

BATCH_SIZE: Final = 100  # rows in one transaction: a few hundredths of a second
BEFORE_ALL_IDS: Final = ""  # stands before every id


def missing_keys(session: Session) -> list[str]:
    """The names of keys that have sealed what is kept, and that we do not have."""
    ours = session_keys(session).names
    used = {name for kind in (Reply, Quote) for name in session.scalars(select(kind.sealed_with).distinct()) if name is not None}
    return sorted(used - ours)


def encrypt_replies_anew(session: Session, now: datetime, after: str) -> Sequence[str]:
    """Seal the next replies with the newest key, in the order of their ids, from one on; the ids of those that were not yet."""
    keys, found = session_keys(session), _next_batch(session, Reply, after)
    texts = {each.id: decrypt_words(session, each) for each in found}
    for each in found:
        _encrypt(keys, each, texts[each.id])
        each.cleared = keys.fingerprint(TEXT, texts[each.id]) if each.cleared in keys.fingerprints(TEXT, texts[each.id]) else None
    for quote in session.scalars(select(Quote).where(Quote.reply_id.in_(texts))):
        _bind_approval(keys, quote, texts[str(quote.reply_id)])
    return _finish_batch(session, now, found)


def encrypt_quotes_anew(session: Session, now: datetime, after: str) -> Sequence[str]:
    """The same for the words of quotes that were posted."""
    keys, found = session_keys(session), _next_batch(session, Quote, after)
    for each in found:
        text = keys.decrypt(each.words or b"", each.sealed_with)
        _encrypt(keys, each, text)
        _bind_approval(keys, each, text)
    return _finish_batch(session, now, found)


def _next_batch(session: Session, kind: type[EncryptedRow], after: str) -> Sequence[EncryptedRow]:
    otherwise = or_(kind.sealed_with.is_(None), kind.sealed_with != session_keys(session).name)
    rows = select(kind).where(kind.id > after, kind.words.is_not(None), otherwise)
    return session.scalars(rows.order_by(kind.id).limit(BATCH_SIZE)).all()


def _encrypt(keys: Keys, row: Reply | Quote, text: str) -> None:
    sealed = keys.encrypt(text)
    row.words, row.sealed_with = sealed.words, sealed.sealed_with


def _bind_approval(keys: Keys, quote: Quote, text: str) -> None:
    """A yes that was for another text stays void."""
    if quote.fingerprint in keys.fingerprints(TEXT, text):
        quote.fingerprint = keys.fingerprint(TEXT, text)


def _finish_batch(session: Session, now: datetime, found: Sequence[EncryptedRow]) -> Sequence[str]:
    session.flush()
    if found:
        leave_unnamed(session, now)
    return [each.id for each in found]


def request_synchronisation(session: Session) -> None:
    """The hashes of people's names come back with the newest key when the lists are read next: let that be soon."""
    session.execute(update(LoadedProgramme).values(synchronised_at=None))
