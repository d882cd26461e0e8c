"""Checks the people found on a list: leaves out guests, and recognises people whom we know under another id.

Guests, and people of other workspaces, may come into a channel without being chosen for the dialogue. So that alone gives them no rights
and no questions. People already in the dialogue stay in it. Somebody who left by themselves is treated as if they had not, so that nobody
can read it off the numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.dialogue.data_rights import erasure, refusals
from bot.models import LeftBy, LoadedProgramme, OutboxMessage, Person, PersonState
from bot.programme import PARTICIPANTS, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.platform import Roster


def without_guests(
    session: Session, programme: Programme, rosters: Mapping[Role, Roster]
) -> tuple[Mapping[Role, Roster], Mapping[Role, tuple[str, ...]]]:
    """The lists without guests who do not count, and by role all guests on lists where guests do not count."""
    sources, counting, guests_by_role = programme.people.sources(), dict(rosters), dict[Role, tuple[str, ...]]()
    for role, roster in rosters.items():
        source = sources.get(role)
        guests = {person.address for person in roster.found if person.guest and person.active}
        if guests and source is not None and source.channel and not (source.guests and role in PARTICIPANTS):
            left_out = guests - _find_known_guests(session, programme.id, role, guests)
            counting[role] = replace(roster, found=tuple(person for person in roster.found if person.address not in left_out))
            guests_by_role[role] = tuple(sorted(guests))
    return counting, guests_by_role


def _find_known_guests(session: Session, programme_id: str, role: Role, addresses: set[str]) -> set[str]:
    """The guests who stay: they have the role or take part already, and no list has put them out; or were erased, so took part."""
    roles = PARTICIPANTS if role in PARTICIPANTS else (role,)
    is_known = Person.programme == programme_id, Person.address.in_(addresses), Person.role.in_(roles)
    has_left_by_themselves = and_(Person.left_by == LeftBy.SELF, Person.role.in_(PARTICIPANTS))
    here = session.scalars(select(Person.address).where(*is_known, or_(Person.state != PersonState.LEFT, has_left_by_themselves)))
    return {*here, *(tombstones.find_erased(session, addresses) if role in PARTICIPANTS else ())}


def take_over_other_addresses(session: Session, now: datetime, rosters: Mapping[Role, Roster]) -> None:
    """Move people known by their second address to the first, with the messages to them and their erasures.

    A restored backup may know them by the second although they have since made a choice under the first: that choice holds.
    """
    others = {person.address: person.other_address for roster in rosters.values() for person in roster.found if person.other_address}
    if not others:
        return
    firsts = {other: address for address, other in others.items()}
    known = {(programme, address) for programme, address in session.execute(select(Person.programme, Person.address)) if address in others}
    moved = dict[tuple[str, str], Person]()
    for person in session.scalars(select(Person).where(Person.address.in_(firsts))).all():
        address = firsts[person.address]
        session.execute(update(OutboxMessage).where(OutboxMessage.address == person.address).values(address=address))
        if (person.programme, address) not in known:
            person.address = address
            moved[person.programme, address] = person
    session.flush()
    _follow_choices(session, now, others, known, moved)
    for address in tombstones.find_erased(session, {address for _, address in moved}):
        erasure.erase(session, now, address)
    tombstones.follow_addresses(session, now, others)


def _follow_choices(
    session: Session, now: datetime, others: Mapping[str, str], known: set[tuple[str, str]], moved: Mapping[tuple[str, str], Person]
) -> None:
    """Apply the last choice to leave, pause or come back that people made under either address to the first."""
    traces = tombstones.traces_in_database(session)
    for programme_id in session.scalars(select(LoadedProgramme.id)).all():
        for address, other in ((address, other) for address, other in others.items() if (programme_id, address) not in known):
            if traces.last_choice(programme_id, other) > traces.last_choice(programme_id, address):
                tombstones.follow_choice(session, now, traces, programme_id, address=address, other=other)
            elif (programme_id, address) in moved:
                refusals.respect_absence(now, traces, moved[programme_id, address])
    session.flush()
    if moved:
        refusals.cancel_what_waits(session, now)
