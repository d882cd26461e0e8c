"""Slack's rules for blocks and views, as tables of shapes.

Each kind of block, element and view is a shape whose fields are checked one by one. The result is a list of problems in Slack's own
wording, each with its place; an empty list is a yes. Only the kinds that this project uses are known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

Json = dict[str, Any]
Check = Callable[[Any, str], Iterable[str]]

MESSAGE_TEXT_LIMIT: Final = 40_000  # characters; Slack cuts longer texts, we refuse them so that a test notices
UPDATE_TEXT_LIMIT: Final = 4_000  # characters; chat.update is stricter than chat.postMessage
BLOCKS_JSON_LIMIT: Final = 13_200  # characters of JSON; not documented, but Slack answers msg_blocks_too_long
VIEW_BYTES_LIMIT: Final = 250_000


def _problem(message: str, pointer: str) -> str:
    return f"{message} [json-pointer:{pointer}]"


def length(text: str) -> int:
    """The characters of a text as Slack's client counts them, in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield _problem("must be a string", pointer)
        elif length(value) > most:
            yield _problem(f"must be less than {most + 1} characters", pointer)
        elif length(value) < least:
            yield _problem(f"must be more than {least - 1} characters", pointer)

    return check


def text(most: int, *kinds: str) -> Check:
    """A text object of at most `most` characters; `kinds` are its permitted types, both when none is named."""
    permitted, check_length = kinds or ("plain_text", "mrkdwn"), string(most)

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _problem("must provide an object", pointer)
        elif value.get("type") not in permitted:
            yield _problem(f"unsupported type: {value.get('type')}", f"{pointer}/type")
        else:
            yield from check_length(value.get("text"), f"{pointer}/text")

    return check


def plain(most: int) -> Check:
    """A plain_text object of at most `most` characters."""
    return text(most, "plain_text")


def one_of(*permitted: Any) -> Check:
    """One of the given values."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in permitted:
            yield _problem(f"must be one of: {', '.join(map(str, permitted))}", pointer)

    return check


def flag(value: Any, pointer: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield _problem("must be true or false", pointer)


def number(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or not least <= value <= most:
            yield _problem(f"must be a number from {least} to {most}", pointer)

    return check


def quantity(value: Any, pointer: str) -> Iterator[str]:
    """Any number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield _problem("must be a number", pointer)


def day(value: Any, pointer: str) -> Iterator[str]:
    """A date written YYYY-MM-DD."""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        yield _problem("must be a date in the format YYYY-MM-DD", pointer)


def items(check_item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` things, each of which passes `check_item`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield _problem("must provide a list", pointer)
            return
        if len(value) > most:
            yield _problem(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield _problem(f"no less than {least} items required", pointer)
        for index, item in enumerate(value):
            yield from check_item(item, f"{pointer}/{index}")

    return check


def shape(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with exactly these fields."""
    fields = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _problem("must provide an object", pointer)
            return
        yield from (_problem(f"missing required field: {name}", pointer) for name in required if name not in value)
        yield from (_problem(f"invalid additional property: {name}", pointer) for name in value.keys() - fields.keys() - {"type"})
        for name in fields.keys() & value.keys():
            yield from fields[name](value[name], f"{pointer}/{name}")

    return check


def by_type(kinds: dict[str, Check]) -> Check:
    """An object whose `type` is one of `kinds`, checked as that kind."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        if kind not in kinds:
            yield _problem(f"unsupported type: {kind}", pointer)
        else:
            yield from kinds[kind](value, pointer)

    return check


_ID = string(255)
_CONFIRM = shape({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": one_of("primary", "danger")})
_OPTION = shape({"text": text(75), "value": string(75)}, {"description": text(75)})
_ACTION = {"action_id": _ID, "confirm": _CONFIRM}
_FIELD = {**_ACTION, "placeholder": plain(150), "focus_on_load": flag}
_BUTTON = shape(
    {"text": plain(75)},
    {**_ACTION, "value": string(2000, 0), "url": string(3000), "style": one_of("primary", "danger"), "accessibility_label": string(75)},
)
_TEXT_LIMITS = {"initial_value": string(3000, 0), "multiline": flag, "min_length": number(0, 3000), "max_length": number(1, 3000)}
_CHOICE_ELEMENTS = {
    "static_select": shape({"options": items(_OPTION, 100)}, {**_FIELD, "initial_option": _OPTION}),
    "radio_buttons": shape({"options": items(_OPTION, 10)}, {**_FIELD, "initial_option": _OPTION}),
    "checkboxes": shape({"options": items(_OPTION, 10)}, {**_FIELD, "initial_options": items(_OPTION, 10)}),
    "datepicker": shape({}, {**_FIELD, "initial_date": day}),
    "multi_users_select": shape({}, {**_FIELD, "initial_users": items(_ID, 100), "max_selected_items": number(1, 100)}),
}
_ACTION_ELEMENTS = {**_CHOICE_ELEMENTS, "button": _BUTTON}
_INPUT_ELEMENTS = {**_CHOICE_ELEMENTS, "plain_text_input": shape({}, {**_FIELD, **_TEXT_LIMITS})}
_INTERACTIVE: Final = frozenset(_ACTION_ELEMENTS | _INPUT_ELEMENTS)
_OPTIONAL_ID = {"block_id": _ID}
_RICH_TEXT = shape({"text": string(3000)}, {"style": shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))})
_RICH_SECTION = shape({"elements": items(by_type({"text": _RICH_TEXT}), 100)})
_RICH_PART = shape({"elements": items(by_type({"text": _RICH_TEXT}), 100)}, {"border": one_of(0, 1)})

_BLOCKS: Final[dict[str, Check]] = {
    "header": shape({"text": plain(150)}, _OPTIONAL_ID),
    "section": shape(
        {}, {**_OPTIONAL_ID, "text": text(3000), "fields": items(text(2000), 10), "accessory": by_type(_ACTION_ELEMENTS), "expand": flag}
    ),
    "context": shape({"elements": items(text(3000), 10)}, _OPTIONAL_ID),
    "divider": shape({}, _OPTIONAL_ID),
    "rich_text": shape(
        {
            "elements": items(
                by_type({"rich_text_section": _RICH_SECTION, "rich_text_quote": _RICH_PART, "rich_text_preformatted": _RICH_PART}), 100
            )
        },
        _OPTIONAL_ID,
    ),
    "actions": shape({"elements": items(by_type(_ACTION_ELEMENTS), 25)}, _OPTIONAL_ID),
}
_INPUT = shape(
    {"label": plain(2000), "element": by_type(_INPUT_ELEMENTS)},
    {**_OPTIONAL_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
)
_POINT = shape({"label": string(20), "value": quantity})
_SERIES = shape({"name": string(20), "data": items(_POINT, 20)})
_AXIS = shape({"categories": items(string(20), 20)}, {"x_label": string(50), "y_label": string(50)})
_CHART = by_type({"bar": shape({"series": items(_SERIES, 6), "axis_config": _AXIS})})
_CHART_BLOCK = {"data_visualization": shape({"title": string(50), "chart": _CHART}, _OPTIONAL_ID)}  # only in messages
_MOST_CHARTS = 2
_MESSAGE_BLOCKS = items(by_type({**_BLOCKS, **_CHART_BLOCK}), 50, 0)
_VIEW_BLOCKS = items(by_type({**_BLOCKS, "input": _INPUT}), 100, 0)
_VIEW_EXTRAS = {"private_metadata": string(3000, 0), "callback_id": string(255, 0), "external_id": string(255, 0)}
_MODAL_EXTRAS = {"submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag}
_VIEWS: Final[dict[str, Check]] = {
    "modal": shape({"title": plain(24), "blocks": _VIEW_BLOCKS}, {**_VIEW_EXTRAS, **_MODAL_EXTRAS}),
    "home": shape({"blocks": _VIEW_BLOCKS}, _VIEW_EXTRAS),
}


def message_problems(blocks: Any) -> list[str]:
    """The problems of a message's blocks."""
    found = list(_MESSAGE_BLOCKS(blocks, "/blocks"))
    return found or [*_problems_across_blocks(blocks, "/blocks"), *_problems_of_charts(blocks, "/blocks")]


def view_problems(view: Any, kind: str) -> list[str]:
    """The problems of a view that is to be shown as a `kind`: modal or home."""
    if not isinstance(view, dict) or view.get("type") != kind:
        return [_problem(f"must be of type {kind}", "/view/type")]
    if problems := list(_VIEWS[kind](view, "/view")) or list(_problems_across_blocks(view["blocks"], "/view/blocks")):
        return problems
    lacks_submit = "submit" not in view and any(block["type"] == "input" for block in view["blocks"])
    return [_problem("missing required field: submit (the view has inputs)", "/view/submit")] if lacks_submit else []


def view_is_too_large(view: Any) -> bool:
    """Whether the view is over Slack's 250 kB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES_LIMIT


def blocks_are_too_long(blocks: list[Json]) -> bool:
    """Whether a message's blocks are too long together, though each is within its limit."""
    return length(json.dumps(blocks, ensure_ascii=False)) > BLOCKS_JSON_LIMIT


def interactive_elements(block: Json) -> list[Json]:
    """The interactive elements of one block, in order."""
    candidates = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return [element for element in candidates if element and element["type"] in _INTERACTIVE]


def _problems_across_blocks(blocks: list[Json], pointer: str) -> Iterator[str]:
    """Problems between fields and blocks: ids used twice, sections without text, defaults that do not fit."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_pointer = f"{pointer}/{index}"
        if (block_id := block.get("block_id")) in seen:
            yield _problem(f"`block_id` {block_id} already exists", block_pointer)
        seen |= {block_id} if block_id else set()
        if block["type"] == "section" and not block.keys() & {"text", "fields"}:
            yield _problem("must provide text or fields", block_pointer)
        if elements := interactive_elements(block):
            ids = [element["action_id"] for element in elements if element.get("action_id")]
            for action_id in sorted({action_id for action_id in ids if ids.count(action_id) > 1}):
                yield _problem(f"`action_id` {action_id} already exists", block_pointer)
            for element in elements:
                yield from _default_problems(element, block_pointer)


def _problems_of_charts(blocks: list[Json], pointer: str) -> Iterator[str]:
    """Problems between the parts of a chart: bars that do not fit its axis, and too many charts."""
    charts = [(f"{pointer}/{index}", block["chart"]) for index, block in enumerate(blocks) if block["type"] in _CHART_BLOCK]
    if len(charts) > _MOST_CHARTS:
        yield _problem(f"no more than {_MOST_CHARTS} data_visualization blocks allowed", pointer)
    for place, chart in charts:
        categories, names = chart["axis_config"]["categories"], [series["name"] for series in chart["series"]]
        if len({*categories}) < len(categories) or len({*names}) < len(names):
            yield _problem("names of categories and series must be unique", place)
        if any(sorted(point["label"] for point in series["data"]) != sorted(categories) for series in chart["series"]):
            yield _problem("each series must have one value for every category", place)


def _default_problems(element: Json, pointer: str) -> Iterator[str]:
    if length(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield _problem("initial_value is longer than max_length", pointer)
    options = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    if any(option not in element["options"] for option in options):
        yield _problem("initial options must be among the options", pointer)
