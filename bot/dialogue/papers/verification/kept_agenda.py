"""Tells whether an agenda paper that somebody has kept is whole, and names digests as they were issued.

Its words follow the promises of the day on which it was made, so they are nowhere kept to be compared with. Only the seal speaks for them,
and anybody can make one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue.papers.verification.verify_paper import Outcome, Verdict
from bot.models import Digest, DigestState, LoadedProgramme
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.verification.paper_file import KeptAgenda
    from bot.sentence import Sentence


def verify_agenda(agenda: KeptAgenda, session: Session | None) -> Verdict:
    """What an agenda paper is. `session` None: there is no database."""
    faults = [] if agenda.sealed else [sentence("verify.seal_broken")]
    faults += _unseen_digests(agenda)
    notes = []
    if session is not None and session.get(LoadedProgramme, agenda.programme) is None:
        notes = [sentence("verify.other_programme", programme=agenda.programme)]
    elif session is not None:
        faults += _other_digests(agenda, session)
    key, outcome = ("altered", Outcome.ALTERED) if faults else ("partly", Outcome.PARTLY)
    first, last = min(agenda.checksums), max(agenda.checksums)
    numbers = str(first) if first == last else f"{first}-{last}"
    return Verdict(outcome=outcome, said=(sentence(f"verify.agenda.{key}", numbers=numbers), *faults, *notes))


def _unseen_digests(agenda: KeptAgenda) -> Iterator[Sentence]:
    """The faults of digests whose checksums stand in the data of a paper and in no row of its table."""
    rows = agenda.text.partition("</head>")[2]
    for number, checksum in agenda.checksums.items():
        if f">{checksum}</small>" not in rows:
            yield sentence("verify.agenda.unseen_digest", n=number)


def _other_digests(agenda: KeptAgenda, session: Session) -> Iterator[Sentence]:
    """The faults of digests that the database has otherwise, or does not have."""
    digests = select(Digest.number, Digest.checksum, Digest.state).where(Digest.programme == agenda.programme)
    stored = {row.number: row for row in session.execute(digests)}
    for number, checksum in agenda.checksums.items():
        if number not in stored:
            yield sentence("verify.unknown", n=number)
        elif stored[number].state is not DigestState.PURGED and stored[number].checksum != checksum:
            yield sentence("verify.agenda.other_digest", n=number)
