"""What may be quoted is exactly what its author said yes to: the printed form, one sentence of it, or the words as they were typed."""

from __future__ import annotations

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.encryption import TEXT, Keys, new_key
from bot.confidentiality.printed_form import as_printed, part_of, sentences_of

KEYS: Final = Keys([new_key()])
TYPED: Final = "Vi   lyttede.  Det hjalp os alle! Tak"
texts = st.text(st.sampled_from("ab .!?…\n\tÅå"), min_size=1, max_size=40)


def yes_to(text: str | None, keys: Keys = KEYS) -> str:
    return keys.fingerprint(TEXT, text or "")


@given(texts, st.one_of(st.none(), st.integers(0, 4)))
def test_a_yes_to_the_printed_form_or_to_one_sentence_is_bound_to_exactly_that(words: str, sentence: int | None):
    text = part_of(as_printed(words), sentence)
    assert bound_text(KEYS, words, yes_to(text), sentence) == (text or None)


@given(texts, texts, st.one_of(st.none(), st.integers(0, 4)))
def test_no_yes_is_bound_to_another_text(words: str, other: str, sentence: int | None):
    if other not in {words, part_of(as_printed(words), sentence)}:
        assert bound_text(KEYS, words, yes_to(other), sentence) is None


def test_a_yes_to_a_sentence_is_none_to_the_whole_or_to_another_sentence():
    first, second, _ = sentences_of(as_printed(TYPED))
    assert bound_text(KEYS, TYPED, yes_to(first), 0) == first
    assert [bound_text(KEYS, TYPED, yes_to(first), sentence) for sentence in (None, 1, 7)] == [None] * 3
    assert bound_text(KEYS, TYPED, yes_to(second), 1) == second


def test_a_yes_from_before_there_was_a_printed_form_is_bound_to_the_words_as_they_were_typed():
    assert bound_text(KEYS, TYPED, yes_to(TYPED), None) == TYPED
    assert bound_text(KEYS, TYPED, yes_to(TYPED), 0) is None


def test_without_words_or_without_a_yes_nothing_is_bound():
    assert bound_text(KEYS, None, yes_to(TYPED), None) is None
    assert bound_text(KEYS, TYPED, None, None) is None


def test_a_yes_under_an_older_key_still_counts():
    old, new = new_key(), new_key()
    assert bound_text(Keys([new, old]), TYPED, yes_to(as_printed(TYPED), Keys([old])), None) == as_printed(TYPED)
