"""Organisers read in their channel what is wrong with the bot, and that it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from structlog.testing import capture_logs

from schedules import troubles
from tests.support.database import locked
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import WELCOMED, RunningWorld, asked_world

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def told(world: RunningWorld) -> list[str]:
    return [post.text for post in world.posts(ORGANISERS_CHANNEL) if "min it-ansvarlige" in post.text or "Jeg kan" in post.text]


def test_a_database_that_is_locked_is_told_of_in_the_channel_at_once_and_its_end_too(tmp_path: Path) -> None:
    with asked_world(tmp_path, until=WELCOMED) as world:
        assert world.local_bot.engine is not None
        with capture_logs(), locked(world.local_bot.database):
            for _ in range(5):
                world.local_bot.engine.heartbeat.beat()
        assert [text[:60] for text in told(world)] == ["Siden mandag den 8. oktober kl. 12.00 kan jeg ikke gemme nog"]
        world.play("2018-10-08 12:05")
        world.play("2018-10-08 12:10")
        assert [text.split(".")[0] for text in told(world)[1:]] == ["Jeg kan gemme igen"]


def test_a_connection_that_is_down_is_told_of_over_the_web_api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(troubles, "PATIENCE", timedelta())
    with asked_world(tmp_path, until=WELCOMED) as world:
        assert world.local_bot.engine is not None
        platform: Any = world.local_bot.engine.platform
        platform._connection.stop()
        world.player.settle()
        assert ["ikke frem til mig" in text for text in told(world)] == [True]
