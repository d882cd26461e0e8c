"""Pieces become blocks in which every text stands as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.blocks import heading, message_blocks, notice, standing_out, strong, view_blocks
from bot.workspace.block_rules import message_problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.slack.blocks import Piece

SIGNS = "Hvad er _godt_, `kode`, ~væk~ og *vigtigt* ved 2 * 3 & <b>?"


def texts_of(blocks: list[dict[str, Any]]) -> list[tuple[str, dict[str, bool]]]:
    """Every text of the sections of rich text, with its style."""
    sections = [section for block in blocks for section in block["elements"]]
    assert {section["type"] for section in sections} <= {"rich_text_section"}
    return [(text["text"], text.get("style", {})) for section in sections for text in section["elements"]]


@pytest.mark.parametrize("make", [strong, notice, lambda text: heading(f"{text}{text * 9}")])
def test_bold_text_stays_as_it_was_typed(make: Callable[[str], Piece]) -> None:
    ((text, style),) = texts_of(message_blocks([make(SIGNS)]))
    assert (text[: len(SIGNS)], style) == (SIGNS, {"bold": True})


def test_what_stands_out_does_so_and_the_rest_stays_plain() -> None:
    piece = standing_out([("Sagde ", False), ("Tove", True), (" det\ni _går_?", False)], style="underline")
    assert piece.text == "Sagde Tove det\ni _går_?"
    assert texts_of(view_blocks([piece])) == [("Sagde ", {}), ("Tove", {"underline": True}), (" det\ni _går_?", {})]


@given(st.lists(st.tuples(st.sampled_from(["ord ", "å" * 700, "linje\n", "😀", "slut. " * 300]), st.booleans()), max_size=30))
def test_long_text_in_which_something_stands_out_is_split_and_kept(parts: list[tuple[str, bool]]) -> None:
    blocks = view_blocks([standing_out(parts)])
    assert message_problems(blocks) == []
    assert all(sum(len(text) for text, _ in texts_of([block])) <= 3000 for block in blocks)
    for bold in (True, False):
        kept = "".join(text for text, style in texts_of(blocks) if bool(style) is bold)
        assert "".join(kept.split()) == "".join("".join(text for text, stands_out in parts if stands_out is bold).split())
