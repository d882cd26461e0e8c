"""Judges edited files of programmes that have begun: what is in force at once, and what is held.

Each beat compares the files with the texts that run, as the database has them. The same text changes nothing. Another one is in force at
once if nothing of it must be held; else it waits for an organiser. What is held already, or was declined last, is not asked about again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import structlog
from sqlalchemy import select

from bot.dialogue import audit
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning import plan_review, versions
from bot.errors import ProgrammeFaults
from bot.models import LoadedProgramme
from schedules.planning.progress import plan_as_things_are
from schedules.programme_file import load_content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.dialogue.planning.plan import Plan
    from bot.models import ProgrammeVersion, VersionState
    from bot.programme import Programme
    from schedules.programme_store import ProgrammeStore

log = structlog.get_logger(__name__)


InQuestion: TypeAlias = "frozenset[tuple[int, VersionState]]"


class FileJudge:
    """The files of one process' store, judged by what runs in the database."""

    def __init__(self, database: Database, programme_store: ProgrammeStore) -> None:
        self._database, self._programme_store = database, programme_store
        self._judged: tuple[InQuestion, frozenset[tuple[str, str, str]]] | None = None
        self._ran: dict[str, int] = {}  # the ids of the versions that ran at the last look, by programme
        self._logged: frozenset[str] = frozenset()  # the programmes of which the log says that their file is another than what runs

    def judge(self, now: datetime) -> None:
        """Judge the files if any has changed, or anybody has decided; then let the store follow what runs."""
        files = self._programme_store.files()
        with self._database.look() as session:
            in_question = versions.ids_in_question(session)
        if self._judged == (in_question, files):
            return
        in_question, running, is_done = self._database.write(lambda session: self._judge_all(session, now), alone=True)
        self._programme_store.run(running)
        self._judged = (in_question, files) if is_done or not files else None
        for version in running:
            if self._ran.get(version.programme, version.id) != version.id:
                log.info("the programme file was loaded anew", programme=version.programme)
        self._ran = {version.programme: version.id for version in running}
        self._log_differences(running)

    def _judge_all(self, session: Session, now: datetime) -> tuple[InQuestion, Sequence[ProgrammeVersion], bool]:
        """Judge all files, unless any was changed since they were loaded: then the next beat does."""
        is_as_loaded = self._programme_store.is_as_loaded()
        if is_as_loaded:
            for programme_id in session.scalars(select(LoadedProgramme.id).order_by(LoadedProgramme.id)).all():
                file = self._programme_store.on_disk(programme_id)
                if file is not None and not audit.is_purged(session, programme_id):
                    judge_file(session, now, self._programme_store, file)
        session.flush()
        return versions.ids_in_question(session), versions.all_running(session), is_as_loaded

    def _log_differences(self, running: Sequence[ProgrammeVersion]) -> None:
        """Say in the log, once in each process, which file is not what runs."""
        files = {version.programme: self._programme_store.on_disk(version.programme) for version in running}
        differ = {version for version in running if (file := files[version.programme]) is None or file.checksum != version.checksum}
        for version in sorted(differ, key=lambda version: version.programme):
            if version.programme not in self._logged:
                log.warning(
                    "what runs is kept in the database: the file says something else", programme=version.programme, file=version.file
                )
        self._logged = frozenset(version.programme for version in differ)


def judge_file(session: Session, now: datetime, programme_store: ProgrammeStore, file: Programme) -> None:
    """Judge the file of a programme that has been loaded before."""
    running, held = versions.version_running(session, file.id), versions.version_held(session, file.id)
    declined = versions.last_declined(session, file.id)
    if declined is not None and declined.checksum != file.checksum:
        declined.in_file = False  # should it come back, it is a new edit
    if held is not None and held.checksum != file.checksum:
        versions.withdraw_held(session, now, held)
    for version in (running, held, declined if declined is not None and declined.in_file else None):
        if version is not None and version.checksum == file.checksum:
            version.file = Path(file.file).name
            return
    if running is None:
        versions.run_version(session, now, file)
        return
    try:
        before = _programme_of(running, programme_store, file)
    except ProgrammeFaults:  # what runs cannot be loaded any more; a process that has begun with it goes on with what it has
        if programme_store.text_as_loaded(file.id) is None:
            version = versions.run_version(session, now, file)
            tell_organisers(session, now, file, key=f"edit:{version.id}", say="notice.text_lost")
        return
    plan = plan_as_things_are(session, now, before, file)
    _run_or_hold(session, now, before, file, plan)


def _programme_of(running: ProgrammeVersion, programme_store: ProgrammeStore, file: Programme) -> Programme:
    """The programme that runs: as this process has it, or as another one has put it in force meanwhile."""
    known = programme_store.text_as_loaded(running.programme)
    if known is not None and known.checksum == running.checksum:
        return known
    return load_content(Path(file.file).with_name(running.file), running.content)


def _run_or_hold(session: Session, now: datetime, before: Programme, file: Programme, plan: Plan) -> None:
    if plan.held:
        shown = plan_review.what_is_shown(before, file, plan)
        held = versions.hold_version(session, now, file, shown)
        plan_review.ask(session, now, before, held)
    else:
        version = versions.run_version(session, now, file)
        plan_review.tell_in_force(session, now, before, file, plan, key=str(version.id))
