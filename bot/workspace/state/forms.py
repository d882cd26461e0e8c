"""The contents of forms, and the checks that Slack's client makes before it sends one.

Contents have two shapes: what a person types (`{block_id: {action_id: text, list of values, or None}}`) and what Slack sends
(`state.values`). All functions are pure, and work on a view's blocks.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from bot.workspace.block_rules import interactive_elements, length

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.workspace.block_rules import Json

FormValues = dict[str, dict[str, Any]]

_VALUE_KEY: Final = {
    "plain_text_input": "value",
    "datepicker": "selected_date",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
}


def add_missing_ids(blocks: list[Json]) -> list[Json]:
    """Give ids to blocks and elements that came without, as Slack does."""
    for index, block in enumerate(blocks):
        block.setdefault("block_id", f"b{index}")
        for number, element in enumerate(interactive_elements(block)):
            element.setdefault("action_id", f"a{number}")
    return blocks


def fields(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each (block, element) that holds a typed text or a choice."""
    return ((block, element) for block in blocks for element in interactive_elements(block) if element["type"] in _VALUE_KEY)


def fill_form(blocks: list[Json], typed: Mapping[str, Mapping[str, Any]]) -> FormValues:
    """The content of every field: what was typed, else what the field starts with."""
    form: FormValues = {}
    for block, element in fields(blocks):
        values = typed.get(block["block_id"], {})
        value = values[element["action_id"]] if element["action_id"] in values else _initial_value(element)
        form.setdefault(block["block_id"], {})[element["action_id"]] = value
    return form


def state_values(blocks: list[Json], form: FormValues) -> Json:
    """The form as Slack sends it in `state.values`."""
    values: Json = {}
    for block, element in fields(blocks):
        value = form[block["block_id"]][element["action_id"]]
        values.setdefault(block["block_id"], {})[element["action_id"]] = element_state(element, value)
    return values


def element_state(element: Json, value: Any) -> Json:
    """The part of `state.values` for one element: its type, and what a person typed (escaped, as Slack does) or chose."""
    name = _VALUE_KEY[element["type"]]
    if name == "value":
        value = escape(value or "", quote=False)
    if name == "selected_option":
        value = next(iter(_options_chosen(element, value)), None)
    elif name == "selected_options":
        value = _options_chosen(element, value)
    return {"type": element["type"], name: value or (value if isinstance(value, list) else None)}


def complaints(blocks: list[Json], form: FormValues) -> dict[str, str]:
    """What the client objects to before it sends anything: block id → text."""
    text_by_block: dict[str, str] = {}
    for block, element in fields(blocks):
        text = _complaint(block, element, form[block["block_id"]][element["action_id"]])
        text_by_block |= {block["block_id"]: text} if text else {}
    return text_by_block


def _complaint(block: Json, element: Json, value: Any) -> str | None:
    if not value:
        must = block["type"] == "input" and not block.get("optional", False)
        return "Please complete this required field." if must else None
    if element["type"] == "plain_text_input":
        return _length_complaint(element, length(value))
    if "options" in element and len(_options_chosen(element, value)) != (len(value) if isinstance(value, list) else 1):
        return "Please choose one of the options."
    return None


def _length_complaint(element: Json, count: int) -> str | None:
    if count > (most := element.get("max_length", 3000)):
        return f"Please use at most {most} characters."
    if count < (least := element.get("min_length", 0)):
        return f"Please use at least {least} characters."
    return None


def _initial_value(element: Json) -> Any:
    if (option := element.get("initial_option")) is not None:
        return option["value"]
    if (options := element.get("initial_options")) is not None:
        return [option["value"] for option in options]
    if element["type"] == "multi_users_select":
        return element.get("initial_users", [])
    return element.get("initial_value") or element.get("initial_date")


def _options_chosen(element: Json, value: Any) -> list[Json]:
    values = value if isinstance(value, list) else [value]
    return [option for option in element["options"] if option["value"] in values]


def find_element(blocks: list[Json], action_id: str, block_id: str | None, value: Any) -> tuple[Json, Json] | None:
    """The (block, element) a person means by these ids; `value` tells buttons with the same ids apart."""
    for block in blocks:
        for element in interactive_elements(block):
            has_ids = element["action_id"] == action_id and block_id in (None, block["block_id"])
            if has_ids and (element["type"] != "button" or value in (None, element.get("value"))):
                return block, element
    return None


def press_action(block: Json, element: Json, value: Any) -> Json:
    """The action Slack sends when this element is pressed, or `value` chosen in it."""
    ids = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] == "button":
        return ids | {name: element[name] for name in ("text", "value", "style") if name in element}
    return ids | element_state(element, value)
