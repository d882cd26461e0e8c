"""Names what differs between a file of SQLite's and a database on a PostgreSQL server.

`Database` asks its store for all in which the two differ; nothing else needs to know which one it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError


class Store(Protocol):
    """A place in which a database is kept."""

    engine: Engine
    file: Path | None  # of the database; None if it is in memory or on a server
    revision: str | None  # of the tables that this program knows; None: those that are found first
    place: Path | None  # beside which its other files stand, as the list of deletions; None if it is in memory

    is_outdated: bool  # whether another version of the program has changed the tables meanwhile

    def require_ground(self) -> None:
        """Raise DatabaseGone if what is stored now would be lost."""

    def is_unreachable(self, error: DBAPIError) -> bool:
        """Whether an error at connecting may be over in a moment."""

    def transaction_of(self, connection: Connection) -> str | None:
        """The name under which `was_kept` knows a transaction that may write; None: the store does not tell."""

    def was_kept(self, transaction: str) -> bool | None:
        """Whether a transaction was committed, when no answer came; None: that cannot be learnt now."""

    def keep_private(self, *, make: bool) -> None:
        """Let only the owner read the database; if `make`, a missing file, or a server's folder for ours, is made."""

    def wipe(self) -> bool:
        """Leave nothing of what was deleted in the database's own files; False if somebody was in the way."""

    def size(self) -> int:
        """The bytes that the database takes."""
