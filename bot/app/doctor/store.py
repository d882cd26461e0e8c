"""Looks at the database: its file and tables, the room that there is for it, and its key."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import stat
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text

from bot.app.age_of_database import is_behind_its_list
from bot.app.doctor import server
from bot.app.doctor.finding import fault, fine, judge, remark
from bot.app.doctor.seen import open_raw
from bot.app.keys import LOCAL, SLACK, WRONG_DATABASE, keys_to_look
from bot.app.sole_use import BUSY
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.confidentiality.key_rotation import missing_keys
from bot.database.sqlite import database_files, options_to_look
from bot.errors import SetupFault, WrongDatabase
from bot.local_time import DAY
from bot.migrations import WHY_UNOPENED, SchemaState
from bot.models import Lease, LoadedProgramme
from bot.sentence import sentence
from schedules.due import ends_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen
    from bot.sentence import Sentence

MEGABYTE: Final = 1_000_000
WHOLE_IN: Final = 0.7  # seconds that the look at the whole file may take
COPIES: Final = 2  # of the database that the disk should have room for: one is made at each tidying up, one at a restore
STALE: Final = 2 * DAY  # the lists are read once a day


def database(seen: Seen) -> Iterator[Finding]:
    """The file of the database: whether it is there and can be opened, how large it is and whose."""
    if seen.is_database_wrong:
        yield fault("database", sentence("doctor.database.wrong"), sentence("doctor.settings.cure"))
    elif seen.file is None:
        yield from server.database(seen)
    elif seen.is_on_slack and seen.file.is_absolute() and not seen.file.parent.is_dir():
        yield fault("database", sentence("setup.make_folder", folder=seen.file.parent), sentence("doctor.database.unopened.cure"))
    elif not seen.file.exists():
        yield _absent(seen.file.absolute(), is_on_slack=seen.is_on_slack)
    elif seen.error is not None:
        yield fault("database", sentence("doctor.database.unopened", file=seen.file.absolute(), why=_why(seen.error)), _cure(seen.error))
    else:
        yield from _file(seen.file)


def _absent(file: Path, *, is_on_slack: bool) -> Finding:
    if not is_on_slack:
        return fine("database", sentence("doctor.database.to_come", file=file))
    return fault("database", sentence("doctor.database.absent", file=file), sentence("doctor.database.absent.cure"))


def _file(file: Path) -> Iterator[Finding]:
    found = file.stat()
    facts = {"file": file.absolute(), "size": max(1, round(found.st_size / MEGABYTE)), "owner": _name(found.st_uid)}
    yield fine("database", sentence("doctor.database.fine", **facts, mode=f"{stat.S_IMODE(found.st_mode):04o}"))
    options, log = options_to_look(file), database_files(file)[1]
    if "immutable" in options and log.exists() and log.stat().st_size:
        yield remark("database", sentence("doctor.database.log", log=log), sentence("doctor.database.log.cure"))
    elif options.keys() == {"mode"}:
        yield fine("database", sentence("doctor.database.without_log"))
    if found.st_uid != os.geteuid():
        owner, you = _name(found.st_uid), _name(os.geteuid())
        yield remark(
            "database", sentence("doctor.database.other", owner=owner, you=you), sentence("doctor.database.other.cure", owner=owner)
        )


def _name(user: int) -> str:
    """The name of an account, or its number."""
    with suppress(KeyError):
        return pwd.getpwuid(user).pw_name
    return str(user)


def _why(error: Exception) -> object:
    """What is wrong with a database, in our words if we have any."""
    code = getattr(error, "sqlite_errorcode", None)
    if code in BUSY:
        return sentence("doctor.database.locked")
    return sentence(WHY_UNOPENED[code]) if code in WHY_UNOPENED else error


def _cure(error: Exception) -> Sentence:
    is_busy = getattr(error, "sqlite_errorcode", None) in BUSY
    return sentence("doctor.database.locked.cure" if is_busy else "doctor.database.unopened.cure")


def integrity(seen: Seen) -> Iterator[Finding]:
    """Whether the file is whole, as far as that can be seen in a moment."""
    if seen.database is None or seen.file is None:
        return
    until = time.monotonic() + WHOLE_IN
    try:
        with closing(open_raw(seen.file)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, 1000)
            found = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        yield fine("integrity", sentence("doctor.integrity.large"))
        return
    damaged = sentence("doctor.integrity.damaged"), sentence("doctor.integrity.cure")
    yield judge("integrity", damaged if found != [("ok",)] else None, sentence("doctor.integrity.fine"))


def tables(seen: Seen) -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    if seen.database is None:
        if seen.file is not None and seen.file.is_file() and seen.error is None and seen.is_on_slack:  # an empty file
            yield _without_tables(seen)
        return
    match seen.tables:
        case SchemaState.CURRENT:
            with seen.database.look() as session:
                revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            yield fine("tables", sentence("doctor.tables.fine", revision=revision))
        case SchemaState.PENDING:
            yield fault("tables", sentence("doctor.tables.pending"), sentence("doctor.tables.pending.cure"))
        case SchemaState.NEWER:
            yield fault("tables", sentence("doctor.tables.newer"), sentence("doctor.tables.newer.cure"))
        case SchemaState.FOREIGN:
            yield fault("tables", sentence("doctor.tables.foreign"), sentence("doctor.tables.foreign.cure"))
        case SchemaState.EMPTY:
            yield _without_tables(seen)


def _without_tables(seen: Seen) -> Finding:
    if not seen.is_on_slack:
        return fine("tables", sentence("doctor.tables.to_come"))
    cure = sentence("setup.server.empty.cure" if seen.file is None else "doctor.database.absent.cure")
    return fault("tables", sentence("doctor.tables.empty"), cure)


def workspace(seen: Seen) -> Iterator[Finding]:
    """Whether the database was used on Slack alone, or on the local workspace alone: neither starts on the other's."""
    ours = SLACK if seen.is_on_slack else LOCAL
    with seen.look() as session:
        others = session is not None and session.scalars(select(Lease.workspace).where(Lease.workspace != ours)).all()
    if others:
        said, cure = WRONG_DATABASE[ours]
        yield fault("workspace", said, cure)


def age(seen: Seen) -> Iterator[Finding]:
    """When the lists were last read, and whether the database is older than its list of deletions.

    They are read daily, so the clock alone moves that day; when anybody acted is told nowhere.
    """
    with seen.look() as session:
        if session is None or seen.database is None or seen.settings is None:
            return
        if seen.file_for_folder is None and is_behind_its_list(session, seen.database):
            listed = tombstone_file_for(seen.settings.database_place)
            yield fault("age", sentence("doctor.age.behind", listed=listed), sentence("doctor.age.behind.cure"))
        newest = session.scalar(select(func.max(LoadedProgramme.synchronised_at)))
    if newest is None:
        yield fine("age", sentence("doctor.age.never"))
    elif seen.now - newest > STALE and seen.programme is not None and ends_at(seen.programme) > seen.now:
        yield remark("age", sentence("doctor.age.stale", day=seen.here(newest).date()), sentence("doctor.age.stale.cure"))
    else:
        yield fine("age", sentence("doctor.age.fine", day=seen.here(newest).date()))


def disk(seen: Seen) -> Iterator[Finding]:
    """Whether there is room for two more copies of the database where it is."""
    if seen.file is None:
        return
    size = sum(file.stat().st_size for file in database_files(seen.file) if file.is_file())
    folder = seen.file.absolute().parent
    if folder.is_dir():
        is_full = shutil.disk_usage(folder).free < COPIES * size
        full = sentence("doctor.disk.full", folder=folder), sentence("doctor.disk.cure")
        yield judge("disk", full if is_full else None, sentence("doctor.disk.fine", folder=folder))


def key(seen: Seen) -> Iterator[Finding]:
    """Whether the keys are there that the database needs; they themselves are never told."""
    if seen.settings is None or seen.is_database_wrong or (seen.are_tokens_wrong and seen.settings.eftertanke_key is None):
        return
    try:
        keys = keys_to_look(seen.settings)
        if keys is None:
            yield fine("key", sentence("doctor.key.to_come"))
            return
    except WrongDatabase:  # a server does not answer: another check tells why
        return
    except SetupFault as wrong:
        yield _of_keys(wrong)
        return
    with seen.look() as session:
        if session is not None:
            other = fault("key", sentence("doctor.key.other"), sentence("doctor.key.cure"))
            yield other if missing_keys(session) else fine("key", sentence("doctor.key.fine"))


def _of_keys(wrong: SetupFault) -> Finding:
    """What is wrong with the keys themselves."""
    if wrong.said[0].key != "setup.key_missing":
        return fault("key", wrong.said[0], sentence("doctor.settings.cure"))
    in_file = next((said for said in wrong.said if said.key == "setup.key_file_missing"), None)
    return fault("key", sentence("doctor.key.other"), in_file or sentence("doctor.key.cure"))
