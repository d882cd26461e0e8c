"""Loads the programmes that run in an installation from the texts that its database keeps."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.app.versions_of_installation import running_texts
from bot.errors import ProgrammeFaults
from schedules.programme_file import load_without_lists

if TYPE_CHECKING:
    from bot.programme import Programme
    from bot.settings import Settings


def running_programmes(settings: Settings) -> dict[str, Programme]:
    """The programmes that run, by id, without those that cannot be understood any more."""
    programmes = {}
    for text in running_texts(settings):
        with suppress(ProgrammeFaults):
            programmes[text.programme] = load_without_lists(settings.schedules_dir / text.file, text.content)
    return programmes
