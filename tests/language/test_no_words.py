"""Names of emoji, links, entities and mentions are no words; what only looks like one is."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.personal_data import Filter
from bot.confidentiality.printed_form import as_printed
from bot.dialogue.form_input import clean_text
from bot.language.dictionary import is_written_in
from bot.language.lemmas import pieces_of, words_in

NO_WORDS: Final = st.sampled_from(
    [
        *(":smile:", ":+1::skin-tone-3:", ":heart::tada:", ":teamkage:", ":flag-dk:", ":1234:", "(:smile:),", "»:heart:«"),
        *("&amp;", "&lt;3", "&nbsp;", "&#230;"),
        *("https://example.org/en_side?med=ord&flere=2", "www.example.dk/nyt", "http://example.org.", "(example.dk)", "example.dk/en/side"),
        *("anna.hansen@example.org", "<mailto:a@example.org|a@example.org>", "<https://example.org|se her>", "<@U0ANNA>", "<#C1|om-alt>"),
    ]
)
TEXTS: Final = st.sampled_from(
    ["Vi vil have ro til møderne", "TAL MED BØRN", "Tal i MED med børn", "Nej…", "Kl. 12:30:45 er der mad:ro:fred", ""]
)


@given(TEXTS, st.lists(NO_WORDS, max_size=4), st.booleans())
def test_what_is_no_word_changes_none_of_the_words(text: str, no_words: list[str], is_before: bool) -> None:
    parts = [*no_words, text] if is_before else [text, *no_words]
    whole = " ".join(parts)
    assert words_in(whole) == words_in(text)
    assert {word for piece in pieces_of(whole) for word in words_in(piece)} == {w for piece in pieces_of(text) for w in words_in(piece)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mad:ro:fred og ro::mad", ["mad", "ro", "fred", "og", "ro", "mad"]),
        ("kl. 12:30:45, husk:ro", ["kl", "husk", "ro"]),
        ("tak:heart:, nej:slightly_smiling_face:ja", ["tak", "nej", "ja"]),
        ("R&D; rock&rul", ["rock", "rul"]),
        ("Vi er færdige.Det er godt.nu går vi", ["Vi", "er", "færdige", "Det", "er", "godt", "nu", "går", "vi"]),
        (":Mads: og :ro og mad:", ["Mads", "og", "ro", "og", "mad"]),
        ("med\u00adarbej\u200bderne", ["medarbejderne"]),
        ("ro\u2028mad\x0bfred", ["ro", "mad", "fred"]),
    ],
)
def test_words_with_colons_and_dots_are_words(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_a_language_is_read_from_its_words_alone() -> None:
    assert is_written_in("da", "Vi ses :the_what_with: https://example.org/which/they/would/because/about")


@pytest.mark.parametrize("code", [":flag-dk:", ":heart:", ":mrs_claus:", ":santa::skin-tone-4:", ":man-woman-girl-boy:"])
@pytest.mark.parametrize("text", ["Vi skal huske at grine sammen", "Spørg Hanne om det", "vi ringer til 20 30 40 50"])
def test_the_filter_reads_no_letters_of_an_emoji(code: str, text: str) -> None:
    personal_data = Filter(is_on_roster=lambda word: word in {"heart", "santa", "dk", "claus"}, extra=frozenset({"heart"}))
    assert [personal_data.holds(f"{text} {code}"), personal_data.holds(f"{code} {text}")] == [personal_data.holds(text)] * 2


def test_a_workspaces_own_emoji_may_be_named_after_somebody() -> None:
    personal_data = Filter(is_on_roster=lambda _: False, extra=frozenset())
    assert [hold.found for hold in personal_data.holds("tak :mette: for alt :mettes_kage:")] == ["mette", "mettes"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_soft_line_break_glues_no_words(line_end: str) -> None:
    text = f"ro{line_end}mad"
    assert [words_in(clean_text(text)), words_in(as_printed(text)), sorted(pieces_of(text))] == [
        ["ro", "mad"],
        ["Ro", "mad"],
        ["mad", "ro"],
    ]
