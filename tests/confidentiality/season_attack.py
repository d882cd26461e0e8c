"""Nothing printed in a thousand seasons gives away anything about one to four people."""

from __future__ import annotations

import pytest

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
