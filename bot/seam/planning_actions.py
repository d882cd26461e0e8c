"""The actions with which organisers plan: to see a plan, put it in force, edit the programme, or pause everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from bot.seam.actions import Action

if TYPE_CHECKING:
    from bot.seam.edits import Edit


@dataclass(frozen=True, kw_only=True)
class PlanApplied(Action):
    """*Sæt i kraft* was pressed under a held plan. `fingerprint`: of the plan that was shown."""

    version: int
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class PlanDeclined(Action):
    """*Behold det gamle* was pressed under a held plan."""

    version: int


@dataclass(frozen=True, kw_only=True)
class PlanWanted(Action):
    """*Se hele planen* was pressed under a held plan. `start`: the place of the first line to show."""

    only_looks: ClassVar[bool] = True
    version: int
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class MoveFormWanted(Action):
    """*Flyt et spørgsmål* was pressed on the organisers' page."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SkipFormWanted(Action):
    """*Spring en uge over* was pressed on the organisers' page."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class BankFormWanted(Action):
    """*Sæt det i banken* was pressed under a politician's question back (the id of the response)."""

    only_looks: ClassVar[bool] = True
    response: int


@dataclass(frozen=True, kw_only=True)
class BankPlanned(Action):
    """An organiser wants to see what it changes to put a politician's question back in the bank. `response`: its id."""

    only_looks: ClassVar[bool] = True
    response: int
    theme: str
    da: str
    en: str


@dataclass(frozen=True, kw_only=True)
class EditPlanned(Action):
    """An organiser wants to see what an edit changes, before it is made."""

    only_looks: ClassVar[bool] = True
    edit: Edit


@dataclass(frozen=True, kw_only=True)
class EditApplied(Action):
    """An organiser puts an edit in force. `fingerprint`: of the plan that was shown."""

    edit: Edit
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class PauseForAllFormWanted(Action):
    """*Hold pause for alle* was pressed on the organisers' page."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class AllPaused(Action):
    """An organiser pauses everything, for a reason that participants read."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GoOnFormWanted(Action):
    """An organiser wants to see what going on after a pause for all changes (*Slut pausen*)."""

    only_looks: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class WentOn(Action):
    """An organiser ends the pause for all. `fingerprint`: of the plan that was shown; empty if nothing had to move."""

    fingerprint: str = ""
