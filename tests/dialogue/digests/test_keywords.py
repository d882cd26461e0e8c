"""The printed words tell something, and no number about them tells of too few people."""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.confidentiality.disclosure import bitset, smallest_isolated_union
from bot.confidentiality.floors import LOWEST_FLOORS, Printed, printable_part, round_to_five
from bot.dialogue.digests.keywords import (
    LEAST_SCORE,
    RARE_IS_ONE_IN,
    PrintableWord,
    WordUse,
    counts_to_keep,
    telling_words,
    words_of_wishes,
)
from bot.language.lemmas import Lemmas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LEMMAS = Lemmas()
MANY = Printed(100, or_more=True)  # so many have answered that no word is near the cap
FEW = Printed(10, or_more=True)  # so few that every word is told with the cap
VOCABULARY = ["tillid", "Tillid", "tilliden", "ro", "roen", "møde", "møderne", "børn", "barnet", "skema", "leder", "lederne", "penge"]


def anything(word: str) -> bool:
    return True


def said(*texts: str) -> WordUse:
    """Each text by a person of its own."""
    return WordUse(enumerate(texts), LEMMAS)


def saying(people: int, words: Mapping[str, Iterable[int]]) -> WordUse:
    """Each word by the people with these numbers."""
    return said(*(" ".join(word for word, users in words.items() if person in users) for person in range(people)))


def words(
    theme: WordUse,
    *,
    people: Printed = MANY,
    prior: Mapping[str, int] | None = None,
    floor: int = 5,
    allowed: Callable[[str], bool] = anything,
    already: Sequence[int] = (),
) -> list[str]:
    return [word.shown for word in telling_words(theme, people=people, prior=prior or {}, floor=floor, allowed=allowed, already=already)]


# --- who is counted ---------------------------------------------------------------------------------------------------------


def test_each_person_counts_once_for_a_word_in_whatever_forms_and_texts_they_used_it():
    texts = [(person, "Lederen og lederne, leder!") for person in range(5)]
    theme = WordUse([*texts, (0, "Ledere."), (5, "Ro.")], LEMMAS)
    assert (theme.people, theme.counts) == (6, {"leder": 5})


def test_the_people_behind_a_word_are_those_who_wrote_any_form_of_it():
    texts = ["skema", "ro, ro", "(ro)", "mere ro", "Roen!", "skema", "ro"]
    theme = WordUse(zip(range(6, -1, -1), texts, strict=True), LEMMAS)
    assert theme.users_of("ro") == bitset([0, 2, 3, 4, 5])
    assert theme.everybody == bitset(range(7))


def test_what_fewer_than_five_people_said_is_forgotten():
    assert said(*["ro"] * 4, "skema").counts == {}
    assert said(*["ro"] * 4).counts == {}


def test_a_form_that_hardly_anybody_of_very_many_writes_stands_for_itself():
    few, many = 2 * ["rolige skemaets"], 2 * RARE_IS_ONE_IN * ["skema"]
    assert said(*many, *few).counts == {"skema": 2 * RARE_IS_ONE_IN}
    assert said(*many, *few, "skemaets").counts == {"skema": 2 * RARE_IS_ONE_IN + 3}


def test_at_a_form_that_one_person_wrote_no_guess_is_made():
    assert said(*["trækvognspuljen"] * 4, "trækvognspuljerne").counts == {}
    assert said(*["trækvognspuljen"] * 3, *["trækvognspuljerne"] * 2).counts == {"trækvognspulje": 5}


def test_for_a_theme_of_fewer_than_five_people_no_dictionary_is_loaded():
    lemmas = Lemmas()
    assert WordUse(enumerate(["ro"] * 4), lemmas).counts == {}
    assert vars(lemmas) == {}
    assert WordUse(enumerate(["ro"] * 5), lemmas).counts == {"ro": 5}
    assert vars(lemmas) != {}


# --- which form is shown ----------------------------------------------------------------------------------------------------


def test_the_form_that_most_people_used_is_shown_with_the_count_of_the_word():
    theme = said(*["møderne møderne mødet"] * 2, *["mødet"] * 4, *["Møde"] * 3, *["ro"] * 6)
    assert telling_words(theme, people=MANY, prior={}, floor=5, allowed=anything)[0] == PrintableWord(
        shown="mødet", lemma="møde", people=Printed(10)
    )


def test_of_equally_used_forms_the_first_in_the_alphabet_is_shown():
    assert words(said(*["møderne"] * 5, *["mødet"] * 5), people=FEW) == ["møderne"]


def test_an_ordinary_word_that_everybody_began_a_sentence_with_is_shown_in_small_letters():
    assert words(said(*["Tvivlen"] * 9), people=FEW) == ["tvivlen"]


def test_a_form_that_too_few_people_used_is_not_shown_though_the_word_is():
    theme = said(*["mødet"] * 4, *["møder"] * 4)
    (word,) = telling_words(theme, people=FEW, prior={}, floor=5, allowed=anything)
    assert word == PrintableWord(shown="møde", lemma="møde", people=Printed(5, or_more=True))


@pytest.mark.parametrize(("floor", "shown"), [(6, "skolerne"), (7, "skole")])
def test_under_a_raised_floor_a_form_is_shown_only_if_so_many_used_it(floor: int, shown: str):
    theme = said(*["skolerne"] * 6, *["skolen"] * 3, *["skoler"] * 3, *["andet"] * 12)
    (word,) = [each for each in telling_words(theme, people=MANY, prior={}, floor=floor, allowed=anything) if each.lemma == "skole"]
    assert (word.shown, word.people) == (shown, Printed(10))


@pytest.mark.parametrize(("large", "small", "shown"), [(8, 2, "fugleøen"), (9, 2, "Fugleøen"), (5, 0, "Fugleøen")])
def test_a_capital_is_kept_only_if_hardly_anybody_does_without(large: int, small: int, shown: str):
    assert words(said(*["Fugleøen"] * large, *["fugleøen"] * small), people=FEW) == [shown]


def test_an_abbreviation_keeps_its_capitals():
    assert words(said(*["Tag det op i MED, med det samme"] * 5), people=FEW) == ["MED"]


# --- which words are told ---------------------------------------------------------------------------------------------------


def test_without_a_prior_the_words_of_most_people_are_told_first_and_ties_go_by_the_alphabet():
    theme = saying(40, {"skema": range(10), "ro": range(30), "penge": range(10, 20), "tid": range(20), "krop": range(30, 36)})
    assert words(theme) == ["ro", "tid", "penge", "skema"]


def test_a_word_as_common_elsewhere_is_not_told():
    theme = saying(100, {"ro": range(40), "skema": range(60, 90)})
    elsewhere = {"ro": 600, "skema": 30, "penge": 400}
    assert words(theme, prior=elsewhere) == ["skema"]


def test_the_only_word_that_anybody_says_here_and_elsewhere_is_not_told():
    assert words(saying(10, {"ro": range(5)}), prior={"ro": 10}) == []


def test_the_words_are_ranked_by_how_sure_the_difference_is():
    theme = saying(100, {"ro": range(60), "skema": range(50, 90), "penge": range(90, 100)})
    assert words(theme, prior={"ro": 300, "skema": 20, "penge": 8, "tid": 500}) == ["skema", "ro", "penge"]


def test_the_score_is_the_log_odds_ratio_in_standard_errors():
    """ro: 20 of 50 mentions here; among so many mentions elsewhere that it just does not reach the least score, or just does."""

    def score(elsewhere: int) -> float:
        expected = 20 * (20 + elsewhere) / (50 + 200)
        here, there = 20 + expected, elsewhere + expected
        return (log(here / (50 + 20 - here)) - log(there / (200 + 20 - there))) / sqrt(1 / here + 1 / there)

    theme = saying(50, {"ro": range(20), "skema": range(20, 50)})
    told = [elsewhere for elsewhere in range(5, 200) if "ro" in words(theme, prior={"ro": elsewhere, "skema": 200 - elsewhere})]
    assert told == [elsewhere for elsewhere in range(5, 200) if score(elsewhere) >= LEAST_SCORE]
    assert 5 < max(told) < 199


def test_a_word_missing_elsewhere_is_taken_to_be_used_by_a_few_there():
    theme = saying(45, {"ro": range(5), "skema": range(5, 45)})
    assert words(theme, prior={"skema": 4000}) == ["ro"]
    assert words(theme, prior={"skema": 12}) == []


def test_four_words_are_told_at_most():
    assert len(words(said(*["ro skema penge tid krop leder"] * 9), people=FEW)) == 4


# --- who could be told by a number ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("users", "told"),
    [(4, None), (5, Printed(5)), (12, Printed(10)), *((users, Printed(15, or_more=True)) for users in (13, 15, 16, 19, 20, 22))],
)
@pytest.mark.parametrize("or_more", [False, True])
def test_a_word_of_too_few_is_passed_over_and_one_of_nearly_all_is_told_with_its_cap(users: int, told: Printed | None, or_more: bool):
    people, theme = Printed(20, or_more), saying(22, {"ro": range(users)})
    assert [word.people for word in telling_words(theme, people=people, prior={}, floor=5, allowed=anything)] == ([told] if told else [])
    kept = {} if told is None else {"ro": told.number if told.or_more else users}
    assert counts_to_keep(theme, people, 5, allowed=anything) == kept


@pytest.mark.parametrize("people", [8, 9])
def test_of_so_few_that_too_few_could_be_left_out_no_word_is_told(people: int):
    assert words(saying(people, {"ro": range(people)}), people=Printed(10)) == []
    assert words(saying(10, {"ro": range(people)}), people=Printed(10)) == ["ro"]


def test_the_order_of_words_of_nearly_all_tells_no_more_than_their_cap():
    theme = saying(20, {"tid": range(20), "skema": range(18), "ro": range(16), "penge": range(13), "krop": range(12)})
    assert words(theme, people=Printed(20)) == ["penge", "ro", "skema", "tid"]


def test_a_word_of_nearly_all_takes_no_place_among_the_numbers_that_can_be_added_and_subtracted():
    """All but one say it: known exactly, it would isolate them, and nothing beside it could be told."""
    theme = saying(25, {"tid": range(24), "ro": range(10)})
    assert words(theme, people=Printed(25)) == ["tid", "ro"]


def test_words_are_held_against_the_list_where_the_theme_has_its_cap():
    """Half say the one and half the other: who knows the list would know how many of it have not answered."""
    theme = saying(20, {"penge": range(10), "ro": range(10, 20)})
    assert words(theme, people=Printed(20)) == ["penge", "ro"]
    assert words(theme, people=Printed(20, or_more=True)) == ["penge"]


@pytest.mark.parametrize("floor", [0, 4, 5, 8])
def test_a_raised_floor_is_obeyed_and_a_lowered_one_is_not(floor: int):
    theme = saying(30, {"ro": range(7), "skema": range(4), "penge": range(8, 19)})
    assert words(theme, floor=floor) == (["penge"] if floor == 8 else ["penge", "ro"])


def test_a_word_is_passed_over_if_the_roster_or_the_filter_holds_it_or_its_dictionary_word():
    theme = said(*["Roen i skemaerne"] * 5)
    assert words(theme, people=FEW, allowed=lambda word: word.lower() != "roen") == ["skemaerne"]
    assert words(theme, people=FEW, allowed=lambda word: word != "ro") == ["skemaerne"]
    assert counts_to_keep(theme, MANY, 5, allowed=lambda word: word != "ro") == {"skema": 5}


@pytest.mark.parametrize("floor", [5, 2])
def test_a_second_word_is_passed_over_when_three_people_would_stand_alone(floor: int):
    """8 of 13 wrote the one and 8 the other: 8 + 8 - 13 are the 3 who wrote both. No lower floor is obeyed."""
    theme = saying(13, {"penge": range(8), "ro": range(5, 13), "tid": [0, 1, 2, 8, 9]})
    assert words(theme, floor=floor) == ["penge", "tid"]


def test_numbers_printed_already_count_too():
    theme = saying(13, {"ro": range(5, 13)})
    assert words(theme) == ["ro"]
    assert words(theme, already=[bitset(range(8))]) == []


def test_where_somebody_stands_alone_already_no_words_are_told():
    theme = saying(20, {"ro": range(10)})
    assert words(theme, already=[bitset(range(17))]) == []


# --- the words of those with a wish -----------------------------------------------------------------------------------------


def wished(
    theme: WordUse, wishing: Iterable[int], *, people: Printed, wishes: Printed, floor: int = 5, allowed: Callable[[str], bool] = anything
) -> tuple[list[tuple[str, int, bool]], list[str]]:
    """What is told of the wishes, after the theme's own words; and those."""
    among = set(wishing)
    common: Any = {"people": people, "prior": {}, "floor": floor, "allowed": allowed}
    told = telling_words(theme, already=[] if wishes.or_more else [bitset(among)], **common)
    found = words_of_wishes(theme, among, wishes=wishes, told=told, **common)
    return [(word.shown, *word.people) for word in found], [word.shown for word in told]


# The theme's own words, so that all others can stand only among those of the wishes: nobody with a wish uses one.
OWN = dict.fromkeys(["krop", "kaffe", "leder", "tillid"], range(30, 60))


def test_of_the_wishes_the_words_are_told_that_five_of_those_with_a_wish_share():
    theme = saying(60, {**OWN, "tid": range(14), "penge": range(4), "skema": [*range(5), *range(40, 50)]})
    assert wished(theme, range(20), people=Printed(60), wishes=Printed(20))[0] == [("tid", 15, True), ("skema", 5, False)]
    assert wished(theme, range(20), people=Printed(60), wishes=Printed(20), floor=6)[0] == [("tid", 10, True)]
    assert wished(theme, range(20), people=Printed(60), wishes=Printed(20), allowed=lambda word: word != "tid")[0] == [("skema", 5, False)]


def test_of_the_wishes_three_words_are_told_at_most_none_of_them_twice_and_the_themes_own_stay_as_they_are():
    uses = dict.fromkeys(["ro", "skema", "penge", "tid", "krop", "leder", "børn", "cykel"], range(10, 22)) | {"kaffe": range(60)}
    told, own = wished(saying(60, uses), range(25), people=Printed(60), wishes=Printed(25))
    assert ([word for word, _, _ in told], own) == (["leder", "penge", "ro"], ["kaffe", "børn", "cykel", "krop"])
    assert own == words(saying(60, uses), people=Printed(60), already=[bitset(range(25))])


@pytest.mark.parametrize(("sharing", "told"), [(4, []), (5, [(5, False)]), (12, [(10, False)]), (13, [(15, True)]), (22, [(15, True)])])
def test_a_word_of_nearly_all_with_a_wish_is_told_with_the_cap_of_the_wishes(sharing: int, told: list[tuple[int, bool]]):
    theme = saying(60, {**OWN, "tid": [*range(sharing), *range(30, 37)]})
    assert [number for _, *number in wished(theme, range(22), people=Printed(60), wishes=Printed(20))[0]] == [list(each) for each in told]


@pytest.mark.parametrize(("people", "told"), [(Printed(60), ["tid", "skema"]), (Printed(55, or_more=True), ["tid"])])
def test_beside_a_cap_of_the_people_only_words_with_the_cap_are_told_of_the_wishes(people: Printed, told: list[str]):
    theme = saying(60, {**OWN, "tid": [*range(18), *range(30, 36)], "skema": range(10)})
    assert [word for word, _, _ in wished(theme, range(20), people=people, wishes=Printed(20))[0]] == told


@pytest.mark.parametrize(("others", "told"), [(0, ["tid"]), (1, []), (4, []), (5, ["tid"])])
def test_no_word_is_told_of_the_wishes_if_the_number_of_all_who_use_it_would_isolate_a_few(others: int, told: list[str]):
    theme = saying(60, {**OWN, "tid": range(20 + others)})
    assert [word for word, _, _ in wished(theme, range(20), people=Printed(60), wishes=Printed(20))[0]] == told


def test_a_word_of_the_wishes_is_passed_over_when_three_people_would_stand_alone():
    """13 with a wish write the one and 10 of them the other too."""
    theme = saying(60, {**OWN, "penge": [*range(13), *range(30, 37)], "ro": [*range(3, 13), *range(40, 47)], "skema": range(15, 25)})
    assert wished(theme, range(30), people=Printed(60), wishes=Printed(30)) == (
        [("penge", 15, False), ("skema", 10, False)],
        ["kaffe", "krop", "leder", "tillid"],
    )


def test_where_the_themes_numbers_isolate_somebody_already_nothing_is_told_of_the_wishes():
    theme = saying(20, {"ro": range(10)})
    assert wished(theme, range(17), people=Printed(20), wishes=Printed(15)) == ([], [])


# A small theme in which many words overlap: each person's words
overlapping = st.lists(st.sets(st.sampled_from(VOCABULARY), max_size=6), min_size=5, max_size=24)


@settings(max_examples=150, deadline=None)
@given(overlapping, st.integers(5, 7), st.sets(st.integers(0, 23), min_size=5), st.booleans(), st.integers(0, 6))
def test_no_combination_of_all_that_is_printed_isolates_anybody(
    texts: list[set[str]], floor: int, wishing: set[int], or_more: bool, silent: int
):
    """Whoever answered is known exactly, or all that is known is how many stand on the list."""
    theme = said(*map(" ".join, texts))
    wishes, people = bitset(wishing) & theme.everybody, Printed(round_to_five(theme.people), or_more)
    told = telling_words(theme, people=people, prior={}, floor=floor, allowed=anything, already=[wishes])
    listed = dict.fromkeys(range(theme.people + (silent if or_more else 0)), 1)
    bits = [wishes, *(theme.users_of(word.lemma) for word in told if not word.people.or_more)]
    sets = [frozenset(person for person in listed if one >> person & 1) for one in bits]
    assert not told or smallest_isolated_union([frozenset(listed), *sets], listed, floor) is None
    assert [word.people.number for word in told if not word.people.or_more] == [round_to_five(len(one)) for one in sets[1:]]


@settings(max_examples=150, deadline=None)
@given(overlapping, st.sets(st.integers(0, 23), min_size=10), st.booleans(), st.integers(0, 6))
def test_no_combination_of_all_that_is_printed_with_the_words_of_wishes_isolates_anybody(
    texts: list[set[str]], numbers: set[int], or_more: bool, silent: int
):
    theme = said(*map(" ".join, texts))
    wishing, people = {number for number in numbers if number < theme.people}, Printed(round_to_five(theme.people), or_more)
    wishes = printable_part(len(wishing), theme.people, people, LOWEST_FLOORS)
    if wishes is None:
        return
    common: Any = {"people": people, "prior": {}, "floor": 5, "allowed": anything}
    told = telling_words(theme, already=[] if wishes.or_more else [bitset(wishing)], **common)
    of_wishes = words_of_wishes(theme, wishing, wishes=wishes, told=told, **common)
    listed = dict.fromkeys(range(theme.people + (silent if or_more else 0)), 1)
    users = {word.lemma: frozenset(person for person in listed if theme.users_of(word.lemma) >> person & 1) for word in [*told, *of_wishes]}
    exact = [users[word.lemma] for word in told if not word.people.or_more] + ([] if wishes.or_more else [frozenset(wishing)])
    exact += [users[word.lemma] & wishing for word in of_wishes if not word.people.or_more]
    assert not told or smallest_isolated_union([frozenset(listed), *exact], listed, 5) is None
    for word in of_wishes:
        assert len(users[word.lemma] & wishing) >= max(5, word.people.number - 2)
        assert len(wishing) - (word.people.number - 2 if word.people.or_more else len(users[word.lemma] & wishing)) >= 5


@settings(max_examples=100, deadline=None)
@given(overlapping, st.permutations(range(24)), st.booleans())
def test_the_order_of_the_texts_changes_nothing(texts: list[set[str]], order: list[int], week_one: bool):
    prior = {} if week_one else {"ro": 7, "møde": 90, "leder": 12}
    numbered = list(enumerate(map(" ".join, texts)))
    shuffled = [numbered[place] for place in order if place < len(numbered)]
    results = [WordUse(each, LEMMAS) for each in (numbered, shuffled)]
    one, other = (telling_words(theme, people=MANY, prior=prior, floor=5, allowed=anything) for theme in results)
    assert one == other
    assert list(counts_to_keep(results[0], MANY, 5, allowed=anything).items()) == list(
        counts_to_keep(results[1], MANY, 5, allowed=anything).items()
    )


@settings(max_examples=100, deadline=None)
@given(overlapping, st.lists(st.sampled_from(["Grblfx", "regn", "regnen", "ild"]), min_size=4, max_size=4))
def test_words_of_fewer_people_than_the_floor_have_no_influence(texts: list[set[str]], few: list[str]):
    plain = list(map(" ".join, texts))
    spiced = [f"{text} {word}" for text, word in zip(plain, few, strict=False)] + plain[4:]
    for prior in ({}, {"ro": 7, "møde": 90}):
        one, other = (telling_words(said(*each), people=MANY, prior=prior, floor=5, allowed=anything) for each in (plain, spiced))
        assert one == other
    assert counts_to_keep(said(*plain), MANY, 5, allowed=anything) == counts_to_keep(said(*spiced), MANY, 5, allowed=anything)
