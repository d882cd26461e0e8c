"""Builds what stands in the windows in which organisers change the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.slack.blocks import body, buttons, choice_input, code, form_field, plain_text, strong, text_input, view_blocks
from bot.platforms.slack.escaping import paragraphs
from bot.platforms.slack.messages import button
from bot.programme import LONGEST_ASK
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.platforms.slack.blocks import Json
    from bot.seam import planning_answers


def move_fields(answer: planning_answers.MoveForm) -> list[Json]:
    """Make the fields in which an organiser picks a question and a week."""
    language = answer.language
    return [
        *view_blocks([body(say(language, "screen.move_question"))]),
        form_field("question", say(language, "field.question"), _menu(answer.questions, say(language, "field.question.pick"))),
        form_field("week", say(language, "field.week.to"), _menu(answer.weeks, say(language, "field.week.pick"))),
    ]


def skip_fields(answer: planning_answers.SkipForm) -> list[Json]:
    """Make the field in which an organiser picks a week to skip."""
    language = answer.language
    menu = _menu(answer.weeks, say(language, "field.week.pick"))
    return [*view_blocks([body(say(language, "screen.skip_week"))]), form_field("week", say(language, "field.week"), menu)]


def bank_fields(answer: planning_answers.BankForm) -> list[Json]:
    """Make the fields of a politician's question: its theme, and its text in both languages."""
    language = answer.language
    return [
        *view_blocks([body(say(language, "screen.bank_question"))]),
        form_field("theme", say(language, "field.theme"), choice_input("static_select", answer.themes, chosen=answer.chosen)),
        form_field("da", say(language, "field.da"), text_input(answer.da, most=LONGEST_ASK)),
        form_field("en", say(language, "field.en"), text_input(answer.en, most=LONGEST_ASK)),
    ]


def plan_blocks(answer: planning_answers.EditPlan) -> list[Json]:
    """Make the blocks of an edit's plan."""
    return view_blocks([strong(answer.intro), body(paragraphs(answer.lines))])


def blocks_of_done(answer: planning_answers.EditDone) -> list[Json]:
    """Make the blocks that say that an edit is in force, with the way back."""
    return view_blocks([body(paragraphs(answer.paragraphs)), buttons(button(answer.language, "undo_edit"))])


def paste_blocks(answer: planning_answers.EditToPaste) -> list[Json]:
    """Make the blocks of the lines to paste into the file."""
    pieces = [piece for where, lines in answer.pieces for piece in (body(where), code(lines))]
    return view_blocks([body(paragraphs(answer.paragraphs)), *pieces])


def _menu(options: Sequence[tuple[str, str]], placeholder: str) -> Json:
    menu: dict[str, Any] = choice_input("static_select", options)
    return menu | {"placeholder": plain_text(placeholder)}
