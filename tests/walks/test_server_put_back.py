"""A week's database is put back while the week is under way: nobody is asked twice, nobody is forgotten."""

from __future__ import annotations

import shutil
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
from bot.database.places import file_of
from bot.models import MessageKind, MessageState
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.rows import rows, write_rows
from tests.support.running_world import PARTICIPANTS, ZONE, RunningWorld, database_in, running_world
from tests.support.server_databases import copy_on_server, is_on_server, put_back

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.programme import Programme

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


@pytest.mark.postgres
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


def put_back_what_stood_there(address: str, tmp_path: Path, week: Callable[[], None]) -> None:
    """Play a week on a database, and put back what it was before."""
    if is_on_server():
        earlier = copy_on_server(address)
        week()
        put_back(address, earlier)
        return
    file = file_of(address)
    assert file is not None
    shutil.copy(file, tmp_path / "earlier.sqlite")
    week()
    shutil.copy(tmp_path / "earlier.sqlite", file)


@pytest.mark.parametrize("skipped", [0, 32])
def test_put_back_to_before_the_round_was_open_everybody_is_asked_once_and_can_answer(tmp_path: Path, skipped: int) -> None:
    """A server that recovers passes over up to 32 ids of a table."""
    with running_world(tmp_path) as world:
        world.play(BEFORE)
        first, *_, last = world.participants

    def week() -> None:
        with running_world(tmp_path) as world:
            world.play("2018-10-09 10:40")  # in every time zone
            assert {len(world.questions(person)) for person in world.participants} == {1}
            engine = world.local_bot.engine
            assert engine is not None
            assert engine.database.place is not None
            note_sight(engine.database.place, engine.lease.height)

    address = database_in(tmp_path / "data")
    put_back_what_stood_there(address, tmp_path, week)
    if skipped and is_on_server():
        write_rows(address, f"SELECT setval('rounds_id_seq', {skipped})")
    with running_world(tmp_path) as world:
        world.play(LATER)
        assert {len(world.questions(person)) for person in world.participants} == {1}
        assert {message.state for message in world.outbox(MessageKind.QUESTION)} == {MessageState.SENT}
        world.reply(first, "Vi mangler tid til at tale sammen.")
        world.reply(last, "Det går bedre nu.")
    assert rows(address, "SELECT count(*) FROM replies JOIN authorships ON authorships.reply_id = replies.id") == [(2,)]
