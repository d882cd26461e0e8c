"""A sealed file tells whether it is still as it was written."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.papers.seal import PLACE, is_sealed, seal

TEXTS = st.text(st.one_of(st.sampled_from("0af\n"), st.characters(codec="utf-8")))


@given(TEXTS, TEXTS)
def test_what_is_sealed_is_known_as_sealed(before: str, after: str):
    assert is_sealed(seal(f"{before}x{PLACE}x{after}"))


def test_the_seal_is_checked_by_hand_without_this_program():
    text = seal(f"To søer\nSegl: {PLACE}\n")
    digits = text.split()[-1]
    assert hashlib.sha256(text.replace(digits, "").encode()).hexdigest() == digits


def test_words_that_look_like_the_place_are_left_alone():
    assert seal(f"{PLACE} {PLACE}").startswith(f"{PLACE} ")
    assert is_sealed(seal(f"{PLACE} {PLACE}"))


def test_a_text_without_a_place_is_not_sealed_by_mistake():
    with pytest.raises(ValueError, match="no place"):
        seal("no place")
    assert not is_sealed("no place")


@given(st.data())
def test_any_change_of_a_character_breaks_the_seal(data: st.DataObject):
    text = seal(f'<p>Æble {"a" * 64}</p>\n"seal": "{PLACE}"\n')
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda letter: letter != text[at]))
    assert not is_sealed(f"{text[:at]}{other}{text[at + 1 :]}")
    assert not is_sealed(f"{text[:at]}{text[at + 1 :]}")
    assert not is_sealed(f"{text[:at]}{other}{text[at:]}")
