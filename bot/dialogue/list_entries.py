"""Who of those found on a list counts, and whom of them do we know under another id?

Guests, and people of other workspaces, come into a channel without anybody having chosen them for this: by that alone they get no rights
and no questions. Who is in the dialogue stays in it. Whether somebody has left it by themselves changes nothing here, so that nobody can
read it off the numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from bot.confidentiality.deletion import tombstones
from bot.models import LeftBy, OutboxMessage, Person
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
    """The lists with all who count, and the addresses of those left out."""
    sources, left_out = programme.people.sources(), dict[Role, tuple[str, ...]]()
    for role, roster in rosters.items():
        source = sources.get(role)
        if source is not None and source.channel and not (source.guests and role in PARTICIPANTS):
            guests = {person.address for person in roster.found if person.guest and person.active}
            if guests:
                left_out[role] = tuple(sorted(guests - _who_stays(session, programme.id, role, guests)))
    counting = {
        role: replace(roster, found=tuple(person for person in roster.found if person.address not in left_out.get(role, ())))
        for role, roster in rosters.items()
    }
    return counting, {role: addresses for role, addresses in left_out.items() if addresses}


def _who_stays(session: Session, programme_id: str, role: Role, addresses: set[str]) -> set[str]:
    """Those of them who are in the dialogue with this role, unless a list has put them out. Who was erased was in it."""
    is_here = Person.programme == programme_id, Person.address.in_(addresses), or_(Person.role == role, Person.next_role == role)
    here = session.scalars(select(Person.address).where(*is_here, or_(Person.left_by.is_(None), Person.left_by != LeftBy.LIST)))
    return {*here, *(tombstones.find_erased(session, addresses) if role in PARTICIPANTS else ())}


def take_over_other_addresses(session: Session, now: datetime, rosters: Mapping[Role, Roster]) -> None:
    """Who is known by their second address is known by the first from now on. What was said to them stays said, what was erased, erased."""
    found = {person.address: person.other_address for roster in rosters.values() for person in roster.found if person.other_address}
    if not found:
        return
    known = set(session.scalars(select(Person.address).where(Person.address.in_(found.values())).distinct()))
    for address, other in found.items():
        if other in known:
            has_both = select(Person.programme).where(Person.address == address)
            session.execute(update(Person).where(Person.address == other, Person.programme.not_in(has_both)).values(address=address))
            session.execute(update(OutboxMessage).where(OutboxMessage.address == other).values(address=address))
    tombstones.follow_addresses(session, now, found)
