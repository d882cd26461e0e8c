"""A server puts a week's database back while the week is under way: nobody is asked twice, nobody is forgotten."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.app.backup.sight import note_sight
from bot.app.backup.since_then import bring_in_line
from bot.app.keys import make_database, rehearsal_keys
from bot.models import MessageKind, MessageState
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.running_world import PARTICIPANTS, ZONE, RunningWorld, database_in, running_world
from tests.support.server_databases import copy_on_server, put_back

if TYPE_CHECKING:
    from pathlib import Path

    from bot.programme import Programme

pytestmark = pytest.mark.postgres
BEFORE, OPENS, LATER = "2018-10-09 09:00", "2018-10-09 09:31", "2018-10-09 16:00"


class AfterSome(threading.Event):
    """Stops a delivery once it has asked so many times whether to stop."""

    times = 12

    def is_set(self) -> bool:
        self.times -= 1
        return self.times < 0


def open_round(world: RunningWorld) -> None:
    """Open the round without delivering its questions."""
    world.play(BEFORE)
    assert world.local_bot.engine is not None
    world.local_bot.clock.move_to(datetime.fromisoformat(OPENS).replace(tzinfo=ZONE))
    world.local_bot.engine.heartbeat.beat()
    assert [message.state for message in world.outbox(MessageKind.QUESTION)] == [MessageState.PENDING] * PARTICIPANTS


def ask_some(world: RunningWorld) -> int:
    """Deliver some of the questions, and note how far the lease has come; how many were asked."""
    engine = world.local_bot.engine
    assert engine is not None
    assert engine.database.place is not None
    engine.delivery.deliver(AfterSome())
    note_sight(engine.database.place, engine.lease.height)
    return sum(len(world.questions(person)) for person in world.participants)


def start_two(address: str, now: datetime, programme: Programme) -> list[str]:
    """Two processes start at the same time on what was put back; the warnings of both."""
    at_once = threading.Barrier(2)

    def start(_number: int) -> None:
        with closing(make_database(address, rehearsal_keys(1))) as database:
            at_once.wait()
            bring_in_line(database, now, [programme])

    with capture_logs() as logs, ThreadPoolExecutor(2) as pool:
        list(pool.map(start, range(2)))
    return [entry["event"] for entry in logs if entry["log_level"] == "warning"]


def test_put_back_to_before_the_questions_went_out_everybody_is_asked_once_and_organisers_are_told_once(tmp_path: Path) -> None:
    with running_world(tmp_path) as world:
        open_round(world)
    address = database_in(tmp_path / "data")
    earlier = copy_on_server(address)
    with running_world(tmp_path) as world:
        asked = ask_some(world)
        assert 0 < asked < PARTICIPANTS
        now, programme = world.local_bot.clock.now(), world.local_bot.programme()
    put_back(address, earlier)
    assert len(start_two(address, now, programme)) == 1
    with running_world(tmp_path) as world:
        assert [message.state for message in world.outbox(MessageKind.QUESTION)].count(MessageState.UNKNOWN) > asked
        world.play(LATER)
        assert {len(world.questions(person)) for person in world.participants} == {1}
        assert {message.state for message in world.outbox(MessageKind.QUESTION)} == {MessageState.SENT}
        assert sum("ældre kopi" in post.text for post in world.posts(ORGANISERS_CHANNEL)) == 1
