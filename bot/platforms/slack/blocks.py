"""What does a thing to be said look like in Slack's Block Kit?

A message or a form is written as a row of pieces: headings, bodies, small print, rules, buttons. From the same pieces come the blocks
(divided and cut to Slack's limits) and the full text that screen readers read. Blocks are plain dictionaries: slack_sdk's own classes cost
a quarter of a millisecond each, and a thousand people are written to at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.platforms.slack.escaping import MOST_IN_TEXT, bold, clean, cut, cut_to_json_length, escape, json_length, paragraphs, split_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]

MOST_BLOCKS_IN_MESSAGE: Final = 50  # blocks
MOST_BLOCKS_IN_VIEW: Final = 100
MOST_IN_VIEW_JSON: Final = 200_000  # characters of a view's JSON; Slack refuses views of 250 kB
MOST_IN_BLOCKS_JSON: Final = 13_000  # characters of JSON in a message; undocumented, met as msg_blocks_too_long
MOST_IN_HEADER: Final = 150
MOST_IN_SMALL: Final = 2_000
MOST_IN_BUTTON: Final = 75
BUDGETS: Final = (10_000, 6_000)  # characters left for words, tried in turn until Slack's limits are kept


class PieceKind(StrEnum):
    """What a piece is."""

    HEADING = "heading"
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"
    RULE = "rule"
    BUTTONS = "buttons"


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button. `value` carries only ids of ours. `confirm`: title, question, yes, no."""

    label: str
    action: str
    value: str = ""
    style: str | None = None
    confirm: tuple[str, str, str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of what is said."""

    kind: PieceKind
    text: str = ""
    buttons: tuple[Button, ...] = ()
    name: str = ""  # what the local workspace's page knows it by; Slack shows nothing of it
    only_in_text: bool = False  # read aloud, and seen elsewhere


def heading(text: str) -> Piece:
    """The title of it all."""
    return Piece(kind=PieceKind.HEADING, text=clean(text))


def strong(text: str) -> Piece:
    """Something in bold: a question, the heading of a part."""
    return Piece(kind=PieceKind.STRONG, text=clean(text))


def body(text: str) -> Piece:
    """Text to be read."""
    return Piece(kind=PieceKind.BODY, text=clean(text))


def small(text: str) -> Piece:
    """Small print."""
    return Piece(kind=PieceKind.SMALL, text=clean(text))


def notice(text: str) -> Piece:
    """What must be read first."""
    return Piece(kind=PieceKind.STRONG, text=clean(text), name="notice")


def quotation(text: str, number: int) -> Piece:
    """The words of somebody, the only one in its view with this `number`: to be read as they were written."""
    return Piece(kind=PieceKind.BODY, text=clean(text), name=f"quotation-{number}")


def only_in_text(pieces: Sequence[Piece]) -> list[Piece]:
    """What stands in a message's text, and in none of its blocks."""
    return [replace(piece, only_in_text=True) for piece in pieces]


def rule() -> Piece:
    """A line across."""
    return Piece(kind=PieceKind.RULE)


def buttons(*row: Button) -> Piece:
    """A row of buttons."""
    return Piece(kind=PieceKind.BUTTONS, buttons=row)


# --- the full text --------------------------------------------------------------------------------------------------------------


def full_text(pieces: Sequence[Piece], label: str) -> str:
    """All that stands in the pieces, escaped, for those who do not see blocks. `label` introduces the buttons' names."""
    texts = [escape(piece.text) for piece in pieces if piece.text]
    names = [button.label for piece in pieces for button in piece.buttons]
    return "\n\n".join([*texts, *([f"{label} {' · '.join(map(escape, names))}"] if names else [])])


# --- the blocks -----------------------------------------------------------------------------------------------------------------


def message_blocks(pieces: Sequence[Piece]) -> list[Json]:
    """The pieces as blocks that fit in one message, whatever their length: what is too long is cut, the buttons stay."""
    pieces = [piece for piece in pieces if not piece.only_in_text]
    for budget in BUDGETS:
        blocks = _blocks(_shorten_to_budget(pieces, budget))
        if len(blocks) <= MOST_BLOCKS_IN_MESSAGE and len(json.dumps(blocks, ensure_ascii=False)) <= MOST_IN_BLOCKS_JSON:
            return blocks
    all_text = paragraphs([piece.text for piece in pieces if piece.text])
    return _blocks([body(cut_to_json_length(all_text, BUDGETS[-1])), *[piece for piece in pieces if piece.buttons]])


def view_blocks(pieces: Sequence[Piece]) -> list[Json]:
    """The pieces as blocks of a view."""
    return _blocks(pieces)[:MOST_BLOCKS_IN_VIEW]


def as_many_as_fit(lead: Sequence[Json], groups: Sequence[Sequence[Json]]) -> tuple[list[Json], int]:
    """`lead` and the first of `groups`, as many as a view has room for beside a line that says so; how many that are."""
    blocks = list(lead)
    for count, group in enumerate(groups):
        if len(blocks) + len(group) >= MOST_BLOCKS_IN_VIEW or len(json.dumps([*blocks, *group])) > MOST_IN_VIEW_JSON:
            return blocks, count
        blocks += group
    return blocks, len(groups)


def _blocks(pieces: Sequence[Piece]) -> list[Json]:
    return [block for piece in pieces for block in _block(piece)]


def _block(piece: Piece) -> list[Json]:
    """The blocks of one piece; none for an empty one."""
    if piece.kind is PieceKind.RULE:
        return [{"type": "divider"}]
    if piece.buttons:
        return [{"type": "actions", "elements": [_button(button) for button in piece.buttons]}]
    return _name_blocks(_text_blocks(piece), piece.name) if piece.text else []


def _name_blocks(blocks: list[Json], name: str) -> list[Json]:
    """The blocks with the piece's name; what takes more than one block has it with a number."""
    if not name:
        return blocks
    return [block | {"block_id": name if not part else f"{name}-{part}"} for part, block in enumerate(blocks)]


def _text_blocks(piece: Piece) -> list[Json]:
    if piece.kind is PieceKind.HEADING and len(piece.text) <= MOST_IN_HEADER:
        return [{"type": "header", "text": plain_text(piece.text)}]
    if piece.kind is PieceKind.SMALL:
        return [{"type": "context", "elements": [plain_text(cut(piece.text, MOST_IN_SMALL))]}]
    if piece.kind in (PieceKind.HEADING, PieceKind.STRONG) and len(marked := bold(piece.text)) <= MOST_IN_TEXT:
        return [{"type": "section", "text": {"type": "mrkdwn", "text": marked, "verbatim": True}}]
    return [{"type": "section", "text": plain_text(part)} for part in split_text(piece.text)]


def _shorten_to_budget(pieces: Sequence[Piece], budget: int) -> Sequence[Piece]:
    """The pieces, if need be with their longest texts shortened so that all words together cost at most `budget`."""
    lengths = [json_length(piece.text) for piece in pieces if piece.text]
    return pieces if sum(lengths) <= budget else [_shorten(piece, budget // len(lengths)) for piece in pieces]


def _shorten(piece: Piece, most: int) -> Piece:
    return replace(piece, text=cut_to_json_length(piece.text, most)) if piece.text else piece


def plain_text(text: str) -> Json:
    """A text object in which nothing is markup."""
    return {"type": "plain_text", "text": text, "emoji": True}


def _button(button: Button) -> Json:
    element: Json = {"type": "button", "text": plain_text(button.label), "action_id": button.action}
    element |= {"value": button.value} if button.value else {}
    element |= {"style": button.style} if button.style else {}
    return element | ({"confirm": _confirm(button.confirm, button.style)} if button.confirm else {})


def _confirm(words: tuple[str, str, str, str], style: str | None) -> Json:
    title, question, yes, no = words
    dialog: Json = {"title": plain_text(title), "text": plain_text(question), "confirm": plain_text(yes), "deny": plain_text(no)}
    return dialog | ({"style": style} if style else {})


# --- what is filled in ------------------------------------------------------------------------------------------------------------


def form_field(name: str, label: str, element: Json, *, hint: str = "", optional: bool = False) -> Json:
    """A field of a form. Block and element are both called `name`, so errors find their place."""
    block: Json = {"type": "input", "block_id": name, "label": plain_text(label), "element": {**element, "action_id": name}}
    block |= {"hint": plain_text(hint)} if hint else {}
    return block | ({"optional": True} if optional else {})


def text_input(text: str = "") -> Json:
    """Room for at most 3,000 characters over several lines, with what already stands there."""
    element: Json = {"type": "plain_text_input", "multiline": True, "max_length": MOST_IN_TEXT}
    initial = clean(text)[:MOST_IN_TEXT]
    return element | ({"initial_value": initial} if initial else {})


def choice_input(kind: str, options: Sequence[tuple[str, str]], initial: Sequence[str] = ()) -> Json:
    """Checkboxes, radio buttons or a menu, from (value, label)."""
    option_by_value = {value: {"text": plain_text(label), "value": value} for value, label in options}
    element: Json = {"type": kind, "options": list(option_by_value.values())}
    return element | ({"initial_options": [option_by_value[value] for value in initial]} if initial else {})


def modal(title: str, blocks: Sequence[Json], *, close: str, submit: str = "", **more: str) -> Json:
    """A window. `more`: callback_id, private_metadata."""
    view: Json = {
        "type": "modal",
        "title": plain_text(cut(clean(title) or "Eftertanke", 24)),
        "blocks": list(blocks),
        "close": plain_text(close),
        **more,
    }
    return view | ({"submit": plain_text(submit)} if submit else {})
