"""The filter holds names in reflections, and lets ordinary ones through.

The benchmarks print the figures; here are their bounds.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.personal_data import Filter, words_of_name
from bot.confidentiality.personal_data.word_lists import LISTS, all_names, is_name, sure_names, word_list
from bot.language.dictionary import is_word
from tests.support.labelled_texts import clean, halves, named, recalled

if TYPE_CHECKING:
    from tests.support.labelled_texts import Named

NOBODY = Filter(is_on_roster=lambda _word: False, extra=frozenset())


def test_there_is_enough_to_measure_on():
    assert len(clean()) >= 300
    assert len(named()) >= 300
    assert len({each.kind for each in named()}) == 7


@pytest.mark.parametrize("half", [0, 1], ids=["tuned", "held out"])
def test_at_most_one_in_twenty_ordinary_reflections_is_held(half: int):
    texts = halves(clean())[half]
    held = [text for text in texts if NOBODY.holds(text)]
    assert len(held) <= len(texts) * 0.05, held


@pytest.mark.parametrize("half", [0, 1], ids=["tuned", "held out"])
def test_names_of_every_kind_are_held(half: int):
    by_kind: dict[str, list[Named]] = defaultdict(list)
    for each in halves(named())[half]:
        by_kind[each.kind].append(each)
    shares = {kind: sum(recalled(NOBODY, each) for each in those) / len(those) for kind, those in by_kind.items()}
    assert {kind: share for kind, share in shares.items() if share < (0.85 if kind == "lower" else 0.95)} == {}


def test_every_name_is_held_when_it_is_on_the_roster():
    roster = frozenset().union(*(words_of_name(name) for each in named() for name in each.names))
    bare = roster | {word[:-1] for word in roster if word.endswith("s")}
    by = Filter(is_on_roster=bare.__contains__, extra=frozenset())
    assert [each for each in named() if not recalled(by, each)] == []


# --- the lists


@pytest.mark.parametrize("name", sorted(path.stem for path in LISTS.glob("*.txt")))
def test_a_list_is_sorted_in_lower_case_and_holds_each_word_once(name: str):
    words = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert words == sorted({word.casefold() for word in words if word.strip()})


def test_the_lists_of_names_are_long_enough():
    assert len(word_list("first_names")) >= 1500
    assert len(word_list("surnames")) >= 800
    assert word_list("names_that_are_words") <= all_names()


def test_no_name_is_called_an_ordinary_word():
    assert sorted(word for word in word_list("ordinary") if is_name(word)) == []


def test_only_sure_names_are_held_in_lower_case():
    assert {"hanne", "mohammed", "jensen", "tove"} <= sure_names()
    assert sure_names().isdisjoint({"bo", "my", "storm", "hans", "tage", "dag"})


def test_the_dictionaries_know_words_and_no_names():
    assert all(map(is_word, ["møderne", "skolebestyrelsen", "leadership", "invitér"]))
    assert not any(map(is_word, ["hanne", "jensen", "mohammed", "blorf"]))
