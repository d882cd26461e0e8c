"""Checks that the files that a database has open are still the ones at their places.

A file that was removed, moved or replaced can be written to as before, and all of it is lost. The same holds for the log and the shared
memory that SQLite keeps beside it as long as any connection is open; so they are missed only while one of ours is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias
from weakref import WeakSet

from sqlalchemy import Engine, event

from bot.database.sqlite import database_files
from bot.errors import DatabaseGone

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.pool import ConnectionPoolEntry

Identity: TypeAlias = "tuple[int, int]"  # device and inode: what tells a file from another one that may take its place
FILE_GONE: Final = (
    "The database file {file} is not at its place any more: it was removed, moved or replaced, or its disk was unmounted. Nothing is stored"
    " until the very same file is back; then all goes on by itself. If another one has been put there, a copy or a backup, start the bot"
    " anew. If none will come, stop the bot and restore a backup."
)
LOG_GONE: Final = (
    "The log of the database {file} is not at its place any more: {log} or {memory} was removed, moved or replaced. Nothing is stored until"
    " the bot has been started anew. Stop it in order, not by force: then what was stored is written from the log into the file."
)


class Ground:
    """The file of a database, its log and its shared memory, as they were when they were opened."""

    def __init__(self, file: Path) -> None:
        self.file = file
        _, self._log, self._memory, _ = database_files(file)
        self._opened_file: Identity | None = None
        self._opened_log: tuple[Identity, Identity] | None = None
        self._open: WeakSet[ConnectionPoolEntry] = WeakSet()  # weak: a pool that was given up closes none, but lets them go

    def watch(self, engine: Engine) -> None:
        """Note from now on which connections are open."""
        event.listen(engine, "connect", self._note_opened)
        event.listen(engine, "close", self._note_closed)

    def require_file(self) -> None:
        """Raise DatabaseGone if the file at the path is not the one that was opened first. Called after each opening."""
        found = _identity(self.file)
        self._opened_file = self._opened_file or found
        if found is None or found != self._opened_file:
            raise DatabaseGone(FILE_GONE.format(file=self.file))

    def require(self) -> None:
        """Raise DatabaseGone if file or log, where they are open, are not the ones at their places."""
        if self._opened_file is not None:
            self.require_file()
        expected = self._opened_log  # read first: the log may come with somebody else's connection meanwhile, and go with the last one
        found = self._find_log()
        if self._open and expected is self._note_log(found) and found != expected:
            raise DatabaseGone(LOG_GONE.format(file=self.file, log=self._log.name, memory=self._memory.name))

    def _note_opened(self, _connection: Any, record: ConnectionPoolEntry) -> None:
        if not self._open:
            self._opened_log = None
        self._open.add(record)
        self._note_log(self._find_log())

    def _note_closed(self, _connection: Any, record: ConnectionPoolEntry) -> None:
        self._open.discard(record)

    def _note_log(self, found: tuple[Identity, Identity] | None) -> tuple[Identity, Identity] | None:
        """Keep what was found first, and return it. A new file has no log until something is written."""
        self._opened_log = self._opened_log or found
        return self._opened_log

    def _find_log(self) -> tuple[Identity, Identity] | None:
        log, memory = _identity(self._log), _identity(self._memory)
        return (log, memory) if log and memory else None


def _identity(file: Path) -> Identity | None:
    """The identity of a file; None if no file can be seen there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
