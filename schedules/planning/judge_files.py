"""Judges edited files of programmes that have begun: what is in force at once, and what is held.

Each beat compares the files with the texts that run, as the database has them. The same text changes nothing. Another one is in force at
once if nothing of it must be held; else it waits for an organiser. What is held already, or was declined last, is not asked about again.
A file that is only older than what runs, because it was edited on another machine, is no edit: its machine runs what all others run.
"""

from __future__ import annotations

from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, TypeAlias

import structlog
from sqlalchemy import select

from bot.dialogue import audit
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning import plan_review, versions
from bot.errors import ProgrammeFaults
from bot.models import LoadedProgramme
from schedules.due import ends_at
from schedules.planning.age_of_file import Sight, has_left, is_sight_older
from schedules.planning.progress import plan_as_things_are
from schedules.programme_file import load_content

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.models import ProgrammeVersion, VersionState
    from bot.programme import Programme
    from schedules.programme_store import ProgrammeStore

log = structlog.get_logger(__name__)


InQuestion: TypeAlias = "frozenset[tuple[int, VersionState]]"


class FileJudge:
    """The files of one process' store, judged by what runs in the database."""

    def __init__(self, database: Database, programme_store: ProgrammeStore) -> None:
        self._database, self._programme_store = database, programme_store
        self._judged: tuple[InQuestion, frozenset[tuple[str, str, str, datetime]]] | None = None
        self._sights: dict[str, Sight] = {}  # the files as they were last judged, by programme
        self._ran: dict[str, int] = {}  # the ids of the versions that ran at the last look, by programme
        self._logged: frozenset[str] = frozenset()  # the programmes of which the log says that their file is another than what runs

    def judge(self, now: datetime) -> None:
        """Judge the files if any has changed, or anybody has decided; then let the store follow what runs."""
        files = self._programme_store.files()
        in_question = self._database.glance(versions.ids_in_question)
        if self._judged == (in_question, files):
            return
        in_question, running, older = self._database.write(lambda session: self._judge_all(session, now), alone=True)
        self._programme_store.run(running)
        self._judged = (in_question, files) if older is not None or not files else None
        for version in running:
            if self._ran.get(version.programme, version.id) != version.id:
                log.info("the programme file was loaded anew", programme=version.programme)
        self._ran = {version.programme: version.id for version in running}
        if older is not None:
            on_disk = {id_: file for id_ in self._ran if (file := self._programme_store.on_disk(id_)) is not None}
            self._sights |= {id_: self._see(file, self._ran[id_]) for id_, file in on_disk.items()}
        self._log_differences(running, older or frozenset())

    def _judge_all(self, session: Session, now: datetime) -> tuple[InQuestion, Sequence[ProgrammeVersion], frozenset[str] | None]:
        """Judge all files, one process at a time; the programmes whose files are older than what runs.

        None: a file was changed since they were loaded. Then the next beat judges.
        """
        older, is_as_loaded = set[str](), self._programme_store.is_as_loaded()
        if is_as_loaded:
            for programme_id in session.scalars(select(LoadedProgramme.id).order_by(LoadedProgramme.id).with_for_update()).all():
                file = self._programme_store.on_disk(programme_id)
                if file is not None and not audit.is_purged(session, programme_id):
                    seen, before = self._see(file), self._sights.get(programme_id)
                    if not judge_file(session, now, self._programme_store, file, seen, before):
                        older.add(programme_id)
        session.flush()
        return versions.ids_in_question(session), versions.all_running(session), frozenset(older) if is_as_loaded else None

    def _see(self, file: Programme, running: int = 0) -> Sight:
        return Sight(checksum=file.checksum, saved_at=self._programme_store.time_of(file), running=running)

    def _log_differences(self, running: Sequence[ProgrammeVersion], older: Collection[str]) -> None:
        """Say in the log, once in each process, which file is not what runs."""
        files = {version.programme: self._programme_store.on_disk(version.programme) for version in running}
        differ = {version for version in running if (file := files[version.programme]) is None or file.checksum != version.checksum}
        for version in sorted(differ, key=lambda version: version.programme):
            programme, name = version.programme, version.file
            if programme not in self._logged and programme in older:
                log.warning("the file is older than what runs: copy the newer one to this machine", programme=programme, file=name)
            elif programme not in self._logged:
                log.warning("what runs is kept in the database: the file says something else", programme=programme, file=name)
        self._logged = frozenset(version.programme for version in differ)


def judge_file(  # noqa: PLR0913, PLR0917 - a file as it is, and as it was last seen
    session: Session, now: datetime, programme_store: ProgrammeStore, file: Programme, seen: Sight, before: Sight | None
) -> bool:
    """Judge the file of a programme that has been loaded before. False: it is only older than what runs."""
    running, held = versions.version_running(session, file.id), versions.version_held(session, file.id)
    declined = _last_declined(session, file, seen, before)
    for version in (running, held, declined):
        if version is not None and version.checksum == file.checksum:
            version.file = Path(file.file).name
            if held is not None and has_left(held, seen, before):
                versions.withdraw_held(session, now, held)
            return True
    try:
        ran = None if running is None else _programme_of(running, programme_store, file)
    except ProgrammeFaults:  # what runs cannot be loaded any more; a process that has begun with it goes on with what it has
        if programme_store.text_as_loaded(file.id) is None:
            version = _run(session, now, file, held)
            tell_organisers(session, now, file, key=f"edit:{version.id}", say="notice.text_lost")
        return True
    if ran is not None and is_sight_older(session, file.id, seen, before):
        _tell_older(session, now, ran, file)
        return False
    if ran is None:
        _run(session, now, file, held)
    else:
        _run_or_hold(session, now, ran, file, held)
    return True


def _last_declined(session: Session, file: Programme, seen: Sight, before: Sight | None) -> ProgrammeVersion | None:
    """The version that organisers declined last, while it stands in its file. Should it come back later, it is a new edit."""
    declined = versions.last_declined(session, file.id)
    if declined is not None and has_left(declined, seen, before):
        declined.in_file = False
    return declined if declined is not None and declined.in_file else None


def _programme_of(running: ProgrammeVersion, programme_store: ProgrammeStore, file: Programme) -> Programme:
    """The programme that runs: as this process has it, or as another one has put it in force meanwhile."""
    known = programme_store.text_as_loaded(running.programme)
    if known is not None and known.checksum == running.checksum:
        return known
    return load_content(Path(file.file).with_name(running.file), running.content)


def _tell_older(session: Session, now: datetime, running: Programme, file: Programme) -> None:
    """Tell organisers that a machine's file is older than what runs: at most once a day that brings another text, while it runs."""
    version = versions.version_running(session, running.id)
    if version is not None and ends_at(running) >= now:
        key = f"older:{node()}:{version.since:%Y-%m-%d}"
        tell_organisers(session, now, running, key=key, say="notice.file_is_older", file=file.file, machine=node())


def _run_or_hold(session: Session, now: datetime, before: Programme, file: Programme, held: ProgrammeVersion | None) -> None:
    plan = plan_as_things_are(session, now, before, file)
    if plan.held:
        _withdraw(session, now, held)
        version = versions.hold_version(session, now, file, plan_review.what_is_shown(before, file, plan))
        plan_review.ask(session, now, before, version)
    else:
        version = _run(session, now, file, held)
        plan_review.tell_in_force(session, now, before, file, plan, key=str(version.id))


def _run(session: Session, now: datetime, file: Programme, held: ProgrammeVersion | None) -> ProgrammeVersion:
    _withdraw(session, now, held)
    return versions.run_version(session, now, file)


def _withdraw(session: Session, now: datetime, held: ProgrammeVersion | None) -> None:
    if held is not None:
        versions.withdraw_held(session, now, held)
