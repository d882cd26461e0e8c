"""Who is on the lists, and what follows when the lists change?

The lists are merged by precedence (politician, organiser, leader, employee representative) and compared with the people we know. Where
one person stands afterwards is decided by `standing_on_list` and `standing_off_list`, which are pure; the rest reads and writes many
people at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from bot.confidentiality.audiences import entries_to_refuse
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import KEY_OF_MISSING
from bot.confidentiality.deletion.tombstones import DeletedKind, delete_rows
from bot.confidentiality.encryption import session_keys
from bot.confidentiality.floors import effective_floors
from bot.database.insert_once import table_of
from bot.dialogue import list_holds
from bot.dialogue.filtering import remember_names
from bot.dialogue.list_entries import take_over_other_addresses, without_guests
from bot.dialogue.list_holds import Reading
from bot.dialogue.list_sizes import roles_out
from bot.dialogue.outbox import cancel_messages, tell_organisers
from bot.dialogue.rounds.opening import earlier_audiences, slots_sent_and_missed
from bot.local_time import end_of_day, next_monday, today, zone_or_fallback
from bot.models import LeftBy, MessageState, OutboxMessage, Person, PersonState
from bot.programme import PARTICIPANTS, Role
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime, time

    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Traces
    from bot.programme import Programme
    from bot.seam.platform import Found, Roster

IS_BEING_SENT = OutboxMessage.state.in_((MessageState.SENDING, MessageState.UNKNOWN))
MOST_NAMED = 50  # people named in one notice; a list that is longer than that is wrong as a whole


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
    ask_at: time | None = None


@dataclass(frozen=True, kw_only=True)
class PersonOnLists:
    """What the lists say of a person. Language and time zone None: they do not say."""

    role: Role
    language: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, kw_only=True)
class SynchronisationResult:
    """What changed. `overlaps` maps an address to all roles it was listed with, `missing` a role to the entries nobody was found for.

    `listed`: how many people count on each list, as it was last accepted.
    """

    joined: int = 0
    returned: int = 0
    left: int = 0
    role_changes: int = 0
    overlaps: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    missing: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    listed: Mapping[Role, int] = field(default_factory=dict)


# --- where one person stands ---------------------------------------------------------------------------------------------------


def standing_of_new(wanted: PersonOnLists, now: datetime, programme: Programme) -> Standing:
    """Someone new on the lists: participants are invited, others have their rights at once."""
    return Standing(
        role=wanted.role,
        state=_first_state(wanted.role),
        language=wanted.language or programme.language.value,
        timezone=wanted.timezone or programme.timezone,
        invited_at=now,
    )


def standing_of_absent(standing: Standing, until: date) -> Standing:
    """Someone new who has left by themselves, or pauses to the end of a day."""
    if until == tombstones.FOR_GOOD:
        return _with_role(replace(standing, left_by=LeftBy.SELF), standing.role, standing.invited_at)
    if standing.role not in PARTICIPANTS:
        return standing
    return replace(standing, state=PersonState.PAUSED, paused_until=end_of_day(until, standing.timezone))


def standing_on_list(before: Standing, wanted: PersonOnLists, *, now: datetime, monday: datetime) -> Standing:
    """Someone known who is on the lists. Between the participants' roles a change waits for `monday`; all other rights count at once."""
    before = _with_language_and_zone(before, wanted)
    if before.role not in PARTICIPANTS or wanted.role not in PARTICIPANTS or before.state is PersonState.LEFT:
        return _with_role(before, wanted.role, now)
    waits_for = None if wanted.role is before.role else wanted.role
    if waits_for is before.next_role:
        return before
    return replace(before, next_role=waits_for, role_from=monday if waits_for else None)


def _with_language_and_zone(before: Standing, wanted: PersonOnLists) -> Standing:
    """The same person with the language and time zone of the lists. Hardly ever a change, so no copy is made without one."""
    language, timezone = wanted.language or before.language, wanted.timezone or before.timezone
    if (language, timezone) == (before.language, before.timezone):
        return before
    return replace(before, language=language, timezone=timezone)


def _with_role(before: Standing, role: Role, now: datetime) -> Standing:
    """A new role that counts now. Who left by themselves is not brought back as a participant by a list."""
    standing = replace(before, role=role, next_role=None, role_from=None, ask_at=before.ask_at if role in PARTICIPANTS else None)
    if role in PARTICIPANTS and before.left_by is LeftBy.SELF:
        return replace(standing, state=PersonState.LEFT)
    if before.state is not PersonState.LEFT and (role is before.role or role not in PARTICIPANTS):
        return replace(standing, state=PersonState.ACTIVE, paused_until=None)
    left_by = before.left_by if before.left_by is LeftBy.SELF else None
    return replace(standing, state=_first_state(role), left_by=left_by, invited_at=now, welcomed_at=None, paused_until=None)


def standing_off_list(before: Standing) -> Standing:
    """Someone known who is on no list any more, or deactivated."""
    if before.state is PersonState.LEFT:
        return before
    gone = replace(before, state=PersonState.LEFT, left_by=before.left_by or LeftBy.LIST, ask_at=None)
    return replace(gone, next_role=None, role_from=None, paused_until=None)


def _first_state(role: Role) -> PersonState:
    return PersonState.INVITED if role in PARTICIPANTS else PersonState.ACTIVE


# --- all of them ---------------------------------------------------------------------------------------------------------------


def synchronise(session: Session, now: datetime, programme: Programme, rosters: Mapping[Role, Roster]) -> SynchronisationResult:
    """Bring the people of a programme in line with its lists, and tell the organisers what does not add up.

    `rosters` holds every list of the programme: a role that is not in it has nobody. Where a list is held, those who are known by it still
    stand on it, and nobody else does. Who has been erased is passed over, though the list still names them; organisers are told nothing
    from which they could learn it.
    """
    take_over_other_addresses(session, now, rosters)
    rosters, guests = without_guests(session, programme, rosters)
    on_lists, overlaps = merge_lists(rosters)
    standings, traces = _load_standings(session, programme.id), tombstones.traces_in_database(session)
    erased = traces.find_erased(on_lists)
    had_roles = {address for address in erased if traces.had_role(programme.id, on_lists[address].role, address)}
    readings = _count_readings(programme, rosters, on_lists, standings, had_roles)
    held = list_holds.judge(session, now, programme, readings)
    erased_addresses = frozenset(address for address in erased if on_lists[address].role in PARTICIPANTS)
    tombstones.renew_tombstones(session, erased_addresses)
    tombstones.renew_roles(session, now, programme.id, _roles_of_erased(programme.id, traces, on_lists, erased_addresses, held))
    pass_over = erased_addresses | (erased - standings.keys() if held else frozenset())
    wanted = {address: person for address, person in on_lists.items() if address not in pass_over}
    wanted = _keep_who_is_held(standings, wanted, held)
    monday = next_monday(now, programme.timezone)
    after = {
        address: standing_on_list(before, wanted[address], now=now, monday=monday) if address in wanted else standing_off_list(before)
        for address, (_, before) in standings.items()
    }
    newcomers = {address: standing_of_new(person, now, programme) for address, person in wanted.items() if address not in standings}
    newcomers |= _absent_standings(traces, now, programme, newcomers)
    _insert_people(session, programme.id, newcomers)
    _update_people(session, {person_id: after[address] for address, (person_id, before) in standings.items() if after[address] != before})
    silent = [person_id for address, (person_id, before) in standings.items() if _has_stopped_taking_part(before, after[address])]
    cancel_messages(session, now, silent)
    session.expire_all()
    result = _count_changes(newcomers, [(before, after[address]) for address, (_, before) in standings.items()])
    missing = {role: _entries_in_words(programme, roster) for role, roster in rosters.items() if roster.missing}
    result = replace(result, overlaps=overlaps, missing=missing, listed={role: readings.get(role, Reading()).size for role in Role} | held)
    _tell_of_lists(session, now, programme, result)
    _tell_of_guests(session, now, programme, guests)
    out = roles_out(session, programme.id)
    _tell_unasked_questions(session, now, programme, result.listed, out)
    names = (name for roster in rosters.values() for person in roster.found for name in person.names)
    remember_names(session, programme, names, forget=not held)  # they are looked for as long as their people are here
    _tell_small_lists(session, now, programme, {role: n for role, n in result.listed.items() if role not in held}, out)
    return result


def _count_readings(
    programme: Programme,
    rosters: Mapping[Role, Roster],
    on_lists: Mapping[str, PersonOnLists],
    standings: Mapping[str, tuple[int, Standing]],
    erased: Collection[str],
) -> dict[Role, Reading]:
    """How many the lists give each role, and how many of them had it. Whether somebody was erased or left by themselves changes nothing.

    `erased`: those of them who had the role that the lists give them.
    """
    had_it = {address: (before.role, before.next_role) if _is_known(before) else () for address, (_, before) in standings.items()}
    sizes = Counter(person.role for person in on_lists.values())
    stays = Counter(
        person.role for address, person in on_lists.items() if (person.role in had_it[address] if address in had_it else address in erased)
    )
    zones = {(person.role, person.timezone or programme.timezone) for person in on_lists.values()}
    return {
        role: Reading(size=sizes[role], stays=stays[role], zones=frozenset(zone for of, zone in zones if of is role)) for role in rosters
    }


def _roles_of_erased(
    programme_id: str, traces: Traces, on_lists: Mapping[str, PersonOnLists], erased: Collection[str], held: Collection[Role]
) -> dict[str, Role]:
    """The roles of those for whom the lists count, as far as it is known what they had."""
    roles = {address: on_lists[address].role for address in erased if traces.holds(DeletedKind.ROLE, address)}
    return {
        address: role
        for address, role in roles.items()
        if not any(role is other or traces.had_role(programme_id, other, address) for other in held)
    }


def _is_known(before: Standing) -> bool:
    """Whether someone is with us, or would be if they had not left by themselves."""
    return before.state is not PersonState.LEFT or (before.left_by is LeftBy.SELF and before.role in PARTICIPANTS)


def _keep_who_is_held(
    standings: Mapping[str, tuple[int, Standing]], wanted: Mapping[str, PersonOnLists], held: Collection[Role]
) -> dict[str, PersonOnLists]:
    """Nobody leaves or joins by a list that is held. Those who are known by it, and those it names now, stay what they were."""
    roles = {address: before.next_role or before.role for address, (_, before) in standings.items() if _is_known(before)}
    named = {address for address, person in wanted.items() if person.role in held}
    stay = {
        address: replace(wanted.get(address) or PersonOnLists(role=role), role=role)
        for address, role in roles.items()
        if role in held or address in named
    }
    return {address: person for address, person in wanted.items() if address not in named} | stay


def merge_lists(rosters: Mapping[Role, Roster]) -> tuple[dict[str, PersonOnLists], dict[str, tuple[Role, ...]]]:
    """Each active person with the role that takes precedence, and all roles of those who are on several lists."""
    on_lists: dict[str, PersonOnLists] = {}
    roles: dict[str, tuple[Role, ...]] = {}
    for role in Role:
        for person in rosters[role].found if role in rosters else ():
            if person.active and role not in roles.get(person.address, ()):
                on_lists.setdefault(person.address, _person_on_lists(role, person))
                roles[person.address] = (*roles.get(person.address, ()), role)
    return on_lists, {address: roles_of_person for address, roles_of_person in roles.items() if len(roles_of_person) > 1}


def _person_on_lists(role: Role, person: Found) -> PersonOnLists:
    language = person.language.value if person.language else None
    return PersonOnLists(role=role, language=language, timezone=zone_or_fallback(person.timezone, "") or None)


def _load_standings(session: Session, programme_id: str) -> dict[str, tuple[int, Standing]]:
    table = table_of(Person)
    columns = [table.c[column.name] for column in fields(Standing)]
    rows = session.execute(select(table.c.address, table.c.id, *columns).where(table.c.programme == programme_id))
    names = [column.name for column in fields(Standing)]
    return {address: (person_id, Standing(**dict(zip(names, values, strict=True)))) for address, person_id, *values in rows}


def _insert_people(session: Session, programme_id: str, newcomers: Mapping[str, Standing]) -> None:
    rows = [{"programme": programme_id, "address": address, **vars(standing)} for address, standing in newcomers.items()]
    if rows:
        session.execute(insert(table_of(Person)), rows)


def _update_people(session: Session, standings: Mapping[int, Standing]) -> None:
    table = table_of(Person)
    rows = [{"person": person_id, **vars(standing)} for person_id, standing in standings.items()]
    if rows:
        session.execute(update(table).where(table.c.id == bindparam("person")), rows)


def _absent_standings(traces: Traces, now: datetime, programme: Programme, newcomers: Mapping[str, Standing]) -> dict[str, Standing]:
    """Where those stand who are new only to a backup that was restored: who left or paused before is as they chose to be."""
    day = today(now, programme.timezone)
    absences = {address: traces.absence(programme.id, address, day) for address in newcomers}
    return {address: standing_of_absent(newcomers[address], until) for address, until in absences.items() if until is not None}


def _has_stopped_taking_part(before: Standing, after: Standing) -> bool:
    """Whether someone was a participant with us, and is not now."""
    return (
        before.role in PARTICIPANTS
        and before.state is not PersonState.LEFT
        and (after.role not in PARTICIPANTS or after.state is PersonState.LEFT)
    )


def _count_changes(newcomers: Mapping[str, Standing], changes: Collection[tuple[Standing, Standing]]) -> SynchronisationResult:
    is_left = [(before.state is PersonState.LEFT, after.state is PersonState.LEFT) for before, after in changes]
    return SynchronisationResult(
        joined=len(newcomers),
        returned=is_left.count((True, False)),
        left=is_left.count((False, True)),
        role_changes=sum((before.role, before.next_role) != (after.role, after.next_role) for before, after in changes),
    )


# --- what the organisers are told ----------------------------------------------------------------------------------------------


def _tell_of_lists(session: Session, now: datetime, programme: Programme, result: SynchronisationResult) -> None:
    """Each thing once, and again when the lists have changed.

    Who stands on several lists is counted and never named: whoever has been erased must stand nowhere, and be missed by nobody.
    """
    sources = programme.people.sources()
    for role, entries in result.missing.items():
        values = {"n": len(entries), "source": str(sources[role]), "people": _first_lines(sorted(entries))}
        key = _notice_key(session, programme, f"{KEY_OF_MISSING}:{role.value}", entries)
        tell_organisers(session, now, programme, key=key, say="people.missing", **values)
    if result.overlaps:
        lists_of = {address: ", ".join(str(sources[role]) for role in roles) for address, roles in result.overlaps.items()}
        key = _notice_key(session, programme, "overlaps", [f"{address} ({lists})" for address, lists in lists_of.items()])
        lists = "; ".join(sorted(set(lists_of.values())))
        tell_organisers(session, now, programme, key=key, say="people.overlaps", n=len(lists_of), people=lists)


def _entries_in_words(programme: Programme, roster: Roster) -> tuple[str, ...]:
    """The entries nobody was found for; beside those with a closed account it says so."""
    closed = say(programme.language, "people.closed")
    return tuple(f"{entry} ({closed})" if entry in roster.closed else entry for entry in roster.missing)


def _tell_of_guests(session: Session, now: datetime, programme: Programme, guests: Mapping[Role, Collection[str]]) -> None:
    """That there are guests in a channel, and what brings them in. No number: whoever has left or was erased is none of those left out."""
    for role, addresses in guests.items():
        sentence = "people.guests" if role in PARTICIPANTS else "people.guests.rights"
        key = _notice_key(session, programme, f"guests:{role.value}", addresses)
        tell_organisers(session, now, programme, key=key, say=sentence, source=str(programme.people.sources()[role]))


def _tell_small_lists(session: Session, now: datetime, programme: Programme, on_lists: Mapping[Role, int], out: Collection[Role]) -> None:
    """The numbers on the lists alone decide, so that this says nothing of who has left. A list that has grown takes its notice back."""
    floor = effective_floors(programme.floors).audience
    asked_apart = programme.rounds.roles_with_own_questions
    small = {role for role in asked_apart.difference(out) if on_lists.get(role, floor) < floor}
    for role in sorted(small, key=PARTICIPANTS.index):
        tell_organisers(session, now, programme, key=f"small:{role.value}", say=f"people.small.{role.value}", floor=floor)
    for role in sorted(asked_apart.intersection(out), key=PARTICIPANTS.index):
        who = say(programme.language, f"list.of.{role.value}")
        tell_organisers(session, now, programme, key=f"out:{role.value}", say="people.out", who=who, floor=floor)
    keys_of_grown = [f"small:{role.value}" for role in on_lists if role not in small]
    delete_rows(session, OutboxMessage, OutboxMessage.programme == programme.id, OutboxMessage.key.in_(keys_of_grown), ~IS_BEING_SENT)
    if sum(on_lists.get(role, floor) for role in PARTICIPANTS) < floor:
        tell_organisers(session, now, programme, key="small:all", say="people.small.all", floor=floor)


def _tell_unasked_questions(
    session: Session, now: datetime, programme: Programme, on_lists: Mapping[Role, int], out: Collection[Role]
) -> None:
    """Which questions will not be asked as the lists are now, because they would single out a few."""
    sent, *_ = slots_sent_and_missed(session, programme.id)
    future_entries = [entry for entry in programme.rounds.order if entry.key not in sent]
    refused = entries_to_refuse(future_entries, earlier_audiences(session, programme.id), on_lists, programme.floors, out)
    entries = [entry.key for entry in refused]
    if entries:
        values = {"questions": _first_lines(entries), "fewest": effective_floors(programme.floors).people}
        tell_organisers(
            session, now, programme, key=_notice_key(session, programme, "singled_out", entries), say="people.singled_out", **values
        )


def _first_lines(lines: Collection[str]) -> str:
    first = list(lines)[:MOST_NAMED]
    return ", ".join([*first, "…"] if len(lines) > MOST_NAMED else first)


def _notice_key(session: Session, programme: Programme, subject: str, lines: Collection[str]) -> str:
    """The key of a notice of these lines: a keyed hash, since whoever knows the lists could try who is behind a plain one.

    What was told under an older key of the database's is told: it keeps its key.
    """
    keys, parts = session_keys(session), (subject, *sorted(lines))
    earlier = [f"{subject}:{fingerprint[:16]}" for fingerprint in keys.fingerprints(*parts)]
    select_key = select(OutboxMessage.key).where(OutboxMessage.programme == programme.id, OutboxMessage.key.in_(earlier))
    return session.scalar(select_key.limit(1)) or f"{subject}:{keys.fingerprint(*parts)[:16]}"
