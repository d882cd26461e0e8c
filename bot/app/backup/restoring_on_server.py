"""Puts a backup in the place of a database on a server.

All that a restore of a file does is done to a copy of the database in a private folder; then the rows of the copy take the place of the
server's in one transaction. No bot may run on the database meanwhile, on any machine: its lease tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import migrations
from bot.app.backup import restoring
from bot.app.backup.copying import TABLES, copy_aside, copy_list, replace_all
from bot.app.keys import require_folder
from bot.app.sole_use import leases_in, require_idle
from bot.confidentiality.deletion import tombstones
from bot.database.copy_rows import row_versions
from bot.database.scratch import use_scratch_folder
from bot.errors import SetupFault
from bot.migrations import SchemaState
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.app.backup.backup_file import Backup
    from bot.confidentiality.encryption import Keys
    from bot.database.unit_of_work import Database
    from bot.programme import Programme


def restore_on_server(  # noqa: PLR0913 - a backup, what it is held against, and by which moments
    backup: Backup, database: Database, keys: Keys, *, now: datetime, destroy_by: datetime, programmes: Callable[[], Iterable[Programme]]
) -> int | None:
    """Put a backup in a database's place, with what that database knows of since. SetupFault if a bot runs on it.

    Returns how many digests are held, if nobody knows which were posted.
    """
    assert database.place is not None  # noqa: S101 - it is on a server
    require_folder(database)  # a list in another folder would bring back what was deleted
    name = migrations.display_name(database.url)
    with use_scratch_folder(database.place) as folder:
        is_new = migrations.state(database.engine) is SchemaState.EMPTY
        known, seen = [(0, 0)] * len(TABLES), set[tuple[str, str, int, int]]()
        if not is_new:
            migrations.bring_up_to_date(database)
            seen = require_idle(database, then="restore")
            with database.look() as session:
                known = row_versions(session, TABLES)
        copy = copy_aside(database, folder)
        held_digests = restoring.restore(backup, copy, keys, now=now, destroy_by=destroy_by, programmes=programmes, place=database.place)
        copy_list(copy, database.place)  # first: what it names is gone from the rows that come
        migrations.bring_up_to_date(database)

        def require_unchanged(session: Session) -> None:
            if leases_in(session) != seen or row_versions(session, TABLES) != known:
                raise SetupFault(sentence("setup.in_use", file=name, command="restore"))

        replace_all(database, copy, require_unchanged)
    if not database.wipe():  # of the rows that gave way
        database.write(lambda session: tombstones.request_wiping(session, now), alone=True)
    return held_digests
