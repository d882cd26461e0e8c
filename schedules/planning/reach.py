"""Counts the people whom an entry reaches, by the size of the lists and never by who is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.programme import PARTICIPANTS
from schedules.checking.people.people_files import by_precedence
from schedules.checking.question_order import LIST_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.programme import Entry, Programme, Role


def count_people(entry: Entry | None, sizes: Mapping[Role, int | None]) -> int | None:
    """How many stand on the lists that an entry reaches; None if one of them is unknown."""
    reached = [sizes[role] for role in PARTICIPANTS if entry is not None and entry.question_for(role) is not None]
    return None if entry is None or None in reached else sum(size or 0 for size in reached)


def sizes_in(programme: Programme, accepted: Mapping[Role, int], running: Programme | None) -> dict[Role, int | None]:
    """The size of each participants' list: as accepted, or as its file has it if that is another list."""
    sources = programme.people.sources()
    in_files = by_precedence({LIST_NAMES[role]: frozenset(source.emails) for role, source in sources.items() if source.file is not None})
    known = sources if running is None else running.people.sources()

    def size(role: Role) -> int | None:
        if role not in sources:
            return 0
        if role in accepted and sources[role] == known.get(role):
            return accepted[role]
        return len(in_files[LIST_NAMES[role]]) if LIST_NAMES[role] in in_files else None

    return {role: size(role) for role in PARTICIPANTS}
