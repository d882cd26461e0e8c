"""Which files, pragmas and locks belong to SQLite alone?"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

WIPE_BUSY_TIMEOUT = 200  # milliseconds, of who is in no hurry: while the wiping waits, everybody else does
BUSY_TIMEOUT = 1500  # milliseconds; commit and acknowledgement together must fit in the platform's 3 s


def database_files(file: Path) -> list[Path]:
    """All the files that a database in this file may consist of."""
    return [file.with_name(f"{file.name}{suffix}") for suffix in ("", "-wal", "-shm", "-journal")]


def files_of_restore(database: Path) -> list[Path]:
    """The files in which a backup is made ready beside a database; who is killed meanwhile leaves them behind."""
    return database_files(database.with_name(f"{database.name}.restoring"))


def wipe_file(driver: Any) -> bool:
    """Write the file anew and empty its log. False: somebody was in the way."""
    driver.execute(f"PRAGMA busy_timeout={WIPE_BUSY_TIMEOUT}")
    try:
        driver.execute("VACUUM")
        return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")


def prepare_connection(connection: Any, _record: Any) -> None:
    """WAL lets readers and one writer work side by side; FULL keeps an acknowledged reply through a power cut."""
    connection.isolation_level = None  # SQLAlchemy's "begin" event writes BEGIN, not the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT}", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_transaction(connection: Any) -> None:
    """A writer takes the write lock before it reads."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
