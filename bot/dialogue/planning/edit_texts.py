"""Says in an organiser's language what an edit is, what it can be about, and why it cannot be made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, assert_never

from bot.dialogue.planning.fault_lines import fault_in_chat
from bot.errors import EditRefused, ProgrammeFaults
from bot.seam.edits import AddQuestion, MoveQuestion, SetQuestion, SkipWeeks, Undo
from bot.wording import say
from bot.wording.dates import short_date_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.programme import Language, Programme, Week
    from bot.seam.edits import Edit

MONDAY: Final = 1
MOST_OPTIONS: Final = 100  # of a menu


def week_options(language: Language, programme: Programme, weeks: Mapping[Week, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """The weeks in which something goes out, each with its Monday and the question that goes out now: (value, label)."""
    return tuple(
        (
            str(week),
            say(
                language,
                "edit.week",
                week=week.number,
                monday=_monday(language, programme, week),
                ask=_ask(language, programme, questions[0]),
            ),
        )
        for week, questions in weeks.items()
        if questions
    )[:MOST_OPTIONS]


def _monday(language: Language, programme: Programme, week: Week) -> str:
    monday = date.fromisocalendar(week.year, week.number, MONDAY)
    return short_date_in(language, monday, year=programme.rounds.from_.year)


def question_options(language: Language, programme: Programme, weeks: Mapping[Week, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """The questions that can be moved: (id, label). An entry with variants stands there once; those of the bank come last."""
    firsts = {entry.question_ids[0] for entry in programme.rounds.order}
    planned = [
        (question, say(language, "edit.question", week=week.number, ask=_ask(language, programme, question)))
        for week, questions in weeks.items()
        for question in questions
        if question in firsts
    ]
    bank = [
        (question.id, say(language, "edit.question.bank", ask=question.ask.in_(language)))
        for question in programme.questions
        if question.reserve
    ]
    return tuple([*planned, *bank][:MOST_OPTIONS])


def _ask(language: Language, programme: Programme, question: str) -> str:
    return programme.question(question).ask.in_(language)


def edit_in_words(language: Language, programme: Programme, edit: Edit) -> str:
    """What an edit is, in a sentence."""
    asks = {question.id: question.ask.in_(language) for question in programme.questions}
    match edit:
        case MoveQuestion():
            key = _move_key(programme, edit.question)
            return say(language, key, ask=asks.get(edit.question, edit.question), week=edit.week.number)
        case SkipWeeks():
            return say(language, "edit.skip", weeks=join(language, [str(week.number) for week in edit.weeks]))
        case AddQuestion():
            theme = next((theme.title.in_(language) for theme in programme.themes if theme.id == edit.theme), edit.theme)
            return say(language, "edit.add", theme=theme, da=edit.da, en=edit.en)
        case Undo():
            return say(language, "edit.undo")
        case SetQuestion():
            return say(language, "edit.set", ask=asks.get(edit.question, edit.question))
        case _:
            assert_never(edit)


def _move_key(programme: Programme, question: str) -> str:
    """The sentence about a move: what goes out together moves together."""
    together = next((len(entry.question_ids) for entry in programme.rounds.order if question in entry.question_ids), 1)
    return {1: "edit.move", 2: "edit.move.pair"}.get(together, "edit.move.several")


def edit_refusal(language: Language | str, refused: EditRefused) -> str:
    """The sentence that says why an edit cannot be made."""
    return say(language, f"edit.refused.{refused.why.value}", **refused.values)


def why_refused(language: Language | str, error: EditRefused | ProgrammeFaults) -> str:
    """Why an edit cannot be made. A fault of the file that would follow is told as in chat."""
    if isinstance(error, EditRefused):
        return edit_refusal(language, error)
    return say(language, "edit.would_break", fault=fault_in_chat(language, error.faults[0]))
