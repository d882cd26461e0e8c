"""A world that begins anew is the same as the first, whatever happened before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from bot.app.rehearsal.local_bot import RESET_BEGUN
from bot.models import MessageKind
from tests.support.new_worlds import TO_THE_QUESTION, be_told_to_wait, journalled_world, press_next, visit
from tests.support.running_world import asked_world, running_world

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.long  # plays whole weeks


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


def test_a_world_whose_emptying_was_cut_short_begins_anew_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its database is empty, and all that was said stands there still."""
    with asked_world(tmp_path) as world:
        first_moment = world.local_bot._start_of_story()
        monkeypatch.setattr(world.local_bot.workspace, "reset", _end_program)
        with pytest.raises(KeyboardInterrupt):
            world.local_bot.reset()
        assert world.outbox(MessageKind.WELCOME) == []
        assert len(world.questions(world.leaders[0])) == 1
    with running_world(tmp_path) as world:
        assert world.local_bot.clock.now() == first_moment
        assert world.messages(world.leaders[0]) == []
        assert world.local_bot._store.load_text(RESET_BEGUN) is None  # and only at the next


def _end_program() -> NoReturn:
    raise KeyboardInterrupt
