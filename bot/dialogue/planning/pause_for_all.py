"""A pause for all: an organiser stops everything that goes out, until one of them goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.models import PauseForAll

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def open_pause(session: Session, programme_id: str) -> PauseForAll | None:
    """The pause in which a programme is now, or None."""
    lasts = PauseForAll.programme == programme_id, PauseForAll.ended_at.is_(None)
    return session.scalars(select(PauseForAll).where(*lasts)).one_or_none()
