"""Tells whether a database is older than the list of deletions beside it.

Then it came back without `restore`: with a snapshot of the machine, or as a copied file. What was deleted and taken back since is known to
the list alone, and the next start of the bot applies it. Until then no command may write in it, since the list would seem to be applied,
nor show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.errors import WrongDatabase
from bot.migrations import display_name
from bot.sentence import sentence

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database


def is_behind_its_list(session: Session, database: Database) -> bool:
    """Whether the list beside a database knows of later deletions than the database itself."""
    return database.place is not None and tombstone_file.is_ahead(
        tombstone_file.tombstone_file_for(database.place), tombstones.newest_trace(session), tombstones.all_tokens(session)
    )


def require_current(session: Session, database: Database) -> None:
    """WrongDatabase if the list beside a database knows more than the database."""
    if database.place is not None and is_behind_its_list(session, database):
        listed = tombstone_file.tombstone_file_for(database.place)
        raise WrongDatabase(sentence("setup.database_behind", file=database.file or display_name(database.url), listed=listed))
