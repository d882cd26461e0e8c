"""Builds Slack's blocks, and the full text beside them, from pieces.

A message or a form is a list of pieces: headings, bodies, small print, rules, buttons. The pieces become both the blocks (split and cut to
Slack's limits) and the full text for screen readers. A piece that had to be cut is followed by the button that opens it whole. Blocks are
plain dictionaries: slack_sdk's own classes cost a quarter of a millisecond each, and a thousand people are written to at once.
"""

from __future__ import annotations

import itertools
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.language.unseen_signs import UNSEEN
from bot.language.visible_text import beginning, clean, close_isolates, cut, length_in_chat, make_readable
from bot.platforms.slack.escaping import (
    MOST_IN_TEXT,
    common_cap,
    escape,
    escape_entities,
    json_length,
    length_in_plain,
    length_when_escaped,
    paragraphs,
    share_room,
    spans,
    split_lines,
    split_text,
    undo_escaped_entities,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]

MOST_BLOCKS_IN_MESSAGE: Final = 50  # blocks
MOST_BLOCKS_IN_VIEW: Final = 100
MOST_IN_VIEW_JSON: Final = 200_000  # characters of a view's JSON; Slack refuses views of 250 kB
MOST_IN_BLOCKS_JSON: Final = 13_000  # characters of JSON in a message; undocumented, Slack answers msg_blocks_too_long
MOST_IN_HEADER: Final = 150
MOST_IN_SMALL: Final = 2_000
MOST_IN_BUTTON: Final = 75
LETTERS_SEEN: Final = 25  # of a button's label on a phone
MOST_IN_OPTION: Final = 75
MOST_IN_TITLE: Final = 24
BUDGETS: Final = (10_000, 8_000, 6_000)  # characters for words; the next is tried if one breaks Slack's limits
BETWEEN_PARAGRAPHS: Final = json_length(paragraphs(["", ""]))


class PieceKind(StrEnum):
    """The kinds of pieces."""

    HEADING = "heading"
    STRONG = "strong"
    BODY = "body"
    MARKED = "marked"
    QUOTE = "quote"
    CODE = "code"
    SMALL = "small"
    CHART = "chart"
    RULE = "rule"
    BUTTONS = "buttons"


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button; `value` holds only ids of ours, `confirm` is title, question, yes and no. `about` is read aloud after the `label`."""

    label: str
    action: str
    value: str = ""
    style: str | None = None
    confirm: tuple[str, str, str, str] | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of a message or a form. `whole`: what opens it whole, below it where a message has no room for all of it.

    A `chart` is a picture, which only messages show; what it says stands beside it in words.
    """

    kind: PieceKind
    text: str = ""
    buttons: tuple[Button, ...] = ()
    name: str = ""  # the local workspace's page finds the piece by it; Slack does not show it
    only_in_text: bool = False  # screen readers read it here; others see it elsewhere
    whole: Button | None = None
    parts: tuple[tuple[str, bool], ...] = ()  # of a MARKED text, each with whether it stands out
    style: str = "bold"  # of the parts that stand out
    chart: Json | None = None


def heading(text: str) -> Piece:
    """Make the title of a message or a page."""
    return Piece(kind=PieceKind.HEADING, text=clean(text))


def strong(text: str) -> Piece:
    """Make a bold text: a question, or the heading of a part."""
    return Piece(kind=PieceKind.STRONG, text=clean(text))


def standing_out(parts: Sequence[tuple[str, bool]], style: Literal["bold", "underline"] = "bold") -> Piece:
    """Make a text of which some parts stand out.

    A screen reader reads all of it alike, so words elsewhere must say what stands out.
    """
    kept = tuple((make_readable(text), stands_out) for text, stands_out in parts)
    return Piece(kind=PieceKind.MARKED, text="".join(text for text, _ in kept), parts=kept, style=style)


def body(text: str, whole: Button | None = None) -> Piece:
    """Make a normal text."""
    return Piece(kind=PieceKind.BODY, text=clean(text), whole=whole)


def quote(text: str) -> Piece:
    """Make a quote, which Slack shows as one and in which it reads no markup."""
    return Piece(kind=PieceKind.QUOTE, text=clean(text))


def code(text: str) -> Piece:
    """Make lines of a file, which keep their spaces and can be copied."""
    return Piece(kind=PieceKind.CODE, text=text)


def small(text: str) -> Piece:
    """Make small print."""
    return Piece(kind=PieceKind.SMALL, text=clean(text))


def notice(text: str) -> Piece:
    """Make a bold notice that is to be read first."""
    return Piece(kind=PieceKind.STRONG, text=clean(text), name="notice")


def quotation(text: str, number: int) -> Piece:
    """Make a quotation, shown as it was written; `number` is unique in its view."""
    return Piece(kind=PieceKind.BODY, text=clean(text), name=f"quotation-{number}")


def only_in_text(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark pieces that are in a message's text but not in its blocks."""
    return [replace(piece, only_in_text=True) for piece in pieces]


def rule() -> Piece:
    """Make a line across."""
    return Piece(kind=PieceKind.RULE)


def buttons(*row: Button) -> Piece:
    """Make a row of buttons."""
    return Piece(kind=PieceKind.BUTTONS, buttons=row)


def buttons_about(text: str, *row: Button) -> Piece:
    """Make a row of buttons below one of several things, each read aloud with that thing's `text`."""
    return buttons(*(replace(button, about=button.about or text) for button in row))


def full_text(pieces: Sequence[Piece], names: str, most: int) -> str:
    """Join all texts of the pieces, escaped, for people who do not see blocks; the buttons' `names` come last.

    The longest are cut, and the names, so that all of it has at most `most` characters. The first stays whole if it can: a phone shows it.
    """
    first, *texts = [piece.text for piece in pieces if piece.text] or [""]
    kept, last = cut(first, most // 2, length_when_escaped), [cut(names, most // 4, length_when_escaped)] if names else []
    room = most - sum(map(length_when_escaped, [kept, *last])) - len(paragraphs([""] * len([first, *texts, *last])))
    return paragraphs([escape(text) for text in [kept, *share_room(texts, room, length_when_escaped), *last]])


def message_blocks(pieces: Sequence[Piece]) -> list[Json]:
    """Make blocks that fit in one message.

    Without room a chart is left out, then texts are cut; buttons always stay.
    """
    with_chart = [piece for piece in pieces if not piece.only_in_text]
    seen = [piece for piece in with_chart if piece.chart is None]
    for kept, budget in ((with_chart, BUDGETS[0]), *((seen, budget) for budget in BUDGETS)):
        blocks = tell_apart(_blocks(_share_budget(kept, budget)))
        if len(blocks) <= MOST_BLOCKS_IN_MESSAGE and length_in_chat(json.dumps(blocks, ensure_ascii=False)) <= MOST_IN_BLOCKS_JSON:
            return blocks
    shown = _share_budget(seen, BUDGETS[-1] - BETWEEN_PARAGRAPHS * len(seen))
    text = body(paragraphs([piece.text for piece in shown if piece.text]))
    return tell_apart(_blocks([text, *[piece for piece in shown if piece.buttons]]))


def view_blocks(pieces: Sequence[Piece]) -> list[Json]:
    """Make the blocks of a view, in which Slack shows no charts."""
    return _blocks([piece for piece in pieces if piece.chart is None])[:MOST_BLOCKS_IN_VIEW]


def as_many_as_fit(lead: Sequence[Json], groups: Sequence[Sequence[Json]]) -> tuple[list[Json], int]:
    """Join `lead` and as many `groups` as fit in a view; return the blocks, and how many groups they are.

    One more block has room too: the line that says what was left out. A first group that does not fit by itself is cut, so that one who
    reads on always gets further.
    """
    blocks = list(lead)
    for count, group in enumerate(groups):
        if _is_too_large([*blocks, *group]):
            return (_add_cut(blocks, group), 1) if count == 0 else (blocks, count)
        blocks += group
    return blocks, len(groups)


def _is_too_large(blocks: Sequence[Json]) -> bool:
    return len(blocks) >= MOST_BLOCKS_IN_VIEW or len(json.dumps(blocks)) > MOST_IN_VIEW_JSON


def _add_cut(lead: Sequence[Json], group: Sequence[Json]) -> list[Json]:
    """Add the first blocks of a group, a sign that others are left out, and its last, which may be its buttons."""
    *kept, last = group
    end = [*_blocks([small("…")]), last]
    while kept and _is_too_large([*lead, *kept, *end]):
        kept.pop()
    return [*lead, *kept, *end]


def _blocks(pieces: Sequence[Piece]) -> list[Json]:
    """Make the blocks of all pieces; an empty piece has none."""
    blocks: list[Json] = []
    for piece in pieces:
        if piece.kind is PieceKind.RULE:
            blocks.append({"type": "divider"})
        elif piece.chart:
            blocks.append(piece.chart)
        elif piece.buttons:
            blocks.append({"type": "actions", "elements": [_button(button) for button in piece.buttons]})
        elif piece.text:
            for part, block in enumerate(_text_blocks(piece)):  # the second block's name ends in -1, and so on
                name = f"{piece.name}-{part}" if part else piece.name
                blocks.append(block | ({"block_id": name} if piece.name else {}))
    return blocks


def _text_blocks(piece: Piece) -> list[Json]:
    if piece.kind is PieceKind.HEADING and length_in_plain(piece.text) <= MOST_IN_HEADER:
        return [{"type": "header", "text": plain_text(piece.text)}]
    if piece.kind is PieceKind.SMALL:
        return [{"type": "context", "elements": [plain_text(piece.text, MOST_IN_SMALL)]}]
    if piece.kind is PieceKind.QUOTE:
        return [_rich_block("rich_text_quote", [_rich_text(part)]) for part in split_text(piece.text)]
    if piece.kind is PieceKind.CODE:
        return [_rich_block("rich_text_preformatted", [_rich_text(part)]) for part in split_lines(piece.text)]
    if piece.parts or piece.kind in (PieceKind.HEADING, PieceKind.STRONG):
        return [_rich_block("rich_text_section", _rich_parts(piece, *span)) for span in spans(piece.text)]
    return [{"type": "section", "text": plain_text(part)} for part in split_text(piece.text)]


def _rich_block(kind: str, texts: Sequence[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(texts)}]}


def _rich_text(text: str, style: str = "") -> Json:
    return {"type": "text", "text": text} | ({"style": {style: True}} if style else {})


def _rich_parts(piece: Piece, start: int, end: int) -> list[Json]:
    """Make the texts between two places of a piece, each plain or in the piece's style; bold text is not markup, so it stays as typed."""
    texts, place = [], 0
    for part, stands_out in piece.parts or ((piece.text, True),):
        within = close_isolates(part[max(start - place, 0) : max(end - place, 0)])
        texts += [_rich_text(within, piece.style if stands_out else "")] if within else []
        place += len(part)
    return texts


def _share_budget(pieces: Sequence[Piece], budget: int) -> list[Piece]:
    """Shorten the longest texts, if necessary, so that all texts together take at most `budget` characters.

    Below each that is shortened stands the button that opens it whole.
    """
    cap, shown = common_cap(map(_length, pieces), budget), list[Piece]()
    for piece in pieces:
        is_cut = _length(piece) > cap
        shown.append(replace(piece, text=cut(piece.text, cap, json_length), parts=()) if is_cut else piece)
        shown += [buttons(piece.whole)] if is_cut and piece.whole else []
    return shown


def _length(piece: Piece) -> int:
    return json_length(piece.text)


def plain_text(text: str, most: int = MOST_IN_TEXT) -> Json:
    """Make a text object in which Slack reads no markup, of at most `most` characters."""
    return {"type": "plain_text", "text": escape_entities(cut(text, most, length_in_plain)), "emoji": True}


def _button(button: Button) -> Json:
    element: Json = {"type": "button", "text": plain_text(button.label, MOST_IN_BUTTON), "action_id": button.action}
    element |= {"value": button.value} if button.value else {}
    element |= {"style": button.style} if button.style else {}
    element |= {"accessibility_label": cut(clean(f"{button.label}: {button.about}"), MOST_IN_BUTTON)} if button.about else {}
    if button.confirm:
        dialog: Json = dict(zip(("title", "text", "confirm", "deny"), map(plain_text, button.confirm), strict=True))
        element["confirm"] = dialog | ({"style": button.style} if button.style else {})
    return element


# --- buttons that look alike ---------------------------------------------------------------------------------------------------


def buttons_of(blocks: Sequence[Json]) -> list[Json]:
    """Return the buttons of a message or a view, in order."""
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"] if element["type"] == "button"]


def tell_apart(blocks: Sequence[Json]) -> list[Json]:
    """Number the buttons of which a phone would show the same, each also where it is read aloud."""
    all_buttons = buttons_of(blocks)
    labels = [undo_escaped_entities(button["text"]["text"]) for button in all_buttons]
    looks = Counter(map(_first_letters, labels))
    taken, numbers = set(looks), {look: itertools.count(1) for look in looks}
    for button, label in zip(all_buttons, labels, strict=True):
        if looks[look := _first_letters(label)] > 1:
            name = next(name for number in numbers[look] if _first_letters(name := _number(label, number)) not in taken)
            taken.add(_first_letters(name))
            button["text"] = plain_text(name, MOST_IN_BUTTON)
            if spoken := button.get("accessibility_label"):
                about = spoken[len(clean(label)) :] if spoken.startswith(clean(label)) else ""
                button["accessibility_label"] = cut(name + about, MOST_IN_BUTTON)
    return list(blocks)


def _number(label: str, number: int) -> str:
    """Put a number where it is seen: after a short label, before a long one. Blanks side by side would push it out of sight."""
    after = f"{' '.join(label.split())} {number}"
    return after if len(_signs_seen(after)) <= LETTERS_SEEN else f"{number}. {label}"


def _first_letters(label: str) -> str:
    """Return what a phone shows of a label; large and small letters look alike, and blanks and invisible signs like nothing."""
    return "".join(_signs_seen(label)[:LETTERS_SEEN].casefold().split())


def _signs_seen(label: str) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFKC", " ".join(label.split())))


# --- forms --------------------------------------------------------------------------------------------------------------------


def form_field(name: str, label: str, element: Json, *, hint: str = "", optional: bool = False) -> Json:
    """Make a field of a form; its block and element are both called `name`, so that errors find the field."""
    block: Json = {"type": "input", "block_id": name, "label": plain_text(label), "element": {**element, "action_id": name}}
    block |= {"hint": plain_text(hint)} if hint else {}
    return block | ({"optional": True} if optional else {})


def text_input(text: str = "", *, most: int = MOST_IN_TEXT) -> Json:
    """Make an input for up to 3,000 characters, or `most`, on several lines, filled with `text`."""
    element: Json = {"type": "plain_text_input", "multiline": True, "max_length": most}
    initial = beginning(clean(text), most)
    return element | ({"initial_value": initial} if initial else {})


def choice_input(kind: str, options: Sequence[tuple[str, str]], initial: Sequence[str] = (), *, chosen: str = "") -> Json:
    """Make checkboxes, radio buttons or a menu from pairs (value, label); `initial` are ticked, or one is `chosen`."""
    option_by_value = {value: {"text": plain_text(clean(label), MOST_IN_OPTION), "value": value} for value, label in options}
    element: Json = {"type": kind, "options": list(option_by_value.values())}
    element |= {"initial_option": option_by_value[chosen]} if chosen else {}
    return element | ({"initial_options": [option_by_value[value] for value in initial]} if initial else {})


def modal(title: str, blocks: Sequence[Json], *, close: str, submit: str = "", **more: str) -> Json:
    """Make a window; `more` may be callback_id and private_metadata."""
    view: Json = {
        "type": "modal",
        "title": plain_text(clean(title) or "Eftertanke", MOST_IN_TITLE),
        "blocks": tell_apart(blocks),
        "close": plain_text(close),
        **more,
    }
    return view | ({"submit": plain_text(submit)} if submit else {})
