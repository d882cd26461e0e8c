"""Tells whether an exported file is what was issued.

Every file is compared with itself, and with what the database has stored, if there is one. That needs no key, but for a text: it carries no
data, so it is written anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.dialogue.digests.digest_content import checksum
from bot.dialogue.papers.exports import parse_name
from bot.dialogue.papers.foot import FILING
from bot.dialogue.papers.record import record_of
from bot.dialogue.papers.verification.found import NOT_WHOLE, Found
from bot.dialogue.papers.verification.own_data import compare_with_own_data
from bot.dialogue.papers.verification.stored_text import compare_text
from bot.models import Digest, DigestState, LoadedProgramme
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.record import Record
    from bot.dialogue.papers.verification.paper_file import Paper
    from bot.programme import Programme
    from bot.sentence import Sentence

SINCE_POSTING: Final = ("state", "issued_at", "late", "finding", "wishes_in_ledger")  # a draft has none of them yet
ALWAYS: Final = ("week", "timezone")


class Outcome(StrEnum):
    """What a file is. Those further down are worse."""

    ISSUED = "issued"
    OLDER = "older"
    DRAFT = "draft"
    PARTLY = "partly"  # nothing wrong was found, but not all of it could be checked
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a file is, and what there is to say about it, the most important first."""

    outcome: Outcome
    said: tuple[Sentence, ...]


def verify_paper(paper: Paper, name: str, session: Session | None, programme: Programme | None) -> Verdict:
    """What the export in the file with this name is. `session` None: there is no database. `programme`: as it runs, if it does."""
    try:
        own = compare_with_own_data(paper)
        own = replace(own, faults=(*own.faults, *_other_name(paper, name)))
        return _compare(paper, own, session, programme)
    except NOT_WHOLE:
        return _verdict(paper, Outcome.ALTERED, Found(faults=(sentence("verify.not_whole"),)))


def _compare(paper: Paper, own: Found, session: Session | None, programme: Programme | None) -> Verdict:
    """What a paper is of which this was found without the database."""
    if session is None:
        return _verdict(paper, Outcome.PARTLY, own)
    digest = session.scalar(select(Digest).where(Digest.programme == paper.programme, Digest.number == paper.number))
    if digest is None and session.get(LoadedProgramme, paper.programme) is None:
        return _verdict(paper, Outcome.PARTLY, own, Found(notes=(sentence("verify.other_programme", programme=paper.programme),)))
    if digest is None:
        return _verdict(paper, Outcome.UNKNOWN, own)
    if digest.state is DigestState.PURGED:
        return _verdict(paper, Outcome.PARTLY, own, Found(notes=(sentence("verify.purged"),)))
    outcome = _outcome_if_genuine(paper, digest)
    return _verdict(paper, outcome, own, _compare_with_database(session, paper, digest, outcome, programme), newest=digest.revision)


def _other_name(paper: Paper, name: str) -> Iterator[Sentence]:
    """The fault of a file with the name of another export: somebody may have exchanged two of them."""
    named = parse_name(name)
    if named is not None and named != (paper.programme, paper.number, paper.revision):
        yield sentence("verify.other_name", n=named[1], revision=named[2])


def without_paper(session: Session) -> set[tuple[str, int]]:
    """Programme and number of the digests that have not been issued, or are purged."""
    rows = session.execute(select(Digest.programme, Digest.number).where(Digest.state != DigestState.ISSUED))
    return {(programme, number) for programme, number in rows}


def _verdict(paper: Paper, outcome: Outcome, *found: Found, newest: int = 0) -> Verdict:
    """The verdict on a paper that would be `outcome` if nothing more had been found."""
    faults = tuple(dict.fromkeys(fault for part in found for fault in part.faults))
    notes = tuple(note for part in found for note in part.notes)
    if outcome is not Outcome.UNKNOWN:
        outcome = Outcome.ALTERED if faults else Outcome.PARTLY if notes else outcome
    said = sentence(f"verify.{outcome}", n=paper.number, revision=paper.revision, newest=newest, withdrawn=newest - paper.revision)
    resaved = (sentence("verify.resaved"),) if paper.resaved and paper.sealed else ()
    return Verdict(outcome=outcome, said=(said, *faults, *notes, *resaved))


def _outcome_if_genuine(paper: Paper, digest: Digest) -> Outcome:
    """What a paper would be if it is genuine."""
    if paper.draft or digest.state is not DigestState.ISSUED:
        return Outcome.DRAFT
    return Outcome.OLDER if paper.revision < digest.revision else Outcome.ISSUED


def _compare_with_database(session: Session, paper: Paper, digest: Digest, outcome: Outcome, programme: Programme | None) -> Found:
    if paper.checksum != digest.checksum:
        return Found(faults=(sentence("verify.other_content"),))
    if paper.revision > digest.revision:
        return Found(faults=(sentence("verify.revision_ahead", newest=digest.revision),))
    changed = () if checksum(digest.content) == digest.checksum else (sentence("verify.database_changed", n=paper.number),)
    if paper.record is None:
        found = compare_text(session, paper, digest, programme)
    else:
        stored = record_of(session, digest, programme, words_of=lambda *_: "")
        faults = (*_other_facts(paper.record, stored, outcome), *_other_quotes(paper.record, stored, outcome))
        found = Found(faults=faults, notes=tuple(_other_filing(paper.record, stored, is_known=programme is not None)))
    return Found(faults=found.faults, notes=(*changed, *found.notes))


def _other_facts(record: Record, stored: Record, outcome: Outcome) -> Iterator[Sentence]:
    """The facts beside the content that are not those that were stored."""
    is_early = record["state"] != stored["state"] and outcome is Outcome.DRAFT
    ours, theirs = dict(stored), dict(record)
    names = tuple(name for name in (*ALWAYS, *(() if is_early else SINCE_POSTING)) if theirs.get(name) != ours[name])
    if names:
        yield sentence("verify.other_facts", names=names)


def _other_quotes(record: Record, stored: Record, outcome: Outcome) -> Iterator[Sentence]:
    """The fault of quotes that are not those that were posted; those withdrawn since are missing in the database."""
    there, ours = _quotes(record), _quotes(stored)
    withdrawn = stored["revision"] - record["revision"]
    too_many, missing = there - ours, ours - there
    is_right = not too_many if outcome is Outcome.DRAFT else not missing and too_many.total() == withdrawn
    if not is_right:
        yield sentence("verify.other_quotes")


def _quotes(record: Record) -> Counter[tuple[object, ...]]:
    return Counter((quote["theme"], quote["place"], quote["wish"], quote["checksum"]) for quote in record["quotes"])


def _other_filing(record: Record, stored: Record, *, is_known: bool) -> Iterator[Sentence]:
    """The doubts about sender, case and KLE number, which the programme may have changed since."""
    there, ours = dict(record), dict(stored)
    if any(there.get(name) != ours[name] for name in FILING):
        yield sentence("verify.other_filing" if is_known else "verify.no_programme")
