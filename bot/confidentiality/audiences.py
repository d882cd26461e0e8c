"""Whom may a question be asked?

Only groups whose numbers tell nothing of a few. An audience is the union of the role groups that an entry asks. It is refused if it is
too small; and if it singles out a few together with the audiences before it: with 20 leaders and 3 employee representatives, a week in
which all are asked and another in which the leaders are asked alone differ by those 3, whatever their numbers are rounded to.

Role groups are judged and never single people. Somebody joins, pauses or leaves every week, so that judged by people hardly two weeks
could stand beside one another, and a dialogue that one newcomer stops would tell of the newcomer. Nor is it needed: the numbers of two
weeks count different answers (see `floors`), and who came or went between them is known to nobody who reads them. A role is different:
everybody knows who has it. A group counts as many people as stand on its list, whatever they do: one that is asked as many as now, one that
is left out as many as when it was last asked, for what was printed then counted those people. So a role that shrinks does not stop the
weeks that leave it out, unless it was a few already when its last week closed; and a dialogue that asks the same groups every week is never
stopped, whatever becomes of them.
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
    """The question each role is asked. Fewer than `floor` people are not asked a question of their own, but join the one for all.

    So do the roles that are `out` of questions of their own, however many they are.
    """
    questions = {role: question for role, question in entry.by_role if audience[role] >= floor and role not in out}
    rest = [role for role in PARTICIPANTS if role not in questions]
    if entry.all is not None and sum(audience[role] for role in rest) >= floor:
        questions |= dict.fromkeys(rest, entry.all)
    return questions


def roles_singled_out(earlier: Iterable[Audience], audience: Audience, floors: Floors) -> frozenset[Role]:
    """The role groups, fewer people together than the floor, that an audience and those asked before it single out; mostly none."""
    audiences = [*earlier, audience]
    latest = {role: people for groups in audiences for role, people in groups.items()}
    return smallest_isolated_union([frozenset(groups) for groups in audiences], latest, effective_floors(floors).people) or frozenset()


def entries_to_refuse(
    order: Sequence[Entry], earlier: Iterable[Audience], people: Mapping[Role, int], floors: Floors, out: Collection[Role] = ()
) -> dict[Entry, frozenset[Role]]:
    """The entries, asked one after the other, that would be refused because they single out role groups, and which."""
    audiences, refused = list(earlier), dict[Entry, frozenset[Role]]()
    for entry in order:
        audience = {role: people[role] for role in questions_by_role(entry, people, effective_floors(floors).audience, out)}
        singled_out = roles_singled_out(audiences, audience, floors) if audience else frozenset[Role]()
        if singled_out:
            refused[entry] = singled_out
        elif audience:
            audiences.append(audience)
    return refused
