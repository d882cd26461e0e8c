"""Text that people wrote stays text, within Slack's lengths."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.slack.escaping import bold, clean, cut, cut_to_json_length, escape, json_length, split_text


def test_markup_that_would_call_everyone_is_only_text() -> None:
    assert escape("<!channel> & <@U1|Bo>") == "&lt;!channel&gt; &amp; &lt;@U1|Bo&gt;"


def test_asterisks_in_a_text_do_not_end_its_bold() -> None:
    assert bold("2 * 3\n\nto <b>") == "*2 ∗ 3*\n\n*to &lt;b&gt;*"


@pytest.mark.parametrize("steering", ["\x00", "\x07", "\u202e", "\u2066", "\ud800", "\x85"])
def test_characters_that_steer_instead_of_being_read_are_gone(steering: str) -> None:
    assert clean(f"før{steering}efter") == "førefter"


def test_right_to_left_text_itself_is_kept() -> None:
    assert clean("שלום مرحبا") == "שלום مرحبا"


def test_a_long_text_is_cut_at_a_words_end() -> None:
    assert cut("et to tre fire", 10) == "et to …"


@given(st.text(), st.integers(min_value=2, max_value=200))
def test_a_cut_text_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most


@example(text="\\" * 7, most=12)
@given(st.text(alphabet=st.sampled_from('a "\\\n😀'), max_size=300), st.integers(min_value=12, max_value=200))
def test_a_text_cut_to_a_cost_costs_no_more(text: str, most: int) -> None:
    assert json_length(cut_to_json_length(text, most)) <= most


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_cost_is_what_the_text_takes_in_a_payload(text: str) -> None:
    assert json_length(text) + 2 == len(json.dumps(text, ensure_ascii=False))


@given(st.text(alphabet="ab \n", max_size=400), st.integers(min_value=5, max_value=60))
def test_dividing_keeps_every_word_and_every_piece_fits(text: str, most: int) -> None:
    pieces = split_text(text, most)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
