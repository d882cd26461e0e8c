"""Verifies files that somebody has kept: each by itself and, where there are several, as a chain.

A database that can be used is asked; none is ever made, and none is needed.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.app.age_of_database import require_current
from bot.app.keys import open_database_to_look, use_database
from bot.app.operators.running_programmes import programme_that_runs
from bot.database.unit_of_work import Database
from bot.dialogue.papers.verification.kept_agenda import verify_agenda
from bot.dialogue.papers.verification.paper_chain import chains
from bot.dialogue.papers.verification.paper_file import LARGEST, Paper, read_paper
from bot.dialogue.papers.verification.verify_paper import Outcome, never_issued, verify_paper
from bot.errors import KeyFault, SetupFault
from bot.sentence import sentence
from bot.settings import installation_settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.verification.verify_paper import FindProgramme
    from bot.sentence import Sentence

ALL_GENUINE, WRONG, NOT_NEWEST, NOT_ALL_CHECKED = 0, 1, 3, 4  # exit codes
CODES: Final = {
    Outcome.ISSUED: ALL_GENUINE,
    Outcome.OLDER: NOT_NEWEST,
    Outcome.DRAFT: NOT_NEWEST,
    Outcome.PARTLY: NOT_ALL_CHECKED,
    Outcome.ALTERED: WRONG,
    Outcome.UNKNOWN: WRONG,
}
WORST_FIRST: Final = (WRONG, NOT_ALL_CHECKED, NOT_NEWEST, ALL_GENUINE)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What an installation knows: its database. `why_not`: why that cannot be used."""

    session: Session | None = None
    why_not: tuple[Sentence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is said of one file, or of several together, the most important first. `name` None: of all."""

    name: str | None
    said: Sequence[Sentence]
    code: int


def verify_files(files: Sequence[Path]) -> Iterator[Report]:
    """What each file is, and what they tell together."""
    with _installation() as known:
        if known.session is None:
            alone = sentence("verify.alone_because" if known.why_not else "verify.alone")
            yield Report(name=None, said=(alone, *known.why_not), code=ALL_GENUINE)
        papers: dict[str, Paper] = {}
        find = cache(programme_that_runs)  # a text takes long to load
        for file in files:
            report, paper = _verify(file, known, find)
            yield report
            if paper is not None:
                papers[str(file)] = paper
        not_needed = set() if known.session is None else never_issued(known.session)
        yield from _chains(papers, not_needed)


def worst(codes: Collection[int]) -> int:
    """The exit code of several files: that of the worst."""
    return next(code for code in WORST_FIRST if code in {*codes, ALL_GENUINE})


def _verify(file: Path, known: Known, find: FindProgramme) -> tuple[Report, Paper | None]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except OSError as error:
        return Report(name=str(file), said=[sentence("verify.unreadable", why=error)], code=WRONG), None
    if (agenda := verify_agenda(raw[:LARGEST], known.session)) is not None:
        return Report(name=str(file), said=agenda.said, code=CODES[agenda.outcome]), None
    paper = read_paper(raw)
    if not isinstance(paper, Paper):
        return Report(name=str(file), said=[paper], code=WRONG), None
    verdict = verify_paper(paper, file.name, known.session, find)
    return Report(name=str(file), said=verdict.said, code=CODES[verdict.outcome]), paper


def _chains(papers: Mapping[str, Paper], not_needed: Collection[tuple[str, int]]) -> Iterator[Report]:
    for chain in chains(papers, not_needed):
        said = [sentence("verify.chain.broken_off" if chain.faults else "verify.chain.holds"), *chain.faults, *chain.notes]
        yield Report(name=None, said=said, code=WRONG if chain.faults else ALL_GENUINE)


@contextmanager
def _installation() -> Iterator[Known]:
    """What the installation knows. Nothing, if its settings or its database cannot be used."""
    with ExitStack() as stack:
        try:
            known = _look(stack)
        except SetupFault as fault:
            known = Known(why_not=fault.said)
        yield known


def _look(stack: ExitStack) -> Known:
    settings = installation_settings()
    if not settings.database_file.exists():
        return Known()
    try:
        database = stack.enter_context(use_database(open_database_to_look(settings), settings))
    except KeyFault:  # the key is only needed for texts
        database = stack.enter_context(use_database(Database(settings.database_url), settings))
    session = stack.enter_context(database.look())
    require_current(session, database)
    return Known(session=session)
