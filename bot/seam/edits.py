"""The edits of a programme that organisers make without opening its file.

Each changes as few letters of the file as it can (`schedules/edits/`). A form remembers one as text: `write_edit` and `read_edit`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.programme import Week

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class MoveQuestion:
    """The entry with this question goes out in another week.

    Those between move by one place. A question from the bank is put in; then all after it move, and the programme ends later.
    """

    question: str
    week: Week


@dataclass(frozen=True, kw_only=True)
class SkipWeeks:
    """Nothing goes out in these weeks. The entries that had their place there and all later ones move, and the programme ends later."""

    weeks: tuple[Week, ...]


@dataclass(frozen=True, kw_only=True)
class SetQuestion:
    """A question gets another text. None: the text in that language stays."""

    question: str
    da: str | None = None
    en: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddQuestion:
    """A new question is put in the bank."""

    question: str
    theme: str
    da: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Undo:
    """The text that ran before the last edit runs again."""


Edit: TypeAlias = MoveQuestion | SkipWeeks | SetQuestion | AddQuestion | Undo
KINDS: Final[Mapping[str, type[Edit]]] = {
    "move": MoveQuestion,
    "skip": SkipWeeks,
    "set": SetQuestion,
    "add": AddQuestion,
    "undo": Undo,
}


def write_edit(edit: Edit) -> str:
    """An edit as text, for a form to remember."""
    values = {field.name: getattr(edit, field.name) for field in fields(edit)}
    kind = next(name for name, class_ in KINDS.items() if isinstance(edit, class_))
    return json.dumps({"kind": kind, **values}, default=str, ensure_ascii=False, separators=(",", ":"))


def read_edit(text: str) -> Edit:
    """The edit that `write_edit` wrote; ValueError, KeyError or TypeError for anything else."""
    values: dict[str, Any] = json.loads(text)
    kind = KINDS[values.pop("kind")]
    if "week" in values:
        values["week"] = Week.parse(values["week"])
    if "weeks" in values:
        values["weeks"] = tuple(map(Week.parse, values["weeks"]))
    return kind(**values)
