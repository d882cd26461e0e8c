"""Finds a programme as it runs in an installation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.app.versions_of_installation import checksums_nobody_wants, running_texts
from bot.errors import ProgrammeFaults
from bot.settings import installation_settings
from schedules.programme_store import ProgrammeStore

if TYPE_CHECKING:
    from bot.programme import Programme


def programme_that_runs(programme_id: str) -> Programme | None:
    """The programme with this id as it runs here; None if it runs here no longer, or has not yet."""
    settings = installation_settings()
    with suppress(ProgrammeFaults):
        store = ProgrammeStore(settings.schedules_dir, running_texts(settings), checksums_nobody_wants(settings))
        return next((programme for programme in store.all() if programme.id == programme_id), None)
    return None
