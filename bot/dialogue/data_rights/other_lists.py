"""Applies what this machine's list of deletions knows, and a database that was restored on another machine does not.

Each machine keeps a list of its own. A restore has only that of its machine, which may have stood still while people deleted and left. So
whoever starts later, or was frozen meanwhile, looks for tombstones that the database has never had. They go to their places among the
others, so what people have chosen since the restore counts for more. Nothing is said of it: that there was something to apply would tell
that somebody has deleted or left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.dialogue.data_rights import purging, refusals
from bot.dialogue.data_rights.erasure import delete_again

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Deletion

YOUNG: Final = tombstones.EXPIRY_AGE - timedelta(days=1)  # older ones the database may have dropped; no backup holds what they are about


def apply_list_of(session: Session, now: datetime, listed: Path) -> None:
    """Apply what a list knows and the database has never known. What an earlier version listed nobody can tell apart."""
    lacking = tombstones.take_over_list(session, now, [deletion for deletion in read_young(now, listed) if deletion.id is not None])
    if lacking:
        tombstones.request_wiping(session, now)  # so that the lists of all machines learn of it
        apply_again(session, now, lacking)


def read_young(now: datetime, listed: Path) -> list[Deletion]:
    """Read what a list says of things that a backup may hold."""
    return [deletion for deletion in tombstone_file.read_tombstones(listed) if deletion.at >= now - YOUNG]


def apply_again(session: Session, now: datetime, tokens: frozenset[str]) -> None:
    """Delete and take back again what has one of these tokens, unless it was lifted since."""
    traces = replace(tombstones.traces_in_database(session), only=tokens)
    purging.purge_again(session, now, traces)
    delete_again(session, now, traces)
    refusals.respect_absences(session, now, traces)
    refusals.delete_void_texts(session, now, traces, tell=True)
    refusals.cancel_what_waits(session, now)
