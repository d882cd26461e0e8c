"""Is a world that begins anew the same as one that begins, whatever happened before?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.new_worlds import TO_THE_QUESTION, be_told_to_wait, journalled_world, press_next, visit

if TYPE_CHECKING:
    from pathlib import Path


def test_three_worlds_that_begin_anew_are_told_as_the_first_was_byte_for_byte(tmp_path: Path) -> None:
    """To the first question; `tests/walks/season_new_world.py` disturbs in more ways, and goes on to the first digest."""
    with journalled_world(tmp_path, participants=12) as (world, journal):
        led_to, told = press_next(world, TO_THE_QUESTION), journal.read_bytes()
        assert [name for _, name in led_to] == ["welcome", "round"]
        for _ in range(2):
            visit(world)
            be_told_to_wait(world)
            world.local_bot.reset()
            assert world.local_bot.controls.happened() is None
            assert (press_next(world, TO_THE_QUESTION), journal.read_bytes()) == (led_to, told)
        assert world.local_bot.controls.synthetic
        assert world.local_bot.visitor.person is None
