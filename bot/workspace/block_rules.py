"""Would Slack accept these blocks, this view?

Slack's limits as a table: each kind of block, element and view is a shape whose fields are checked one by one. The answer is a list of
problems in Slack's own wording, each with the place it was found; an empty list is a yes. Only the kinds this project uses are known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

Json = dict[str, Any]
Check = Callable[[Any, str], Iterable[str]]

MESSAGE_TEXT_LIMIT: Final = 40_000  # characters; Slack cuts longer texts, we refuse them so that nobody is surprised
UPDATE_TEXT_LIMIT: Final = 4_000  # characters; chat.update is stricter than chat.postMessage
BLOCKS_JSON_LIMIT: Final = 13_200  # characters of JSON; undocumented, met in practice as msg_blocks_too_long
VIEW_BYTES_LIMIT: Final = 250_000


def _problem(what: str, where: str) -> str:
    return f"{what} [json-pointer:{where}]"


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield _problem("must be a string", where)
        elif len(value) > most:
            yield _problem(f"must be less than {most + 1} characters", where)
        elif len(value) < least:
            yield _problem(f"must be more than {least - 1} characters", where)

    return check


def text(most: int, *kinds: str) -> Check:
    """A text object of at most `most` characters; `kinds` are its permitted types, both when none is named."""
    permitted, length = kinds or ("plain_text", "mrkdwn"), string(most)

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _problem("must provide an object", where)
        elif value.get("type") not in permitted:
            yield _problem(f"unsupported type: {value.get('type')}", f"{where}/type")
        else:
            yield from length(value.get("text"), f"{where}/text")

    return check


def plain(most: int) -> Check:
    """A plain_text object of at most `most` characters."""
    return text(most, "plain_text")


def one_of(*permitted: Any) -> Check:
    """One of the given values."""

    def check(value: Any, where: str) -> Iterator[str]:
        if value not in permitted:
            yield _problem(f"must be one of: {', '.join(map(str, permitted))}", where)

    return check


def flag(value: Any, where: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield _problem("must be true or false", where)


def number(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, int) or not least <= value <= most:
            yield _problem(f"must be a number from {least} to {most}", where)

    return check


def day(value: Any, where: str) -> Iterator[str]:
    """A date written YYYY-MM-DD."""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        yield _problem("must be a date in the format YYYY-MM-DD", where)


def items(check_one: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` things, each of which passes `check_one`."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield _problem("must provide a list", where)
            return
        if len(value) > most:
            yield _problem(f"no more than {most} items allowed", where)
        if len(value) < least:
            yield _problem(f"no less than {least} items required", where)
        for place, one in enumerate(value):
            yield from check_one(one, f"{where}/{place}")

    return check


def shape(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with exactly these fields."""
    known = {**required, **(optional or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield _problem("must provide an object", where)
            return
        yield from (_problem(f"missing required field: {name}", where) for name in required if name not in value)
        yield from (_problem(f"invalid additional property: {name}", where) for name in value.keys() - known.keys() - {"type"})
        for name in known.keys() & value.keys():
            yield from known[name](value[name], f"{where}/{name}")

    return check


def by_type(kinds: dict[str, Check]) -> Check:
    """An object whose `type` is one of `kinds`, checked as that kind."""

    def check(value: Any, where: str) -> Iterator[str]:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        if kind not in kinds:
            yield _problem(f"unsupported type: {kind}", where)
        else:
            yield from kinds[kind](value, where)

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
    "multi_static_select": shape({"options": items(_OPTION, 100)}, {**_FIELD, "initial_options": items(_OPTION, 100)}),
    "radio_buttons": shape({"options": items(_OPTION, 10)}, {**_FIELD, "initial_option": _OPTION}),
    "checkboxes": shape({"options": items(_OPTION, 10)}, {**_FIELD, "initial_options": items(_OPTION, 10)}),
    "datepicker": shape({}, {**_FIELD, "initial_date": day}),
}
_ACTION_ELEMENTS = {**_CHOICE_ELEMENTS, "button": _BUTTON, "overflow": shape({"options": items(_OPTION, 5)}, _ACTION)}
_INPUT_ELEMENTS = {**_CHOICE_ELEMENTS, "plain_text_input": shape({}, {**_FIELD, **_TEXT_LIMITS})}
_INTERACTIVE: Final = frozenset(_ACTION_ELEMENTS | _INPUT_ELEMENTS)
_IMAGE = {"image_url": string(3000), "alt_text": string(2000)}
_OPTIONAL_ID = {"block_id": _ID}

_BLOCKS: Final[dict[str, Check]] = {
    "header": shape({"text": plain(150)}, _OPTIONAL_ID),
    "section": shape(
        {}, {**_OPTIONAL_ID, "text": text(3000), "fields": items(text(2000), 10), "accessory": by_type(_ACTION_ELEMENTS), "expand": flag}
    ),
    "context": shape(
        {"elements": items(by_type({"plain_text": text(3000), "mrkdwn": text(3000), "image": shape(_IMAGE)}), 10)}, _OPTIONAL_ID
    ),
    "divider": shape({}, _OPTIONAL_ID),
    "image": shape(_IMAGE, {**_OPTIONAL_ID, "title": plain(2000)}),
    "actions": shape({"elements": items(by_type(_ACTION_ELEMENTS), 25)}, _OPTIONAL_ID),
}
_INPUT = shape(
    {"label": plain(2000), "element": by_type(_INPUT_ELEMENTS)},
    {**_OPTIONAL_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
)
_MESSAGE_BLOCKS = items(by_type(_BLOCKS), 50, 0)
_VIEW_BLOCKS = items(by_type({**_BLOCKS, "input": _INPUT}), 100, 0)
_VIEW_EXTRAS = {"private_metadata": string(3000, 0), "callback_id": string(255, 0), "external_id": string(255, 0)}
_MODAL_EXTRAS = {"submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag}
_VIEWS: Final[dict[str, Check]] = {
    "modal": shape({"title": plain(24), "blocks": _VIEW_BLOCKS}, {**_VIEW_EXTRAS, **_MODAL_EXTRAS}),
    "home": shape({"blocks": _VIEW_BLOCKS}, _VIEW_EXTRAS),
}


def message_problems(blocks: Any) -> list[str]:
    """What is wrong with a message's blocks."""
    return list(_MESSAGE_BLOCKS(blocks, "/blocks")) or list(_problems_across_blocks(blocks, "/blocks"))


def view_problems(view: Any, kind: str) -> list[str]:
    """What is wrong with a view that is to be shown as a `kind`: modal or home."""
    if not isinstance(view, dict) or view.get("type") != kind:
        return [_problem(f"must be of type {kind}", "/view/type")]
    return list(_VIEWS[kind](view, "/view")) or list(_problems_across_blocks(view["blocks"], "/view/blocks")) or list(_missing_submit(view))


def view_is_too_large(view: Any) -> bool:
    """Is the view over Slack's 250 kB?"""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES_LIMIT


def blocks_are_too_long(blocks: list[Json]) -> bool:
    """Are a message's blocks, each within its limit, too long together?"""
    return len(json.dumps(blocks, ensure_ascii=False)) > BLOCKS_JSON_LIMIT


def interactive_elements(block: Json) -> list[Json]:
    """The interactive elements of one block, in order."""
    inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
    return [one for one in inside if one and one["type"] in _INTERACTIVE]


def _missing_submit(view: Json) -> Iterator[str]:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield _problem("missing required field: submit (the view has inputs)", "/view/submit")


def _problems_across_blocks(blocks: list[Json], where: str) -> Iterator[str]:
    """What only shows when blocks are seen together: ids used twice, sections without words, defaults that do not fit."""
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        here = f"{where}/{place}"
        if (name := block.get("block_id")) in seen:
            yield _problem(f"`block_id` {name} already exists", here)
        seen |= {name} if name else set()
        if block["type"] == "section" and not block.keys() & {"text", "fields"}:
            yield _problem("must provide text or fields", here)
        if inside := interactive_elements(block):
            yield from _id_conflicts(inside, here)
            for element in inside:
                yield from _default_problems(element, here)


def _id_conflicts(inside: list[Json], where: str) -> Iterator[str]:
    names = [name for element in inside if (name := element.get("action_id"))]
    yield from (_problem(f"`action_id` {name} already exists", where) for name in sorted(set(names)) if names.count(name) > 1)


def _default_problems(element: Json, where: str) -> Iterator[str]:
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield _problem("initial_value is longer than max_length", where)
    chosen = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    if any(option not in element["options"] for option in chosen):
        yield _problem("initial options must be among the options", where)
