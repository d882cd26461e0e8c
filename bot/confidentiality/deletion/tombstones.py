"""Tombstones are traces of what was deleted or taken back, so that it is wiped and never comes back.

The bytes of a deleted row stay in the file until they are overwritten, and the row stays in every backup. So each deletion or withdrawal
leaves a tombstone in the same transaction: a keyed hash, which tells nothing without the key. A job wipes the file soon after, and a
restored backup is compared with the tombstones. When somebody comes back, or writes the same text again, the tombstone is lifted. That
leaves a tombstone too; of several about the same thing the last one counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from bot.confidentiality.encryption import session_keys
from bot.database.insert_once import count_changes, table_of
from bot.database.row_ids import new_number
from bot.local_time import day_only
from bot.models import LoadedProgramme, Tombstone
from bot.programme import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys
    from bot.models import Base

A_MINUTE: Final = timedelta(minutes=1)
EXPIRY_AGE: Final = timedelta(days=35)  # backups live at most 30 days, and must be compared with tombstones for so long
LONGEST_PAUSE: Final = timedelta(weeks=26)
FOR_GOOD: Final = date.max
STEP: Final = 1000  # ids, at most, between two tombstones
LEAP: Final = 1_000_000  # ids, at least, from those of a backup to those after its restore: other machines may know of some in between


_traces = table_of(Tombstone)
INSERT_BEHIND: Final = insert(_traces).values(id=select(func.coalesce(func.max(_traces.c.id), 0)).scalar_subquery() + bindparam("further"))


class DeletedKind(StrEnum):
    """What was deleted or taken back."""

    REPLY = "reply"  # by its id
    QUOTE = "quote"  # by its id
    PERSON = "person"  # by their address
    VOIDED = "voided"  # a text that its author has replaced, by its reply's id and what it said
    AWAY = "away"  # somebody who has left or paused, by programme and address
    UNTIL = "until"  # goes with AWAY: the last day, by the id of AWAY and the day
    ROLE = "role"  # of erased people: one by address (their roles are known), and one by programme, role and address for each role
    PROGRAMME = "programme"  # one that was purged, by its id; and another if nothing of it was kept
    LIFTED = "lifted"  # a tombstone of any kind above does not hold any more


LASTING: Final = (DeletedKind.PERSON, DeletedKind.ROLE)  # their tombstones never expire


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """A thing that was deleted or taken back: its token, and when."""

    token: str
    at: datetime
    id: int | None = field(default=None, compare=False)  # of its tombstone; None: an earlier version listed it


def id_of(*parts: str) -> str:
    """Join several parts into one id."""
    return "\x00".join(parts)


def leave_tombstones(session: Session, now: datetime, kind: DeletedKind, *ids: str) -> None:
    """Leave a tombstone of each thing that was deleted or taken back."""
    keys = session_keys(session)
    _insert_new(session, [{"token": keys.fingerprint(kind, id_), "at": now, "lasting": kind in LASTING} for id_ in ids])


def remember_absence(session: Session, now: datetime, programme_id: str, address: str, until: date = FOR_GOOD) -> None:
    """Leave a tombstone for somebody who pauses until the end of a day, or has left."""
    id_ = id_of(programme_id, address)
    leave_tombstones(session, now, DeletedKind.AWAY, id_)
    leave_tombstones(session, now, DeletedKind.UNTIL, id_of(id_, until.isoformat()))


def remember_roles(session: Session, now: datetime, programme_id: str, address: str, roles: Collection[Role]) -> None:
    """Leave tombstones of the roles that an erased person has in a programme, in place of those left before."""
    for role in Role:
        lift(session, now, DeletedKind.ROLE, id_of(programme_id, role, address))
    leave_tombstones(session, now, DeletedKind.ROLE, address, *(id_of(programme_id, role, address) for role in roles))


def request_wiping(session: Session, now: datetime) -> None:
    """Request that the file is wiped. For deletions without a tombstone: if a backup restores the rows, they soon go again."""
    _insert_new(session, [{"token": None, "at": now, "lasting": False}])


def replace_text(session: Session, now: datetime, reply_id: str, *, before: str | None, after: str) -> None:
    """Void the earlier text of a reply, also in backups, and request that it is wiped. The new text is lifted.

    `before` None: nobody can read the earlier text.
    """
    tokens: list[str | None] = [None]
    if before != after:
        keys, lifted = session_keys(session), id_of(DeletedKind.VOIDED, reply_id, after)
        void = None if before is None else keys.fingerprint(DeletedKind.VOIDED, id_of(reply_id, before))
        tokens += [void, keys.fingerprint(DeletedKind.LIFTED, lifted)]
    _insert_new(session, [{"token": token, "at": now, "lasting": False} for token in tokens])


def lift(session: Session, now: datetime, kind: DeletedKind, id_: str) -> bool:
    """Lift the tombstone of a thing; False if there was none that counts. The deleted bytes are wiped all the same."""
    if not _holds_in_database(session, kind, id_):
        return False
    tokens = session_keys(session).fingerprints(kind, id_)
    session.execute(update(Tombstone).where(Tombstone.token.in_(tokens)).values(token=None, lasting=False))
    leave_tombstones(session, now, DeletedKind.LIFTED, id_of(kind, id_))
    return True


def lift_tombstone(session: Session, now: datetime, address: str) -> bool:
    """Lift the tombstone of a person who wants to be here again; False if they had not been erased."""
    return lift(session, now, DeletedKind.PERSON, address)


# --- what holds ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Traces:
    """The tokens of tombstones with their places: the last one about a thing counts. Without any, no key is needed."""

    keys: Keys | None
    places: Mapping[str, int]
    only: frozenset[str] | None = None  # what was deleted counts only if its token is one of these; None: all count

    def holds(self, kind: DeletedKind, id_: str) -> bool:
        """Whether this was deleted or taken back, and not lifted since."""
        return self._counts(kind, id_) and self._last(kind, id_) > self._last(DeletedKind.LIFTED, id_of(kind, id_))

    def is_lifted(self, kind: DeletedKind, id_: str) -> bool:
        """Whether this was lifted, and not deleted or taken back again since."""
        return self._last(DeletedKind.LIFTED, id_of(kind, id_)) > self._last(kind, id_)

    def find_erased(self, addresses: Collection[str]) -> frozenset[str]:
        """Find the people among these who have been erased."""
        return frozenset(address for address in addresses if self.holds(DeletedKind.PERSON, address))

    def had_role(self, programme_id: str, role: Role, address: str) -> bool:
        """Whether an erased person had this role. If an earlier version erased them, nobody can tell, and the answer is yes."""
        return not self.holds(DeletedKind.ROLE, address) or self.holds(DeletedKind.ROLE, id_of(programme_id, role, address))

    def absence(self, programme_id: str, address: str, today: date) -> date | None:
        """The last day on which somebody is away. FOR_GOOD: they have left. None: they are here.

        Only the day's hash is kept, so each possible day is tried.
        """
        id_ = id_of(programme_id, address)
        if not self.holds(DeletedKind.AWAY, id_):
            return None
        last = self._last(DeletedKind.AWAY, id_)
        days = [FOR_GOOD, *(today + timedelta(days=n) for n in range(-EXPIRY_AGE.days - 1, LONGEST_PAUSE.days + 2))]
        return next((day for day in days if self._last(DeletedKind.UNTIL, id_of(id_, day.isoformat())) > last), None)

    def last_choice(self, programme_id: str, address: str) -> int:
        """The place of the newest tombstone about somebody who left, paused or came back; 0: there is none."""
        id_ = id_of(programme_id, address)
        return max(self._last(DeletedKind.AWAY, id_), self._last(DeletedKind.LIFTED, id_of(DeletedKind.AWAY, id_)))

    def is_erased_no_more(self, address: str, other: str) -> bool:
        """Whether somebody who was erased under their other address has since come back under this one."""
        lifted = self._last(DeletedKind.LIFTED, id_of(DeletedKind.PERSON, address))
        return lifted > max(self._last(DeletedKind.PERSON, address), self._last(DeletedKind.PERSON, other))

    def _counts(self, kind: DeletedKind, id_: str) -> bool:
        return self.only is None or self.keys is None or not self.only.isdisjoint(self.keys.fingerprints(kind, id_))

    def _last(self, kind: DeletedKind, id_: str) -> int:
        tokens = self.keys.fingerprints(kind, id_) if self.keys is not None else ()
        return max((self.places.get(token, 0) for token in tokens), default=0)


def traces_of_list(keys: Keys, deletions: Iterable[Deletion]) -> Traces:
    """The traces in a list, whose order gives the places."""
    return Traces(keys=keys, places={deletion.token: place for place, deletion in enumerate(deletions, start=1)})


def traces_in_database(session: Session, *conditions: ColumnElement[bool]) -> Traces:
    """The traces in the database that meet these conditions."""
    rows = session.execute(select(Tombstone.token, Tombstone.id).where(Tombstone.token.is_not(None), *conditions).order_by(Tombstone.id))
    places = {str(token): id_ for token, id_ in rows}
    return Traces(keys=session_keys(session) if places else None, places=places)


def find_erased(session: Session, addresses: Collection[str]) -> frozenset[str]:
    """Find the people among these who have been erased."""
    return traces_in_database(session).find_erased(addresses)


def is_erased(session: Session, address: str) -> bool:
    """Whether this person has been erased."""
    return _holds_in_database(session, DeletedKind.PERSON, address)


def _holds_in_database(session: Session, kind: DeletedKind, id_: str) -> bool:
    """Whether a thing's tombstone counts. Only the tombstones of this one thing are read."""
    keys = session_keys(session)
    tokens = keys.fingerprints(kind, id_) | keys.fingerprints(DeletedKind.LIFTED, id_of(kind, id_))
    return traces_in_database(session, Tombstone.token.in_(tokens)).holds(kind, id_)


def renew_tombstones(session: Session, addresses: Collection[str]) -> None:
    """Renew the tombstones of erased people on a list with the newest key, because older keys will be taken away."""
    keys = session_keys(session)
    for kind, address in product(LASTING, addresses):
        newest = keys.fingerprint(kind, address)
        _replace_tokens(session, keys.fingerprints(kind, address) - {newest}, newest)


def renew_roles(session: Session, now: datetime, programme_id: str, roles: Mapping[str, Role]) -> None:
    """Remember the roles that accepted lists give to erased people, so that the next reading counts them there.

    This deletes nothing, so there is nothing to wipe.
    """
    keys = session_keys(session)
    for address, role in roles.items():
        newest = keys.fingerprint(DeletedKind.ROLE, id_of(programme_id, role, address))
        tokens = {token for other in Role for token in keys.fingerprints(DeletedKind.ROLE, id_of(programme_id, other, address))}
        if not _replace_tokens(session, tokens, newest):
            done = {"taken_at": now, "wiped_at": now, "lasting": True}
            _insert_new(session, [{"token": newest, "at": now, **done}])


def _replace_tokens(session: Session, tokens: Collection[str], newest: str) -> bool:
    """Replace tokens by the newest. Returns whether there were any."""
    return count_changes(session, update(Tombstone).where(Tombstone.token.in_(tokens)).values(token=newest)) > 0


def follow_addresses(session: Session, now: datetime, others: Mapping[str, str]) -> None:
    """Keep people erased who were erased under their other address, unless they have come back since.

    `others` maps each address that is used from now on to the other one. A tombstone under the other address is removed when it is wiped:
    it is in the list beside the database by then.
    """
    traces = traces_in_database(session)
    erased = traces.find_erased(others.values())
    programme_ids = session.scalars(select(LoadedProgramme.id)).all() if erased else ()
    for address, other in ((address, other) for address, other in others.items() if other in erased):
        if traces.is_erased_no_more(address, other):
            lift(session, now, DeletedKind.PERSON, other)
            continue
        leave_tombstones(session, now, DeletedKind.PERSON, address)
        if traces.holds(DeletedKind.ROLE, other):
            for programme_id in programme_ids:
                had = [role for role in Role if traces.had_role(programme_id, role, other)]
                remember_roles(session, now, programme_id, address, had)
        theirs = Tombstone.token.in_(session_keys(session).fingerprints(DeletedKind.PERSON, other)), Tombstone.wiped_at.is_not(None)
        session.execute(update(Tombstone).where(*theirs).values(token=None, lasting=False))


def follow_choice(session: Session, now: datetime, traces: Traces, programme_id: str, *, address: str, other: str) -> None:  # noqa: PLR0913 - a person with both addresses
    """Copy somebody's last choice (to leave, pause or come back) from their other address to this one."""
    until, id_ = traces.absence(programme_id, other, now.date()), id_of(programme_id, address)
    if until is not None:
        remember_absence(session, now, programme_id, address, until)
    elif traces.is_lifted(DeletedKind.AWAY, id_of(programme_id, other)):
        leave_tombstones(session, now, DeletedKind.LIFTED, id_of(DeletedKind.AWAY, id_))


# --- what is wiped -------------------------------------------------------------------------------------------------------------


def is_wiping_needed(session: Session) -> bool:
    """Whether anything is still to be wiped."""
    return session.scalar(select(Tombstone.id).where(Tombstone.wiped_at.is_(None)).limit(1)) is not None


def begin_wiping(session: Session, now: datetime, *, at_once: bool = False) -> list[Deletion] | None:
    """Begin to wipe. Returns what has been deleted; None: there is nothing, or another process began within the last minute.

    `at_once`: begin even if another process has.
    """
    last = session.scalar(select(func.max(Tombstone.taken_at)))
    if not at_once and last is not None and last <= now < last + A_MINUTE:
        return None
    deletions = find_unwiped(session) if is_wiping_needed(session) else None
    session.execute(update(Tombstone).where(Tombstone.wiped_at.is_(None)).values(taken_at=now))
    return deletions


def find_unwiped(session: Session) -> list[Deletion]:
    """Find what is still to be wiped, oldest first: it must be listed outside the database."""
    return _find(session, Tombstone.wiped_at.is_(None))


def mark_wiped(session: Session, begun: datetime, now: datetime) -> None:
    """Mark what was deleted before a wiping began as wiped. Later deletions wait for the next wiping.

    From then on only the day of a deletion is kept.
    """
    for trace in session.scalars(select(Tombstone).where(Tombstone.wiped_at.is_(None), Tombstone.taken_at == begun)):
        trace.at, trace.wiped_at = day_only(trace.at), day_only(now)


def newest_trace(session: Session) -> int:
    """The id of the newest tombstone, or 0: it says how far a database has come."""
    return session.scalar(select(func.max(Tombstone.id))) or 0


def moment_of_newest(session: Session) -> datetime | None:
    """The moment of the newest tombstone; None: there is none."""
    return session.scalar(select(func.max(Tombstone.at)))


def find_listed(session: Session) -> list[Deletion]:
    """Find what has been listed outside the database, in the list's order."""
    return _find(session, Tombstone.taken_at.is_not(None))


def find_young(session: Session, now: datetime) -> list[Deletion]:
    """Find what was deleted or taken back and may stand in a backup, in the order of its tombstones."""
    return _find(session, Tombstone.at >= now - EXPIRY_AGE)


def _find(session: Session, *conditions: ColumnElement[bool]) -> list[Deletion]:
    rows = session.execute(select(Tombstone.id, Tombstone.token, Tombstone.at).where(*conditions).order_by(Tombstone.id)).all()
    return [Deletion(token=token, at=at, id=id_) for id_, token, at in rows if token is not None]


def all_tokens(session: Session) -> frozenset[str]:
    """All tokens of a database."""
    return frozenset(token for token in session.scalars(select(Tombstone.token)) if token is not None)


def leap(session: Session, now: datetime, beyond: int) -> None:
    """Put a restored database ahead of the one it replaces, because it now knows everything that the other knew."""
    further = max(beyond, newest_trace(session)) + LEAP + new_number(session) % LEAP  # two restores give no id twice
    day = day_only(now)
    _insert_rows(session, [{"id": further, "token": None, "at": day, "taken_at": day, "wiped_at": day, "lasting": False}])


def take_over_list(session: Session, now: datetime, deletions: Collection[Deletion]) -> frozenset[str]:
    """Write what a database lacks of a list into it, at its place; the tokens that were lacking.

    If an earlier version has listed any of it, all of it goes behind what is there, in its order. All of it lasts, because nobody can tell
    which tokens belong to people.
    """
    done = {"taken_at": day_only(now), "wiped_at": day_only(now), "lasting": True}
    if any(deletion.id is None for deletion in deletions):
        _insert_new(session, [{"token": deletion.token, "at": deletion.at, **done} for deletion in deletions])
        return frozenset(deletion.token for deletion in deletions)
    lacking = find_lacking(session, deletions)
    _insert_rows(session, [{"id": deletion.id, "token": deletion.token, "at": deletion.at, **done} for deletion in lacking])
    return frozenset(deletion.token for deletion in lacking)


def find_lacking(session: Session, deletions: Iterable[Deletion]) -> list[Deletion]:
    """Find those in a list whose tombstones a database has never had. Of what an earlier version listed nobody can tell."""
    ids = set(session.scalars(select(Tombstone.id)))
    return [deletion for deletion in deletions if deletion.id is not None and deletion.id not in ids]


def delete_expired(session: Session, now: datetime) -> None:
    """Delete the tombstones of things that no backup can bring back any more.

    A minute after a wiping began, its moment is reduced to the day.
    """
    is_over = or_(Tombstone.taken_at <= now - A_MINUTE, Tombstone.taken_at > now)
    session.execute(update(Tombstone).where(Tombstone.taken_at != Tombstone.wiped_at, is_over).values(taken_at=Tombstone.wiped_at))
    is_old = Tombstone.at < now - EXPIRY_AGE, Tombstone.wiped_at.is_not(None), Tombstone.lasting.is_(False)
    delete_rows(session, Tombstone, *is_old, Tombstone.id < newest_trace(session))


def delete_rows(session: Session, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Delete rows without reading them. Returns their number."""
    return count_changes(session, delete(model).where(*conditions).execution_options(synchronize_session=False))


def _insert_new(session: Session, rows: Iterable[dict[str, object]]) -> None:
    """Insert rows behind all others, at ids that a database which is put back does not give again."""
    placed, further = list[dict[str, object]](), 0
    for row in rows:
        further += 1 + new_number(session) % STEP
        placed.append({"further": further, **row})
    if placed:
        session.execute(INSERT_BEHIND, placed)


def _insert_rows(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(insert(table_of(Tombstone)), rows)
