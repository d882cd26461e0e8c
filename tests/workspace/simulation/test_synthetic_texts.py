"""Do synthetic people write about what they were asked, each in words of their own, and would it do in a digest?"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.personal_data import Filter
from bot.workspace.simulation.synthetic_texts import reflection, slip

if TYPE_CHECKING:
    from bot.programme import Programme

OTHERWISE = "Ugens spørgsmål: Hvad nu?"


def written(asked: str, language: str = "da", many: int = 300) -> list[str]:
    dice = random.Random(1)  # noqa: S311 - the same answers in each run
    return [reflection(dice, asked, language) for _ in range(many)]


@pytest.fixture(scope="module")
def nobody_here() -> Filter:
    """The personal-data filter where nobody is on the roster."""
    return Filter(is_on_roster=lambda _: False, extra=frozenset())


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_theme_of_the_shipped_programme_has_sentences_of_its_own(programme: Programme, language: str):
    titles = [theme.title.da if language == "da" else theme.title.en for theme in programme.themes]
    openings = [{text.split(".")[0] for text in written(f"Tema: {title}", language)} for title in (*titles, OTHERWISE)]
    assert len(openings) == 8
    assert all(openings)
    assert sum(map(len, openings)) == len(set[str]().union(*openings))


def test_a_question_is_answered_though_an_earlier_theme_stands_before_it():
    asked = "En politiker svarer på jeres ønsker under »Borgeren først«.\n\nTema: Fælles retning\n\nHvad er du i tvivl om?"
    assert written(asked) == written("Tema: Fælles retning")


def test_of_a_hundred_who_answer_hardly_anybody_writes_the_same():
    counts = Counter(written("Tema: Sammenhæng på tværs", many=100))
    assert len(counts) > 70
    assert max(counts.values()) <= 6


@pytest.mark.parametrize("asked", ["Tema: Borgeren først", "Tema: Ledelse frem for detailstyring", OTHERWISE])
@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_written_is_short_enough_to_quote_and_names_nobody(nobody_here: Filter, asked: str, language: str):
    texts = set(written(asked, language))
    assert max(len(text.split()) for text in texts) <= 50
    assert [text for text in texts if nobody_here.holds(text)] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_slip_is_what_the_filter_holds(nobody_here: Filter, language: str):
    dice = random.Random(1)  # noqa: S311 - likewise
    assert all(nobody_here.holds(slip(dice, language)) for _ in range(50))
