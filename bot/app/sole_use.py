"""Makes sure that nobody else uses a database while a command replaces it, not even an idle bot.

The database itself tells who has it open; where it has gone from under a bot, the lock tells that the bot holds on a file beside it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import socket
import sqlite3
import time
import uuid
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeAlias

import typer
from sqlalchemy import select

from bot.app.reader_language import reader_language
from bot.confidentiality.file_modes import private_opener
from bot.database.sqlite import connect, database_files, keep_temporary_files_beside
from bot.errors import SetupFault
from bot.migrations import display_name
from bot.models import Lease
from bot.sending.lease import NOBODY, RAISE_EVERY, SILENT_FOR
from bot.sentence import sentence
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

LOCKS: Final = Path("/proc/locks")  # the locks on all files, where the system is Linux
# The device before the inode is left out: on btrfs and overlays it is not the one that the file names.
LOCK: Final = re.compile(r"\d+: (?:FLOCK|POSIX|OFDLCK) .* (?P<process>-?\d+) \S+:(?P<inode>\d+) .*")
BOOT: Final = Path("/proc/sys/kernel/random/boot_id")  # likewise
TRIES: Final = 10
BETWEEN_TRIES: Final = 0.05  # seconds
WATCH: Final = SILENT_FOR + RAISE_EVERY  # seconds
ONE_TURN: Final = RAISE_EVERY + 1  # seconds within which a bot that runs takes what nobody holds
BETWEEN_LOOKS: Final = 0.5  # seconds
Leases: TypeAlias = "set[tuple[str, str, int, int]]"
BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def mark_in_use(database: Path) -> IO[str]:
    """Lock a file beside a database that a bot uses, as long as what is given back stays open.

    Raises:
        SetupFault: a command is just replacing the database, or a bot on another machine uses it.
    """
    lock = open(_lock_file_of(database), "a+", encoding="ascii", opener=private_opener)  # noqa: SIM115 - it stays open as long as the bot runs
    try:
        _name_machine(lock)
        _share(lock, database)
        _require_this_machine(lock, database)
    except BaseException:
        lock.close()
        raise
    return lock


def _name_machine(lock: IO[str]) -> None:
    """If nobody else has the lock, write into its file which machine has it from now on."""
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        lock.truncate(0)
        lock.write(machine_id())
        lock.flush()


def _share(lock: IO[str], database: Path) -> None:
    """Take the lock together with others, who may have it to themselves for the moment in which they name their machine."""
    for _ in range(TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return
        time.sleep(BETWEEN_TRIES)
    raise SetupFault(sentence("setup.being_replaced", file=database))


def _require_this_machine(lock: IO[str], database: Path) -> None:
    """SetupFault if another machine is named. As long as anybody shares the lock the name stays; earlier versions wrote none."""
    lock.seek(0)
    if lock.read() not in {machine_id(), ""}:
        raise SetupFault(sentence("setup.other_machine", file=database))


def machine_id() -> str:
    """What tells this machine from others until it starts again; containers on one kernel are one machine."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return hashlib.sha256(f"{uuid.getnode()} {socket.gethostname()}".encode()).hexdigest()


def _lock_file_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.in-use")


def is_in_use(database: Path) -> bool | None:
    """Whether a bot is on a database, told without taking a lock; None if this system does not tell.

    On the local workspace, where no bot locks the file beside it, whoever has the database open counts.
    """
    lock_file, memory = _lock_file_of(database), database_files(database)[2]
    inodes = {str(file.stat().st_ino) for file in (lock_file if lock_file.exists() else memory,) if file.exists()}
    try:
        lines = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = filter(None, map(LOCK.fullmatch, lines))
    return any(lock["inode"] in inodes and lock["process"] != str(os.getpid()) for lock in found)


@contextmanager
def keep_bots_out(database: Path, *, then: str) -> Iterator[None]:
    """No bot begins on the database meanwhile, also if there is none. SetupFault if a bot runs on what stood there."""
    try:
        lock = _lock_file_of(database).open(encoding="ascii")
    except FileNotFoundError:
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupFault(sentence("setup.in_use", file=database, command=then)) from None
        yield


@contextmanager
def alone_with(
    database: Path, *, then: str, report_unreadable: Callable[[sqlite3.DatabaseError], None]
) -> Iterator[sqlite3.Connection | None]:
    """The database in a file, with nobody else in it, nor let in; None if it cannot be read. SetupFault if anybody is in it."""
    try:
        connection = _lock(database)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in BUSY:
            raise SetupFault(sentence("setup.in_use", file=database, command=then)) from None
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


def require_idle(database: Database, *, then: str) -> Leases:
    """The leases of a database on a server, once it is sure that no bot runs on it. SetupFault if one does.

    A bot that holds a lease raises its counter every few seconds. One that is frozen or was killed does not, and is watched for as long as
    another bot would watch it, which is said first. Where nobody holds one, a bot that runs takes it within one turn.
    """
    seen = read_leases(database)
    begun, is_held = time.monotonic(), any(holder != NOBODY for _, holder, _, _ in seen)
    if is_held:
        typer.echo(say(reader_language(), "restore.waits"), err=True)
    while seen and time.monotonic() < begun + (WATCH if is_held else ONE_TURN):
        time.sleep(BETWEEN_LOOKS)
        before, seen = seen, read_leases(database)
        if any(lease not in before and lease[1] != NOBODY for lease in seen):
            raise SetupFault(sentence("setup.in_use", file=display_name(database.url), command=then))
        is_held = is_held and any(holder != NOBODY for _, holder, _, _ in seen)
    return seen


def read_leases(database: Database) -> Leases:
    """The leases of a database just now: holders, numbers and counters."""
    with database.look() as session:
        return leases_in(session)


def leases_in(session: Session) -> Leases:
    """The same within a transaction."""
    return {(lease.workspace, lease.holder, lease.number, lease.counter) for lease in session.scalars(select(Lease))}


def require_no_bot(database: Path, *, then: str) -> None:
    """SetupFault if a bot, or anybody else, is in the database just now. What cannot be read is told by whoever opens it."""
    if database.exists() and database.stat().st_size:
        with alone_with(database, then=then, report_unreadable=lambda _: None):
            pass
