"""Is it told in which language most of a text is written?"""

from __future__ import annotations

import pytest

from bot.confidentiality.lexicon import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi lærte at spørge, før vi svarede", "da"),
        ("we should listen more to each other before we decide", "en"),
        ("Vi holder et brush-up meeting om feedback hver uge", "da"),
        ("The leader of our SFO listens", "en"),
        ("🙂 12", None),
        ("", None),
    ],
)
def test_the_language_that_most_words_belong_to_alone_is_told(text: str, language: str | None):
    assert language_of(text) == language
