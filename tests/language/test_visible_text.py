"""What is shown is what was written: whole characters, words that stay apart, and directions that stay where they belong."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.visible_text import beginning, clean, close_isolates, cut, length_in_chat

WHOLE = {  # what is seen as one, by its name
    "a letter and its ring": "a\u030a",
    "a family": "👩\u200d👧\u200d👦",
    "a flag of letters": "🇩🇰",
    "a flag of tags": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "a tone of skin": "👍🏽",
    "a colour of a sign": "❤\ufe0f",
    "a syllable of letters": "\u1112\u1161\u11ab",
    "a syllable and its end": "\uac00\u11ab",
    "a conjunct": "क्षि",
    "a conjunct with a joiner": "क्\u200dष",
    "an emoji beyond the first plane": "😀",
    "an entity": "&amp;",
    "an entity by number": "&#228;",
    "a mention": "<@U1|Bo Bo>",
    "a command": "<!channel>",
    "a link": "<https://example.org/a|et sted>",
    "an emoji by its name": ":tada:",
}
ISOLATES = "\u2066\u2067\u2068"
OPEN, END = "\u2067", "\u2069"
WRITTEN = st.text(alphabet=st.sampled_from([*'ab \n\r\x0b\x85\u2028<&"', *ISOLATES, END, "\u200e", "\u202e", "😀", "א"]), max_size=200)
MANY = st.lists(st.sampled_from([*WHOLE.values(), "a", " ", "\n", "https://example.org/a "]), max_size=40)


def depths(line: str) -> list[int]:
    """How many isolates are open after each sign."""
    depth, found = 0, [0]
    for sign in line:
        depth += 1 if sign in ISOLATES else -1 if sign == END else 0
        found.append(depth)
    return found


def is_balanced(text: str) -> bool:
    return all(depths(line)[-1] == 0 <= min(depths(line)) for line in text.split("\n"))


@pytest.mark.parametrize("steering", ["\x00", "\x07", "\x1f", "\x7f", "\u202a", "\u202e", "\ud800", "\x9b"])
def test_characters_that_steer_instead_of_being_read_are_gone(steering: str) -> None:
    assert clean(f"før{steering}efter") == "førefter"


@pytest.mark.parametrize("soft", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_break_of_any_kind_glues_no_words(soft: str) -> None:
    assert clean(f"før{soft}efter") == "før\nefter"


@given(WRITTEN)
def test_no_two_words_become_one_and_none_is_lost(text: str) -> None:
    unseen = f"[{ISOLATES}{END}\u202e]"
    assert re.sub(unseen, "", clean(text)).split() == re.sub(unseen, "", text).split()
    assert clean(clean(text)) == clean(text)


# --- direction


@pytest.mark.parametrize("text", ["שלום مرحبا", f"et {OPEN}שלום{END} her", "\u200fשלום\u200e", "\u061c١٢", "\u2068א\u2066b\u2069\u2069"])
def test_text_of_the_other_direction_is_kept_with_what_isolates_it(text: str) -> None:
    assert clean(text) == text


@given(WRITTEN, st.integers(min_value=0, max_value=60))
def test_no_direction_reaches_beyond_a_line_or_a_cut(text: str, most: int) -> None:
    shown = clean(text)
    assert is_balanced(shown)
    assert is_balanced(cut(shown, most))
    assert is_balanced(beginning(shown, most))
    assert close_isolates(shown) == shown


def test_an_isolate_that_nobody_ended_ends_before_our_own_words() -> None:
    assert close_isolates(f"{OPEN}שלום\nog{END} så") == f"{OPEN}שלום{END}\nog så"
    assert cut(f"{OPEN}שלום חבר", 8) == f"{OPEN}שלום{END} …"


# --- cuts


def test_a_long_text_is_cut_at_a_words_end() -> None:
    assert cut("et to tre fire", 10) == "et to …"
    assert cut("et to tre fire", 11) == "et to tre …"


@given(st.text() | WRITTEN, st.integers(min_value=0, max_value=200), st.sampled_from([length_in_chat, lambda text: 2 * len(text)]))
@example(text="😀" * 9, most=9, length=length_in_chat)
def test_a_cut_text_is_never_longer_than_asked_and_is_the_texts_beginning(text: str, most: int, length) -> None:
    text = clean(text)
    shown = cut(text, most, length)
    assert length(shown) <= most or (shown == text and length(text) <= most)
    assert shown == text or text.startswith(shown.removesuffix("…").rstrip().rstrip(END))


@given(st.text(f"a {OPEN}{END}\n", max_size=60), st.integers(min_value=0, max_value=60))
@example(text=f"a{END * 100}", most=75)
def test_a_text_is_cut_whatever_isolates_end_in_it(text: str, most: int) -> None:
    assert length_in_chat(cut(text, most)) <= most


@given(MANY, st.integers(min_value=1, max_value=120))
def test_no_cut_falls_within_what_is_seen_as_one(signs: list[str], most: int) -> None:
    text = "".join(signs)
    ends = {len("".join(signs[:count]).rstrip()) for count in range(len(signs) + 1)} | {len(text)}
    assert len(cut(text, most).removesuffix("…").rstrip()) in ends
    assert len(beginning(text, most).rstrip()) in ends


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE.keys())
def test_what_is_seen_as_one_goes_whole_or_stays_whole(whole: str) -> None:
    text = f"{'x' * 50}{whole}{'y' * 50}"
    for most in range(40, 105):
        for kept in (cut(text, most).removesuffix("…").rstrip(), beginning(text, most)):
            assert kept == text[: len(kept)]
            assert not 50 < len(kept) < 50 + len(whole), most


def test_a_text_is_counted_as_a_chat_counts_it() -> None:
    assert [length_in_chat(text) for text in ("", "å", "a\u030a", "😀", "🇩🇰", "\ud800")] == [0, 1, 2, 2, 4, 1]


@given(MANY, st.integers(min_value=0, max_value=200))
def test_what_is_to_be_written_on_is_whole_or_its_beginning_without_dots(signs: list[str], most: int) -> None:
    text = "".join(signs)
    kept = beginning(text, most)
    assert text.startswith(kept)
    assert length_in_chat(kept) <= most
    assert kept == text or length_in_chat(text) > most
