"""Standings: where one person stands before and after the lists are read, decided by pure functions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.confidentiality.deletion import tombstones
from bot.local_time import end_of_day
from bot.models import LeftBy, PersonState
from bot.programme import PARTICIPANTS, Role

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from bot.programme import Programme


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The columns of `people` that the lists may change."""

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
    """What the lists say about a person; language and time zone are None if they do not say."""

    role: Role
    language: str | None = None
    timezone: str | None = None


def standing_of_new(wanted: PersonOnLists, now: datetime, programme: Programme) -> Standing:
    """The standing of someone new on the lists: participants are invited, others have their rights at once."""
    return Standing(
        role=wanted.role,
        state=_first_state(wanted.role),
        language=wanted.language or programme.language.value,
        timezone=wanted.timezone or programme.timezone,
        invited_at=now,
    )


def standing_of_absent(standing: Standing, until: date) -> Standing:
    """The standing of someone new who had left by themselves (`until` FOR_GOOD) or pauses to the end of a day."""
    if until == tombstones.FOR_GOOD:
        return _with_role(replace(standing, left_by=LeftBy.SELF), standing.role, standing.invited_at)
    if standing.role not in PARTICIPANTS:
        return standing
    return replace(standing, state=PersonState.PAUSED, paused_until=end_of_day(until, standing.timezone))


def standing_on_list(before: Standing, wanted: PersonOnLists, *, now: datetime, monday: datetime) -> Standing:
    """The standing of someone known who is on the lists.

    A change between the participants' roles waits for `monday`; all other rights count at once.
    """
    language, timezone = wanted.language or before.language, wanted.timezone or before.timezone
    if (language, timezone) != (before.language, before.timezone):  # hardly ever: else no copy is made
        before = replace(before, language=language, timezone=timezone)
    if before.role not in PARTICIPANTS or wanted.role not in PARTICIPANTS or before.state is PersonState.LEFT:
        return _with_role(before, wanted.role, now)
    waits_for = None if wanted.role is before.role else wanted.role
    if waits_for is before.next_role:
        return before
    return replace(before, next_role=waits_for, role_from=monday if waits_for else None)


def _with_role(before: Standing, role: Role, now: datetime) -> Standing:
    """The standing with a role that counts now. A list does not bring back participants who left by themselves."""
    standing = replace(before, role=role, next_role=None, role_from=None, ask_at=before.ask_at if role in PARTICIPANTS else None)
    if role in PARTICIPANTS and before.left_by is LeftBy.SELF:
        return replace(standing, state=PersonState.LEFT)
    if before.state is not PersonState.LEFT and (role is before.role or role not in PARTICIPANTS):
        return replace(standing, state=PersonState.ACTIVE, paused_until=None)
    left_by = before.left_by if before.left_by is LeftBy.SELF else None
    return replace(standing, state=_first_state(role), left_by=left_by, invited_at=now, welcomed_at=None, paused_until=None)


def standing_off_list(before: Standing) -> Standing:
    """The standing of someone known who is on no list any more, or deactivated."""
    if before.state is PersonState.LEFT:
        return before
    gone = replace(before, state=PersonState.LEFT, left_by=before.left_by or LeftBy.LIST, ask_at=None)
    return replace(gone, next_role=None, role_from=None, paused_until=None)


def _first_state(role: Role) -> PersonState:
    return PersonState.INVITED if role in PARTICIPANTS else PersonState.ACTIVE


def is_known(before: Standing) -> bool:
    """Whether someone takes part or has rights, or would if they had not left by themselves."""
    return before.state is not PersonState.LEFT or (before.left_by is LeftBy.SELF and before.role in PARTICIPANTS)


def is_taking_part(standing: Standing) -> bool:
    """Whether someone is a participant who has not left."""
    return standing.role in PARTICIPANTS and standing.state is not PersonState.LEFT
