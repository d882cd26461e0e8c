"""Pieces become blocks in which every text stands as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.slack.blocks import (
    Button,
    buttons,
    form_field,
    heading,
    message_blocks,
    modal,
    notice,
    standing_out,
    strong,
    tell_apart,
    text_input,
    view_blocks,
)
from bot.platforms.slack.escaping import as_seen, length_in_plain
from bot.workspace.block_rules import message_problems, view_problems
from tests.support.local_slack import look_alikes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.slack.blocks import Piece

SIGNS = "Hvad er _godt_, `kode`, ~væk~ og *vigtigt* ved 2 * 3 & <b> på <https://example.org|vores side> og https://example.org?"


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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("å" * 300, "å" * 300),
        ("a\u030a" * 150, "a\u030a" * 150),
        ("😀" * 150, "😀" * 150),
        ("x" * 298 + "😀 og mere", "x" * 298 + "😀"),
        ("x" * 299 + "😀", "x" * 299),
        ("x" * 299 + "a\u030a", "x" * 299),
        ("x" * 290 + "👩\u200d👧\u200d👦\u200d👦", "x" * 290),
    ],
)
def test_a_field_is_filled_whole_or_up_to_a_whole_character(typed: str, kept: str) -> None:
    field = text_input(typed, most=300)
    assert field["initial_value"] == kept
    view = modal("Svar", [form_field("text", "Svar", field)], close="Luk", submit="Send")
    assert view_problems(view, "modal") == []


# --- buttons

TITLES = st.lists(
    st.sampled_from(
        [
            "Ro",
            "ro",
            "R o",
            "Ro 1",
            "Ro 2",
            "Ro\u200d",
            "1. Ro",
            "Lederen må ikke stå alene: ",
            "Lederen må ikke stå alene: inddrag",
            "x" * 80,
            "ﷺﷺﷺ",
            "ﬁ" * 13,
            "Svar: ½ time mere om ugen",
            "Hvad der sker herefter…",
            "x\u3164",
            "&lt;b&gt;",
            "&lt;" * 12,
        ]
    )
    | st.text(alphabet="aB 1.", min_size=1, max_size=30).filter(str.strip),
    max_size=12,
)


def labels_of(blocks: list[dict[str, Any]]) -> list[str]:
    return [element["text"]["text"] for block in blocks for element in block["elements"]]


@given(TITLES)
@example(["1" * 21 + "  1"] * 2)
def test_no_two_buttons_look_alike_whatever_stands_on_them(titles: list[str]) -> None:
    rows = [buttons(Button(label=title.strip(), action="go", value=str(number), about="et tema")) for number, title in enumerate(titles)]
    blocks = tell_apart(view_blocks(rows))
    assert look_alikes(blocks) == []
    assert message_problems(blocks) == []
    assert [element["value"] for block in blocks for element in block["elements"]] == [str(number) for number in range(len(titles))]
    for block in blocks:
        (element,) = block["elements"]
        label = as_seen(element["text"]["text"])
        assert element["accessibility_label"].startswith(label[:30])
        assert length_in_plain(label) > 65 or element["accessibility_label"] == f"{label}: et tema"


def test_a_number_stands_after_a_short_label_and_before_a_long_one() -> None:
    long = "Lederen må ikke stå alene: inddrag"
    rows = [buttons(Button(label=label, action="go")) for label in ("Ret", "Slet", "ret", "Ret 1", f"{long} dem", f"{long} os")]
    assert labels_of(tell_apart(view_blocks(rows))) == ["Ret 2", "Slet", "ret 3", "Ret 1", f"1. {long} dem", f"2. {long} os"]


@pytest.mark.parametrize(
    "label", ["ﷺﷺﷺ", "Svar: ½ time mere om ugen", "Hvad der sker herefter…", "ﬁ" * 13, "x" * 200, "&lt;" * 12, "e\u0301" * 30]
)
def test_alike_buttons_have_small_numbers_however_many_letters_their_signs_stand_for(label: str) -> None:
    labels = labels_of(tell_apart(view_blocks([buttons(*[Button(label=label, action="go") for _ in range(12)])])))
    assert [told.partition(" ")[0] for told in labels] == [f"{number}." for number in range(1, 13)]


def test_buttons_that_nobody_confuses_keep_their_words() -> None:
    rows = [buttons(Button(label=label, action="go")) for label in ("Svar", "Mine svar", "Pause")]
    assert labels_of(tell_apart(view_blocks(rows))) == ["Svar", "Mine svar", "Pause"]
