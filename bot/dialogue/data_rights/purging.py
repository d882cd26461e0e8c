"""Purges a programme that has finished: the people, and what they wrote.

Gone are people, replies, quotes that were not printed, messages, lists, participations, reviews, and the reasons of pauses. What stood in
public stays: issued digests with their quotes, and released political answers with the name that was put under them; so does the audit log.
With `everything` that goes as well. Rows that a button in the chat may still name keep their number and say nothing, for a later row must
never have it. The programme itself stays known, as its rounds and its text do: they hold no person, and what is known never begins again.

A tombstone lets no backup bring it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.dialogue import audit
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    Digest,
    DigestState,
    HeardBy,
    LeftBy,
    ListHold,
    LoadedProgramme,
    OutboxMessage,
    Participation,
    PauseForAll,
    PeopleList,
    Person,
    PersonState,
    Quote,
    Reply,
    Response,
    ResponseState,
    RosterName,
    Round,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Traces

OF_PROGRAMME: Final = (OutboxMessage, PeopleList, ListHold, RosterName, PauseForAll)  # rows that go as a whole
EVERYTHING: Final = "everything"
NOTHING_SAID: Final[dict[str, Any]] = {
    "content": {},
    "counts": None,
    "finding": None,
    "wishes": None,
    "checksum": "",
    "state": DigestState.PURGED,
}
NO_ANSWER: Final[dict[str, Any]] = {"words": "", "signed": None, "state": ResponseState.DECLINED}


def purge(session: Session, now: datetime, programme_id: str, *, everything: bool) -> None:
    """Purge a programme, and note it; whoever calls has made sure that it has finished."""
    session.flush()
    rounds, digests = _ids(Round, programme_id), _ids(Digest, programme_id)
    _purge_digests(session, programme_id, digests, everything=everything)
    _change(session, Quote, Quote.digest_id.in_(digests), reply_id=None)  # a quote goes with its reply otherwise
    for tied in (Authorship, Participation, Reply):
        _delete(session, tied, tied.round_id.in_(rounds))
    for table in OF_PROGRAMME:
        _delete(session, table, table.programme == programme_id)
    _purge_people(session, programme_id)
    for moment in (Round.closed_at, Round.detached_at, Round.deleted_at):  # there is nothing left to be done
        _change(session, Round, Round.programme == programme_id, moment.is_(None), **{moment.key: now})
    if everything:
        _delete(session, AuditEntry, AuditEntry.programme == programme_id, AuditEntry.act.not_in(audit.OF_OPERATORS))
    session.expire_all()
    marks = [programme_id, *([tombstones.id_of(programme_id, EVERYTHING)] if everything else [])]
    tombstones.leave_tombstones(session, now, DeletedKind.PROGRAMME, *marks)
    audit.note_operator(session, now, AuditAct.PURGED, programme_id)


def purge_again(session: Session, now: datetime, traces: Traces) -> None:
    """Purge again what has a tombstone in `traces`, after a backup was restored."""
    for programme_id in session.scalars(select(LoadedProgramme.id).order_by(LoadedProgramme.id)).all():
        if traces.holds(DeletedKind.PROGRAMME, programme_id):
            everything = traces.holds(DeletedKind.PROGRAMME, tombstones.id_of(programme_id, EVERYTHING))
            purge(session, now, programme_id, everything=everything)


def _purge_digests(session: Session, programme_id: str, digests: Select[int], *, everything: bool) -> None:
    """Remove the reviews, and with `everything` all that digests and political answers said."""
    unprinted = Quote.place.is_(None), Quote.digest_id.in_(select(Digest.id).where(Digest.state != DigestState.ISSUED))
    _delete(session, Quote, Quote.digest_id.in_(digests), *(() if everything else (or_(*unprinted),)))
    _change(session, Digest, Digest.programme == programme_id, note=None, decided_by=None, uncertain=False)
    silenced = () if everything else (Digest.state != DigestState.ISSUED,)
    _change(session, Digest, Digest.programme == programme_id, *silenced, **NOTHING_SAID)
    declined = () if everything else (Response.state != ResponseState.RELEASED,)
    _change(session, Response, Response.digest_id.in_(digests), *declined, **NO_ANSWER)
    if everything:
        _delete(session, HeardBy, HeardBy.digest_id.in_(digests))


def _purge_people(session: Session, programme_id: str) -> None:
    """Delete the people; of those who spoke in public stays a row without a name, which their answers point to."""
    _change(session, AuditEntry, AuditEntry.programme == programme_id, by=None)
    public = or_(*(Person.id.in_(select(table.person_id)) for table in (Response, HeardBy)))
    _delete(session, Person, Person.programme == programme_id, ~public)
    began = session.get_one(LoadedProgramme, programme_id).loaded_at
    for person in session.scalars(select(Person).where(Person.programme == programme_id)):
        person.address, person.state, person.left_by, person.invited_at = f"purged-{person.id}", PersonState.LEFT, LeftBy.SELF, began
        person.next_role = person.role_from = person.welcomed_at = person.paused_until = person.heard_until = person.ask_at = None
    session.flush()


def _ids(table: type[Round | Digest], programme_id: str) -> Select[int]:
    return select(table.id).where(table.programme == programme_id)


def _delete(session: Session, table: type[Any], *conditions: ColumnElement[bool]) -> None:
    session.execute(delete(table).where(*conditions).execution_options(synchronize_session=False))


def _change(session: Session, table: type[Any], *conditions: ColumnElement[bool], **values: object) -> None:
    session.execute(update(table).where(*conditions).values(**values).execution_options(synchronize_session=False))
