"""Slack's limits are kept to the very number, and named where they are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.workspace.block_rules import message_problems, view_problems
from tests.support.local_slack import button, form, plain

if TYPE_CHECKING:
    from collections.abc import Sequence


def section(length: int = 10, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * length}, **more}


def actions(count: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": [{"type": "button", "text": plain("Tryk"), "action_id": f"a{n}", **more} for n in range(count)]}


def choice(kind: str = "static_select", count: int = 2, text: int = 5, value: int = 5, **more: Any) -> dict[str, Any]:
    options = [{"text": plain("x" * text), "value": f"{n:0{value}}"} for n in range(count)]
    return {"type": "actions", "elements": [{"type": kind, "action_id": "choose", "options": options, **more}]}


def modal(**more: Any) -> dict[str, Any]:
    return {**form(), **more}


def asked(**element: Any) -> dict[str, Any]:
    """The form with another text field."""
    return {"type": "input", "label": plain("Svar"), "element": {"type": "plain_text_input", "action_id": "text", **element}}


def quote(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": list(parts), **more}]}


def styled(style: str) -> dict[str, Any]:
    text = {"type": "text", "text": "x", "style": {style: True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text]}]}


def people(**more: Any) -> dict[str, Any]:
    """A menu of people."""
    element = {"type": "multi_users_select", "action_id": "whom", **more}
    return {"type": "input", "label": plain("Hvem"), "element": element}


MESSAGES = {
    "50 blocks": ([section()] * 50, [section()] * 51),
    "a text of 3000": ([section(3000)], [section(3001)]),
    "an emoji as two": ([section(text=plain("😀" * 1500))], [section(text=plain("😀" * 1500 + "x"))]),
    "a text of at least 1": ([section(1)], [section(0)]),
    "a header of 150": ([{"type": "header", "text": plain("x" * 150)}], [{"type": "header", "text": plain("x" * 151)}]),
    "a header in plain text": ([{"type": "header", "text": plain("x")}], [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
    "10 fields": ([section(fields=[plain("x")] * 10)], [section(fields=[plain("x")] * 11)]),
    "a field of 2000": ([section(fields=[plain("x" * 2000)])], [section(fields=[plain("x" * 2001)])]),
    "text or fields": ([{"type": "section", "fields": [plain("x")]}], [{"type": "section"}]),
    "25 actions": ([actions(25)], [actions(26)]),
    "at least 1 action": ([actions(1)], [actions(0)]),
    "a button text of 75": ([actions(text=plain("x" * 75))], [actions(text=plain("x" * 76))]),
    "a button value of 2000": ([actions(value="x" * 2000)], [actions(value="x" * 2001)]),
    "a button's style": ([actions(style="primary")], [actions(style="loud")]),
    "10 context elements": ([{"type": "context", "elements": [plain("x")] * 10}], [{"type": "context", "elements": [plain("x")] * 11}]),
    "an option text of 75": ([choice(text=75)], [choice(count=1, text=76)]),
    "an option value of 75": ([choice(value=75)], [choice(count=1, value=76)]),
    "100 options": ([choice(count=100)], [choice(count=101)]),
    "10 checkboxes": ([choice("checkboxes", count=10)], [choice("checkboxes", count=11)]),
    "10 radio buttons": ([choice("radio_buttons", count=10)], [choice("radio_buttons", count=11)]),
    "a first choice among the options": (
        [choice(initial_option={"text": plain("xxxxx"), "value": "00001"})],
        [choice(initial_option={"text": plain("xxxxx"), "value": "00009"})],
    ),
    "a block id of 255": ([section(block_id="x" * 255)], [section(block_id="x" * 256)]),
    "a block id once": ([section(block_id="a"), section(block_id="b")], [section(block_id="a"), section(block_id="a")]),
    "an action id of 255": ([button("x" * 255)], [button("x" * 256)]),
    "an action id once a block": ([actions(2)], [actions(2, action_id="same")]),
    "no input outside views": ([section()], [asked()]),
    "a known kind": ([{"type": "divider"}], [{"type": "marquee"}]),
    "known properties": ([{"type": "divider"}], [{"type": "divider", "colour": "red"}]),
    "a date": (
        [{"type": "actions", "elements": [{"type": "datepicker", "initial_date": "2018-09-01"}]}],
        [{"type": "actions", "elements": [{"type": "datepicker", "initial_date": "2018-02-30"}]}],
    ),
    "objects": ([section()], ["section"]),
    "a quote with words": ([quote({"type": "text", "text": "*ord*"}, border=1)], [quote()]),
    "a quote of texts": ([quote({"type": "text", "text": "x"})], [quote({"type": "link", "url": "https://example.org"})]),
    "words in a style": ([styled("underline")], [styled("loud")]),
    "at least one person to pick": (
        [{"type": "actions", "elements": [people(max_selected_items=1)["element"]]}],
        [{"type": "actions", "elements": [people(max_selected_items=0)["element"]]}],
    ),
}

VIEWS = {
    "100 blocks": (modal(blocks=[section()] * 100), modal(blocks=[section()] * 101)),
    "a title of 24": (modal(title=plain("x" * 24)), modal(title=plain("x" * 25))),
    "a submit of 24": (modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25))),
    "a close of 24": (modal(close=plain("x" * 24)), modal(close=plain("x" * 25))),
    "private_metadata of 3000": (modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001)),
    "a callback_id of 255": (modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    "inputs need submit": (modal(), {name: value for name, value in modal().items() if name != "submit"}),
    "a max_length of 3000": (modal(blocks=[asked(max_length=3000)]), modal(blocks=[asked(max_length=3001)])),
    "an initial text within max_length": (
        modal(blocks=[asked(max_length=3, initial_value="abc")]),
        modal(blocks=[asked(max_length=3, initial_value="abcd")]),
    ),
    "a title": (modal(), {name: value for name, value in modal().items() if name != "title"}),
    "the right type": (modal(), modal(type="home")),
    "a placeholder of 150": (modal(blocks=[asked(placeholder=plain("x" * 150))]), modal(blocks=[asked(placeholder=plain("x" * 151))])),
    "people picked at first": (modal(blocks=[people(initial_users=["U0ANE"])]), modal(blocks=[people(initial_users="U0ANE")])),
    "a menu of people without options": (modal(blocks=[people()]), modal(blocks=[people(options=[])])),
    "a flag": (modal(notify_on_close=True), modal(notify_on_close="yes")),
}


def chart(labels: Sequence[str] = ("uge 34", "uge 35"), title: str = "Flere svarede", unit: str = "Svar", **more: Any) -> dict[str, Any]:
    points = [{"label": label, "value": 5} for label in labels]
    bars = {"type": "bar", "series": [{"name": unit, "data": points}], "axis_config": {"categories": list(labels)}}
    return {"type": "data_visualization", "title": title, "chart": bars | more}


CHARTS = {
    "a title of 50": ([chart(title="x" * 50)], [chart(title="x" * 51)]),
    "a series of 20": ([chart(unit="x" * 20)], [chart(unit="x" * 21)]),
    "20 bars": ([chart([f"{n}" for n in range(20)])], [chart(["x"], series=[{"name": "x", "data": [{"label": "x", "value": 1}] * 21}])]),
    "at least 1 bar": ([chart(["x"])], [chart(["x"], series=[{"name": "x", "data": []}])]),
    "numbers": ([chart(["x"])], [chart(["x"], series=[{"name": "x", "data": [{"label": "x", "value": "omtrent 5"}]}])]),
    "a kind of chart": ([chart()], [chart(type="radar")]),
    "an axis title of 50": (
        [chart(["x"], axis_config={"categories": ["x"], "y_label": "x" * 50})],
        [chart(["x"], axis_config={"categories": ["x"], "y_label": "x" * 51})],
    ),
    "labels that are all different": ([chart(["x", "y"])], [chart(["x", "x"])]),
    "a value for each category": ([chart(["x"])], [chart(["x"], axis_config={"categories": ["x", "y"]})]),
    "two charts": ([chart()] * 2, [chart()] * 3),
}


@pytest.mark.parametrize("rule", CHARTS)
def test_a_chart_in_a_message_may_have(rule: str) -> None:
    good, bad = CHARTS[rule]
    assert message_problems(good) == []
    assert len(message_problems(bad)) == 1


def test_a_label_of_a_chart_may_have_20_letters() -> None:
    assert message_problems([chart(["x" * 20])]) == []
    assert {problem.partition(" [")[0] for problem in message_problems([chart(["x" * 21])])} == {"must be less than 21 characters"}


def test_a_view_has_no_charts() -> None:
    assert view_problems(modal(blocks=[chart()]), "modal") == ["unsupported type: data_visualization [json-pointer:/view/blocks/0]"]


@pytest.mark.parametrize("rule", MESSAGES)
def test_a_message_may_have(rule: str) -> None:
    good, bad = MESSAGES[rule]
    assert message_problems(good) == []
    assert len(message_problems(bad)) == 1


@pytest.mark.parametrize("rule", VIEWS)
def test_a_view_may_have(rule: str) -> None:
    good, bad = VIEWS[rule]
    assert view_problems(good, "modal") == []
    assert len(view_problems(bad, "modal")) == 1


def test_a_problem_names_what_and_where() -> None:
    assert message_problems([section(), actions(2, text=plain("x" * 76))]) == [
        "must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]",
        "must be less than 76 characters [json-pointer:/blocks/1/elements/1/text/text]",
    ]


@pytest.mark.parametrize("rubbish", [None, 7, "x", [[]], [None], [{"type": ["section"]}], [{"type": "actions", "elements": "x"}]])
def test_rubbish_is_a_problem_and_never_a_crash(rubbish: Any) -> None:
    assert message_problems(rubbish)
    assert view_problems(rubbish, "modal")
    assert view_problems({"type": "modal", "title": rubbish, "blocks": rubbish}, "modal")
