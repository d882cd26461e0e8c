"""The tables of programmes: which were loaded, which text of each runs or is held, and when everything paused.

Import them from `bot/models.py`, like all tables.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.states import VersionState
from bot.table_base import Base

IS_RUNNING, IS_HELD = text("state = 'running'"), text("state = 'held'")
LASTS = text("ended_at IS NULL")


class LoadedProgramme(Base):
    """A programme that has been loaded at least once. Rounds from before `loaded_at` are never opened."""

    __tablename__ = "programmes"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    loaded_at: Mapped[datetime]
    checksum: Mapped[str] = mapped_column(String(64))
    synchronised_at: Mapped[datetime | None]


class ProgrammeVersion(Base):
    """A version of a programme's file: its bytes, and whether it runs, is held or ran before.

    A programme has at most one version that runs, and at most one that is held. `file` is the file's name in the folder. `shown`: the plan
    as organisers were last shown it, of a version that is held or was. `in_file`: as far as is known, the file holds this very text.
    """

    __tablename__ = "programme_versions"
    __table_args__ = (
        Index("uq_programme_versions_running", "programme", unique=True, sqlite_where=IS_RUNNING, postgresql_where=IS_RUNNING),
        Index("uq_programme_versions_held", "programme", unique=True, sqlite_where=IS_HELD, postgresql_where=IS_HELD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    state: Mapped[VersionState]
    file: Mapped[str] = mapped_column(String(255))
    checksum: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[datetime]  # when it came into its state
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    in_file: Mapped[bool] = mapped_column(default=True)


class PauseForAll(Base):
    """A pause for all, which an organiser began in a programme: nothing goes out in any until one of them goes on."""

    __tablename__ = "pauses_for_all"
    __table_args__ = (Index("uq_pauses_for_all_open", "programme", unique=True, sqlite_where=LASTS, postgresql_where=LASTS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("programmes.id"))
    reason: Mapped[str] = mapped_column(String(300))  # in the organiser's words, as participants read it
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
