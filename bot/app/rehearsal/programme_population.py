"""Makes the people and channels of the local workspace from the programmes.

It gets whatever people, groups and channels the programme names, with plainly made-up people: for the Randers programme 214
participants, 31 politicians and 3 organisers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.programme import Role
from bot.workspace.simulation.made_up_names import make_up_people
from bot.workspace.state.members import TITLES, Channel, Population, Usergroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.programme import Programme, Source
    from bot.workspace.state.members import Member

PARTICIPANT_COUNT: Final = 214
LEADERS_OF_TEN: Final = 6  # six of ten participants are leaders, the rest employee representatives
POLITICIAN_COUNT: Final = 31
ORGANISER_COUNT: Final = 3
BOT_USER_ID: Final = "U0BOT"


def population_for(programme: Programme, *, participants: int = PARTICIPANT_COUNT, seed: int = 1) -> Population:
    """The population for a programme, the same for the same programme, number of participants and seed."""
    sources, counts = programme.people.sources(), _counts(programme, participants)
    groups = {role: _make_up_group(sources[role], role, count, seed) for role, count in counts.items() if count and role in sources}
    members = {member.id: member for group in groups.values() for member in group}
    return Population(
        members=tuple(members.values()),
        usergroups=tuple(
            _usergroup(source, role, groups[role]) for role, source in _sources_of_kind(programme, "usergroup").items() if role in groups
        ),
        channels=_channels(programme, groups),
        bot_user_id=BOT_USER_ID,
    )


def population_for_all(programmes: Sequence[Programme], *, participants: int = PARTICIPANT_COUNT, seed: int = 1) -> Population:
    """The population for programmes that run one after the other.

    If several name the same person, group or channel, the first programme says what it is like.
    """
    populations = [population_for(programme, participants=participants, seed=seed) for programme in programmes]
    return Population(
        members=tuple({member.id: member for population in reversed(populations) for member in population.members}.values()),
        usergroups=tuple({group.id: group for population in reversed(populations) for group in population.usergroups}.values()),
        channels=tuple({channel.id: channel for population in reversed(populations) for channel in population.channels}.values()),
        bot_user_id=BOT_USER_ID,
    )


def _counts(programme: Programme, participants: int) -> Mapping[Role, int]:
    """How many people of each role, participants first: a programme with only one list of them gets them all there."""
    both = programme.people.leaders is not None and programme.people.employee_reps is not None
    leaders = participants * LEADERS_OF_TEN // 10 if both else participants
    return {
        Role.LEADER: leaders,
        Role.EMPLOYEE_REP: participants - leaders if both else participants,
        Role.POLITICIAN: POLITICIAN_COUNT,
        Role.ORGANISER: ORGANISER_COUNT,
    }


def _make_up_group(source: Source, role: Role, count: int, seed: int) -> tuple[Member, ...]:
    """Made-up people for one list; where the list is a file of e-mails, they have those."""
    people = make_up_people(max(count, len(source.emails)), kind=role.value, seed=seed)
    if not source.emails:
        return people
    return tuple(replace(member, email=email) for member, email in zip(people, source.emails, strict=False))


def _sources_of_kind(programme: Programme, kind: str) -> dict[Role, Source]:
    return {role: source for role, source in programme.people.sources().items() if getattr(source, kind) is not None}


def _usergroup(source: Source, role: Role, group: tuple[Member, ...]) -> Usergroup:
    return Usergroup(id=str(source.usergroup), handle=role.value, name=TITLES[role.value], users=tuple(member.id for member in group))


def _channels(programme: Programme, groups: Mapping[Role, tuple[Member, ...]]) -> tuple[Channel, ...]:
    """The digest's channel, the organisers', and any channel that a list of people is read from."""
    politicians, organisers = ([member.id for member in groups.get(role, ())] for role in (Role.POLITICIAN, Role.ORGANISER))
    channels = {
        programme.digest.channel: ("til-politikerne", [*politicians, *organisers]),
        programme.people.organisers_channel: ("organisatorer", organisers),
    }
    for role, source in _sources_of_kind(programme, "channel").items():
        if (channel := str(source.channel)) not in channels:
            channels[channel] = (role.value, [member.id for member in groups.get(role, ())])
    external = bool(programme.digest.external)
    return tuple(
        Channel(
            id=id_, name=name, members=(*users, BOT_USER_ID), is_private=True, is_ext_shared=external and id_ == programme.digest.channel
        )
        for id_, (name, users) in channels.items()
    )
