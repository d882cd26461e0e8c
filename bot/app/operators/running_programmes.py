"""Finds a programme as it runs in an installation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.dialogue.planning.versions import version_running
from bot.errors import ProgrammeFaults
from bot.settings import installation_settings
from schedules.programme_file import load_without_lists

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.programme import Programme


def programme_that_runs(session: Session, programme_id: str) -> Programme | None:
    """The programme that runs here under this id, without its lists of people.

    None: none does, or its text is faulty by now.
    """
    running = version_running(session, programme_id)
    if running is not None:
        with suppress(ProgrammeFaults):
            return load_without_lists(installation_settings().schedules_dir / running.file, running.content)
    return None
