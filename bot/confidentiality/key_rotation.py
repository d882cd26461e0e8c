"""Is all that people wrote encrypted with a key that we have, and how does it come to be encrypted with the newest?

A change of keys takes the new one in front of the old, then encrypts everything anew, some rows at a time, so that the bot may go on
meanwhile. What binds a yes to a text is bound anew to the same text: what was cleared or approved stays so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import or_, select, update

from bot.confidentiality.deletion.tombstones import request_wiping
from bot.confidentiality.encryption import TEXT, own_words, session_keys
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
    """The names of keys that have encrypted what is kept, and that we do not have."""
    available = session_keys(session).names
    used = {name for kind in (Reply, Quote) for name in session.scalars(select(kind.sealed_with).distinct()) if name is not None}
    return sorted(used - available)


def encrypt_replies_anew(session: Session, now: datetime, after: str) -> Sequence[str]:
    """Encrypt the next replies with the newest key, in the order of their ids, from one on; the ids of those that were not yet."""
    keys, replies = session_keys(session), _next_batch(session, Reply, after)
    texts = {reply.id: own_words(keys, reply) for reply in replies}
    for reply in replies:
        text = texts[reply.id]
        _encrypt_row(keys, reply, text)
        reply.cleared = keys.fingerprint(TEXT, text) if text is not None and reply.cleared in keys.fingerprints(TEXT, text) else None
    for quote in session.scalars(select(Quote).where(Quote.reply_id.in_(texts))):
        _bind_approval(keys, quote, texts[str(quote.reply_id)])
    return _finish_batch(session, now, replies)


def encrypt_quotes_anew(session: Session, now: datetime, after: str) -> Sequence[str]:
    """The same for the words of quotes that were posted."""
    keys, quotes = session_keys(session), _next_batch(session, Quote, after)
    for quote in quotes:
        text = own_words(keys, quote)
        _encrypt_row(keys, quote, text)
        _bind_approval(keys, quote, text)
    return _finish_batch(session, now, quotes)


def _next_batch(session: Session, kind: type[EncryptedRow], after: str) -> Sequence[EncryptedRow]:
    is_not_newest = or_(kind.sealed_with.is_(None), kind.sealed_with != session_keys(session).name)
    rows = select(kind).where(kind.id > after, kind.words.is_not(None), is_not_newest)
    return session.scalars(rows.order_by(kind.id).limit(BATCH_SIZE)).all()


def _encrypt_row(keys: Keys, row: Reply | Quote, text: str | None) -> None:
    """Words that are not the row's own stay as they are, and stop neither this change of keys nor a start without the older key."""
    if text is None:
        row.sealed_with = keys.name
        return
    ciphertext = keys.encrypt(text, row.id)
    row.words, row.sealed_with = ciphertext.words, ciphertext.sealed_with


def _bind_approval(keys: Keys, quote: Quote, text: str | None) -> None:
    """A yes that was for another text stays void."""
    if text is not None and quote.fingerprint in keys.fingerprints(TEXT, text):
        quote.fingerprint = keys.fingerprint(TEXT, text)


def _finish_batch(session: Session, now: datetime, rows: Sequence[EncryptedRow]) -> Sequence[str]:
    session.flush()
    if rows:
        request_wiping(session, now)
    return [row.id for row in rows]


def request_synchronisation(session: Session) -> None:
    """The hashes of people's names come back with the newest key when the lists are read next: let that be soon."""
    session.execute(update(LoadedProgramme).values(synchronised_at=None))
