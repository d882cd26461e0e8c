"""The versions of a programme's file: which one runs, which is held until an organiser decides, and what ran before.

The database judges: one runs at most, one is held, and of two who decide about that the first wins. Messages about it are drawn anew.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select, update

from bot.database.insert_once import decide_first
from bot.database.look_ahead import once_in_a_look
from bot.dialogue.digests import redraw
from bot.models import LoadedProgramme, ProgrammeVersion, VersionState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

IN_QUESTION = VersionState.RUNNING, VersionState.HELD


# Asked before each step of a beat, so it is built once.
SELECT_CHECKSUM_RUNNING: Final = select(ProgrammeVersion.checksum).where(
    ProgrammeVersion.programme == bindparam("programme"), ProgrammeVersion.state == VersionState.RUNNING
)


def version_running(session: Session, programme_id: str) -> ProgrammeVersion | None:
    """The version that runs; None before one has been stored."""
    return _version(session, programme_id, VersionState.RUNNING)


def runs_still(session: Session, programme: Programme) -> bool:
    """Whether the text of this programme still runs: somebody may have put another one in force meanwhile."""
    return _checksum_running(session, programme.id) in {None, programme.checksum}


@once_in_a_look
def _checksum_running(session: Session, programme_id: str) -> str | None:
    return session.scalar(SELECT_CHECKSUM_RUNNING, {"programme": programme_id})


def version_held(session: Session, programme_id: str) -> ProgrammeVersion | None:
    """The version that waits for an organiser, if there is one."""
    return _version(session, programme_id, VersionState.HELD)


def all_running(session: Session) -> Sequence[ProgrammeVersion]:
    """The versions of all programmes that run."""
    return session.scalars(select(ProgrammeVersion).where(ProgrammeVersion.state == VersionState.RUNNING)).all()


SELECT_IN_QUESTION = select(ProgrammeVersion.id, ProgrammeVersion.state).where(ProgrammeVersion.state.in_(IN_QUESTION))


def ids_in_question(session: Session) -> frozenset[tuple[int, VersionState]]:
    """Which versions run and which are held: cheap to ask at every beat."""
    return frozenset((id_, state) for id_, state in session.execute(SELECT_IN_QUESTION))


def version_at(session: Session, programme_id: str, moment: datetime) -> ProgrammeVersion | None:
    """The version that ran at a moment; None if none is known."""
    replaced_later = ProgrammeVersion.state == VersionState.REPLACED, ProgrammeVersion.since > moment
    ran = select(ProgrammeVersion).where(ProgrammeVersion.programme == programme_id, *replaced_later).order_by(ProgrammeVersion.since)
    return session.scalars(ran.limit(1)).one_or_none() or version_running(session, programme_id)


def content_before(session: Session, programme_id: str) -> bytes | None:
    """The bytes of the version that ran before the one that runs; None if there was none."""
    replaced = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == VersionState.REPLACED
    latest = select(ProgrammeVersion.content).where(*replaced).order_by(ProgrammeVersion.since.desc(), ProgrammeVersion.id.desc())
    return session.scalar(latest.limit(1))


def moment_set_aside(session: Session, programme_id: str, checksum: str) -> datetime | None:
    """The moment when a text was last set aside. None: the database has never had it, or it runs or is held."""
    had = ProgrammeVersion.programme == programme_id, ProgrammeVersion.checksum == checksum
    rows = session.execute(select(ProgrammeVersion.state, ProgrammeVersion.since).where(*had)).all()
    return None if any(state in IN_QUESTION for state, _ in rows) else max((since for _, since in rows), default=None)


def last_declined(session: Session, programme_id: str) -> ProgrammeVersion | None:
    """The latest version that organisers did not want, unless another has come in force since."""
    running = version_running(session, programme_id)
    declined = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == VersionState.DECLINED
    later = ProgrammeVersion.id > (0 if running is None else running.id)  # only one is held at a time, so ids tell what came after what
    return session.scalars(select(ProgrammeVersion).where(*declined, later).order_by(ProgrammeVersion.id.desc()).limit(1)).one_or_none()


def run_version(session: Session, now: datetime, programme: Programme) -> ProgrammeVersion:
    """Let this text of a programme run from now on, and its lists be read again. What ran is replaced.

    The text that runs already is not stored again. If it is held, that version is put in force.
    """
    running, held = version_running(session, programme.id), version_held(session, programme.id)
    if running is not None and running.content == programme.content:
        running.file = PurePath(programme.file).name
        return running
    if held is not None and held.content == programme.content and apply_held(session, now, held):
        held.file = PurePath(programme.file).name
        return held
    _replace_running(session, now, programme.id)
    return _store(session, now, programme, VersionState.RUNNING)


def hold_version(session: Session, now: datetime, programme: Programme, shown: Mapping[str, Any] | None = None) -> ProgrammeVersion:
    """Hold this text of a programme until an organiser decides. Another one that is held must have been withdrawn before."""
    version = _store(session, now, programme, VersionState.HELD)
    version.shown = None if shown is None else dict(shown)
    return version


def apply_held(session: Session, now: datetime, version: ProgrammeVersion) -> bool:
    """Put a held version in force, and replace the one that ran; False if somebody has decided before."""
    if not _decide(session, now, version, VersionState.REPLACED):  # for a moment: only one may run
        return False
    _replace_running(session, now, version.programme)
    version.state = VersionState.RUNNING
    session.flush()
    return True


def decline_held(session: Session, now: datetime, version: ProgrammeVersion) -> bool:
    """Refuse a held version, so that the old one goes on; False if somebody has decided before."""
    return _decide(session, now, version, VersionState.DECLINED)


def withdraw_held(session: Session, now: datetime, version: ProgrammeVersion) -> bool:
    """Put a held version aside, because the file is another by now; False if somebody has decided before."""
    return _decide(session, now, version, VersionState.WITHDRAWN)


def _decide(session: Session, now: datetime, version: ProgrammeVersion, state: VersionState) -> bool:
    still_held = ProgrammeVersion.id == version.id, ProgrammeVersion.state == VersionState.HELD
    is_first = decide_first(session, version, update(ProgrammeVersion).where(*still_held).values(state=state, since=now))
    if is_first:
        redraw.queue_redraws_of_plan(session, now, version)
    return is_first


def _replace_running(session: Session, now: datetime, programme_id: str) -> None:
    """Let the version that runs make room for another one, whose lists are to be read."""
    running = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == VersionState.RUNNING
    session.execute(update(ProgrammeVersion).where(*running).values(state=VersionState.REPLACED, since=now))
    session.execute(update(LoadedProgramme).where(LoadedProgramme.id == programme_id).values(synchronised_at=None))


def _store(session: Session, now: datetime, programme: Programme, state: VersionState) -> ProgrammeVersion:
    file, content, checksum = PurePath(programme.file).name, programme.content, programme.checksum
    version = ProgrammeVersion(programme=programme.id, state=state, file=file, content=content, checksum=checksum, since=now)
    session.add(version)
    session.flush()
    return version


def _version(session: Session, programme_id: str, state: VersionState) -> ProgrammeVersion | None:
    in_state = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == state
    return session.scalars(select(ProgrammeVersion).where(*in_state)).one_or_none()
