"""Draws Slack's blocks as HTML.

There is one template macro for each kind of block and of element (`templates/blocks.html`). An unknown kind is shown as its JSON, never
left out. What people or the bot wrote is data, and is escaped.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from bot.workspace.page.labels import translate_client_text
from bot.workspace.page.mrkdwn import lines_to_html, mrkdwn_to_html, plain_to_html, plain_to_paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.workspace.block_rules import Json
    from bot.workspace.page.labels import Labels

PAGE_FOLDER: Final = Path(__file__).parent
MANY_VALUED: Final = frozenset({"checkboxes", "multi_users_select"})  # elements in which several values can be chosen
FIELDSET_ELEMENTS: Final = MANY_VALUED | {"radio_buttons"}

_BLOCKS: Final = frozenset({"header", "section", "context", "divider", "rich_text", "actions", "input", "data_visualization"})
_ELEMENTS: Final = FIELDSET_ELEMENTS | {"button", "plain_text_input", "static_select", "datepicker"}
_TAGS: Final = {"bold": "strong", "italic": "em", "strike": "s", "code": "code", "underline": "u"}


@dataclass(frozen=True, kw_only=True)
class DrawingContext:
    """What blocks are drawn with: `prefix` makes their ids unique on the page; `state` and `errors` are a form's.

    `people`: those who can be picked in a menu of people, by title: id and name. `objected`: the field right above the notice.
    """

    words: Labels
    prefix: str
    names: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    objected: str | None = None

    @property
    def notice_id(self) -> str:
        """The id of a window's notice, or of a message's."""
        return f"{self.prefix}-notice"

    def html(self, text: Json | None) -> Markup:
        """A text object as HTML."""
        if not text:
            return Markup()
        return {"mrkdwn": self._mrkdwn_html, "plain_text": plain_to_html}[text["type"]](text["text"])

    def paragraphs(self, text: Json | None) -> Markup:
        """A text object as HTML, in paragraphs."""
        return plain_to_paragraphs(text["text"]) if text and text["type"] == "plain_text" else self.html(text)

    def in_style(self, text: Json) -> Markup:
        """A text of a rich_text block as HTML: its styles are tags, and its characters stand for themselves."""
        html = lines_to_html(text["text"])
        for tag in (tag for style, tag in _TAGS.items() if text.get("style", {}).get(style)):
            html = Markup(f"<{tag}>{{}}</{tag}>").format(html)  # noqa: S704 - the tag is one of ours
        return html

    def id(self, block: Json, element: Json) -> str:
        """An id for one element, the same in every drawing. Buttons with one action id differ by value."""
        parts = (self.prefix, block["block_id"], element["action_id"], element.get("value"))
        return re.sub(r"[^\w-]", "_", "-".join(str(part) for part in parts if part))

    def values_in(self, block: Json, element: Json) -> list[str]:
        """The content of a field, as a list."""
        content = self.state.get(block["block_id"], {}).get(element["action_id"])
        return content if isinstance(content, list) else [] if content is None else [content]

    def error(self, block: Json) -> str | None:
        """The objection to a field, if there is one."""
        text = self.errors.get(block["block_id"])
        return text and translate_client_text(self.words, text)

    def description_ids(self, block: Json, element: Json) -> str:
        """The ids of a field's error and hint, if it has them: what is wrong is read first."""
        own = self.id(block, element)
        parts = ((f"{own}-error", self.error(block)), (self.notice_id, self.is_objected(block)), (f"{own}-hint", block.get("hint")))
        return " ".join(id_ for id_, part in parts if part)

    def is_objected(self, block: Json) -> bool:
        """Whether the notice right below a field is about it."""
        return bool(block["block_id"] == self.objected)

    def _mrkdwn_html(self, text: str) -> Markup:
        return mrkdwn_to_html(text, self.names)


def draw_blocks(blocks: Sequence[Json], context: DrawingContext) -> Markup:
    """All blocks of a message or a view, in order."""
    below = pairwise(blocks)
    objected = next(
        (block["block_id"] for block, notice in below if block.get("type") == "input" and notice.get("block_id") == "notice"), None
    )
    context = replace(context, objected=objected)
    return Markup("\n").join(_draw_with_macro(block, "block", _BLOCKS, context) for block in blocks)


def draw_element(element: Json, block: Json, context: DrawingContext) -> Markup:
    """One interactive element of a block."""
    return _draw_with_macro(element, "element", _ELEMENTS, context, block)


def field_name(block: Json, element: Json) -> str:
    """The name of an element's field in a posted form."""
    return json.dumps([block["block_id"], element["action_id"]])


def press_value(block: Json, element: Json) -> str:
    """What a button posts: its place and its value; for a menu, the field to look in."""
    ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
    choice = (
        {"value": element.get("value")}
        if element["type"] == "button"
        else {"field": field_name(block, element), "many": element["type"] in MANY_VALUED}
    )
    return json.dumps(ids | choice)


def pretty_json(value: Any) -> str:
    """JSON for people to read."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _draw_with_macro(content: Json, suffix: str, kinds: frozenset[str], context: DrawingContext, *more: Json) -> Markup:
    kind = str(content.get("type"))
    if kind in kinds:
        try:
            return Markup(getattr(_macros(), f"{kind}_{suffix}")(content, *more, context))  # noqa: S704 - macros escape what they are given
        except (UndefinedError, KeyError, TypeError, ValueError):
            pass  # not as Slack has it, so its JSON is shown
    return Markup(_macros().unknown(content, context))  # noqa: S704 - likewise


ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(PAGE_FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
ENVIRONMENT.globals.update(
    draw=draw_element,
    field_name=field_name,
    press_value=press_value,
    pretty_json=pretty_json,
    groups=FIELDSET_ELEMENTS,
)


@cache
def _macros() -> Any:
    """Compiled when the first block is drawn: most commands draw none."""
    return ENVIRONMENT.get_template("blocks.html").module
