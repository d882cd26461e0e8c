"""Tells how many people are on a programme's lists, as far as that is known without asking Slack.

Files tell it themselves. A list in Slack has the size that the installation's database last knew; it is only read, if there is one.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.database.kept import CannotRead, read_kept
from bot.errors import SetupFault
from bot.programme import Role
from bot.settings import installation_settings
from schedules.agenda import sizes_of_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.programme import Programme

SIZES: Final = "SELECT role, listed FROM lists WHERE programme = :1 AND NOT estimated"


def sizes_of_lists(programme: Programme) -> dict[Role, int | None]:
    """The size of each participants' list; None if neither a file nor the database tells it."""
    sizes = sizes_of_files(programme)
    kept = _sizes_kept(programme.id) if None in sizes.values() else {}
    return {role: kept.get(role) if size is None else size for role, size in sizes.items()}


def _sizes_kept(programme: str) -> Mapping[Role, int]:
    """The sizes in the installation's database; none if there is no database, or none that can be read, which others will say."""
    with suppress(SetupFault, CannotRead):
        return {Role(role): size for role, size in read_kept(installation_settings().database_url, SIZES, programme)}
    return {}
