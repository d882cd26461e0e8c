"""A database in a file of SQLite's, or in memory."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event

from bot.database.ground import Ground
from bot.database.sqlite import begin_transaction, connect, connect_to_look, database_files, prepare_connection, wipe_file
from bot.errors import DatabaseGone

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection
    from sqlalchemy.exc import DBAPIError

PRIVATE_MODE: Final = 0o600  # readable by its owner alone


class SqliteStore:
    """A file, or memory. It begins transactions itself; nobody waits for a connection, only for SQLite, and that within bounds."""

    is_outdated = False  # whoever changes a file's tables is alone with it

    def __init__(self, url: URL, *, only_looks: bool) -> None:
        """`only_looks`: the file is opened without leaving a trace."""
        self._url, self._only_looks = url, only_looks
        self.revision: str | None = None
        self.file: Path | None = Path(url.database) if url.database and url.database != ":memory:" else None
        self.place: Path | None = self.file
        self._ground = Ground(self.file) if self.file else None
        how: dict[str, Any] = {"creator": self._connect, "max_overflow": -1} if self._ground else {"creator": _connect_to_memory}
        self.engine = create_engine(url, hide_parameters=True, **how)  # an error's text may reach a log
        event.listen(self.engine, "begin", begin_transaction)
        if self._ground:
            self._ground.watch(self.engine)

    def require_ground(self) -> None:
        """Raise DatabaseGone if file or log are not the ones at their places any more."""
        if self._ground is not None:
            self._ground.require()

    def is_unreachable(self, error: DBAPIError) -> bool:  # noqa: ARG002 - for a server's sake
        """Whether an error at connecting may be over in a moment: a file is there or not."""
        return False

    def transaction_of(self, connection: Connection) -> None:
        """SQLite answers every commit, or this process is gone."""

    def was_kept(self, transaction: str) -> None:
        """Never asked."""

    def keep_private(self, *, make: bool) -> None:
        """Let only the owner read the file. The log that SQLite puts beside it gets the same mode.

        What cannot be made or changed is left to SQLite, which says why. A file that exists is not opened: closing it again would take its
        locks from those that use it in this process.
        """
        if self.file is None:
            return
        if make:
            with suppress(OSError):
                os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_MODE))
        for file in filter(Path.is_file, database_files(self.file)):  # a folder named by mistake would be closed to everybody
            with suppress(OSError):
                file.chmod(PRIVATE_MODE)

    def wipe(self) -> bool:
        """Write the file anew, without what was deleted from it, and empty its log.

        False if somebody was in the way. Writers wait meanwhile (about half a second for 50 MB), so it gives up at once where it would have
        to wait itself.
        """
        if self.file is None:
            return True
        self.require_ground()
        with closing(self.engine.raw_connection()) as connection:
            return wipe_file(connection.driver_connection)

    def size(self) -> int:
        """The bytes of the file, without its log."""
        return self.file.stat().st_size if self.file is not None else 0

    def _connect(self) -> sqlite3.Connection:
        assert self._ground is not None  # noqa: S101 - only a file is connected to so
        file = self._ground.file
        connection = connect_to_look(file) if self._only_looks else connect(file, self._url.normalized_query)
        try:
            self._ground.require_file()
            return prepare_connection(connection, only_looks=self._only_looks)
        except (DatabaseGone, sqlite3.Error):
            connection.close()
            raise


def _connect_to_memory() -> sqlite3.Connection:
    return prepare_connection(sqlite3.connect(":memory:", check_same_thread=False))
