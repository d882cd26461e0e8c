"""How do the remains of what was deleted leave the file?

Soon after the deletion, never while somebody waits for an answer: the tokens go to the list beside the database, the file is written anew,
and only then the database says that it is done. A crash in between costs nothing: it is done again. One process at a time, at most once a
minute; where somebody is in the way, a minute later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.database.sqlite import restoring

if TYPE_CHECKING:
    from datetime import datetime

    from bot.database.unit_of_work import Database

log = structlog.get_logger(__name__)

LARGE: Final = 100_000_000  # bytes: writing more than that anew takes so long that it waits for the hours in which nobody is written to


def wipe(database: Database, now: datetime, *, quiet: bool, at_once: bool = False) -> bool:
    """Wipe what is to be wiped; whether it was. `quiet`: nobody is written to at this hour.

    `at_once`: it is listed whatever becomes of the wiping, and another process is not waited for, since there may be none.
    """
    with database.look() as session:
        if not tombstones.wanted(session):
            return False
    if not quiet and database.file is not None and database.file.stat().st_size > LARGE:
        return False
    if not _begun(database, now, at_once=at_once):
        return False
    done = database.wipe()
    if done:
        with database.work() as session:
            tombstones.wiped(session, begun=now, now=now)
    elif not at_once:  # a command says the same whatever there was
        log.info("what was deleted is not wiped yet: somebody is using the database; it is tried again in a minute")
    return done


def clear_away(database: Database) -> None:
    """Remove what a killed restore has left beside the database. While a bot runs on it, no other restore can be under way."""
    for each in restoring(database.file) if database.file is not None else ():
        each.unlink(missing_ok=True)


def _begun(database: Database, now: datetime, *, at_once: bool) -> bool:
    """Take what has been deleted, and list it outside the database; the write lock keeps every other process away meanwhile."""
    with database.work() as session:
        taken = tombstones.take(session, now, at_once=at_once)
        if taken is not None and database.file is not None:
            tombstone_file.keep(tombstone_file.beside(database.file), taken, now)
    return taken is not None
