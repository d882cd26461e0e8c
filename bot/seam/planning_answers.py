"""The answers to organisers who plan: forms for an edit, the plan that it makes, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.seam.answers import Answer

if TYPE_CHECKING:
    from bot.seam.edits import Edit


@dataclass(frozen=True, kw_only=True)
class MoveForm(Answer):
    """The form in which an organiser moves a question. `questions` and `weeks`: (value, label)."""

    questions: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SkipForm(Answer):
    """The form in which an organiser skips a week. `weeks`: (value, label)."""

    weeks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class BankForm(Answer):
    """The form in which an organiser puts a politician's question in the bank.

    `themes`: (id, title); `chosen`: an id. `da` and `en`: the texts to begin with.
    """

    response: int
    themes: tuple[tuple[str, str], ...]
    chosen: str
    da: str = ""
    en: str = ""


@dataclass(frozen=True, kw_only=True)
class EditPlan(Answer):
    """What an edit changes, with *Sæt i kraft*. `fingerprint`: of exactly this plan.

    `intro` says what the edit is, `lines` what it changes. `edit` None: there is nothing to put in force.
    """

    intro: str
    lines: tuple[str, ...]
    edit: Edit | None
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class WholePlan(Answer):
    """All lines of a held plan. `start`: the place of the first line to show."""

    version: int
    lines: tuple[str, ...]
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class EditDone(Answer):
    """An edit is in force. `paragraphs` say what follows; *Fortryd* takes it back."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EditToPaste(Answer):
    """An edit that could not be written into the file, to be pasted by hand.

    `paragraphs` say where; `pieces`: (where in the file, its new lines).
    """

    paragraphs: tuple[str, ...]
    pieces: tuple[tuple[str, str], ...]
