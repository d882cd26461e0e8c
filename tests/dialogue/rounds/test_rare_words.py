"""The words stand out that few or no others have used this week, and nothing is told of what a few others have written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.floors import LOWEST_FLOORS
from bot.dialogue.rounds import rare_words, replies
from bot.dialogue.rounds.rare_words import find_rare_words, split_at
from tests.support.programme import PROGRAMME, VARIANTS
from tests.support.world import OPENS, SLOT, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.models import Round

FLOOR: Final = LOWEST_FLOORS.people
TEXT: Final = "Vagtplanerne gav os tid til fordybelse, men zwixet drillede."


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def answer(world: World, round_: Round, number: int, text: str) -> None:
    for who in range(1, number + 1):
        replies.record(world.session, OPENS, PROGRAMME, f"L{who}", round_.id, text, wish=False, quote=False)


def rare(world: World, round_: Round, text: str = TEXT) -> set[str]:
    replies.record(world.session, OPENS, PROGRAMME, "L0", round_.id, text, wish=False, quote=False)  # it is stored when it is looked at
    return set(find_rare_words(world.session, round_.id, round_.snapshot, text))


def test_words_stand_out_that_too_few_others_used_in_any_form(world: World, round_: Round) -> None:
    answer(world, round_, FLOOR, "Vi har brug for mere tid, og tiden er knap. Vi fordybede os.")
    assert rare(world, round_) == {"Vagtplanerne", "fordybelse", "zwixet", "drillede"}
    answer(world, round_, FLOOR - 1, "Tid! Fordybelsen! Og det driller.")
    assert rare(world, round_) == {"Vagtplanerne", "fordybelse", "zwixet", "drillede"}
    answer(world, round_, FLOOR, "Tid! Fordybelsen! Og det driller.")
    assert rare(world, round_) == {"Vagtplanerne", "zwixet"}


@pytest.mark.parametrize("before", [0, 3, 5])
def test_what_four_others_write_changes_nothing_that_stands_out(world: World, round_: Round, before: int) -> None:
    for who in range(FLOOR, FLOOR + before):
        replies.record(world.session, OPENS, PROGRAMME, f"L{who}", round_.id, "Vi lyttede til hinanden.", wish=False, quote=False)
    seen = rare(world, round_)
    assert seen == {"Vagtplanerne", "tid", "fordybelse", "zwixet", "drillede"}
    answer(world, round_, FLOOR - 1, TEXT)
    assert rare(world, round_) == seen


def test_the_forms_of_one_word_are_counted_together_and_each_person_once(world: World, round_: Round) -> None:
    answer(world, round_, FLOOR - 1, "Fordybelsen, fordybelse og fordybelser.")
    assert "fordybelse" in rare(world, round_)
    replies.record(world.session, OPENS, PROGRAMME, f"L{FLOOR}", round_.id, "Fordybelser.", wish=False, quote=False)
    assert "fordybelse" not in rare(world, round_)


def test_a_word_in_another_round_of_the_week_is_used(world: World, round_: Round) -> None:
    answer(world, round_, FLOOR - 1, "Fordybelse.")
    same_week = world.open_and_ask(VARIANTS, slot=type(SLOT)(week=SLOT.week, number=2), opens_at=OPENS)
    replies.record(world.session, OPENS, PROGRAMME, f"L{FLOOR}", same_week.id, "Fordybelse.", wish=False, quote=False)
    assert "fordybelse" not in rare(world, round_)


def test_a_raised_floor_counts(world: World, round_: Round) -> None:
    round_.snapshot = {**round_.snapshot, "floors": {**round_.snapshot["floors"], "people": FLOOR + 1}}
    answer(world, round_, FLOOR, "Fordybelse.")
    assert "fordybelse" in rare(world, round_)
    answer(world, round_, FLOOR + 1, "Fordybelse.")
    assert "fordybelse" not in rare(world, round_)


def test_months_days_and_small_numbers_in_any_form_do_not_stand_out(world: World, round_: Round) -> None:
    assert rare(world, round_, "Fordybelsen kom i marts, tre mandage om formiddagen, og den drillede.") == {"Fordybelsen", "drillede"}


def test_what_stands_in_the_question_does_not_stand_out(world: World, round_: Round) -> None:
    theme = {**round_.snapshot["theme"], "title": {"da": "Fordybelser", "en": "Zwixet"}}
    round_.snapshot = {**round_.snapshot, "theme": theme, "questions": {"q": {"da": "Hvad driller?", "en": "What?"}}}
    assert rare(world, round_) == {"Vagtplanerne", "tid"}


def test_a_word_that_no_dictionary_knows_stands_out_whoever_else_wrote_it(world: World, round_: Round) -> None:
    answer(world, round_, 8, "zwixet")
    assert "zwixet" in rare(world, round_)


def test_ones_own_words_do_not_count_as_anothers(world: World, round_: Round) -> None:
    answer(world, round_, FLOOR - 1, "Fordybelse.")
    assert "fordybelse" in rare(world, round_)


def test_where_many_answer_words_are_counted_anew_once_half_as_many_more_have_or_a_tenth_fewer(
    world: World, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rare_words, "FEW_ANSWERS", 5)
    answer(world, round_, FLOOR, "Tid.")
    assert "fordybelse" in rare(world, round_)
    answer(world, round_, FLOOR + 3, "Fordybelse.")
    assert "fordybelse" in rare(world, round_)  # half as many more: nothing is counted
    answer(world, round_, FLOOR + 4, "Fordybelse.")
    assert "fordybelse" not in rare(world, round_)
    answer(world, round_, FLOOR + 4, "Tid.")
    assert "fordybelse" not in rare(world, round_)
    for who in (FLOOR + 3, FLOOR + 4):
        replies.delete_my_reply(world.session, OPENS, PROGRAMME, f"L{who}", round_.id)
    assert "fordybelse" in rare(world, round_)


def test_where_very_many_answer_they_are_not_counted_at_each_look(world: World, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rare_words, "FEW_ANSWERS", 5)
    monkeypatch.setattr(rare_words, "LOOKS_FOR_A_COUNT", 3)
    answer(world, round_, FLOOR, "Tid.")
    assert "fordybelse" in rare(world, round_)
    answer(world, round_, 2 * FLOOR, "Fordybelse.")
    assert "fordybelse" in rare(world, round_)
    assert "fordybelse" in rare(world, round_)
    assert "fordybelse" not in rare(world, round_)


@given(text=st.text(st.sampled_from("ab æ-.,\n😀"), max_size=30), words=st.sets(st.text(st.sampled_from("abæ"), min_size=2, max_size=4)))
def test_split_at_rare_words_a_text_stays_the_same(text: str, words: set[str]) -> None:
    parts = split_at(text, words)
    assert "".join(part for part, _ in parts) == text
    assert {part for part, is_rare in parts if is_rare} <= words
