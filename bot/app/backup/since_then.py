"""Brings a restored or older database in line with what has happened since.

A backup that is restored, or an older file that has come back by itself. Where the database that gave way can be read, everything is taken
over from there. Where not, the list of deletions tells what was deleted, replaced, left and paused; of marks nobody knows, so those of
weeks that were not posted are void; and who was asked about a promise, so whoever may have been is not asked again at once. What came back
without `restore` is found at the start of the bot, and treated the same way there.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select, text, update

from bot.app.age_of_database import is_behind_its_list
from bot.app.backup import backup_file, carry_over, sight
from bot.app.installation import newest_moment
from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.confidentiality.encryption import session_keys
from bot.database.copy_rows import restart_sequence
from bot.database.insert_once import table_of
from bot.days_off import DaysOff
from bot.dialogue import audit, organisers_channel
from bot.dialogue.data_rights import purging, refusals
from bot.dialogue.data_rights.erasure import delete_again
from bot.dialogue.data_rights.other_lists import apply_again, apply_list_of, read_young
from bot.dialogue.digests import uncertain, void_marks
from bot.dialogue.outbox import NewMessage, put_many, tell_organisers
from bot.dialogue.responses.due_promises import day_asked, key_of
from bot.dialogue.responses.unanswered import PATIENCE, key_of_told
from bot.dialogue.snapshot import programme_on_record
from bot.errors import WrongDatabase
from bot.local_time import WEEK, today
from bot.message_facts import PromiseFacts, WishFacts
from bot.migrations import display_name
from bot.models import (
    AuditAct,
    Digest,
    DigestState,
    LoadedProgramme,
    MessageKind,
    MessageState,
    OutboxMessage,
    Person,
    Response,
    ResponseState,
    Round,
)
from bot.seam.actions import ResponseKind
from bot.sending.claim import mark_due_unknown
from bot.sending.lease import release_all
from bot.sentence import sentence
from bot.states import RESTORED
from bot.wording.dates import stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.app.backup.carry_over import Rows
    from bot.confidentiality.deletion.tombstones import Deletion
    from bot.database.unit_of_work import Database
    from bot.programme import Programme

log = structlog.get_logger(__name__)


def apply(session: Session, now: datetime, listed: Path, since: datetime, rows: Rows | None) -> int | None:
    """Repeat what has happened `since`, from `rows` of the replaced database or, without them, from the list.

    What it has of the list is not repeated: who stands in it all the same has come back. Of a list of an earlier version the days tell.
    Returns how many digests are held, if nobody knows which were posted.
    """
    rows = rows if rows is not None and carry_over.is_later_state(session, rows) else None
    held_digests = _follow_list(session, now, listed, since) if rows is None else None
    if rows is not None:
        _follow_rows(session, now, listed, since, rows)
    refusals.cancel_what_waits(session, now)
    tombstones.leap(session, now, beyond=tombstone_file.read_mark(listed))
    release_all(session)
    return held_digests


def _follow_rows(session: Session, now: datetime, listed: Path, since: datetime, rows: Rows) -> None:
    traces = tombstones.traces_of_list(session_keys(session), _since(since, tombstone_file.read_tombstones(listed)))
    purging.purge_again(session, now, traces)
    delete_again(session, now, traces)
    carry_over.take_over(session, rows)
    mark_due_unknown(session, now)
    refusals.delete_void_texts(session, now, traces, tell=False)  # what is lost here was detached from them meanwhile
    void_marks.void_marks(session, now, known=frozenset(row["id"] for row in rows["replies"]))  # an earlier restore may have lost some


def _follow_list(session: Session, now: datetime, listed: Path, since: datetime) -> int:
    mark_due_unknown(session, now)  # first: what is put to be said from here on is new
    audit.note_operator(session, now, AuditAct.PUT_BACK)  # what later rounds say may have been said already
    deletions = read_young(now, listed)
    lacking = tombstones.take_over_list(session, now, deletions)
    if any(deletion.id is None for deletion in deletions):
        lacking &= {deletion.token for deletion in _since(since, deletions)}
    apply_again(session, now, lacking)
    void_marks.void_marks(session, now)
    _count_promises_as_asked(session, now)
    _count_wishes_as_told(session, now)
    return uncertain.hold_uncertain_digests(session, now)


def _since(since: datetime, deletions: list[Deletion]) -> list[Deletion]:
    return [deletion for deletion in deletions if deletion.at.date() >= since.astimezone(UTC).date()]


def _count_promises_as_asked(session: Session, now: datetime) -> None:
    """Count everybody whose promise is due as asked about it, or reminded: they may have been, since the backup.

    The reminder of those who were asked in the last week comes a week later all the same.
    """
    select_promises = select(Response, Person).join(Person, Person.id == Response.person_id).where(Response.kind == ResponseKind.TAKE_UP)
    for promise, politician in session.execute(select_promises.where(Response.state == ResponseState.RELEASED)).all():
        zone = programme_on_record(session, politician.programme).timezone
        for again, after in ((False, timedelta()), (True, WEEK)):
            if promise.due_on is not None and day_asked(promise.due_on, DaysOff.in_zone(zone)) + after <= today(now, zone):
                message = NewMessage(
                    kind=MessageKind.PROMISE_DUE,
                    address=politician.address,
                    facts=PromiseFacts(response=promise.id, again=again),
                    due_at=now,
                    person_id=politician.id,
                    key=key_of(promise, again=again),
                )
                _count_as_said(session, politician.programme, message)


def _count_wishes_as_told(session: Session, now: datetime) -> None:
    """Count organisers as told of all wishes that have waited for so long: they may have been, since the backup."""
    posted = Digest.state == DigestState.ISSUED, Digest.issued_at <= now - PATIENCE
    for digest in session.scalars(select(Digest).where(*posted)).all():
        address = organisers_channel.last_address(session, digest.programme) or ""
        for theme in digest.wishes or ():
            facts, key = WishFacts(digest=digest.id, theme=theme), key_of_told(digest.id, theme)
            message = NewMessage(kind=MessageKind.WISH_UNANSWERED, address=address, facts=facts, due_at=now, key=key)
            _count_as_said(session, digest.programme, message)


def _count_as_said(session: Session, programme_id: str, message: NewMessage) -> None:
    """Put a message as one that is over, unless it is there already."""
    if put_many(session, programme_id, [message]):
        row = OutboxMessage.programme == programme_id, OutboxMessage.key == message.key
        session.execute(update(OutboxMessage).where(*row).values(state=MessageState.MISSED, reason=RESTORED))


def tell_of_restore(session: Session, now: datetime, programmes: Iterable[Programme], at: datetime) -> None:
    """Let organisers know that a backup of a moment was put in while nobody could read what gave way."""
    for programme in programmes:
        _tell_organisers(session, now, programme, "notice.restored", at=stamp_in(programme.language, at, programme.timezone))


def bring_in_line(database: Database, now: datetime, programmes: Iterable[Programme]) -> None:
    """Bring a database older than its list, or than it was seen, in line before anybody is let in.

    WrongDatabase if it is older than a backup may be.
    """
    if (place := database.place) is None:
        return
    seen = sight.read_sight(place)
    name, listed, told = database.file or display_name(database.url), tombstone_file.tombstone_file_for(place), list(programmes)

    def bring(session: Session) -> bool:
        if database.file is not None:
            _unmark(session)
        if not (is_behind_its_list(session, database) or sight.is_below(session, seen)):
            _mend_list(session, now, listed)
            sight.forget_if_new(session, place)
            apply_list_of(session, now, listed)
            return False
        _require_young(session, name, listed)
        deletions = tombstone_file.read_tombstones(listed)
        apply(session, now, listed, _day_before(newest_moment(session), deletions, now), None)
        sight.raise_above(session, seen)
        restart_sequence(session, table_of(Round))  # a round that was forgotten has its number again: it stands in buttons in the chat
        return sum(_tell_organisers(session, now, programme, "notice.older_database") for programme in told) > 0

    if database.write(bring, alone=True):
        log.warning("the database is older than its list of deletions, and was brought in line with it", file=str(name))


def _unmark(session: Session) -> None:
    """Make a backup that somebody put there by hand the database.

    SQLite is asked, for whoever opens the file besides, and closes it, ends SQLite's locks on it.
    """
    if session.scalar(text("PRAGMA application_id")) == backup_file.APPLICATION_ID:
        session.execute(text("PRAGMA application_id=0"))


def _mend_list(session: Session, now: datetime, listed: Path) -> None:
    """Write a list that has gone, or has lost its end, from what the database knows."""
    known = tombstones.find_listed(session)
    if known and not tombstone_file.is_whole(listed):
        log.warning("the list of deletions is missing or damaged: it is written from what the database knows", file=str(listed))
        tombstone_file.add_tombstones(listed, known, now, mark=tombstones.newest_trace(session))


def _require_young(session: Session, database: Path | str, listed: Path) -> None:
    """WrongDatabase if the list may have forgotten what this database has never known.

    A bot that idles leaves no moment, so days alone do not tell that a database is old.
    """
    if tombstone_file.is_whole(listed) and tombstones.newest_trace(session) >= tombstone_file.read_mark(listed, tombstone_file.FORGOTTEN):
        return
    moments = [moment for moment in (newest_moment(session), tombstones.moment_of_newest(session)) if moment is not None]
    days = [deletion.at for deletion in tombstone_file.read_tombstones(listed)]
    if moments and days and max(days) - max(moments) > backup_file.LIFETIME:
        raise WrongDatabase(sentence("setup.database_too_old", file=database, listed=listed, days=backup_file.LIFETIME.days))


def _day_before(newest: datetime | None, deletions: list[Deletion], now: datetime) -> datetime:
    """From when on the list is held against the database: from what it has seen last, or all of it."""
    return newest - backup_file.MINUTE if newest is not None else min((deletion.at for deletion in deletions), default=now)


def _tell_organisers(session: Session, now: datetime, programme: Programme, say: str, **values: str) -> bool:
    is_loaded = session.get(LoadedProgramme, programme.id) is not None and not audit.is_purged(session, programme.id)
    return is_loaded and tell_organisers(session, now, programme, key=f"restored:{now:%Y-%m-%dT%H%M%S}", say=say, **values)
