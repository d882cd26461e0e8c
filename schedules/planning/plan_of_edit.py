"""Works out what an edit of a programme changes, and what of it must be held."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bot.dialogue.planning.plan import Change, Item, Plan, Sign
from bot.programme import Role
from schedules.planning.moments import all_new, moment_changes
from schedules.planning.reach import count_people, sizes_in
from schedules.planning.setting_changes import setting_changes, source_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.programme import Entry, Programme
    from schedules.due import History

ITEMS: Final = tuple(Item)  # rounds come first, then what follows from them, then all else


def plan_of_edit(before: Programme | None, after: Programme, history: History, sizes: Mapping[Role, int], now: datetime) -> Plan:
    """What changes from `before` (None: nothing runs yet) to `after`. `sizes`: of the lists as last accepted; empty if unknown."""

    def people(programme: Programme, entry: Entry | None) -> int | None:
        return count_people(entry, sizes_in(programme, sizes, before))

    if before is None:
        moments = all_new(after, now, history, people)
        changes = [*moments, *(_new_lists(after) if moments else [])]
    else:
        moved = moment_changes(before, after, history, now, people)
        sent = frozenset(question for key in history.sent for question in key.split("+"))
        changes = [*moved, *(_with_last_size(change, before, sizes) for change in setting_changes(before, after, moved, sent))]
        if not changes and before != after:
            changes = [Change(sign=Sign.CHANGED, item=Item.SETTING, name="programme", why=("programme",))]
    changes.sort(key=_place)
    return Plan(changes=tuple(changes), fingerprint=_fingerprint(before, after, history, sizes, changes))


def _new_lists(programme: Programme) -> list[Change]:
    sizes = sizes_in(programme, {}, programme)
    return [
        Change(sign=Sign.NEW, item=Item.SOURCE, name=role.value, after=source_text(source), people=sizes.get(role))
        for role, source in programme.people.sources().items()
    ]


def _with_last_size(change: Change, before: Programme, sizes: Mapping[Role, int]) -> Change:
    """A list that is taken out is told with the number of people on it as it was last known."""
    if change.item is not Item.SOURCE or change.sign is not Sign.GONE:
        return change
    role = Role(change.name)
    return replace(change, people=sizes.get(role, sizes_in(before, sizes, before).get(role)))


def _place(change: Change) -> tuple[int, str]:
    """The place of a change in the plan: by what it is about, and moments in their order."""
    moment = change.before if change.after is None else change.after
    return ITEMS.index(change.item), "" if isinstance(moment, str | int | None) else moment.isoformat()


def _fingerprint(before: Programme | None, after: Programme, history: History, sizes: Mapping[Role, int], changes: list[Change]) -> str:
    """A hash of all that a plan depends on; the moment itself counts only as far as it changes the plan."""
    programmes = [programme for programme in (before, after) if programme is not None]
    world = [
        [[programme.checksum or sha256(programme.content).hexdigest() for programme in programmes], before is None],
        [[[role, *source.emails] for role, source in programme.people.sources().items()] for programme in programmes],
        [sorted(sizes.items()), sorted(history.sent.items()), sorted(history.missed)],
        [astuple(change) for change in changes],
    ]
    return sha256(json.dumps(world, default=str).encode()).hexdigest()
