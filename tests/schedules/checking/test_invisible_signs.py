"""What may stand in a programme's texts, and what is removed from its ids."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.checking.invisible_signs import name_of_sign, signs_to_refuse, without_invisible, without_refused

SIGNS = st.sampled_from("aå e👩❤🏽1Æ\u200b\u200d\u200c\ufeff\u00ad\u3164\ufe0f\u0301\u030a\u202e\n\t\u00a0\u20e3\U000e0067🏴")
TEXTS = st.one_of(st.text(SIGNS, max_size=12), st.text(max_size=12))


@given(TEXTS)
def test_a_text_without_what_is_refused_holds_nothing_to_refuse_and_is_not_changed_again(text: str) -> None:
    clean = without_refused(text)
    assert list(signs_to_refuse(clean)) == []
    assert without_refused(clean) == clean


@given(TEXTS)
def test_a_text_that_holds_nothing_to_refuse_is_only_composed(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert list(signs_to_refuse(composed)) != [] or without_refused(text) == composed


@given(TEXTS)
def test_an_id_without_invisible_signs_has_none_and_no_blanks_around_it(text: str) -> None:
    clean = without_invisible(text)
    assert without_invisible(clean) == clean == clean.strip()


@pytest.mark.parametrize("place", ["gbeng", "gbsct", "gbwls", "gbxyz", "hanne", "gbenghanne"])
def test_only_the_tags_of_three_flags_may_stand(place: str) -> None:
    flag = f"🏴{''.join(chr(0xE0000 + ord(letter)) for letter in place)}\U000e007f"
    assert without_refused(flag) == (flag if place in {"gbeng", "gbsct", "gbwls"} else "🏴")


@given(st.characters())
def test_every_sign_is_named_with_its_number(sign: str) -> None:
    assert dict(name_of_sign(sign).values) == {"code": f"U+{ord(sign):04X}"}
