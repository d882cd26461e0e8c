"""A text in a language is told apart from one that is in none."""

from __future__ import annotations

import pytest

from bot.language.dictionary import is_written_in


@pytest.mark.parametrize(
    "text",
    [
        "Vi lærte at spørge, før vi svarede",
        "Vi holder et brush-up meeting om feedback hver uge",
        "Rent praktisk burde alle afdelinger have samme telefontid.",
        "vi har brug for mere tid til samtaler",
        "mere ro tak",
        "vagtplanlægning og inklusionsindsats",
        "🙂 12",
        "",
    ],
)
def test_danish_is_danish_also_with_a_loan_word_in_it(text: str):
    assert is_written_in("da", text)


@pytest.mark.parametrize(
    "text",
    [
        "we should listen more to each other before we decide",
        "The leader of our SFO listens",
        "vi behöver mer tid för samtal med barnen och föräldrarna",
        "vi trenger mer tid til samtaler med barna og foreldrene",
        "wir brauchen mehr zeit und ruhe im alltag",
        "daha fazla zamana ihtiyacımız var",
        "ma potrzebujemy więcej czasu",
        "waxaan u baahanahay waqti dheeraad ah",
    ],
)
def test_what_few_would_write_here_is_not_danish(text: str):
    assert not is_written_in("da", text)


def test_english_is_english_where_it_is_the_dialogues_language():
    assert is_written_in("en", "we should listen more to each other before we decide")
    assert not is_written_in("en", "vi har brug for mere tid til samtaler")
