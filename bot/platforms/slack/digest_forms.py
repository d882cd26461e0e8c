"""Builds the fields of the forms about a digest.

A politician answers it, or tells what became of a promise; an organiser picks what stands at its top, or whom to ask about its wishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.slack.blocks import body, choice_input, form_field, notice, plain_text, quote, strong, text_input, view_blocks
from bot.seam.actions import ANSWER_KINDS
from bot.states import Finding
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from bot.platforms.slack.blocks import Json
    from bot.programme import Language
    from bot.seam import answers


def response_fields(answer: answers.ResponseForm) -> list[Json]:
    """Make the fields of a politician's answer: to what, which kind, the words, by when, and a name."""
    language = answer.language
    kinds = [(kind.value, say(language, f"kind.{kind.value}")) for kind in ANSWER_KINDS]
    days = {"earliest": date_in(language, answer.earliest), "latest": date_in(language, answer.latest)}
    picker = {"type": "datepicker", "placeholder": plain_text(say(language, "field.due.pick"))}
    return [
        *view_blocks([body(say(language, "screen.response", number=answer.number))]),
        form_field("about", say(language, "field.about"), choice_input("static_select", answer.about, chosen=answer.chosen)),
        form_field("kind", say(language, "field.kind"), choice_input("radio_buttons", kinds)),
        form_field("text", say(language, "field.response"), text_input(), hint=say(language, "field.response.hint"), optional=True),
        form_field("due", say(language, "field.due"), picker, hint=say(language, "field.due.hint", **days), optional=True),
        _name_field(language),
    ]


def outcome_fields(answer: answers.OutcomeForm) -> list[Json]:
    """Make the fields in which a politician tells what became of a promise."""
    language = answer.language
    return [
        *view_blocks([quote(answer.what), body(say(language, "screen.outcome"))]),
        form_field("text", say(language, f"field.outcome.{answer.kind}"), text_input()),
        _name_field(language),
    ]


def finding_fields(answer: answers.FindingForm) -> list[Json]:
    """Make the choice of what stands at the top.

    The lines stand in full above it, because a choice's label is short.
    """
    language = answer.language
    labels = {
        kind: f"{number}. {say(language, f'finding.{Finding(kind).value}')}" for number, (kind, _) in enumerate(answer.options, start=1)
    }
    newer = [notice(say(language, "screen.newer_finding", finding=answer.newer))] if answer.newer else []
    shown = [piece for kind, lines in answer.options for piece in (strong(labels[kind]), quote(lines))]
    return [
        *view_blocks([*newer, body(say(language, "screen.finding", number=answer.number)), *shown]),
        form_field("finding", say(language, "field.finding"), choice_input("radio_buttons", list(labels.items()), chosen=answer.chosen)),
    ]


def politicians_fields(answer: answers.PoliticiansForm) -> list[Json]:
    """Make the field in which an organiser picks the politicians to ask."""
    language = answer.language
    menu: dict[str, Any] = {"type": "multi_users_select", "placeholder": plain_text(say(language, "field.whom.pick"))}
    return [
        *view_blocks([strong(answer.what), body(say(language, "screen.politicians"))]),
        form_field("whom", say(language, "field.whom"), menu),
    ]


def _name_field(language: Language) -> Json:
    """Make the field for a name; it takes more than a name may have, so that the engine can say what is too long."""
    element = {"type": "plain_text_input"}
    return form_field("name", say(language, "field.name"), element, hint=say(language, "field.name.hint"), optional=True)
