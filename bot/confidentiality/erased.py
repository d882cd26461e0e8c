"""Who has been erased, and must not be brought back by a list?

Who asked to be erased still stands on the organisers' list the next day. All that remembers them is the trace of their deletion: a keyed
hash of their address. It must outlive every reading of that list, or it would be forgotten with the other traces and they would be asked
again. So each reading renews the traces of those who stand there, also under a new key: a trace lives as long as the programme that has
the list. Coming back is their own doing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import case, select, update

from bot.confidentiality.encryption import keys_of
from bot.confidentiality.traces import Deleted
from bot.models import Trace

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session


def among(session: Session, addresses: Collection[str]) -> frozenset[str]:
    """Those of these people who have been erased."""
    tokens = set(session.scalars(select(Trace.token).where(Trace.token.is_not(None))))
    if not tokens:
        return frozenset()
    return frozenset(address for address in addresses if not tokens.isdisjoint(_tokens(session, address)))


def stands(session: Session, address: str) -> bool:
    """Whether this person has been erased."""
    return session.scalar(select(Trace.id).where(Trace.token.in_(_tokens(session, address))).limit(1)) is not None


def renew(session: Session, now: datetime, addresses: Collection[str]) -> None:
    """These people have been erased and still stand on a list: their traces are as good as new, and never older than they were."""
    keys = keys_of(session)
    at = case((Trace.at < now, now), else_=Trace.at)
    for address in addresses:
        renewed = {"token": keys.fingerprint(Deleted.PERSON, address), "at": at}
        session.execute(update(Trace).where(Trace.token.in_(_tokens(session, address))).values(renewed))


def lift(session: Session, address: str) -> bool:
    """They want to be here again; False if they had not been erased. What was deleted is to be wiped all the same."""
    unnamed = update(Trace).where(Trace.token.in_(_tokens(session, address))).values(token=None)
    return cast("CursorResult[Any]", session.execute(unnamed)).rowcount > 0


def _tokens(session: Session, address: str) -> frozenset[str]:
    return keys_of(session).fingerprints(Deleted.PERSON, address)
