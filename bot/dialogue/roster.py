"""Brings the people of a programme in line with its lists.

The lists are merged by precedence (politician, organiser, leader, employee representative) and compared with the people we know. What that
means for one person is decided in `standings`; here many people are read and written at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_, select, update

from bot.confidentiality.audiences import entries_to_refuse
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import KEY_OF_MISSING
from bot.confidentiality.deletion.tombstones import DeletedKind, delete_rows
from bot.confidentiality.encryption import session_keys
from bot.confidentiality.floors import effective_floors
from bot.database.insert_once import table_of, write_all
from bot.dialogue import list_holds
from bot.dialogue.filtering import remember_names
from bot.dialogue.list_entries import take_over_other_addresses, without_guests
from bot.dialogue.list_holds import Reading
from bot.dialogue.list_sizes import roles_out
from bot.dialogue.outbox import cancel_messages, tell_organisers
from bot.dialogue.rounds.opening import earlier_audiences, slots_sent_and_missed
from bot.dialogue.standings import (
    PersonOnLists,
    Standing,
    is_known,
    is_taking_part,
    standing_of_absent,
    standing_of_new,
    standing_off_list,
    standing_on_list,
)
from bot.local_time import next_monday, today, zone_or_fallback
from bot.message_facts import NoticeFacts
from bot.models import MessageState, OutboxMessage, Person, PersonState
from bot.programme import PARTICIPANTS, Role
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Traces
    from bot.programme import Programme
    from bot.seam.platform import Roster

IS_BEING_SENT = OutboxMessage.state.in_((MessageState.SENDING, MessageState.UNKNOWN))
KEY_OF_FOUND = "found"  # the prefix of the keys of notices that all people of a list are found now
MOST_NAMED = 50  # entries named in one notice; with more of them the whole list is wrong


@dataclass(frozen=True, kw_only=True)
class SynchronisationResult:
    """What a synchronisation changed.

    `overlaps`: all roles of each address that is on several lists. `missing`: by role, the entries for which nobody was found.
    `listed`: the size of each list as it was last accepted.
    """

    joined: int = 0
    returned: int = 0
    left: int = 0
    role_changes: int = 0
    overlaps: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    missing: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    listed: Mapping[Role, int] = field(default_factory=dict)


def synchronise(session: Session, now: datetime, programme: Programme, rosters: Mapping[Role, Roster]) -> SynchronisationResult:
    """Bring the people of a programme in line with its lists, and tell the organisers of what looks wrong.

    `rosters` holds every list of the programme; a role without one has nobody. While a list is held, the people whom we know
    from it stay on it, and nobody joins. Erased people are passed over even if the list still names them; nothing that organisers are told
    gives this away.
    """
    take_over_other_addresses(session, now, rosters)
    rosters, guests = without_guests(session, programme, rosters)
    on_lists, overlaps = merge_lists(rosters)
    ids, standings = _load_standings(session, programme.id)
    traces = tombstones.traces_in_database(session)
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
        for address, before in standings.items()
    }
    newcomers = _standings_of_newcomers(now, programme, traces, {a: person for a, person in wanted.items() if a not in standings})
    _write_people(session, programme.id, newcomers, {ids[a]: standing for a, standing in after.items() if standing != standings[a]})
    silent = [ids[a] for a, before in standings.items() if is_taking_part(before) and not is_taking_part(after[a])]
    cancel_messages(session, now, silent)
    session.expire_all()
    closed = say(programme.language, "people.closed")
    result = replace(
        _count_changes(newcomers, standings, after),
        overlaps=overlaps,
        missing={
            role: tuple(f"{entry} ({closed})" if entry in roster.closed else entry for entry in roster.missing)
            for role, roster in rosters.items()
            if roster.missing
        },
        listed={role: readings.get(role, Reading()).size for role in Role} | held,
    )
    names = (name for roster in rosters.values() for person in roster.found for name in person.names)
    remember_names(session, programme, names, forget=not held)  # the filter looks for these names as long as the people are here
    _tell_organisers(session, now, programme, result, guests, held)
    return result


def _count_readings(
    programme: Programme,
    rosters: Mapping[Role, Roster],
    on_lists: Mapping[str, PersonOnLists],
    standings: Mapping[str, Standing],
    erased: Collection[str],
) -> dict[Role, Reading]:
    """Count each list, and how many on it had the role before. People who were erased or left by themselves count like all others.

    `erased`: the erased people who had the role that the lists give them.
    """
    had_it = {address: (before.role, before.next_role) if is_known(before) else () for address, before in standings.items()}
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
    """The roles that the lists now give to erased people.

    Two kinds of people are left out: those who had or now have the role of a held list, and those whose earlier roles are not known.
    """
    roles = {address: on_lists[address].role for address in erased if traces.holds(DeletedKind.ROLE, address)}
    return {
        address: role
        for address, role in roles.items()
        if not any(role is other or traces.had_role(programme_id, other, address) for other in held)
    }


def _keep_who_is_held(
    standings: Mapping[str, Standing], wanted: Mapping[str, PersonOnLists], held: Collection[Role]
) -> dict[str, PersonOnLists]:
    """Let nobody leave or join because of a held list: people whom we know from it, or whom it names now, stay what they were."""
    roles = {address: before.next_role or before.role for address, before in standings.items() if is_known(before)}
    named = {address for address, person in wanted.items() if person.role in held}
    stay = {
        address: replace(wanted.get(address) or PersonOnLists(role=role), role=role)
        for address, role in roles.items()
        if role in held or address in named
    }
    return {address: person for address, person in wanted.items() if address not in named} | stay


def merge_lists(rosters: Mapping[Role, Roster]) -> tuple[dict[str, PersonOnLists], dict[str, tuple[Role, ...]]]:
    """Each active person with the role that takes precedence, and all roles of people who are on several lists."""
    on_lists: dict[str, PersonOnLists] = {}
    roles: dict[str, tuple[Role, ...]] = {}
    for role in Role:
        for person in rosters[role].found if role in rosters else ():
            if person.active and role not in roles.get(person.address, ()):
                language, timezone = person.language.value if person.language else None, zone_or_fallback(person.timezone, "") or None
                on_lists.setdefault(person.address, PersonOnLists(role=role, language=language, timezone=timezone))
                roles[person.address] = (*roles.get(person.address, ()), role)
    return on_lists, {address: roles_of_person for address, roles_of_person in roles.items() if len(roles_of_person) > 1}


def _load_standings(session: Session, programme_id: str) -> tuple[dict[str, int], dict[str, Standing]]:
    """The ids and standings of all people of a programme, by address."""
    table, names = table_of(Person), [column.name for column in fields(Standing)]
    columns = [table.c[name] for name in names]
    rows = session.execute(select(table.c.address, table.c.id, *columns).where(table.c.programme == programme_id)).all()
    standings = {address: Standing(**dict(zip(names, values, strict=True))) for address, _, *values in rows}
    return {address: person_id for address, person_id, *_ in rows}, standings


def _standings_of_newcomers(
    now: datetime, programme: Programme, traces: Traces, newcomers: Mapping[str, PersonOnLists]
) -> dict[str, Standing]:
    """The standings of new people. After a restore some are new only to the backup: if they had left or paused, they still have."""
    day, standings = today(now, programme.timezone), {}
    for address, person in newcomers.items():
        standing, until = standing_of_new(person, now, programme), traces.absence(programme.id, address, day)
        standings[address] = standing if until is None else standing_of_absent(standing, until)
    return standings


def _count_changes(
    newcomers: Mapping[str, Standing], standings: Mapping[str, Standing], after: Mapping[str, Standing]
) -> SynchronisationResult:
    changes = [(before, after[address]) for address, before in standings.items()]
    has_left = [(before.state is PersonState.LEFT, now.state is PersonState.LEFT) for before, now in changes]
    return SynchronisationResult(
        joined=len(newcomers),
        returned=has_left.count((True, False)),
        left=has_left.count((False, True)),
        role_changes=sum((before.role, before.next_role) != (now.role, now.next_role) for before, now in changes),
    )


def _write_people(session: Session, programme_id: str, newcomers: Mapping[str, Standing], changes: Mapping[int, Standing]) -> None:
    table = table_of(Person)
    if newcomers:
        rows = [{"programme": programme_id, "address": address, **vars(standing)} for address, standing in newcomers.items()]
        write_all(session, Person, rows)
    if changes:
        rows = [{"person": person_id, **vars(standing)} for person_id, standing in changes.items()]
        session.execute(update(table).where(table.c.id == bindparam("person")), rows)


# --- what the organisers are told ----------------------------------------------------------------------------------------------


def _tell_organisers(  # noqa: PLR0913, PLR0917 - everything they may have to be told
    session: Session,
    now: datetime,
    programme: Programme,
    result: SynchronisationResult,
    guests: Mapping[Role, Collection[str]],
    held: Collection[Role],
) -> None:
    """Tell each thing once, and again when the lists have changed.

    People on several lists are counted and never named: somebody who was erased must not appear anywhere, nor be noticed as missing. The
    notice about guests has no number: guests who were erased or have left are not among those left out, so a number could tell of them.
    """
    sources = programme.people.sources()
    _tell_missing(session, now, programme, result, held)
    if result.overlaps:
        lists_of = {address: ", ".join(str(sources[role]) for role in roles) for address, roles in result.overlaps.items()}
        key = _notice_key(session, programme, "overlaps", [f"{address} ({lists})" for address, lists in lists_of.items()])
        lists = "; ".join(sorted(set(lists_of.values())))
        tell_organisers(session, now, programme, key=key, say="people.overlaps", n=len(lists_of), people=lists)
    for role, addresses in guests.items():
        sentence = "people.guests" if role in PARTICIPANTS else "people.guests.rights"
        key = _notice_key(session, programme, f"guests:{role.value}", addresses)
        tell_organisers(session, now, programme, key=key, say=sentence, source=str(sources[role]))
    out = roles_out(session, programme.id)
    _tell_unasked_questions(session, now, programme, result.listed, out)
    _tell_small_lists(session, now, programme, {role: n for role, n in result.listed.items() if role not in held}, out)


def _tell_missing(session: Session, now: datetime, programme: Programme, result: SynchronisationResult, held: Collection[Role]) -> None:
    """Tell for which entries of a list nobody was found, or that all are found now."""
    told = _last_about_missing(session, programme.id)
    for role, source in programme.people.sources().items():
        entries, last = result.missing.get(role, ()), told.get(role)
        was_mended = last is not None and (last.key or "").startswith(KEY_OF_FOUND)
        if entries:
            values = {"n": len(entries), "source": str(source), "people": _first_lines(sorted(entries))}
            again = f":{last.id}" if last is not None and was_mended else ""
            key = _notice_key(session, programme, f"{KEY_OF_MISSING}:{role.value}{again}", entries)
            tell_organisers(session, now, programme, key=key, say="people.missing", **values)
        elif last is not None and not was_mended and role not in held:
            key = f"{KEY_OF_FOUND}:{role.value}:{last.id}"
            tell_organisers(session, now, programme, key=key, say="people.found", source=str(source))


def _last_about_missing(session: Session, programme_id: str) -> dict[Role, OutboxMessage]:
    """The last notice about each list that people are not found in the chat, or that all are found."""
    about = or_(*(OutboxMessage.key.startswith(f"{prefix}:") for prefix in (KEY_OF_MISSING, KEY_OF_FOUND)))
    notices = session.scalars(select(OutboxMessage).where(OutboxMessage.programme == programme_id, about).order_by(OutboxMessage.id))
    return {Role(str(notice.key).split(":")[1]): notice for notice in notices}


def people_missing(session: Session, programme_id: str) -> list[NoticeFacts]:
    """What organisers were told last of people who are not found in the chat, by list."""
    notices = _last_about_missing(session, programme_id).values()
    return [NoticeFacts.read(notice.facts) for notice in notices if (notice.key or "").startswith(KEY_OF_MISSING)]


def _tell_small_lists(session: Session, now: datetime, programme: Programme, on_lists: Mapping[Role, int], out: Collection[Role]) -> None:
    """Tell of lists that are too short; only their sizes decide, so nobody learns who has left. An outdated notice is deleted."""
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
    """Tell which questions will not be asked as the lists are now, because they would single out a few people."""
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
    """The key of a notice with these lines: a keyed hash, since people who know the lists could guess the lines behind a plain one.

    A notice that was told under an older key of the database keeps its key, so that it is not told again.
    """
    keys, parts = session_keys(session), (subject, *sorted(lines))
    earlier = [f"{subject}:{fingerprint[:16]}" for fingerprint in keys.fingerprints(*parts)]
    select_key = select(OutboxMessage.key).where(OutboxMessage.programme == programme.id, OutboxMessage.key.in_(earlier))
    return session.scalar(select_key.limit(1)) or f"{subject}:{keys.fingerprint(*parts)[:16]}"
