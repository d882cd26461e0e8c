"""Tells whether an agenda paper that somebody has kept still bears its seal, and names digests as they were issued.

Its words follow the promises of the day on which it was made, so they are nowhere kept to be compared with: only the seal speaks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue.papers.verification.verify_paper import Outcome, Verdict
from bot.dialogue.papers.verification.words_of_page import words_of_page
from bot.models import Digest, DigestState
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.verification.paper_file import KeptAgenda
    from bot.sentence import Sentence


def verify_agenda(agenda: KeptAgenda, session: Session | None) -> Verdict:
    """What an agenda paper is. `session` None: there is no database."""
    faults = [] if agenda.sealed else [sentence("verify.seal_broken")]
    faults += _other_digests(agenda, session)
    key, outcome = ("altered", Outcome.ALTERED) if faults else ("partly", Outcome.PARTLY)
    range_ = {"first": min(agenda.checksums), "last": max(agenda.checksums)}
    return Verdict(outcome=outcome, said=(sentence(f"verify.agenda.{key}", **range_), *faults))


def _other_digests(agenda: KeptAgenda, session: Session | None) -> Iterator[Sentence]:
    """The faults of digests with another checksum than the paper shows or the database has."""
    digests = select(Digest.number, Digest.checksum).where(Digest.programme == agenda.programme, Digest.state != DigestState.PURGED)
    stored = {} if session is None else {row.number: row.checksum for row in session.execute(digests)}
    words = words_of_page(agenda.text)
    for number, checksum in agenda.checksums.items():
        if checksum not in words or stored.get(number, checksum) != checksum:
            yield sentence("verify.agenda.other_digest", n=number)
