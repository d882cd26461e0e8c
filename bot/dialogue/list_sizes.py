"""How many people stand on the lists, which roles are out for good, and which lists have changed much?

Floors are judged by the lists as they were last accepted, whatever those on them do: with ten leaders on the list, one who pauses must not
take the leaders' question away. Who is asked is the subject of `rounds.opening`, which lists wait for a word that of `list_holds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.local_time import today
from bot.models import HoldState, ListHold, LoadedProgramme, PeopleList
from bot.programme import PARTICIPANTS, Role, Week

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.programme import Programme


def list_sizes_of(session: Session, programme_id: str, week: str) -> dict[Role, int]:
    """How many participants of each role are known to be asked in a week; empty: no list has been read yet, or an estimate stands for one.

    Who goes over from another list is asked from the next Monday on, so that nobody more counts than stood on the list as the week began.
    """
    lists = session.scalars(select(PeopleList).where(PeopleList.programme == programme_id, PeopleList.role.in_(PARTICIPANTS))).all()
    if any(known.estimated for known in lists) and session.get_one(LoadedProgramme, programme_id).synchronised_at is None:
        return {}
    sizes = {known.role: fewest_in(known, week) for known in lists}
    return {role: sizes.get(role, 0) for role in PARTICIPANTS} if sizes else {}


def fewest_in(known: PeopleList, week: str) -> int:
    """The fewest people that a list has had in a week, as it was accepted: when the week began, or since."""
    return known.listed if known.before is None or known.week != week else min(known.before, known.listed)


def week_of(now: datetime, programme: Programme) -> str:
    """The ISO week of a moment in the programme's time zone."""
    return str(Week.of(today(now, programme.timezone)))


def roles_out(session: Session, programme_id: str) -> frozenset[Role]:
    """The roles that are asked no question of their own any more: an organiser has said yes to too short a list.

    It stays so, whatever the list does: a question that comes and goes from week to week would tell who does.
    """
    return frozenset(session.scalars(select(PeopleList.role).where(PeopleList.programme == programme_id, PeopleList.out)))


def lists_changed(session: Session, programme_id: str, since: datetime | None, until: datetime) -> list[Role]:
    """The participants' lists of which more than a third has changed, and that came to count in a stretch of time."""
    counts = ListHold.state.in_((HoldState.CONFIRMED, HoldState.GROWN)), ListHold.role.in_(PARTICIPANTS)
    conditions: list[ColumnElement[bool]] = [ListHold.programme == programme_id, *counts, ListHold.ended_at < until]
    if since is not None:
        conditions.append(ListHold.ended_at >= since)
    changed = {hold.role for hold in session.scalars(select(ListHold).where(*conditions)) if _is_changed(hold)}
    return sorted(changed, key=PARTICIPANTS.index)


def _is_changed(hold: ListHold) -> bool:
    """More than a third is other people, has gone, or has come. Of an estimated list nobody can say."""
    return hold.had is not None and (hold.others or is_shrunk(hold.had, hold.has) or is_grown(hold.had, hold.has))


def is_shrunk(had: int, has: int) -> bool:
    """Whether a list has lost more than a third."""
    return 3 * has < 2 * had


def is_grown(had: int, has: int) -> bool:
    """Whether a list has grown by more than a third."""
    return 3 * has > 4 * had
