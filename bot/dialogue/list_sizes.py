"""The sizes of the lists, the roles that are out for good, and the lists that have changed much.

Floors depend on the lists as they were last accepted, not on what the people on them do: with ten leaders on the list, one who pauses must
not take the leaders' question away. `rounds.opening` decides who is asked, and `list_holds` which lists wait for an organiser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.local_time import today
from bot.models import HoldState, ListHold, LoadedProgramme, PeopleList
from bot.programme import PARTICIPANTS, Role, Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.programme import Programme


def list_sizes_of(session: Session, programme_id: str) -> dict[Role, int]:
    """The size of each participants' list; empty before all lists have been read."""
    return _with_roles_without_a_list({known.role: known.listed for known in _lists_of(session, programme_id)})


def sizes_asked_in(session: Session, programme_id: str, week: str) -> dict[Role, int]:
    """The number of people on each list who are certainly asked in a week.

    People who move from another list are asked with this one only from the next Monday on. So as many as the others lost since the week
    began may be on this list without being asked; they do not count.
    """
    lists = _lists_of(session, programme_id)
    losses = {known.role: max(0, size_as_week_began(known, week) - known.listed) for known in lists}
    others_lost = {role: sum(losses.values()) - loss for role, loss in losses.items()}
    return _with_roles_without_a_list({known.role: max(0, known.listed - others_lost[known.role]) for known in lists})


def _with_roles_without_a_list(sizes: Mapping[Role, int]) -> dict[Role, int]:
    """The sizes with zero for roles without a list; empty if there are none at all."""
    return {role: sizes.get(role, 0) for role in PARTICIPANTS} if sizes else {}


def size_as_week_began(known: PeopleList, week: str) -> int:
    """The accepted size of a list when this week began."""
    return known.listed if known.before is None or known.week != week else known.before


def _lists_of(session: Session, programme_id: str) -> Sequence[PeopleList]:
    """The participants' lists; empty while one of them is only estimated, and has to be read first."""
    lists = session.scalars(select(PeopleList).where(PeopleList.programme == programme_id, PeopleList.role.in_(PARTICIPANTS))).all()
    is_unread = any(known.estimated for known in lists) and session.get_one(LoadedProgramme, programme_id).synchronised_at is None
    return [] if is_unread else lists


def week_of(now: datetime, programme: Programme) -> str:
    """The ISO week of a moment in the programme's time zone."""
    return str(Week.of(today(now, programme.timezone)))


def roles_out(session: Session, programme_id: str) -> frozenset[Role]:
    """The roles that get no question of their own any more: an organiser accepted too short a list.

    This stays so, whatever the list does: a question that comes and goes from week to week would tell which people do.
    """
    return frozenset(session.scalars(select(PeopleList.role).where(PeopleList.programme == programme_id, PeopleList.out)))


def lists_changed(session: Session, programme_id: str, since: datetime | None, until: datetime) -> list[Role]:
    """The participants' lists that changed by more than a third and were accepted between `since` and `until`."""
    counts = ListHold.state.in_((HoldState.CONFIRMED, HoldState.GROWN)), ListHold.role.in_(PARTICIPANTS)
    conditions: list[ColumnElement[bool]] = [ListHold.programme == programme_id, *counts, ListHold.ended_at < until]
    if since is not None:
        conditions.append(ListHold.ended_at >= since)
    changed = {
        hold.role
        for hold in session.scalars(select(ListHold).where(*conditions))
        if hold.had is not None  # else the list was estimated, and nobody knows
        and (hold.others or is_shrunk(hold.had, hold.has) or is_grown(hold.had, hold.has))
    }
    return sorted(changed, key=PARTICIPANTS.index)


def is_shrunk(had: int, has: int) -> bool:
    """Whether a list has lost more than a third."""
    return 3 * has < 2 * had


def is_grown(had: int, has: int) -> bool:
    """Whether a list has grown by more than a third."""
    return 3 * has > 4 * had
