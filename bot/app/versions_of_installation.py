"""Looks at the programmes' texts that an installation keeps, without key, token or network.

It only reads, and is quick enough for every check: neither the tables' classes nor the migrations are loaded. Where there is no database
yet, or an older one that keeps no texts, nothing runs here yet.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.database.kept import CannotRead, read_kept
from bot.database.server_faults import server_fault
from bot.errors import WrongDatabase
from bot.sentence import sentence
from bot.states import VersionState

if TYPE_CHECKING:
    from bot.settings import Settings

KEPT: Final = "SELECT programme, state, file, content, checksum FROM programme_versions ORDER BY since, id"


@dataclass(frozen=True, kw_only=True)
class KeptText:
    """A programme's text as the database keeps it. `file` is the name of its file in the folder of programmes."""

    programme: str
    state: VersionState
    file: str
    content: bytes
    checksum: str


def running_texts(settings: Settings) -> tuple[KeptText, ...]:
    """The texts that run in an installation; none if nothing runs here yet. WrongDatabase: its database cannot be read."""
    return tuple(text for text in texts_of_installation(settings) if text.state is VersionState.RUNNING)


def checksums_nobody_wants(settings: Settings) -> frozenset[str]:
    """The checksums of the texts that are held or were declined in an installation."""
    unwanted = (VersionState.HELD, VersionState.DECLINED)
    return frozenset(text.checksum for text in texts_of_installation(settings) if text.state in unwanted)


def texts_of_installation(settings: Settings) -> tuple[KeptText, ...]:
    """All texts that an installation keeps, the newest in its state last. WrongDatabase: its database cannot be read."""
    try:
        rows = read_kept(settings.database_url, KEPT)
    except CannotRead as error:
        raise fault_of_reading(error, settings) from error
    return tuple(
        KeptText(programme=programme, state=VersionState(state), file=name, content=content, checksum=checksum)
        for programme, state, name, content, checksum in rows
    )


def fault_of_reading(error: CannotRead, settings: Settings) -> WrongDatabase:
    """What is wrong with a database that cannot be read."""
    if settings.database_file is None:
        return server_fault(error.__cause__, settings.database_url)
    if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
        why = sentence("setup.not_a_database")
        return WrongDatabase(sentence("setup.cannot_open", file=settings.database_file, why=why), sentence("setup.no_database"))
    return WrongDatabase(sentence("setup.database_unreadable", file=settings.database_file, why=error.__cause__))
