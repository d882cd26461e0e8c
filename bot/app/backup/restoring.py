"""Makes a backup ready and puts it in the database's place.

It is made ready beside the database (brought up to date, without what was deleted or taken back since, with what was posted since, without
what has come of age, wiped), and takes its place only when all of that has succeeded. No bot may run on the database meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import typer

from bot import migrations
from bot.app.backup import backup_file, carry_over, since_then
from bot.app.backup.sight import file_of_sight, was_seen_later
from bot.app.installation import newest_moment
from bot.app.keys import encrypt_all_anew, make_database, require_keys
from bot.app.reader_language import reader_language
from bot.app.sole_use import alone_with, keep_bots_out
from bot.confidentiality.deletion import tombstone_file
from bot.confidentiality.deletion.tombstones import Deletion
from bot.database.places import is_of_server
from bot.database.sqlite import connect, database_files, files_of_restore, real_file
from bot.dialogue import audit
from bot.errors import WrongDatabase
from bot.migrations import SchemaState
from bot.models import AuditAct
from bot.sentence import sentence
from bot.wording import say
from bot.wording.in_words import in_words
from schedules import housekeeping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.app.backup.backup_file import Backup
    from bot.app.backup.carry_over import Rows
    from bot.confidentiality.encryption import Keys
    from bot.programme import Programme


def restore(  # noqa: PLR0913 - a backup, what it is held against, and by which moments
    backup: Backup,
    database: Path,
    keys: Keys,
    *,
    now: datetime,
    destroy_by: datetime,
    programmes: Callable[[], Iterable[Programme]],
    place: Path | None = None,
) -> int | None:
    """Put a backup in a database's place, with what that database knows of since. SetupFault if a bot is in it.

    Returns how many digests are held, if nobody knows which were posted. `place`: the database whose copy this is, for people to read.
    """
    with lock_out_others(database, place or database) as connection:
        is_current = list_latest_deletions(database, connection, destroy_by, place) and not (
            connection and was_seen_later(connection, database)
        )
        rows = carry_over.read_rows(connection) if is_current else None
        return put_in_place(backup, database, keys, rows, now=now, destroy_by=destroy_by, programmes=programmes)


@contextmanager
def lock_out_others(database: Path, place: Path) -> Iterator[sqlite3.Connection | None]:
    """The database, with nobody else in it, nor let in; None if there is none that can be read. SetupFault if a bot is in it."""
    with keep_bots_out(database, then="restore"):
        if not database.exists():
            database.parent.mkdir(parents=True, exist_ok=True)
            yield None
            return
        with alone_with(database, then="restore", report_unreadable=partial(_report_unreadable, place)) as connection:
            _require_ours(database, connection)
            yield connection


def _require_ours(database: Path, connection: sqlite3.Connection | None) -> None:
    """WrongDatabase if it holds tables of something else: a backup must not take their place."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} if connection else set[str]()
    if tables and "alembic_version" not in tables:
        raise WrongDatabase(sentence("setup.foreign_file", file=database))


def _report_unreadable(database: Path, why: sqlite3.DatabaseError) -> None:
    listed = tombstone_file.tombstone_file_for(database)
    typer.echo(say(reader_language(), "restore.unreadable", file=database, why=why, listed=listed), err=True)


def list_latest_deletions(database: Path, connection: sqlite3.Connection | None, now: datetime, place: Path | None = None) -> bool:
    """List the latest deletions; False if this database is older than its list, and knows nothing new."""
    rows: list[tuple[int, str | None, str]] = []
    with suppress(sqlite3.DatabaseError):  # from before there were tombstones, or broken in this place
        rows = connection.execute("SELECT id, token, at FROM traces ORDER BY id").fetchall() if connection is not None else []
    listed = tombstone_file.tombstone_file_for(database)
    deletions = [Deletion(token=token, at=datetime.fromisoformat(f"{at}+00:00"), id=id_) for id_, token, at in rows if token is not None]
    newest = rows[-1][0] if rows else 0
    is_current = not tombstone_file.is_ahead(listed, newest, {deletion.token for deletion in deletions})
    tombstone_file.add_tombstones(listed, deletions if is_current else [], now, mark=newest)
    if connection is None and not tombstone_file.is_whole(listed):
        place = place or database
        then = sentence("restore.once_more_on_server" if is_of_server(place) else "restore.once_more")
        said = sentence("restore.list_incomplete", listed=tombstone_file.tombstone_file_for(place), then=then)
        typer.echo(in_words(reader_language(), said), err=True)
    return is_current


def put_in_place(  # noqa: PLR0913 - a backup, what it is held against, and by which moments
    backup: Backup,
    database: Path,
    keys: Keys,
    rows: Rows | None,
    *,
    now: datetime,
    destroy_by: datetime,
    programmes: Callable[[], Iterable[Programme]] = tuple,
) -> int | None:
    """Put the backup, made ready, in the database's place; how many digests are held, if nobody knows which were posted.

    What has come of age by `destroy_by` is destroyed; the rest is left to the bot, once it knows how late it is. The organisers of
    `programmes` are told if nobody can read what gave way.
    """
    copy, *_ = files_of_restore(database)
    _remove_prepared_files(database)
    try:
        backup_file.create_private_file(copy)
        shutil.copyfile(backup.file, copy)  # it says in its head that it is a backup until nothing more is done to it
        listed = tombstone_file.tombstone_file_for(database)
        result = _prepare(copy, backup, keys, listed, rows, now=now, destroy_by=destroy_by, programmes=programmes)
        backup_file.unmark_as_backup(copy)  # a database again, and one file
        backup_file.sync_to_disk(copy)
        for file in database_files(database)[1:]:  # the log of a database that has gone: SQLite would play it into whatever is put there
            file.unlink(missing_ok=True)
        copy.replace(real_file(database))
        file_of_sight(database).unlink(missing_ok=True)  # how far the one was seen that gave way
        backup_file.sync_to_disk(real_file(database))
    finally:
        _remove_prepared_files(database)
    return result


def _remove_prepared_files(database: Path) -> None:
    """What this restore has left, or one that was killed; the bot does so too."""
    for file in files_of_restore(database):
        file.unlink(missing_ok=True)


def _prepare(  # noqa: PLR0913 - a backup, and what it is held against
    copy: Path,
    backup: Backup,
    keys: Keys,
    listed: Path,
    rows: Rows | None,
    *,
    now: datetime,
    destroy_by: datetime,
    programmes: Callable[[], Iterable[Programme]],
) -> int | None:
    """Bring the copy up to date, and remove what was deleted since, what is too old, and their remains."""
    database = make_database(f"sqlite:///{copy}", keys)

    def apply(session: Session) -> int | None:
        since = min(backup.at, newest_moment(session) or backup.at) - backup_file.MINUTE  # the clock may have been ahead at the backup
        result = since_then.apply(session, now, listed, since, rows)
        audit.note_operator(session, now, AuditAct.RESTORED)
        if result is not None:
            since_then.tell_of_restore(session, now, programmes(), backup.at)
        return result

    try:
        _require_whole(backup, copy)
        _require_known(backup, migrations.state(database.engine))
        migrations.bring_up_to_date(database)
        require_keys(database)
        result = database.write(apply, alone=True)
        for step in housekeeping.STEPS.values():
            housekeeping.run_until_done(database, step, destroy_by)
        encrypt_all_anew(database, now)  # answers in it may be from before there were keys, quotes carried over from before a newer one
        database.wipe()
    finally:
        database.close()
    return result


def _require_known(backup: Backup, state: SchemaState) -> None:
    """WrongDatabase if the backup holds other tables than ours, or those of a newer Eftertanke."""
    if state is SchemaState.NEWER:
        raise WrongDatabase(sentence("setup.newer_backup", file=backup.file))
    if state in {SchemaState.FOREIGN, SchemaState.EMPTY}:
        raise WrongDatabase(sentence("setup.no_backup", file=backup.file))


def _require_whole(backup: Backup, copy: Path) -> None:
    """WrongDatabase if the copy is damaged, as by a disk that fails: nothing of it could be trusted."""
    found = None
    with suppress(sqlite3.DatabaseError), closing(connect(copy)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise WrongDatabase(sentence("setup.damaged_backup", file=backup.file))
