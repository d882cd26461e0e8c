"""A world that begins anew is the same up to its first digest, whatever happened before.

`make season` plays this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.new_worlds import (
    TO_THE_QUESTION,
    approve,
    be_told_to_wait,
    journalled_world,
    leave_it_playing,
    play_to_the_end,
    press_next,
    visit,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.running_world import RunningWorld

TO_THE_DIGEST = 5  # presses


@pytest.mark.parametrize("disturb", [leave_it_playing, be_told_to_wait, visit, approve, play_to_the_end])
def test_three_worlds_that_begin_anew_are_told_as_the_first_was_to_their_first_digest(
    disturb: Callable[[RunningWorld], None], tmp_path: Path
) -> None:
    with journalled_world(tmp_path) as (world, journal):
        led_to, told = press_next(world, TO_THE_DIGEST), journal.read_bytes()
        assert [name for _, name in led_to] == ["welcome", "round", "reminder", "draft", "post"]
        for _ in range(3):
            world.local_bot.reset()
            press_next(world, TO_THE_QUESTION)
            disturb(world)
            world.local_bot.reset()
            assert (press_next(world, TO_THE_DIGEST), journal.read_bytes()) == (led_to, told)
