"""Text that people wrote stays text, within Slack's lengths."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.slack.escaping import (
    clean,
    common_cap,
    cut,
    escape,
    json_length,
    length_when_escaped,
    share_room,
    split_text,
)

FAMILY, FLAG, THUMB, E = "👩\u200d👧\u200d👦", "🇩🇰", "👍🏽", "e\u0301"
LENGTHS = (len, json_length, length_when_escaped)
TEXTS = st.text(alphabet=st.sampled_from([*'ab \n&<>"\\', "é", "😀"]), max_size=300)
IN_SIGNS = st.lists(st.sampled_from([FAMILY, FLAG, THUMB, E, "a", " ", "&amp;", "<@U1|Bo Bo>", "https://example.org/a"]), max_size=40)


def test_markup_that_would_call_everyone_is_only_text() -> None:
    assert escape("<!channel> & <@U1|Bo>") == "&lt;!channel&gt; &amp; &lt;@U1|Bo&gt;"


@pytest.mark.parametrize("steering", ["\x00", "\x07", "\u202e", "\u2066", "\ud800", "\x85"])
def test_characters_that_steer_instead_of_being_read_are_gone(steering: str) -> None:
    assert clean(f"før{steering}efter") == "førefter"


def test_right_to_left_text_itself_is_kept() -> None:
    assert clean("שלום مرحبا") == "שלום مرحبا"


def test_a_long_text_is_cut_at_a_words_end() -> None:
    assert cut("et to tre fire", 10) == "et to …"
    assert cut("et to tre fire", 11) == "et to tre …"


@given(st.text(), st.integers(min_value=0, max_value=200))
def test_a_cut_text_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most


@example(text="\\" * 7, most=12, length=json_length)
@given(TEXTS.map(clean), st.integers(min_value=0, max_value=200), st.sampled_from(LENGTHS))
def test_a_text_cut_to_what_it_takes_takes_no_more_and_is_its_beginning(text: str, most: int, length) -> None:
    shown = cut(text, most, length)
    assert length(shown) <= most or (shown == text and length(text) <= most)
    assert shown == text or text.startswith(shown.removesuffix("…").rstrip())


@given(IN_SIGNS, st.integers(min_value=1, max_value=120))
def test_no_cut_falls_within_what_is_one_sign_or_one_link(signs: list[str], most: int) -> None:
    text = "".join(signs)
    shown = cut(text, most).removesuffix("…").rstrip()
    ends = {len("".join(signs[:count]).rstrip()) for count in range(len(signs) + 1)} | {len(text)}
    assert len(shown) in ends


@pytest.mark.parametrize("whole", [FAMILY, FLAG, THUMB, E, "&amp;", "<@U0ANNA>", ":tada:", "https://example.org/en/lang/sti"])
def test_what_is_one_sign_or_link_goes_whole_or_stays_whole(whole: str) -> None:
    text = f"{'x' * 50}{' ' if whole.startswith('http') else ''}{whole}{'y' * 50}"
    for most in range(40, 105):
        kept = cut(text, most).removesuffix("…").rstrip()
        assert kept == text[: len(kept)]
        assert not re.search(f"x{re.escape(whole[0])}", kept) or whole in kept, most


def test_no_cut_falls_between_a_letter_and_its_mark() -> None:
    assert all(unicodedata.normalize("NFC", cut(E * 30, most)).strip(" …").strip("é") == "" for most in range(3, 60))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_cost_is_what_the_text_takes_in_a_payload(text: str) -> None:
    assert json_length(text) + 2 == len(json.dumps(text, ensure_ascii=False))


# --- the longest is shortened first


@given(st.lists(st.integers(min_value=0, max_value=4_000), max_size=30), st.integers(min_value=0, max_value=12_000))
def test_the_common_cap_fills_the_room_and_no_more(lengths: list[int], room: int) -> None:
    cap = common_cap(lengths, room)
    taken = [min(length, cap) for length in lengths]
    assert sum(taken) <= room
    assert taken == lengths or sum(min(length, cap + 1) for length in lengths) > room


@given(st.lists(TEXTS.map(clean), max_size=12), st.integers(min_value=0, max_value=800), st.sampled_from(LENGTHS))
def test_the_longest_texts_are_shortened_first_and_only_if_they_must(texts: list[str], room: int, length) -> None:
    shown, cap = share_room(texts, room, length), common_cap(map(length, texts), room)
    assert sum(map(length, shown)) <= room
    assert shown == share_room(texts, room, length)
    assert [text for text, seen in zip(texts, shown, strict=True) if (length(text) <= cap) is not (text == seen)] == []
    assert all(length(seen) <= cap for seen in shown)
    assert shown == texts or sum(map(length, texts)) > room


def test_three_long_answers_share_the_room_and_a_short_one_stays_whole() -> None:
    shown = share_room(["ord " * 825, "kort", "ord " * 825, "ord " * 825], 9_000)
    assert shown[1] == "kort"
    assert all(2_980 < len(text) < 3_000 for text in (shown[0], shown[2], shown[3]))


@given(st.lists(TEXTS.map(clean), min_size=1, max_size=6), st.integers(min_value=20, max_value=300))
def test_a_text_is_cut_before_it_is_escaped(texts: list[str], room: int) -> None:
    for text in map(escape, share_room(texts, room, length_when_escaped)):
        assert re.sub("&(amp|lt|gt);", "", text).count("&") == 0, "half an entity is left"


@given(st.text(alphabet="ab \n", max_size=400), st.integers(min_value=5, max_value=60))
def test_dividing_keeps_every_word_and_every_piece_fits(text: str, most: int) -> None:
    pieces = split_text(text, most)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_dividing_splits_no_sign() -> None:
    assert all(piece.replace(FAMILY, "") == "" for piece in split_text(FAMILY * 40, 23))
