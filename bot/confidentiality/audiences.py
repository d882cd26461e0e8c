"""Decides which role groups a question may be asked of, so that printed numbers tell nothing about a few people.

An audience is the union of the role groups that an entry asks. It is refused if it is too small, or if it singles out a few together with
the audiences before it. For example, with 20 leaders and 3 employee representatives, a week that asks all and a week that asks only the
leaders differ by those 3, however their numbers are rounded.

The rules compare role groups, never single people. Somebody joins, pauses or leaves every week: with rules about people, hardly any two
weeks would be allowed, and a dialogue that stops because of a newcomer would tell of the newcomer. Such rules are not needed either: the
numbers of two weeks count different answers (see `floors`), and readers do not know who came or went between them. But everybody knows
who has which role. The size of a group is the size of its list, whatever people do. For a group that is asked, it is the size now; for a
group that is left out, the size when it was last asked, because the numbers printed then counted those people. So a role that shrinks does
not stop the weeks that leave it out, unless it was already small when its last week closed. A dialogue that asks the same groups every week
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
    """The question for each role that is asked.

    Roles of fewer than `floor` people, and the roles in `out`, get no question of their own: they get the one for all.
    """
    questions = {role: question for role, question in entry.by_role if audience[role] >= floor and role not in out}
    rest = [role for role in PARTICIPANTS if role not in questions]
    if entry.all is not None and sum(audience[role] for role in rest) >= floor:
        questions |= dict.fromkeys(rest, entry.all)
    return questions


def roles_singled_out(earlier: Iterable[Audience], audience: Audience, floors: Floors) -> frozenset[Role]:
    """The role groups that an audience singles out together with the earlier ones; mostly none.

    All of them together hold fewer people than the floor.
    """
    audiences = [*earlier, audience]
    latest = {role: people for groups in audiences for role, people in groups.items()}
    return smallest_isolated_union([frozenset(groups) for groups in audiences], latest, effective_floors(floors).people) or frozenset()


def entries_to_refuse(
    order: Sequence[Entry], earlier: Iterable[Audience], people: Mapping[Role, int], floors: Floors, out: Collection[Role] = ()
) -> dict[Entry, frozenset[Role]]:
    """The entries of this order that must be refused, each with the role groups that it would single out."""
    audiences, refused = list(earlier), dict[Entry, frozenset[Role]]()
    for entry in order:
        audience = {role: people[role] for role in questions_by_role(entry, people, effective_floors(floors).audience, out)}
        singled_out = roles_singled_out(audiences, audience, floors) if audience else frozenset[Role]()
        if singled_out:
            refused[entry] = singled_out
        elif audience:
            audiences.append(audience)
    return refused
