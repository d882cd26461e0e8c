"""The versions of a programme's file: which one runs, which is held until an organiser decides, and what ran before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.database.insert_once import decide_first
from bot.models import ProgrammeVersion, VersionState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def version_running(session: Session, programme_id: str) -> ProgrammeVersion | None:
    """The version that runs; None before one has been stored."""
    return _version(session, programme_id, VersionState.RUNNING)


def version_held(session: Session, programme_id: str) -> ProgrammeVersion | None:
    """The version that waits for an organiser, if there is one."""
    return _version(session, programme_id, VersionState.HELD)


def content_before(session: Session, programme_id: str) -> bytes | None:
    """The bytes of the version that ran before the one that runs; None if there was none."""
    replaced = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == VersionState.REPLACED
    latest = select(ProgrammeVersion.content).where(*replaced).order_by(ProgrammeVersion.since.desc(), ProgrammeVersion.id.desc())
    return session.scalar(latest.limit(1))


def run_version(  # noqa: PLR0913, PLR0917 - a version has these
    session: Session, now: datetime, programme_id: str, file: str, content: bytes, checksum: str
) -> ProgrammeVersion:
    """Let this text of a programme run from now on. The one that ran is replaced; the same text is not stored twice in a row."""
    running = version_running(session, programme_id)
    if running is not None and (running.file, running.content) == (file, content):
        return running
    _replace_running(session, now, programme_id)
    return _store(session, now, programme_id, VersionState.RUNNING, file, content, checksum)


def hold_version(  # noqa: PLR0913, PLR0917 - likewise
    session: Session, now: datetime, programme_id: str, file: str, content: bytes, checksum: str
) -> ProgrammeVersion:
    """Hold this text of a programme until an organiser decides. Another one that is held must have been withdrawn before."""
    return _store(session, now, programme_id, VersionState.HELD, file, content, checksum)


def apply_held(session: Session, now: datetime, version: ProgrammeVersion) -> bool:
    """Put a held version in force, and replace the one that ran; False if somebody has decided before."""
    if not _decide(session, now, version, VersionState.REPLACED):  # for a moment: there may be only one that runs
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


def last_declined(session: Session, programme_id: str) -> ProgrammeVersion | None:
    """The latest version that organisers did not want, unless another has come in force since."""
    running = version_running(session, programme_id)
    declined = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == VersionState.DECLINED
    later = ProgrammeVersion.id > (0 if running is None else running.id)  # only one is held at a time, so ids tell what came after what
    return session.scalars(select(ProgrammeVersion).where(*declined, later).order_by(ProgrammeVersion.id.desc()).limit(1)).one_or_none()


def _decide(session: Session, now: datetime, version: ProgrammeVersion, state: VersionState) -> bool:
    still_held = ProgrammeVersion.id == version.id, ProgrammeVersion.state == VersionState.HELD
    return decide_first(session, version, update(ProgrammeVersion).where(*still_held).values(state=state, since=now))


def _replace_running(session: Session, now: datetime, programme_id: str) -> None:
    running = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == VersionState.RUNNING
    session.execute(update(ProgrammeVersion).where(*running).values(state=VersionState.REPLACED, since=now))


def _store(  # noqa: PLR0913, PLR0917 - likewise
    session: Session, now: datetime, programme_id: str, state: VersionState, file: str, content: bytes, checksum: str
) -> ProgrammeVersion:
    version = ProgrammeVersion(programme=programme_id, state=state, file=file, content=content, checksum=checksum, since=now)
    session.add(version)
    session.flush()
    return version


def _version(session: Session, programme_id: str, state: VersionState) -> ProgrammeVersion | None:
    in_state = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == state
    return session.scalars(select(ProgrammeVersion).where(*in_state)).one_or_none()
