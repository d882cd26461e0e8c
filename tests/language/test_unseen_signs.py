"""What nobody can see is known, in people's texts and in programmes."""

from __future__ import annotations

import pytest

from bot.dialogue.form_input import clean_text
from bot.language.unseen_signs import can_be_seen, without_unseen


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "\u200b", "\ufeff", "\u00ad", "\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\u0301", "\x00\x1f", "\u202e \u00a0"],
)
def test_a_text_of_nothing_that_is_seen_is_empty(text):
    assert (can_be_seen(text), clean_text(text)) == (False, "")


@pytest.mark.parametrize("text", ["a", "👍", "❤\ufe0f", "?", "é", "e\u0301", "\U0001fae8", "می\u200cخواهم"])
def test_what_is_seen_stays_as_it_was_written(text):
    assert (can_be_seen(text), clean_text(f" {text} ")) == (True, text)


def tags(text: str) -> str:
    """Letters that nobody sees."""
    return "".join(chr(0xE0000 + ord(letter)) for letter in text)


@pytest.mark.parametrize("place", ["gbeng", "gbsct", "gbwls"])
def test_the_tags_of_a_flag_stay(place):
    flag = f"\U0001f3f4{tags(place)}\U000e007f"
    assert without_unseen(f"a {flag}") == f"a {flag}"


@pytest.mark.parametrize("emoji", ["\U0001f3f4", "👍", "\U0001f3f4\U000e007f"])
@pytest.mark.parametrize("hidden", ["hanne", "gbxyz", "gbenghanne"])
def test_no_other_tags_stay(emoji, hidden):
    assert without_unseen(f"a {emoji}{tags(hidden)}\U000e007f") == f"a {emoji[0]}"
