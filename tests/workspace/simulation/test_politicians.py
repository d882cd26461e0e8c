"""Synthetic politicians promise with a day, tell what became of it, and answer at the pace that their habits say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.platforms.slack.blocks import choice_input, form_field, text_input
from bot.workspace.simulation.habits import Habits, form_values, response_values
from bot.workspace.simulation.simulated_people import SimulatedPeople
from bot.workspace.simulation.what_politicians_say import OUTCOMES
from tests.support.local_slack import START, button, form

if TYPE_CHECKING:
    from bot.clock import MovableClock
    from bot.workspace.client.person import ChatClient
    from tests.support.local_slack import Bot

WEEK = timedelta(weeks=1)
KINDS = [(kind, kind) for kind in ("heard", "take_up", "not_ours", "free_text", "question_back")]
ABOUT = [("-", "Hele overblikket"), ("ro", "Ønskerne under »Ro«"), ("ro:0", "»Mere ro om morgenen«")]
SILENT = Habits(hear=0, respond=0, respond_to_wishes=0, ask_wishes=0, tell_for_others=0)
KEEN = replace(SILENT, respond=1, sign=0.5, about_quote=0.5)
DIGESTS = 12  # a digest a week


def answer_form() -> dict[str, Any]:
    """A politician's form, with two texts."""
    blocks = [
        form_field("about", "Om", choice_input("static_select", ABOUT, chosen="-")),
        form_field("kind", "Hvad", choice_input("radio_buttons", KINDS)),
        form_field("text", "Skriv", text_input(), optional=True),
        form_field("due", "Hvornår", {"type": "datepicker"}, optional=True),
        form_field("name", "Navn", {**text_input(), "max_length": 80}, optional=True),
    ]
    return form(blocks=blocks)


def outcome_form() -> dict[str, Any]:
    """The form in which a politician tells what became of a promise."""
    return form(blocks=[form_field("text", "Hvad blev der af det?", text_input()), form_field("name", "Navn", text_input(), optional=True)])


def told(bot: Bot, chat: ChatClient, clock: MovableClock, habits: Habits, view: dict[str, Any]) -> list[tuple[date, dict[str, Any]]]:
    """What people send of such a form until they mean to do nothing more: the day, and each field's content."""
    bot.answers["block_actions"] = lambda payload: bot.client.views_open(trigger_id=payload["trigger_id"], view=view) and None
    people, sent = SimulatedPeople(chat, clock, habits=habits), []
    people.act()
    while (moment := people.next_moment()) is not None:
        clock.move_to(moment)
        before = len(bot.heard)
        people.act()
        forms = [request.payload["view"]["state"]["values"] for request in bot.heard[before:] if "view" in request.payload]
        sent += [(moment.date(), {name: content(field[name]) for name, field in values.items()}) for values in forms]
    return sent


def content(field: dict[str, Any]) -> Any:
    """What stands in a field."""
    chosen = field.get("selected_option")
    return chosen["value"] if chosen else field.get("value") or field.get("selected_date")


def digest_each_week(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    """A digest is posted in each of the weeks."""
    clock.restart(START)
    for week in range(DIGESTS):
        clock.move_to(START + week * WEEK)
        bot.client.chat_postMessage(channel="C0DIGEST", text="Overblik", blocks=[button("heard", f"{week}"), button("respond", f"{week}")])
    clock.restart(START)


def test_a_promise_has_a_day_in_two_to_five_weeks_and_some_answers_a_name_or_a_quote(
    bot: Bot, chat: ChatClient, clock: MovableClock
) -> None:
    digest_each_week(bot, chat, clock)
    answers = told(bot, chat, clock, KEEN, answer_form())
    assert len(answers) == DIGESTS
    days = [(date.fromisoformat(each["due"]) - on).days for on, each in answers if each["kind"] == "take_up"]
    assert days
    assert 12 <= min(days) <= max(days) <= 35  # the days count from the digest
    assert all(each["due"] is None for _, each in answers if each["kind"] != "take_up")
    assert {each["name"] for _, each in answers} == {None, "Anemone Prøvegaard"}
    assert {each["about"] for _, each in answers} == {"-", "ro:0"}
    assert len({each["text"] for _, each in answers}) == DIGESTS


def test_politicians_answer_at_once_in_one_week_of_three_or_after_five_weeks(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    def weeks_until_answered(habits: Habits) -> Counter[int]:
        chat.reset()
        digest_each_week(bot, chat, clock)
        return Counter((on - START.date()).days // 7 for on, _ in told(bot, chat, clock, habits, answer_form()))

    assert len(weeks_until_answered(KEEN)) >= DIGESTS - 2
    assert sum(weeks_until_answered(replace(KEEN, respond_one_week_in=3)).values()) == DIGESTS // 3
    assert min(weeks_until_answered(replace(KEEN, weeks_of_thought=5))) >= 5


@pytest.mark.parametrize(("keep", "drop", "outcome"), [(1, 0, "done"), (0, 1, "dropped"), (0, 0, None)])
def test_who_promised_tells_what_became_of_it_each_in_words_of_their_own(
    bot: Bot, chat: ChatClient, clock: MovableClock, keep: int, drop: int, outcome: str | None
) -> None:
    for promise in range(6):
        rows = [button("promise_done", f"{promise}"), button("promise_dropped", f"{promise}")]
        bot.client.chat_postMessage(channel="U0BLA", text="Hvad blev der af det?", blocks=rows)
    said = [each["text"] for _, each in told(bot, chat, clock, replace(SILENT, keep=keep, drop=drop), outcome_form())]
    pressed = [request.payload["actions"][0] for request in bot.heard if "actions" in request.payload]
    assert {action["action_id"] for action in pressed} == ({f"promise_{outcome}"} if outcome else set())
    assert sorted(action["value"] for action in pressed) == [str(promise) for promise in range(6 if outcome else 0)]
    assert set(said) <= set(OUTCOMES.get(str(outcome), ()))
    assert len(set(said)) == len(said) == (6 if outcome else 0)


def test_a_text_fills_one_field_and_a_fields_own_name_goes_before_its_kind() -> None:
    blocks = answer_form()["blocks"]
    typed = form_values(blocks, response_values("take_up", "Vi går med.", due="2018-09-01"))
    assert typed == {"kind": {"kind": "take_up"}, "text": {"text": "Vi går med."}, "due": {"due": "2018-09-01"}}
    typed = form_values(blocks, response_values("free_text", "Tak.", name="Anemone", about=lambda options: options[-1]))
    assert (typed["name"], typed["text"], typed["about"]) == ({"name": "Anemone"}, {"text": "Tak."}, {"about": "ro:0"})
