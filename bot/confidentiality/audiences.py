"""Decides which role groups a question may be asked of, so that printed numbers tell nothing about a few people.

An audience is the union of the role groups that an entry asks. It is refused if it is
too small; and if it singles out a few together with the audiences before it: with 20 leaders and 3 employee representatives, a week in
which all are asked and another in which the leaders are asked alone differ by those 3, whatever their numbers are rounded to.

Role groups are judged, never single people. Somebody joins, pauses or leaves every week: judged by people, hardly any two weeks would be
allowed together, and a dialogue that stops because of one newcomer would tell of the newcomer. It is not needed either: the numbers of two
weeks count different answers (see `floors`), and their readers do not know who came or went between them. Roles are different: everybody
knows who has them. The size of a group is the size of its list, whatever people do. For a group that is asked, it is the size now; for one
that is left out, its size when it was last asked, because the numbers printed then counted those people. So a role that shrinks does not
stop the weeks that leave it out, unless it was small already when its last week closed; and a dialogue that asks the same groups every week
is never stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.confidentiality.disclosure import smallest_isolated_union
from bot.confidentiality.floors import effective_floors
from bot.programme import PARTICIPANTS, Entry, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bot.programme import Floors

Audience: TypeAlias = "Mapping[Role, int]"  # the role groups of an audience, and how many people each has


def questions_by_role(entry: Entry, audience: Mapping[Role, int], floor: int, out: Collection[Role] = ()) -> dict[Role, str]:
    """The question that each role is asked.

    Roles of fewer than `floor` people, and the roles in `out`, get no question of their own: they join the one for all.
    """
    questions = {role: question for role, question in entry.by_role if audience[role] >= floor and role not in out}
    rest = [role for role in PARTICIPANTS if role not in questions]
    if entry.all is not None and sum(audience[role] for role in rest) >= floor:
        questions |= dict.fromkeys(rest, entry.all)
    return questions


def roles_singled_out(earlier: Iterable[Audience], audience: Audience, floors: Floors) -> frozenset[Role]:
    """The role groups that an audience and the earlier ones single out; mostly none.

    Together they hold fewer people than the floor.
    """
    audiences = [*earlier, audience]
    latest = {role: people for groups in audiences for role, people in groups.items()}
    return smallest_isolated_union([frozenset(groups) for groups in audiences], latest, effective_floors(floors).people) or frozenset()


def entries_to_refuse(
    order: Sequence[Entry], earlier: Iterable[Audience], people: Mapping[Role, int], floors: Floors, out: Collection[Role] = ()
) -> dict[Entry, frozenset[Role]]:
    """The entries to refuse in this order, each with the role groups that it would single out."""
    audiences, refused = list(earlier), dict[Entry, frozenset[Role]]()
    for entry in order:
        audience = {role: people[role] for role in questions_by_role(entry, people, effective_floors(floors).audience, out)}
        singled_out = roles_singled_out(audiences, audience, floors) if audience else frozenset[Role]()
        if singled_out:
            refused[entry] = singled_out
        elif audience:
            audiences.append(audience)
    return refused
