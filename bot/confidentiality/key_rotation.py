"""Key rotation encrypts everything that people wrote again, with the newest key.

Organisers put the new key in front of the old one; then some rows at a time are encrypted again, so that the bot can run meanwhile. The
fingerprints of clearances and approvals are renewed for the same text, so that they stay valid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import inspect, or_, select, update

from bot.confidentiality.bound_text import bound_text
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
BEFORE_ALL_IDS: Final = ""  # sorts before every id


def missing_keys(session: Session) -> list[str]:
    """The names of the keys that stored words need and that we do not have."""
    available = session_keys(session).names
    used = {
        name
        for kind in (Reply, Quote)
        if _has_seals(session, kind.__tablename__)
        for name in session.scalars(select(kind.sealed_with).distinct())
        if name is not None
    }
    return sorted(used - available)


def _has_seals(session: Session, table: str) -> bool:
    """Whether a table has encrypted rows: the first version had none."""
    tables = inspect(session.connection())
    return tables.has_table(table) and any(column["name"] == "sealed_with" for column in tables.get_columns(table))


def encrypt_replies_anew(session: Session, now: datetime, after: str) -> Sequence[str]:
    """Encrypt the next batch of replies after an id with the newest key. Returns their ids; if there are none, all is done."""
    keys, replies = session_keys(session), _next_batch(session, Reply, after)
    texts = {reply.id: (own_words(keys, reply), reply.sentence) for reply in replies}
    for reply in replies:
        text, sentence = texts[reply.id]
        _encrypt_row(keys, reply, text)
        cleared = bound_text(keys, text, reply.cleared, sentence)
        reply.cleared = None if cleared is None else keys.fingerprint(TEXT, cleared)
    for quote in session.scalars(select(Quote).where(Quote.reply_id.in_(texts))):
        text, sentence = texts[str(quote.reply_id)]
        _bind_approval(keys, quote, bound_text(keys, text, quote.fingerprint, sentence))
    return _finish_batch(session, now, replies)


def encrypt_quotes_anew(session: Session, now: datetime, after: str) -> Sequence[str]:
    """Encrypt the next batch of posted quotes after an id with the newest key. Returns their ids; if there are none, all is done."""
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
    """Encrypt a row again. Words that are not its own (`text` None) only get the key's name, so that they block nothing."""
    if text is None:
        row.sealed_with = keys.name
        return
    ciphertext = keys.encrypt(text, row.id)
    row.words, row.sealed_with = ciphertext.words, ciphertext.sealed_with


def _bind_approval(keys: Keys, quote: Quote, text: str | None) -> None:
    """Renew the fingerprint of an approval, if it was for this text; one for another text stays void."""
    if text is not None and quote.fingerprint in keys.fingerprints(TEXT, text):
        quote.fingerprint = keys.fingerprint(TEXT, text)


def _finish_batch(session: Session, now: datetime, rows: Sequence[EncryptedRow]) -> Sequence[str]:
    session.flush()
    if rows:
        request_wiping(session, now)
    return [row.id for row in rows]


def request_synchronisation(session: Session) -> None:
    """Request that the lists are read again soon, which hashes people's names with the newest key."""
    session.execute(update(LoadedProgramme).values(synchronised_at=None))
