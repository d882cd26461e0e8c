"""Telephone and CPR numbers in words are held; numbers as people use them in a sentence are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.personal_data import Filter, FindingKind
from bot.confidentiality.personal_data.number_words import COMPOUND, TELLING

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())


def kinds(text: str) -> list[FindingKind]:
    return [hold.kind for hold in NOBODY.holds(text)]


@pytest.mark.parametrize(
    "text",
    [
        "ring tolv fireogtyve 36 otteogfyrre",
        "cpr er nul et nul et firs tolv",
        "nul et og nul et og firs",
        "ring tolv, fireogtyve, seksogtredive, fem",
        "tolv - fireogtyve - seksogtredive - otteogfyrre",
        "tolv-fireogtyve-seksogtredive-otteogfyrre",
        "tolv\nfireogtyve\nseksogtredive\notteogfyrre",
        "otte og tyve, syv og tredive",
        "tolvfireogtyveseksogtredive",
        "call five one two double eight",
        "twenty-one thirty two forty",
        "Tyve Tredive FYRRE halvtreds",
    ],
)
def test_a_number_in_words_is_held(text: str):
    assert kinds(text) == [FindingKind.NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "vi har to tre fire møder om ugen",
        "der er fem seks stykker af dem",
        "ud af tredive børn er fem seks i gang",
        "fem til otte til ti",
        "et hundrede og fem og tyve kroner",
        "one to one and two to four",
        "en og en og en og en",
        "vi er 3 og 4 og 5 og 6",
        "syv. Otte er for mange. Ni er bedst",
        "femogtyveårige",
        "enten eller",
    ],
)
def test_numbers_in_a_sentence_are_not_held(text: str):
    assert kinds(text) == []


numbers = st.lists(st.sampled_from(sorted(TELLING | COMPOUND)), min_size=4, max_size=8)
between = st.sampled_from([" ", ", ", "-", " - ", "\n", " og ", ". ", "/"])


@given(numbers, between, st.sampled_from(["", "ring til mig på "]), st.sampled_from(["", " i morgen", ". Tak"]))
def test_four_numbers_in_a_row_are_held_whatever_stands_between_and_around(row: list[str], sign: str, before: str, after: str):
    assert FindingKind.NUMBER in kinds(before + sign.join(row) + after)
