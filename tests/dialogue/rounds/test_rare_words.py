"""The words stand out that nobody else has used this week, and nothing is told of what a few others have written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.rounds import replies
from bot.dialogue.rounds.rare_words import FEWEST_OTHERS, find_rare_words, split_at
from tests.support.programme import PROGRAMME, VARIANTS
from tests.support.world import OPENS, SLOT, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.models import Round

TEXT: Final = "Vagtplanerne gav os tid til fordybelse, men zwixet drillede."


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


@pytest.fixture
def round_(world: World) -> Round:
    return world.open_and_ask()


def answer(world: World, round_: Round, number: int, text: str) -> None:
    for who in range(1, number + 1):
        replies.record(world.session, OPENS, PROGRAMME, f"L{who}", round_.id, text, wish=False, quote=False)


def rare(world: World, round_: Round, text: str = TEXT) -> set[str]:
    return set(find_rare_words(world.session, round_.id, world.person("L0").id, text))


def test_words_stand_out_that_nobody_else_used_in_any_form(world: World, round_: Round) -> None:
    answer(world, round_, FEWEST_OTHERS, "Vi har brug for mere tid, og tiden er knap. Vi fordybede os.")
    assert rare(world, round_) == {"Vagtplanerne", "fordybelse", "zwixet", "drillede"}
    answer(world, round_, 1, "Fordybelsen! Og det driller.")
    assert rare(world, round_) == {"Vagtplanerne", "zwixet"}


def test_a_word_in_another_round_of_the_week_is_used(world: World, round_: Round) -> None:
    answer(world, round_, FEWEST_OTHERS, "Vi har tid.")
    same_week = world.open_and_ask(VARIANTS, slot=type(SLOT)(week=SLOT.week, number=2), opens_at=OPENS)
    answer(world, same_week, 1, "Fordybelse.")
    assert "fordybelse" not in rare(world, round_)


@pytest.mark.parametrize("others", [0, FEWEST_OTHERS - 1])
def test_with_few_others_only_words_stand_out_that_no_dictionary_knows(world: World, round_: Round, others: int) -> None:
    answer(world, round_, others, "Vi har brug for ro.")
    assert rare(world, round_) == rare(world, round_, "zwixet Vagtplanerne")
    assert "zwixet" in rare(world, round_)
    assert {"tid", "fordybelse"}.isdisjoint(rare(world, round_))


def test_a_word_that_no_dictionary_knows_stands_out_whoever_else_wrote_it(world: World, round_: Round) -> None:
    answer(world, round_, FEWEST_OTHERS, "zwixet")
    assert "zwixet" in rare(world, round_)


def test_ones_own_earlier_words_do_not_count_as_anothers(world: World, round_: Round) -> None:
    answer(world, round_, FEWEST_OTHERS, "Vi har tid.")
    replies.record(world.session, OPENS, PROGRAMME, "L0", round_.id, TEXT, wish=False, quote=False)
    assert "fordybelse" in rare(world, round_)


@given(text=st.text(st.sampled_from("ab æ-.,\n😀"), max_size=30), words=st.sets(st.text(st.sampled_from("abæ"), min_size=2, max_size=4)))
def test_split_at_rare_words_a_text_stays_the_same(text: str, words: set[str]) -> None:
    parts = split_at(text, words)
    assert "".join(part for part, _ in parts) == text
    assert {part for part, is_rare in parts if is_rare} <= words
