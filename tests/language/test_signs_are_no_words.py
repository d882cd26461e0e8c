"""Emoji (`:short_codes:` on Slack), entities and addresses are not counted as words."""

from __future__ import annotations

import pytest

from bot.confidentiality.floors import Printed
from bot.confidentiality.personal_data import Filter
from bot.dialogue.digests.keywords import WordUse, telling_words
from bot.language.lemmas import LEMMAS, words_in

NO_WORDS = {
    "emoji": ":slightly_smiling_face: :+1::skin-tone-3: :thumbsup:",
    "entity": "&amp; &lt; &gt;",
    "address": "https://www.example.org/sider/forside.html",
}


@pytest.mark.parametrize("text", NO_WORDS.values(), ids=NO_WORDS)
def test_no_words_are_found_in_what_is_none(text: str) -> None:
    assert [word for piece in text.split() for word in words_in(piece)] == []


@pytest.mark.parametrize(
    ("ending", "unwanted"),
    [
        pytest.param(":slightly_smiling_face:", {"smiling", "face", "slightly", "smile", "slight"}, id="face"),
        pytest.param(":+1::skin-tone-3:", {"skin-tone", "tone", "skin"}, id="thumb"),
        pytest.param("https://www.randers.dk/skoler", {"https", "www", "http"}, id="address"),
        pytest.param("&amp; ro", {"amp"}, id="entity"),
    ],
)
def test_the_words_that_many_used_are_words(ending: str, unwanted: set[str]) -> None:
    texts = [
        f"Vi vil have tid til {what} {ending}" for what in ["møderne", "børnene", "planen", "vagten", "huset", "skoven", "vejen", "dagen"]
    ]
    texts += [
        f"Vi vil have {what}" for what in ["ro", "mad", "fred", "orden", "plads", "luft", "lys", "vand", "saft", "kage", "brød", "smør"]
    ]
    theme = WordUse(enumerate(texts), LEMMAS)
    told = telling_words(theme, people=Printed(20), prior={}, floor=5, allowed=lambda _: True, already=())
    assert not {word.shown for word in told} & unwanted


@pytest.mark.parametrize("code", [":slightly_smiling_face:", ":+1:", ":flag-dk:", ":heart:"])
def test_a_text_with_an_emoji_may_be_quoted_like_one_without(code: str) -> None:
    personal_data, plain = Filter(is_on_roster=lambda _: False, extra=()), "Vi skal huske at grine sammen, når det er svært for os alle"
    assert tuple(personal_data.holds(plain)) == tuple(personal_data.holds(f"{plain} {code}"))
