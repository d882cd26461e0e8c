"""Finds the digests of an installation by their numbers, and requires that they are still as they were stored."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.app.age_of_database import require_current
from bot.app.keys import open_database_to_look, use_database
from bot.app.operators.running_programmes import programme_that_runs
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue.digests.digest_content import checksum, text_checksum
from bot.dialogue.digests.quote_selection import find_posted_quotes
from bot.dialogue.papers.record import record_of
from bot.errors import SetupFault
from bot.models import Digest, DigestState
from bot.sentence import sentence
from bot.settings import installation_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.dialogue.papers.record import Record


@contextmanager
def open_digests(programme: str | None) -> Iterator[tuple[Session, Sequence[Digest]]]:
    """The digests of one programme, in the order of their numbers, and the session they are read in."""
    settings = installation_settings()
    with use_database(open_database_to_look(settings), settings) as database, database.look() as session:
        yield session, load_digests(session, database, programme)


def load_digests(session: Session, database: Database, programme: str | None) -> Sequence[Digest]:
    """The digests of this programme, or of the one that drafted last. SetupFault: the database is older than the code."""
    require_current(session, database)  # an older one shows quotes that have been taken back
    newest = select(Digest.programme).order_by(Digest.drafted_at.desc(), Digest.id.desc()).limit(1)
    return session.scalars(select(Digest).where(Digest.programme == (programme or session.scalar(newest))).order_by(Digest.number)).all()


def records_of(numbers: Sequence[int] | None, programme: str | None) -> list[Record]:
    """The records of the digests with these numbers, or of all that have been issued."""
    with open_digests(programme) as (session, digests):
        issued = [digest.number for digest in digests if digest.state is DigestState.ISSUED]
        found = [find_by_number(session, digests, number) for number in dict.fromkeys(issued if numbers is None else numbers)]
        runs = programme_that_runs(session, found[0].programme) if found else None
        return [record_of(session, digest, runs) for digest in found]


def find_by_number(session: Session, digests: Sequence[Digest], number: int) -> Digest:
    """The digest with this number, unchanged; SetupFault if there is none, or it is purged."""
    digest = _with_number(digests, number)
    if digest.state is DigestState.PURGED:
        raise SetupFault(sentence("setup.digest_purged", n=number))
    return require_unchanged(session, digest)


def find_range(session: Session, digests: Sequence[Digest], first: int, last: int) -> Sequence[Digest]:
    """The digests from one number to another, those that were issued unchanged; SetupFault if none was."""
    if last < first:
        raise SetupFault(sentence("setup.range_reversed", first=first, last=last))
    since, until = (digests.index(_with_number(digests, number)) for number in (first, last))
    in_range = digests[since : until + 1]
    if not [require_unchanged(session, digest) for digest in in_range if digest.state is DigestState.ISSUED]:
        raise SetupFault(sentence("setup.none_issued", first=first, last=last))
    return in_range


def _with_number(digests: Sequence[Digest], number: int) -> Digest:
    digest = next((candidate for candidate in digests if candidate.number == number), None)
    if digest is None:
        raise SetupFault(sentence("setup.no_digest", n=number))
    return digest


def require_unchanged(session: Session, digest: Digest) -> Digest:
    """The digest itself; SetupFault if it or a quote is not what was stored."""
    if checksum(digest.content) != digest.checksum or any(
        text_checksum(own_words(session_keys(session), quote) or "") != quote.checksum for quote in find_posted_quotes(session, digest)
    ):
        raise SetupFault(sentence("setup.digest_changed", n=digest.number))
    return digest
