"""Text that people wrote stays text, within Slack's lengths."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.language.visible_text import clean, length_in_chat
from bot.platforms.slack.escaping import (
    as_seen,
    common_cap,
    escape,
    escape_entities,
    json_length,
    length_in_plain,
    length_when_escaped,
    share_room,
    split_text,
)

FAMILY = "👩\u200d👧\u200d👦"
LENGTHS = (length_in_chat, json_length, length_when_escaped)
TEXTS = st.text(alphabet=st.sampled_from([*'ab \n&<>"\\', "é", "😀"]), max_size=300)


def test_markup_that_would_call_everyone_is_only_text() -> None:
    assert escape("<!channel> & <@U1|Bo>") == "&lt;!channel&gt; &amp; &lt;@U1|Bo&gt;"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_cost_is_what_the_text_takes_in_a_payload(text: str) -> None:
    assert json_length(text) + 2 == length_in_chat(json.dumps(text, ensure_ascii=False))


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


@pytest.mark.parametrize("text", ["R&D", "1 < 2 > 0", "&lt;", "&amp;amp; &gt;", "&#38; &copy; &quot;"])
def test_where_slack_reads_no_markup_it_still_shows_what_was_written(text: str) -> None:
    """Slack puts a sign for three entities and no others."""
    shown = re.sub("&(amp|lt|gt);", lambda entity: {"amp": "&", "lt": "<", "gt": ">"}[entity[1]], escape_entities(text))
    assert (shown, length_in_plain(text)) == (text, len(escape_entities(text)))


@given(st.text(alphabet="ab \n&lt;😀\u2067\u2069", max_size=400), st.integers(min_value=5, max_value=60))
@example(text=";;\u2067\n;;;;\u2067\u2067\u2067 ", most=10)
def test_dividing_keeps_every_word_and_every_piece_fits(text: str, most: int) -> None:
    text = clean(text)
    pieces = split_text(text, most)
    assert all(0 < length_in_plain(piece) <= most for piece in pieces)
    text, pieces = (re.sub("[\u2067\u2069]", "", words) for words in (text, "".join(pieces)))
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_dividing_splits_no_sign() -> None:
    assert all(piece.replace(FAMILY, "") == "" for piece in split_text(FAMILY * 40, 23))


def test_a_letter_with_more_marks_than_a_text_may_have_is_divided_all_the_same() -> None:
    assert "".join(split_text("e" + "\u0301" * 9000)) == "e" + "\u0301" * 9000


@given(st.text() | st.lists(st.sampled_from(["&", "amp;", "&lt;", "<", ">", ";", "x", "12:30:45"])).map("".join))
def test_a_text_is_read_from_slack_as_its_author_saw_it(text: str) -> None:
    assume(text.count(":") < 2 or "12:30:45" in text)
    assert as_seen(escape(text)) == text


@pytest.mark.parametrize(
    ("handed", "seen"),
    [
        ("godt :smile:, tak :+1::skin-tone-3:!", "godt 😄, tak 👍🏼!"),
        (":flag-dk::heart::female-teacher::skin-tone-2:", "🇩🇰❤️👩🏻‍🏫"),
        (":man-woman-girl-boy: :slightly_smiling_face:", "👨‍👩‍👧‍👦 🙂"),
        (":teamkage: :mette: kl. 12:30:45 a:b:c 1:100:2", ":teamkage: :mette: kl. 12:30:45 a:b:c 1:100:2"),
        ("&amp;amp; &amp;lt; &lt;3 &nbsp;", "&amp; &lt; <3 &nbsp;"),
    ],
)
def test_emoji_stand_for_their_names_and_other_names_stay(handed: str, seen: str) -> None:
    assert as_seen(handed) == seen
