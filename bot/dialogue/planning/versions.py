"""The versions of a programme's file: which one runs, which is held until an organiser decides, and what ran before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.models import ProgrammeVersion, VersionState

if TYPE_CHECKING:
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


def _version(session: Session, programme_id: str, state: VersionState) -> ProgrammeVersion | None:
    in_state = ProgrammeVersion.programme == programme_id, ProgrammeVersion.state == state
    return session.scalars(select(ProgrammeVersion).where(*in_state)).one_or_none()
