"""How is a backup made ready, and put in the database's place?

It is made ready beside the database (brought up to date, what was deleted since deleted again, what was posted since taken over, what has
come of age destroyed, wiped), and takes its place only when all of that has succeeded. No bot may run on the database meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

import typer

from bot import migrations
from bot.app.backup import backup_file, carry_over
from bot.app.installation import newest_moment
from bot.app.keys import encrypt_all_anew, make_database, require_keys
from bot.app.sole_use import alone_with, keep_bots_out
from bot.confidentiality.deletion import tombstone_file
from bot.confidentiality.deletion.tombstones import Deletion
from bot.database.sqlite import database_files, files_of_restore, real_file
from bot.dialogue.data_rights.erasure import delete_again
from bot.dialogue.digests import uncertain
from bot.errors import WrongDatabase
from bot.migrations import SchemaState
from bot.sending.claim import mark_due_unknown
from bot.sending.lease import release_all
from schedules import housekeeping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.app.backup.backup_file import Backup
    from bot.app.backup.carry_over import Rows
    from bot.confidentiality.encryption import Keys
    from bot.database.unit_of_work import Database
    from bot.dialogue.data_rights.erasure import DeletionCounts

    RestoreResult = tuple[
        DeletionCounts, int | None
    ]  # what was deleted again; how many digests are held, if nobody knows which were posted


CANNOT_BE_READ: Final = "{name} cannot be read ({why}): what was deleted there is known only as far as it stands in {listed}."


@contextmanager
def lock_out_others(database: Path) -> Iterator[sqlite3.Connection | None]:
    """The database, with nobody else in it, nor let in; None if there is none that can be read. EftertankeError if a bot is in it."""
    with keep_bots_out(database, then="restore"):
        if not database.exists():
            database.parent.mkdir(parents=True, exist_ok=True)
            yield None
            return
        with alone_with(database, then="restore", report_unreadable=partial(_report_unreadable, database)) as connection:
            _require_ours(database, connection)
            yield connection


def _require_ours(database: Path, connection: sqlite3.Connection | None) -> None:
    """WrongDatabase if it holds tables of something else: a backup must not take their place."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} if connection else set[str]()
    if tables and "alembic_version" not in tables:
        raise WrongDatabase(f"{database} holds tables of something else. Choose another with DATABASE_URL, or move that file away.")


def _report_unreadable(database: Path, why: sqlite3.DatabaseError) -> None:
    typer.echo(CANNOT_BE_READ.format(name=database, why=why, listed=tombstone_file.tombstone_file_for(database)), err=True)


def list_latest_deletions(database: Path, connection: sqlite3.Connection | None, now: datetime) -> None:
    """What was deleted a moment ago may not stand in the list yet."""
    rows: list[tuple[str, str]] = []
    with suppress(sqlite3.DatabaseError):  # from before there were tombstones, or broken in this place
        rows = connection.execute("SELECT token, at FROM traces WHERE token IS NOT NULL").fetchall() if connection is not None else []
    deletions = [Deletion(token=token, at=datetime.fromisoformat(f"{at}+00:00")) for token, at in rows]
    tombstone_file.add_tombstones(tombstone_file.tombstone_file_for(database), deletions, now)


def put_in_place(  # noqa: PLR0913 - a backup, what it is held against, and by which moments
    backup: Backup, database: Path, keys: Keys, rows: Rows | None, *, now: datetime, destroy_by: datetime
) -> RestoreResult:
    """Put the backup, made ready, in the database's place; what was deleted again, and how many digests are held.

    What has come of age by `destroy_by` is destroyed; the rest is left to the bot, once it knows how late it is.
    """
    copy, *_ = files_of_restore(database)
    _remove_prepared_files(database)
    try:
        backup_file.create_private_file(copy)
        shutil.copyfile(backup.file, copy)  # it says in its head that it is a backup until nothing more is done to it
        deletions = tombstone_file.read_tombstones(tombstone_file.tombstone_file_for(database))
        result = _prepare(copy, backup, keys, deletions, rows, now=now, destroy_by=destroy_by)
        backup_file.unmark_as_backup(copy)  # a database again, and one file
        backup_file.sync_to_disk(copy)
        _remove_log_of_predecessor(database)
        copy.replace(real_file(database))
        backup_file.sync_to_disk(real_file(database))
    finally:
        _remove_prepared_files(database)
    return result


def _remove_log_of_predecessor(database: Path) -> None:
    """The log of a database that has gone may still stand there. SQLite would play it into whatever is put there."""
    for file in database_files(database)[1:]:
        file.unlink(missing_ok=True)


def _remove_prepared_files(database: Path) -> None:
    """What this restore has left, or one that was killed; the bot does so too."""
    for file in files_of_restore(database):
        file.unlink(missing_ok=True)


def _prepare(  # noqa: PLR0913 - a backup, and what it is held against
    copy: Path, backup: Backup, keys: Keys, deletions: list[Deletion], rows: Rows | None, *, now: datetime, destroy_by: datetime
) -> RestoreResult:
    """Up to date, without what was deleted since, without what is too old, and without their remains."""
    database = make_database(f"sqlite:///{copy}", keys)
    try:
        if migrations.state(database.engine) is SchemaState.NEWER:
            raise WrongDatabase(f"{backup.file} is from a newer Eftertanke than this: restore it with that version.")
        migrations.bring_up_to_date(database)
        require_keys(database)
        result = _apply_what_happened_since(database, backup, deletions, now, rows)
        for step in housekeeping.STEPS.values():
            housekeeping.run_until_done(database, step, destroy_by)
        encrypt_all_anew(database, now)  # answers in it may be from before there were keys, quotes carried over from before a newer one
        database.wipe()
    finally:
        database.close()
    return result


def _apply_what_happened_since(
    database: Database, backup: Backup, deletions: list[Deletion], now: datetime, rows: Rows | None
) -> RestoreResult:
    """What was deleted before the backup was made is not in it: who stands in it all the same has come back.

    The clock by which it was made may have been ahead: what the bot had seen by then counts, if that is earlier.
    """
    with database.work() as session:
        since = min(backup.at, newest_moment(session) or backup.at) - backup_file.MINUTE
        deleted_again = delete_again(session, now, {deletion.token for deletion in deletions if deletion.at >= since})
        held_digests = None if carry_over.take_over(session, rows) else uncertain.hold_uncertain_digests(session, now)
        mark_due_unknown(session, now)
        release_all(session)
    return deleted_again, held_digests
