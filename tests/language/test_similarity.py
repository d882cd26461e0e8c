"""The two quotes speak for many, the other voice differs, and the order of arrival is not visible."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.lemmas import Lemmas
from bot.language.similarity import Selection, select_texts

LEMMAS = Lemmas()
ABOUT_TIME = (
    "Der mangler tid til møder i hverdagen.",
    "Møderne tager tiden fra hverdagen.",
    "Mere tid, færre møder, en rolig hverdag.",
    "Hverdagen er fuld af møder uden mening.",
)
ANOTHER = "Børnene savner grønne træer omkring legepladsen."
some_texts = st.lists(
    st.lists(st.sampled_from(["tid", "møder", "ro", "børnene", "penge", "lederen", "leder", "det"]), max_size=7).map(" ".join),
    max_size=9,
)


def chosen(*texts: str) -> Selection | None:
    return select_texts(texts, keys=[f"{place:03}" for place in range(len(texts))], lemmas=LEMMAS)


def test_two_texts_are_too_few_and_three_are_enough():
    assert chosen(*ABOUT_TIME[:2]) is None
    assert chosen(ABOUT_TIME[0], ANOTHER, ABOUT_TIME[1]) == Selection(quotes=(0, 2), other_voice=1)


def test_the_other_voice_is_the_text_least_like_the_others():
    for place in range(len(ABOUT_TIME) + 1):
        found = chosen(*ABOUT_TIME[:place], ANOTHER, *ABOUT_TIME[place:])
        assert found is not None
        assert found.other_voice == place


def test_the_quotes_are_like_many_and_not_like_each_other():
    twice = "Der mangler tid til møder i hverdagen, tid til møder."
    texts = (ABOUT_TIME[0], twice, "Ro og tid til børnene.", "Børnene har brug for ro i hverdagen.", "Vejret.")
    found = chosen(*texts)
    assert found is not None
    assert set(found.quotes) != {0, 1}
    assert len({texts[place] for place in found.quotes} & {ABOUT_TIME[0], twice}) == 1
    assert found.other_voice == 4


def test_to_share_a_rare_word_makes_texts_more_alike_than_to_share_a_common_one():
    found = chosen("tid penge", "tid ro", "tid krop", "ro")
    assert found is not None
    assert found.other_voice == 0


def test_of_equally_good_texts_the_first_keys_win():
    assert chosen("tid", "krop ro", "ro krop", "tid") == Selection(quotes=(1, 3), other_voice=0)


def test_another_form_of_a_word_is_the_same_word():
    found = chosen("lederen", "Ledernes", "tid tiden", "leder")
    assert found is not None
    assert found.other_voice == 2


def test_a_text_that_says_nothing_by_itself_is_chosen_only_if_it_must():
    found = chosen("Det er det.", *ABOUT_TIME, ANOTHER)
    assert found is not None
    assert 0 not in {*found.quotes, found.other_voice}
    assert chosen("Det.", "Ja.", "Nej.") == Selection(quotes=(1, 2), other_voice=0)


@settings(max_examples=200, deadline=None)
@given(some_texts, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(texts: list[str], dice):
    keyed = [(f"{dice.random():.9f} {number}", text) for number, text in enumerate(texts)]  # no two alike, as a keyed hash has none
    keys = [key for key, _text in keyed]
    shuffled = dice.sample(keyed, len(keyed))
    one = select_texts(texts, keys=keys, lemmas=LEMMAS)
    other = select_texts([text for _key, text in shuffled], keys=[key for key, _text in shuffled], lemmas=LEMMAS)
    assert (one is None) == (len(texts) < 3) == (other is None)
    if one is not None and other is not None:
        assert [keys[place] for place in one.quotes] == [shuffled[place][0] for place in other.quotes]
        assert keys[one.other_voice] == shuffled[other.other_voice][0]
        assert len({*one.quotes, one.other_voice}) == 3


def test_the_first_quote_is_the_text_most_like_all_others():
    for place in range(4):
        texts = ["tid penge", "ro krop", "tid", "skema"]
        texts.insert(place, "tid ro penge krop")
        found = chosen(*texts)
        assert found is not None
        assert found.quotes[0] == place


@pytest.mark.parametrize(("preferred", "second"), [({1}, 1), ({3}, 3), ({2, 3}, 2), ({0}, 2), ({4}, 2), (set(), 2)])
def test_a_preferred_text_is_the_second_quote_unless_one_is_selected_anyway(preferred: set[int], second: int):
    """The first is most like all others, 4 is the other voice, and of the rest 2 is chosen, which is least like the first."""
    texts = ("tid ro penge krop", "tid ro penge", "tid", "penge krop", "vejret")
    found = select_texts(texts, keys=[f"{place:03}" for place in range(5)], lemmas=LEMMAS, preferred=preferred)
    assert found == Selection(quotes=(0, second), other_voice=4)
