"""What was held in a text as it was typed is found again in its printed form, whatever stands between its letters there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.personal_data import Filter
from bot.confidentiality.printed_form import as_printed, sentences_of
from bot.dialogue.rounds.found_again import sentences_with
from bot.dialogue.rounds.quote_choice import read_for_quote
from tests.support.programme import PROGRAMME
from tests.support.world import World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FILTER: Final = Filter(is_on_roster=lambda _: False, extra=frozenset())
BEFORE: Final = "Vi lyttede mere til hinanden i denne uge."
DISGUISES: Final = [
    "Det var Me--tte der sagde nej til det.",
    "Det var han--ne der sagde nej til det.",
    "Det var ha!!nne der sagde nej.",
    "Det var Me....tte der sagde nej til det.",
    "Det var l–a–r–s der sagde nej til det.",
    "Det var L - a - r - s der sagde nej til det.",
    "vi mødtes på vestergad---e 7 i går.",
    "leder K--H sagde nej til det.",
    "Ring 12--34--56--78 hvis du vil.",
    "cpr 010190--1234 er mit nummer.",
    "fire--fem--seks--syv er mit nummer.",
    "skriv til hanne @ firma . dk i dag.",
    "skriv til hanne at firma..dk i dag.",
]


@pytest.mark.parametrize("text", DISGUISES)
def test_no_sentence_is_offered_that_was_held_as_it_was_typed(session: Session, text: str) -> None:
    World(session).populate()
    parts = read_for_quote(session, PROGRAMME, f"{BEFORE} {text}").parts
    assert bool(FILTER.holds(text)) <= ([part.text for part in parts] == [BEFORE])


@given(
    st.sampled_from(["Mette", "KH", "12345678", "Bo"]), st.lists(st.sampled_from(["", "--", " - ", "!!", "…", ". ", ",", "\n"]), max_size=7)
)
def test_between_the_letters_anything_may_stand(name: str, signs: list[str]) -> None:
    hidden = "".join(letter + sign for letter, sign in zip(name, [*signs, *[""] * len(name)], strict=False))
    typed = f"Det var {hidden} der sagde nej."
    found = FILTER.read(typed)
    sentences = [FILTER.read(sentence) for sentence in sentences_of(as_printed(f"{BEFORE} {typed}"))]
    barred = sentences_with([found], sentences)
    assert 0 not in barred
    assert barred or not found.holds


def test_a_short_name_bars_no_sentence_in_which_its_letters_only_follow_each_other() -> None:
    sentences = [FILTER.read(text) for text in ("Tak hele vejen.", "Det sagde K – H igen.")]
    assert sentences_with([FILTER.read("Det sagde leder KH igen.")], sentences) == {1}
