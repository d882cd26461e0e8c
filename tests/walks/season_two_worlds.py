"""What others see is the same for lists of 10 to 60, whatever one silent person does.

With the whole bot.

Each size of one list is played beside another list or alone, and each act at one of six moments. `make season` runs this; a spread of it is
in `tests/confidentiality/test_two_worlds.py`, which is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.two_worlds import ACTS, MOMENTS, Story, differences, play

if TYPE_CHECKING:
    from pathlib import Path

SIZES = range(10, 61)
BESIDE = (12, 10, 0, 5, 40)  # people on the other list; so few are asked with the others alone

ZONES = ("Europe/Copenhagen", "Europe/Helsinki", "America/Nuuk")  # where the one person is, alone but in the first


@pytest.mark.parametrize("size", SIZES)
def test_what_one_person_does_shows_nowhere(size: int, tmp_path: Path) -> None:
    """Of the list that grows: its fourth person."""
    beside = BESIDE[size % len(BESIDE)]
    zone = ZONES[size % len(ZONES)]
    before = play(tmp_path, Story(leaders=size, reps=beside, who="L3", zone=zone))
    for act, moment in acts(size):
        after = play(tmp_path, Story(leaders=size, reps=beside, who="L3", zone=zone, act=act, moment=moment))
        assert differences(before, after) == [], (act, moment)


@pytest.mark.parametrize("size", SIZES)
def test_nor_what_one_of_a_small_role_does_beside_a_list_of_each_size(size: int, tmp_path: Path) -> None:
    small = (5, 9, 10, 11)[size % 4]
    before = play(tmp_path, Story(leaders=size, reps=small, who="E3"))
    for act, moment in acts(size + 1):
        assert differences(before, play(tmp_path, Story(leaders=size, reps=small, who="E3", act=act, moment=moment))) == [], (act, moment)


def acts(size: int) -> list[tuple[str, str]]:
    """Each act at a moment of its own, another one for each size."""
    moments = list(MOMENTS)
    return [(act, moments[(size + 2 * number) % len(moments)]) for number, act in enumerate(ACTS)]
