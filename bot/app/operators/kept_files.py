"""Verifies files that somebody has kept: each by itself and, where there are several, as a chain.

A database that can be used is asked; none is ever made, and none is needed.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.app.age_of_database import require_current
from bot.app.keys import open_database_to_look, use_database
from bot.app.operators.running_programmes import programme_that_runs
from bot.database.unit_of_work import Database
from bot.dialogue.papers.exports import OUR_NAME
from bot.dialogue.papers.verification.kept_agenda import verify_agenda
from bot.dialogue.papers.verification.paper_chain import chains
from bot.dialogue.papers.verification.paper_file import LARGEST, KeptAgenda, Paper, read_paper
from bot.dialogue.papers.verification.verify_paper import Outcome, Verdict, verify_paper, without_paper
from bot.errors import KeyFault, SetupFault
from bot.sentence import Sentence, sentence
from bot.settings import installation_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.programme import Programme

ALL_GENUINE, WRONG, NOT_NEWEST, NOT_ALL_CHECKED = 0, 1, 3, 4  # exit codes
CODES: Final = {
    Outcome.ISSUED: ALL_GENUINE,
    Outcome.OLDER: NOT_NEWEST,
    Outcome.DRAFT: NOT_NEWEST,
    Outcome.PARTLY: NOT_ALL_CHECKED,
    Outcome.ALTERED: WRONG,
    Outcome.UNKNOWN: WRONG,
}
OTHER_FILES: Final = [sentence(f"verify.{key}") for key in ("pdf", "word", "too_large", "not_text", "no_export", "whole_export")]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of one file, or of several together, the most important first. `name` None: of all."""

    name: str | None
    said: Sequence[Sentence]
    code: int


def verify_files(paths: Sequence[Path]) -> Iterator[Told]:
    """What each file is, and what they tell together. Of a folder all exports in it are read."""
    with ExitStack() as stack:
        session, why_not = None, tuple[Sentence, ...]()
        try:
            session = _look(stack)
        except SetupFault as fault:
            why_not = fault.said
        if session is None:
            alone = sentence("verify.alone_because" if why_not else "verify.alone")
            yield Told(name=None, said=(alone, *why_not), code=ALL_GENUINE)
        papers: dict[str, Paper] = {}
        altered: list[str] = []
        find = cache(programme_that_runs)  # a text takes long to load
        for file in chain.from_iterable(map(_files_at, paths)):
            told, paper = _verify(file, session, find)
            yield told
            if isinstance(paper, Paper):
                papers[str(file)] = paper
                altered += [str(file)] if told.code == WRONG else []
        yield from _chains(papers, set() if session is None else without_paper(session), altered)


def _files_at(path: Path) -> Sequence[Path]:
    """The exports in a folder, also damaged ones; else the path itself. Other files in a folder are passed over."""
    with suppress(OSError):
        if path.is_dir():
            files = sorted(file for file in path.iterdir() if file.is_file())
            return [file for file in files if OUR_NAME.match(file.name) or _read(file) not in OTHER_FILES] or [path]
    return [path]


def _verify(
    file: Path, session: Session | None, find: Callable[[Session, str], Programme | None]
) -> tuple[Told, Paper | KeptAgenda | Sentence]:
    paper = _read(file)
    match paper:
        case Paper():
            verdict = verify_paper(paper, file.name, session, None if session is None else find(session, paper.programme))
        case KeptAgenda():
            verdict = verify_agenda(paper, session)
        case _:
            verdict = Verdict(outcome=Outcome.UNKNOWN, said=(paper,))
    return Told(name=str(file), said=verdict.said, code=CODES[verdict.outcome]), paper


def _read(file: Path) -> Paper | KeptAgenda | Sentence:
    try:
        if file.is_dir():
            return sentence("verify.empty_folder")
        if file.exists() and not file.is_file():  # reading a pipe might never end
            return sentence("verify.no_file")
        with file.open("rb") as opened:
            return read_paper(opened.read(LARGEST + 1))
    except OSError as error:
        return sentence("verify.unreadable", why=error)


def _chains(papers: Mapping[str, Paper], not_needed: Collection[tuple[str, int]], altered: Sequence[str]) -> Iterator[Told]:
    holds = sentence("verify.chain.holds_but", files=tuple(altered)) if altered else sentence("verify.chain.holds")
    for found in chains(papers, not_needed):
        said = [sentence("verify.chain.broken_off") if found.faults else holds, *found.faults, *found.notes]
        yield Told(name=None, said=said, code=WRONG if found.faults else ALL_GENUINE)


def _look(stack: ExitStack) -> Session | None:
    """A session with the database of this installation, if there is one. SetupFault: it cannot be used."""
    settings = installation_settings()
    if settings.database_file is not None and not settings.database_file.exists():
        return None
    try:
        database = stack.enter_context(use_database(open_database_to_look(settings), settings))
    except KeyFault:  # the key is only needed for texts
        database = stack.enter_context(use_database(Database(settings.database_url), settings))
    session = stack.enter_context(database.look())
    require_current(session, database)
    return session
