"""An edit that has been made: the file as it then is, and the programme that must follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.errors import EditReason, EditRefused
from schedules.checking.fault_messages import closest
from schedules.edits.scalars import rewrite
from schedules.sending_days import last_day

if TYPE_CHECKING:
    from bot.programme import Programme, Question, Rounds
    from schedules.checking.source import SourceFile
    from schedules.edits.replacements import Replacement


@dataclass(frozen=True, kw_only=True)
class MadeEdit:
    """The parts of a file that an edit replaces, and the programme that must follow."""

    parts: tuple[Replacement, ...]
    programme: Programme


def find_question(programme: Programme, question_id: str) -> Question:
    """The question with this id. EditRefused if there is none."""
    questions = {question.id: question for question in programme.questions}
    if question_id in questions:
        return questions[question_id]
    guess = closest(question_id, questions)
    if guess is None:
        raise EditRefused(EditReason.NO_QUESTION, question=question_id)
    raise EditRefused(EditReason.NO_QUESTION_BUT, question=question_id, guess=guess)


def until_all_are_out(source: SourceFile, rounds: Rounds) -> tuple[Rounds, tuple[Replacement, ...]]:
    """The rounds with the end that leaves a sending day for each entry, and how the file says it."""
    until = last_day(rounds, rounds.from_, len(rounds.order))
    if until is None:
        raise EditRefused(EditReason.TOO_LATE)
    if until == rounds.until:
        return rounds, ()
    return replace(rounds, until=until), (rewrite(source, ("rounds", "until"), str(until)),)
