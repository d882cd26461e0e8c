"""Tells whether an agenda paper that somebody has kept still bears its seal, and names digests as they were issued.

Its words follow the promises of the day on which it was made, so they are nowhere kept to be compared with: only the seal speaks for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.dialogue.papers.seal import is_sealed
from bot.dialogue.papers.verification.paper_file import readings
from bot.dialogue.papers.verification.verify_paper import Outcome, Verdict
from bot.models import Digest, DigestState
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.sentence import Sentence

MARK: Final = re.compile(r"\beftertanke-agenda:([^\s:<]+):(\d{1,9}):(\d{1,9})\b")
ROW: Final = re.compile(r'<tr><td class="short">(\d{1,9})</td>(?:(?!</?tr>).)*<td><small[^>]*>([0-9a-f]{64})</small>', re.DOTALL)


def verify_agenda(raw: bytes, session: Session | None) -> Verdict | None:
    """What an agenda paper is; None: the file is none. `session` None: there is no database."""
    text = next(filter(is_sealed, readings(raw)), next(readings(raw), ""))
    mark = MARK.search(text)
    if mark is None:
        return None
    faults = [] if is_sealed(text) else [sentence("verify.seal_broken")]
    if session is not None:
        faults += _other_digests(session, mark[1], text)
    key, outcome = ("altered", Outcome.ALTERED) if faults else ("partly", Outcome.PARTLY)
    numbers = mark[2] if mark[2] == mark[3] else f"{mark[2]}-{mark[3]}"
    return Verdict(outcome=outcome, said=(sentence(f"verify.agenda.{key}", numbers=numbers), *faults))


def _other_digests(session: Session, programme: str, text: str) -> Iterator[Sentence]:
    """The faults of digests that are named with another checksum than the database has."""
    digests = select(Digest.number, Digest.checksum).where(Digest.programme == programme, Digest.state != DigestState.PURGED)
    stored = {row.number: row.checksum for row in session.execute(digests)}
    for number, checksum in ROW.findall(text):
        if stored.get(int(number), checksum) != checksum:
            yield sentence("verify.agenda.other_digest", n=int(number))
