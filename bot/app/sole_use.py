"""How does a command make sure that nobody else uses a database, not even an idle bot?"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from bot.database.sqlite import connect, keep_temporary_files_beside
from bot.errors import EftertankeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IS_IN_USE: Final = "A bot or another program has {name} open: end it first, {then}, and start it again."
BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@contextmanager
def alone_with(
    database: Path, *, then: str, report_unreadable: Callable[[sqlite3.DatabaseError], None]
) -> Iterator[sqlite3.Connection | None]:
    """The database in a file, with nobody else in it, nor let in; None if it cannot be read. EftertankeError if anybody is in it."""
    try:
        connection = _lock(database)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in BUSY:
            raise EftertankeError(IS_IN_USE.format(name=database, then=then)) from None
        report_unreadable(error)
        yield None
        return
    with closing(connection):
        yield connection


def _lock(database: Path) -> sqlite3.Connection:
    """Take the file for oneself. Its log can be given up only by who is alone with it: a running bot keeps it, whatever it does."""
    connection = connect(database, timeout=0.5)
    try:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=DELETE")
        keep_temporary_files_beside(connection)
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def require_no_bot(database: Path, *, then: str) -> None:
    """EftertankeError if a bot, or anybody else, is in the database just now. What cannot be read is told by whoever opens it."""
    if database.exists() and database.stat().st_size:
        with alone_with(database, then=then, report_unreadable=lambda _: None):
            pass
