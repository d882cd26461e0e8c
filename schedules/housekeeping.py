"""Housekeeping: closes, detaches, deletes and wipes what has come of age, in every programme.

A beat does this for confidentiality, also long after a programme has ended, and when its file is gone: what was promised is in the
database. Each step does one thing in one short transaction, and says whether there may be another.

Wiping follows soon after a deletion, never while somebody waits for an answer: the tokens go to the list beside the database, the file is
written anew, and only then the database says that it is done. A crash in between costs nothing: it is done again. One process at a time, at
most once a minute; where somebody is in the way, a minute later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.confidentiality.deletion import detaching, expired_rows, tombstone_file, tombstones
from bot.database.scratch import remove_scratch
from bot.database.sqlite import files_of_restore
from bot.dialogue.data_rights.other_lists import apply_list_of
from bot.dialogue.digests import redraw
from bot.dialogue.rounds import after_opening
from bot.errors import EftertankeError
from bot.failures import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from datetime import datetime
    from typing import TypeAlias

    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Deletion
    from bot.database.unit_of_work import Database
    from bot.models import Round

    Step: TypeAlias = Callable[[Session, datetime, Container[int]], bool]  # it leaves out the rounds with these ids

log = structlog.get_logger(__name__)

LARGE_FILE: Final = 100_000_000  # bytes: a larger one takes long to be written anew, and waits for hours in which nobody is written to


class RoundStuck(Exception):
    """Something of one round cannot be done; its cause says why. Those behind it must not wait."""

    def __init__(self, round_id: int) -> None:
        super().__init__(round_id)
        self.round_id = round_id


def close_what_is_over(session: Session, now: datetime, _without: Container[int] = ()) -> bool:
    """Close one round whose close has come. Its programme may be gone, and an open round would be kept for ever."""
    return after_opening.close_next_round(session, now)


def detach_a_round(session: Session, now: datetime, without: Container[int] = ()) -> bool:
    """Destroy the tie between people and the replies of one round, not one of `without`."""
    return _do_first(session, now, detaching.rounds_to_detach(session, now), detaching.detach, without)


def delete_old_replies(session: Session, now: datetime, without: Container[int] = ()) -> bool:
    """Delete the replies of one round that have reached their age, not one of `without`."""
    return _do_first(session, now, detaching.rounds_to_delete(session, now), detaching.delete_replies, without)


def _do_first(
    session: Session, now: datetime, rounds: Iterable[Round], act: Callable[[Session, datetime, Round], None], without: Container[int]
) -> bool:
    round_ = next((round_ for round_ in rounds if round_.id not in without), None)
    if round_ is None:
        return False
    round_id = round_.id
    try:
        act(session, now, round_)
    except (SQLAlchemyError, EftertankeError):  # of the database: every round would fail
        raise
    except Exception as error:
        raise RoundStuck(round_id) from error
    return True


def delete_expired_rows(session: Session, now: datetime, _without: Container[int] = ()) -> bool:
    """Delete the rows that only remembered that something had been done: all at once."""
    for notice in expired_rows.delete_expired_rows(session, now):
        redraw.queue_redraw_of_notice(session, now, notice)
    return False


def run_until_done(database: Database, step: Step, now: datetime) -> None:
    """Run a step until there is no more, each time in a short transaction of its own. A round that is stuck is told of at the end."""
    stuck: dict[int, RoundStuck] = {}
    more = True
    while more:
        try:
            more = database.write(lambda session: step(session, now, stuck), alone=True)
        except RoundStuck as error:
            stuck[error.round_id] = error
    if stuck:
        raise next(iter(stuck.values()))


STEPS: Final[dict[str, Step]] = {  # the names stand in the keys of alarms and in what organisers read: they keep their spelling
    "close_what_is_over": close_what_is_over,
    "detach_a_round": detach_a_round,
    "delete_old_replies": delete_old_replies,
    "tidy_away": delete_expired_rows,
}


def wipe(database: Database, now: datetime, *, quiet: bool, at_once: bool = False, destroy_by: datetime | None = None) -> bool:
    """Wipe what is to be wiped, and return whether it was.

    `quiet`: nobody is written to at this hour. `at_once`: it is listed whatever becomes of the wiping, and another process is not waited
    for, since there may be none.
    `destroy_by`: by which moment the list may lose what is old; None: by `now`.
    """
    with database.look() as session:
        if not tombstones.is_wiping_needed(session):
            return False
    if not quiet and database.store.size() > LARGE_FILE:
        list_outside(database, destroy_by or now)
        return False
    if not _begin_wiping(database, now, at_once=at_once, destroy_by=destroy_by or now):
        return False
    is_wiped = database.wipe()
    if is_wiped:
        database.write(lambda session: tombstones.mark_wiped(session, begun=now, now=now), alone=True)
    elif not at_once and SAID.is_due("not wiped"):  # a command says the same whatever there was
        log.info("the file cannot be written anew yet: somebody is using the database; it is tried again every minute")
    return is_wiped


def list_outside(database: Database, destroy_by: datetime) -> None:
    """List what waits to be wiped.

    A refusal must survive a restore of today, though a large file is wiped at night, or the bot stops.
    """
    _apply_own_list(database, destroy_by)
    database.write(  # nobody else writes the list meanwhile
        lambda session: _add_to_list(session, database, tombstones.find_unwiped(session), destroy_by), alone=True
    )


def keep_list_current(database: Database, destroy_by: datetime) -> None:
    """Add to this machine's list what other machines have wiped. A file has one list, which whoever wipes it writes."""
    if database.file is not None or database.place is None:
        return
    listed = tombstone_file.tombstone_file_for(database.place)
    with database.look() as session:
        is_behind = tombstone_file.read_mark(listed) < tombstones.newest_trace(session)
    if is_behind:
        _apply_own_list(database, destroy_by)
        database.write(lambda session: _add_to_list(session, database, tombstones.find_young(session, destroy_by), destroy_by), alone=True)


def _apply_own_list(database: Database, now: datetime) -> None:
    """Apply what only this machine's list knows. In a transaction of its own: the list may name only what is stored."""
    if database.file is None and database.place is not None:
        listed = tombstone_file.tombstone_file_for(database.place)
        database.write(lambda session: apply_list_of(session, now, listed), alone=True)


def remove_restore_files(database: Database) -> None:
    """Remove what a killed restore or rehearsal has left beside the database. No restore can be under way, unless the database has gone."""
    with database.look():  # which asks whether it has
        for file in files_of_restore(database.place) if database.place is not None else ():
            file.unlink(missing_ok=True)
    if database.place is not None:
        remove_scratch(database.place)


def _begin_wiping(database: Database, now: datetime, *, at_once: bool, destroy_by: datetime) -> bool:
    """Take what has been deleted, and list it outside the database; the write lock keeps every other process away meanwhile."""
    _apply_own_list(database, destroy_by)

    def begin(session: Session) -> bool:
        tokens = tombstones.begin_wiping(session, now, at_once=at_once)
        if tokens is not None:
            _add_to_list(session, database, tokens, destroy_by)
        return tokens is not None

    return database.write(begin, alone=True)


def _add_to_list(session: Session, database: Database, tokens: list[Deletion], destroy_by: datetime) -> None:
    if database.place is not None:
        listed = tombstone_file.tombstone_file_for(database.place)
        tombstone_file.add_tombstones(listed, tokens, destroy_by, mark=tombstones.newest_trace(session))
