"""What stands among the words of wishes, and what is missing there, gives away nobody.

The attack is `tests/support/absence_attack.py`. `make season` plays longer lists, crowded themes and weeks with a past.
"""

from __future__ import annotations

import pytest

from bot.confidentiality.floors import Printed
from tests.support.absence_attack import Way, few, given_away, seen


def test_the_attack_finds_a_group_that_holds_one_to_four_in_every_way_that_is_left() -> None:
    left = [Way(both=1, word=8, wish=4, neither=5, silent=40), Way(both=4, word=5, wish=1, neither=8, silent=40)]
    assert few(left) == {("both",), ("wish",)}
    assert few([*left, Way(both=0, word=9, wish=5, neither=4, silent=40)]) == set()


def test_the_attack_reads_the_words_that_the_bot_would_print() -> None:
    assert seen(Way(both=10, word=0, wish=10, neither=20, silent=20), crowded=False, prior={}) == (40, 20, 10, None)
    assert seen(Way(both=10, word=0, wish=10, neither=20, silent=20), crowded=True, prior={}) == (40, 20, None, 10)
    assert seen(Way(both=19, word=6, wish=1, neither=14, silent=20), crowded=True, prior={}) == (40, 20, None, Printed(15, or_more=True))
    assert seen(Way(both=4, word=0, wish=0, neither=20, silent=20), crowded=False, prior={}) is None


@pytest.mark.parametrize("crowded", [False, True])
def test_words_of_wishes_give_away_nobody_by_standing_there_or_by_being_missing(crowded: bool) -> None:
    assert given_away(60, [20], crowded=crowded) == []
