"""Who is on the lists, and what follows when the lists change?

The lists are merged by precedence (politician, organiser, leader, employee representative) and compared with the people we know. Where
one person stands afterwards is decided by `listed` and `unlisted`, which are pure; the rest reads and writes many people at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from bot.confidentiality.audiences import entries_to_refuse
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import KEYS_OF_NOTICES_WITH_NAMES
from bot.confidentiality.deletion.tombstones import delete_rows
from bot.confidentiality.encryption import session_keys
from bot.confidentiality.floors import effective_floors
from bot.database.insert_once import table_of
from bot.dialogue.filtering import remember_names
from bot.dialogue.outbox import cancel, small_key, tell_organisers
from bot.dialogue.rounds.opening import earlier_audiences, sent_and_missed
from bot.local_time import next_monday, today, zone_or_fallback
from bot.models import LeftBy, MessageState, OutboxMessage, Person, PersonState
from bot.programme import PARTICIPANTS, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.platform import Found, Roster

UNDER_WAY = OutboxMessage.state.in_((MessageState.SENDING, MessageState.UNKNOWN))
LISTED_AT_MOST = 50  # people named in one notice; a list that is longer than that is wrong as a whole


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a person stands: the columns of `people` that the lists may change."""

    role: Role
    state: PersonState
    language: str
    timezone: str
    invited_at: datetime
    next_role: Role | None = None
    role_from: datetime | None = None
    left_by: LeftBy | None = None
    welcomed_at: datetime | None = None
    paused_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the lists say of a person. Language and time zone None: they do not say."""

    role: Role
    language: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, kw_only=True)
class SynchronisedLists:
    """What changed. `overlaps` maps an address to all roles it was listed with, `missing` a role to the entries nobody was found for."""

    joined: int = 0
    returned: int = 0
    left: int = 0
    role_changes: int = 0
    overlaps: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    missing: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    listed: Mapping[Role, int] = field(default_factory=dict)


# --- where one person stands ---------------------------------------------------------------------------------------------------


def standing_of_new(wanted: Wanted, now: datetime, programme: Programme) -> Standing:
    """Someone new on the lists: participants are invited, others have their rights at once."""
    return Standing(
        role=wanted.role,
        state=_first_state(wanted.role),
        language=wanted.language or programme.language.value,
        timezone=wanted.timezone or programme.timezone,
        invited_at=now,
    )


def standing_on_list(was: Standing, wanted: Wanted, *, now: datetime, monday: datetime) -> Standing:
    """Someone known who is on the lists. Between the participants' roles a change waits for `monday`; all other rights count at once."""
    was = _speaking(was, wanted)
    if was.role not in PARTICIPANTS or wanted.role not in PARTICIPANTS or was.state is PersonState.LEFT:
        return _at_once(was, wanted.role, now)
    waits_for = None if wanted.role is was.role else wanted.role
    if waits_for is was.next_role:
        return was
    return replace(was, next_role=waits_for, role_from=monday if waits_for else None)


def _speaking(was: Standing, wanted: Wanted) -> Standing:
    """The same person with the language and time zone of the lists. Hardly ever a change, so no copy is made without one."""
    language, timezone = wanted.language or was.language, wanted.timezone or was.timezone
    if (language, timezone) == (was.language, was.timezone):
        return was
    return replace(was, language=language, timezone=timezone)


def _at_once(was: Standing, role: Role, now: datetime) -> Standing:
    """A new role that counts now. Who left by themselves is not brought back as a participant by a list."""
    settled = replace(was, role=role, next_role=None, role_from=None)
    if role in PARTICIPANTS and was.left_by is LeftBy.SELF:
        return replace(settled, state=PersonState.LEFT)
    if was.state is not PersonState.LEFT and (role is was.role or role not in PARTICIPANTS):
        return replace(settled, state=PersonState.ACTIVE, paused_until=None)
    kept = was.left_by if was.left_by is LeftBy.SELF else None
    return replace(settled, state=_first_state(role), left_by=kept, invited_at=now, welcomed_at=None, paused_until=None)


def standing_off_list(was: Standing) -> Standing:
    """Someone known who is on no list any more, or deactivated."""
    if was.state is PersonState.LEFT:
        return was
    return replace(was, state=PersonState.LEFT, left_by=was.left_by or LeftBy.LIST, next_role=None, role_from=None, paused_until=None)


def _first_state(role: Role) -> PersonState:
    return PersonState.INVITED if role in PARTICIPANTS else PersonState.ACTIVE


# --- all of them ---------------------------------------------------------------------------------------------------------------


def synchronise(session: Session, now: datetime, programme: Programme, rosters: Mapping[Role, Roster]) -> SynchronisedLists:
    """Bring the people of a programme in line with its lists, and tell the organisers what does not add up.

    `rosters` holds every list of the programme: a role that is not in it has nobody. A list that is suddenly empty is more likely a
    slip or a usergroup switched off than the end of the dialogue, so its people stay as they are until somebody is on it again. Who has
    been erased is passed over, though the list still names them; organisers are told nothing from which they could learn it.
    """
    on_lists, overlaps = merge(rosters)
    gone = _find_erased(session, now, on_lists)
    wanted = {address: each for address, each in on_lists.items() if address not in gone}
    known = _load_standings(session, programme.id)
    emptied = {role for role, roster in rosters.items() if not roster.found and any(_is_here(was, role) for _, was in known.values())}
    monday = next_monday(now, programme.timezone)
    after = {
        address: standing_on_list(was, wanted[address], now=now, monday=monday)
        if address in wanted
        else was
        if was.role in emptied
        else standing_off_list(was)
        for address, (_, was) in known.items()
    }
    joined = {address: standing_of_new(each, now, programme) for address, each in wanted.items() if address not in known}
    _add(session, programme.id, joined)
    _change(session, {key: after[address] for address, (key, was) in known.items() if after[address] != was})
    silent = [key for address, (key, was) in known.items() if _falls_silent(was, after[address])]
    cancel(session, now, silent)
    session.expire_all()
    outcome = _outcome(joined, [(was, after[address]) for address, (_, was) in known.items()], on_lists)
    outcome = replace(outcome, overlaps=overlaps, missing={role: roster.missing for role, roster in rosters.items() if roster.missing})
    _tell(session, now, programme, outcome, gone)
    if not emptied:  # their names are looked for as long as they are here
        names = (name for roster in rosters.values() for found in roster.found for name in found.names)
        remember_names(session, programme, names)
    _tell_small(session, now, programme, {role: n for role, n in outcome.listed.items() if role not in emptied})
    _tell_emptied(session, now, programme, emptied)
    return outcome


def _find_erased(session: Session, now: datetime, on_lists: Mapping[str, Wanted]) -> frozenset[str]:
    """Those who take part by the lists, but have been erased. A politician's or organiser's rights are no matter of taking part."""
    gone = tombstones.find_erased(session, [address for address, each in on_lists.items() if each.role in PARTICIPANTS])
    tombstones.renew_tombstones(session, now, gone)
    return gone


def _is_here(was: Standing, role: Role) -> bool:
    return was.role is role and was.state is not PersonState.LEFT


def merge(rosters: Mapping[Role, Roster]) -> tuple[dict[str, Wanted], dict[str, tuple[Role, ...]]]:
    """Each active person with the role that takes precedence, and all roles of those who are on several lists."""
    wanted: dict[str, Wanted] = {}
    roles: dict[str, tuple[Role, ...]] = {}
    for role in Role:
        for found in rosters[role].found if role in rosters else ():
            if found.active and role not in roles.get(found.address, ()):
                wanted.setdefault(found.address, _as_wanted(role, found))
                roles[found.address] = (*roles.get(found.address, ()), role)
    return wanted, {address: several for address, several in roles.items() if len(several) > 1}


def _as_wanted(role: Role, found: Found) -> Wanted:
    language = found.language.value if found.language else None
    return Wanted(role=role, language=language, timezone=zone_or_fallback(found.timezone, "") or None)


def _load_standings(session: Session, programme_id: str) -> dict[str, tuple[int, Standing]]:
    table = table_of(Person)
    columns = [table.c[each.name] for each in fields(Standing)]
    rows = session.execute(select(table.c.address, table.c.id, *columns).where(table.c.programme == programme_id))
    names = [each.name for each in fields(Standing)]
    return {address: (key, Standing(**dict(zip(names, rest, strict=True)))) for address, key, *rest in rows}


def _add(session: Session, programme_id: str, joined: Mapping[str, Standing]) -> None:
    rows = [{"programme": programme_id, "address": address, **vars(standing)} for address, standing in joined.items()]
    if rows:
        session.execute(insert(table_of(Person)), rows)


def _change(session: Session, changed: Mapping[int, Standing]) -> None:
    table = table_of(Person)
    rows = [{"key": key, **vars(standing)} for key, standing in changed.items()]
    if rows:
        session.execute(update(table).where(table.c.id == bindparam("key")), rows)


def _falls_silent(was: Standing, after: Standing) -> bool:
    """Whether someone was a participant with us, and is not now."""
    return (
        was.role in PARTICIPANTS
        and was.state is not PersonState.LEFT
        and (after.role not in PARTICIPANTS or after.state is PersonState.LEFT)
    )


def _outcome(
    joined: Mapping[str, Standing], known: Collection[tuple[Standing, Standing]], wanted: Mapping[str, Wanted]
) -> SynchronisedLists:
    gone = [(was.state is PersonState.LEFT, now.state is PersonState.LEFT) for was, now in known]
    roles = [each.role for each in wanted.values()]
    return SynchronisedLists(
        joined=len(joined),
        returned=gone.count((True, False)),
        left=gone.count((False, True)),
        role_changes=sum((was.role, was.next_role) != (now.role, now.next_role) for was, now in known),
        listed={role: roles.count(role) for role in Role},
    )


# --- what the organisers are told ----------------------------------------------------------------------------------------------


def _tell(session: Session, now: datetime, programme: Programme, outcome: SynchronisedLists, gone: Collection[str]) -> None:
    """Each thing once, and again when the lists have changed. Those who are `gone` are not named, and nothing is told because of it."""
    sources = programme.people.sources()
    for role, entries in outcome.missing.items():
        values = {"n": len(entries), "source": str(sources[role]), "people": _some(sorted(entries))}
        key = _key(session, programme, f"{KEYS_OF_NOTICES_WITH_NAMES[0]}:{role.value}", entries)
        tell_organisers(session, now, programme, key=key, say="people.missing", **values)
    lines = {address: f"{address} ({', '.join(str(sources[role]) for role in roles)})" for address, roles in outcome.overlaps.items()}
    named = [line for address, line in sorted(lines.items()) if address not in gone]
    if named:
        key = _key(session, programme, KEYS_OF_NOTICES_WITH_NAMES[1], lines.values())
        tell_organisers(session, now, programme, key=key, say="people.overlaps", n=len(named), people=_some(named))
    _tell_singled_out(session, now, programme, outcome.listed)


def _tell_small(session: Session, now: datetime, programme: Programme, on_lists: Mapping[Role, int]) -> None:
    """The numbers on the lists alone decide, so that this says nothing of who has left. A list that has grown takes its notice back."""
    floor = programme.floors.audience
    with_variants = {role for entry in programme.rounds.order for role, _ in entry.by_role}
    small = {role for role in with_variants if on_lists.get(role, floor) < floor}
    for role in sorted(small, key=PARTICIPANTS.index):
        tell_organisers(session, now, programme, key=small_key(role), say=f"people.small.{role.value}", floor=floor)
    grown = [small_key(role) for role in on_lists if role not in small]
    delete_rows(session, OutboxMessage, OutboxMessage.programme == programme.id, OutboxMessage.key.in_(grown), ~UNDER_WAY)
    if sum(on_lists.get(role, floor) for role in PARTICIPANTS) < floor:
        tell_organisers(session, now, programme, key="small:all", say="people.small.all", floor=floor)


def _tell_singled_out(session: Session, now: datetime, programme: Programme, on_lists: Mapping[Role, int]) -> None:
    """Which questions will not be asked as the lists are now, because they would single out a few."""
    sent, _ = sent_and_missed(session, programme.id)
    to_come = [entry for entry in programme.rounds.order if entry.key not in sent]
    entries = [entry.key for entry in entries_to_refuse(to_come, earlier_audiences(session, programme.id), on_lists, programme.floors)]
    if entries:
        values = {"questions": _some(entries), "fewest": effective_floors(programme.floors).people}
        tell_organisers(session, now, programme, key=_key(session, programme, "singled_out", entries), say="people.singled_out", **values)


def _tell_emptied(session: Session, now: datetime, programme: Programme, emptied: Collection[Role]) -> None:
    for role in sorted(emptied):
        day = today(now, programme.timezone)
        source = str(programme.people.sources()[role])
        tell_organisers(session, now, programme, key=f"emptied:{role.value}:{day}", say="people.emptied", source=source)


def _some(lines: Collection[str]) -> str:
    shown = list(lines)[:LISTED_AT_MOST]
    return ", ".join([*shown, "…"] if len(lines) > LISTED_AT_MOST else shown)


def _key(session: Session, programme: Programme, what: str, lines: Collection[str]) -> str:
    """The key of a notice of these lines: a keyed hash, since whoever knows the lists could try who is behind a plain one.

    What was told under an older key of the database's is told: it keeps its key.
    """
    keys, parts = session_keys(session), (what, *sorted(lines))
    earlier = [f"{what}:{each[:16]}" for each in keys.fingerprints(*parts)]
    told = select(OutboxMessage.key).where(OutboxMessage.programme == programme.id, OutboxMessage.key.in_(earlier))
    return session.scalar(told.limit(1)) or f"{what}:{keys.fingerprint(*parts)[:16]}"
