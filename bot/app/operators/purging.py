"""Whether a programme may be purged, and what is said first of what will go and what stays.

The figures are of weeks, digests and political answers, which stood in public. None is about people, or about what anybody wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, select

from bot.app.backup import backup_file
from bot.app.installation import current_time, moment_to_destroy_by, newest_moment
from bot.confidentiality.deletion.tombstones import EXPIRY_AGE
from bot.dialogue import audit
from bot.dialogue.planning import versions
from bot.dialogue.responses.ledger import WishState, wishes
from bot.dialogue.season.report import report_after
from bot.dialogue.snapshot import programme_on_record
from bot.errors import ProgrammeFaults, SetupFault
from bot.models import AuditEntry, Digest, DigestState, LoadedProgramme, PauseForAll, Response, ResponseState, Round
from bot.sentence import sentence
from bot.wording import say
from schedules.due import ends_at
from schedules.programme_file import load_without_lists
from schedules.programme_store import CARE_AFTER_END
from schedules.season_end import last_round

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Language
    from bot.settings import Settings
    from bot.table_base import Base


def require_finished(session: Session, settings: Settings, programme_id: str, *, everything: bool) -> None:
    """SetupFault if the programme is not known here, has not finished, or nothing is left to be purged.

    It has finished if it had by what the bot has seen: no clock of this machine may be believed alone.
    """
    if session.get(LoadedProgramme, programme_id) is None:
        known = ", ".join(session.scalars(select(LoadedProgramme.id)))
        raise SetupFault(sentence("setup.no_programme", programmes=known) if known else sentence("setup.no_programme_yet"))
    public = AuditEntry.programme == programme_id, AuditEntry.act.not_in(audit.OF_OPERATORS)
    if audit.is_purged(session, programme_id):
        if everything and _count(session, *public, of=AuditEntry):
            return
        raise SetupFault(sentence("setup.purged_before", programme=programme_id))
    over_at = _over_at(session, settings, programme_id)
    if over_at >= moment_to_destroy_by(settings, newest_moment(session)):
        raise SetupFault(sentence("setup.not_finished", programme=programme_id, day=over_at.date()))
    if _count(session, PauseForAll.programme == programme_id, PauseForAll.ended_at.is_(None), of=PauseForAll):
        raise SetupFault(sentence("setup.still_paused", programme=programme_id))


def _over_at(session: Session, settings: Settings, programme_id: str) -> datetime:
    """When the programme is over: by the text that runs or, where none can be read, some weeks after its last close."""
    running = versions.version_running(session, programme_id)
    try:
        if running is not None:
            return ends_at(load_without_lists(settings.schedules_dir / running.file, running.content))
    except ProgrammeFaults:
        pass
    last = session.scalar(select(func.max(Round.closes_at)).where(Round.programme == programme_id))
    return (last or session.get_one(LoadedProgramme, programme_id).loaded_at) + CARE_AFTER_END


def what_will_be(session: Session, settings: Settings, programme_id: str, language: Language, *, everything: bool) -> Iterator[str]:
    """Say what is unfinished, what will be deleted, what stays, and what will be remembered."""
    waits = _what_waits(session, current_time(settings), programme_id)
    if any(waits.values()):
        yield say(language, "purge.waits", **waits)
    answers = Response.digest_id.in_(select(Digest.id).where(Digest.programme == programme_id)), Response.state == ResponseState.RELEASED
    values = {
        "programme": programme_id,
        "weeks": _count(session, Round.programme == programme_id, of=Round),
        "digests": _count(session, Digest.programme == programme_id, Digest.state == DigestState.ISSUED, of=Digest),
        "answers": _count(session, *answers, of=Response),
    }
    yield say(language, "purge.goes", **values)
    yield say(language, "purge.goes.public" if everything else "purge.stays", **values)
    yield say(language, "purge.remembered", **values)
    yield say(language, "purge.traces", days=EXPIRY_AGE.days)
    yield say(language, "purge.elsewhere", days=backup_file.LIFETIME.days)


def _what_waits(session: Session, now: datetime, programme_id: str) -> dict[str, int]:
    """How many digests, promises and wishes somebody still had to see to."""
    entries = wishes(session, programme_on_record(session, programme_id), now)
    unposted = Digest.programme == programme_id, Digest.state.not_in((DigestState.ISSUED, DigestState.PURGED))
    return {
        "digests": _count(session, *unposted, of=Digest) + _is_report_to_come(session, now, programme_id),
        "promises": len({promise.id for entry in entries for promise in entry.promises}),
        "wishes": sum(entry.state in {WishState.WAITING, WishState.ON_ITS_WAY} for entry in entries),
    }


def _is_report_to_come(session: Session, now: datetime, programme_id: str) -> bool:
    """Whether the season's report is still to be drafted."""
    last = None if audit.is_purged(session, programme_id) else last_round(session, programme_id)
    return last is not None and report_after(session, last) is None and now <= last.closes_at + CARE_AFTER_END


def _count(session: Session, *conditions: ColumnElement[bool], of: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(of).where(*conditions)) or 0
