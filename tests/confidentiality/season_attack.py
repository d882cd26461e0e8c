"""Nothing printed in a thousand seasons, nor any word that is missing there, gives away anything about one to four people."""

from __future__ import annotations

import pytest

from tests.support.absence_attack import given_away
from tests.support.number_attack import findings, play_season

SEASONS, IN_ONE = 1000, 50
pytestmark = pytest.mark.timeout(1800)


@pytest.mark.parametrize("first", range(0, SEASONS, IN_ONE))
def test_nothing_that_fifty_seasons_print_gives_away_one_to_four_people(first: int) -> None:
    seasons = {seed: play_season(seed) for seed in range(first, first + IN_ONE)}
    found = {seed: given_away for seed, season in seasons.items() if (given_away := findings(season))}
    numbers = [figure for season in seasons.values() for figure in season.figures]
    print(
        f"seasons {first} to {first + IN_ONE - 1}: {len(numbers)} numbers, {sum(figure.or_more for figure in numbers)} of them caps;"
        f" {sum(season.erased for season in seasons.values())} erasures; {len(found)} seasons with findings"
    )
    assert found == {}


@pytest.mark.parametrize("crowded", [False, True])
@pytest.mark.parametrize("prior", [{}, {"tid": 6, "skema": 300}], ids=["first", "later"])
@pytest.mark.parametrize(("listed", "answering"), [(22, range(23)), (34, range(18, 35)), (70, [30]), (70, [39])])
def test_no_word_that_stands_among_those_of_wishes_or_is_missing_there_gives_away_one_to_four_people(
    listed: int, answering: range | list[int], prior: dict[str, int], crowded: bool
) -> None:
    assert given_away(listed, answering, crowded=crowded, prior=prior) == []
