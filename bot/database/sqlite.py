"""The files, pragmas and locks that belong to SQLite alone."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from bot.database.patience import patience_left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIPE_BUSY_TIMEOUT = 200  # milliseconds, and few: while the wiping waits, everybody else does
WAL: Final = "wal"
FORMAT_VERSIONS: Final = 18  # the byte in a file's head that says 2 if it has a log (WAL)
LOG_HAS_GONE: Final = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY_RECOVERY, sqlite3.SQLITE_READONLY_CANTINIT}
LOOKS: Final = 20  # at a file whose log comes and goes


def real_file(file: Path) -> Path:
    """The file that a path leads to, links followed: SQLite keeps its other files beside that one."""
    return Path(os.path.realpath(file))


def database_files(file: Path) -> list[Path]:
    """All the files that a database in this file may consist of."""
    file = real_file(file)
    return [file.with_name(f"{file.name}{suffix}") for suffix in ("", "-wal", "-shm", "-journal")]


def files_of_restore(database: Path) -> list[Path]:
    """The files in which a backup is made ready beside a database; a restore that is killed leaves them behind."""
    database = real_file(database)
    return database_files(database.with_name(f"{database.name}.restoring"))


def wipe_file(driver: Any) -> bool:
    """Write the file anew and empty its log; False if somebody was in the way."""
    driver.execute(f"PRAGMA busy_timeout={WIPE_BUSY_TIMEOUT}")
    try:
        driver.execute("VACUUM")
        return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        return False


def connect(file: Path, options: Mapping[str, Sequence[str]] | None = None, *, timeout: float | None = None) -> sqlite3.Connection:
    """Connect to a file that exists; opening never makes one. `options` are SQLite's own, as in its addresses."""
    address = f"{file.absolute().as_uri()}?{urlencode({'mode': 'rw', **(options or {})}, doseq=True)}"
    return sqlite3.connect(address, uri=True, timeout=patience_left(timeout), check_same_thread=False)


def connect_to_look(file: Path, *, timeout: float | None = None, looks: int = LOOKS) -> sqlite3.Connection:
    """Connect without leaving a trace. Whoever leaves the file at this moment takes its log along: then it is looked at again."""
    connection = connect(file, options_to_look(file), timeout=timeout)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on the log stays
    except sqlite3.DatabaseError as error:
        connection.close()
        if looks > 1 and error.sqlite_errorcode in LOG_HAS_GONE:
            return connect_to_look(file, timeout=timeout, looks=looks - 1)
        raise
    return connection


def options_to_look(file: Path) -> dict[str, str]:
    """SQLite's options with which `connect` leaves no trace. No file is made, and none is changed.

    While a log is in use its shared memory is only read. Without one the file is read as it stands; what a log holds that has lost its
    shared memory is not seen then.
    """
    with file.open("rb") as opened:
        opened.seek(FORMAT_VERSIONS)
        has_log = opened.read(1) == b"\2"
    _, log, memory, _ = database_files(file)
    if not has_log:
        return {"mode": "ro"}
    return {"mode": "ro", "readonly_shm": "1"} if log.exists() and memory.exists() else {"mode": "ro", "immutable": "1"}


def prepare_connection(connection: sqlite3.Connection, *, only_looks: bool = False) -> sqlite3.Connection:
    """Set what each connection needs.

    WAL lets readers and one writer work side by side; FULL keeps an acknowledged reply through a power cut. One that `only_looks` needs
    neither, nor a folder that can be written.
    """
    connection.isolation_level = None  # SQLAlchemy's "begin" event writes BEGIN, not the driver
    if only_looks:
        return connection
    for pragma in (f"journal_mode={WAL}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    keep_temporary_files_beside(connection)
    return connection


def keep_temporary_files_beside(connection: sqlite3.Connection) -> None:
    """Let SQLite keep its temporary files, such as the copy while it writes the database anew, in the database's folder.

    SQLite has one such folder for the whole process, so it is named once, before others can be using it.
    """
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    folder = file.rpartition("/")[0]
    if file and connection.execute("PRAGMA temp_store_directory").fetchone() != (folder,):
        quoted = folder.replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory='{quoted}'")


def begin_transaction(connection: Any) -> None:
    """Begin a transaction; a writer takes the lock before it reads. It waits for it as long as its patience lasts."""
    options = connection.get_execution_options()
    patience = patience_left(options.get("patience"))
    connection.connection.driver_connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
    connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")
