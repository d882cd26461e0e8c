"""A week's database is put back while the week is under way: nobody is asked twice, nobody is forgotten."""

from __future__ import annotations

import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

from bot.app import sole_use
from bot.app.backup.sight import note_sight
from bot.app.backup.since_then import bring_in_line
from bot.app.keys import make_database, rehearsal_keys
from bot.commands.backup import make_backup
from bot.models import MessageKind, MessageState
from bot.seam.actions import CameBack, Left
from tests.support.database import lose
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.refusals import restore
from tests.support.rows import rows, write_rows
from tests.support.running_world import PARTICIPANTS, ZONE, RunningWorld, database_in, running_world
from tests.support.server_databases import copy_on_server, is_on_server, put_back

if TYPE_CHECKING:
    from collections.abc import Callable

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


Week: TypeAlias = "Callable[[RunningWorld], None]"
RESTORED = ["readable", "unreadable"]
BACK = ["put back", *RESTORED]


def come_back(tmp_path: Path, week: Week, way: str) -> None:
    """Play a week on from what stands there, and let the database come back as it was before."""
    address = database_in(tmp_path / "data")
    earlier, backup = copy_on_server(address) if is_on_server() else address, tmp_path / "copy.sqlite"
    with closing(make_database(address, rehearsal_keys(1))) as database, running_world(tmp_path) as world:
        make_backup(database, backup, world.local_bot.clock.now())
    if not is_on_server():
        shutil.copy(Path(make_url(address).database or ""), tmp_path / "earlier.sqlite")
    with running_world(tmp_path) as world:
        week(world)
        now, engine = world.local_bot.clock.now(), world.local_bot.engine
        assert engine is not None
        assert engine.database.place is not None
        note_sight(engine.database.place, engine.lease.height)
    if way in RESTORED:
        with closing(make_database(address, rehearsal_keys(1))) as database, pytest.MonkeyPatch.context() as patch:
            patch.setattr(sole_use, "ONE_TURN", 0.1)
            if way == "unreadable":
                lose(database)
            restore(database, backup, now)
    elif is_on_server():
        put_back(address, earlier)
        write_rows(address, "SELECT setval('rounds_id_seq', 32)")  # a server that recovers passes over so many
    else:
        shutil.copy(tmp_path / "earlier.sqlite", Path(make_url(address).database or ""))


def questions(world: RunningWorld) -> set[int]:
    """How many questions and reminders people have been sent."""
    return {len(world.questions(person)) for person in world.participants}


def ask_all(world: RunningWorld) -> None:
    """In every time zone."""
    world.play("2018-10-09 10:40")
    assert questions(world) == {1}


@pytest.mark.parametrize("way", BACK)
def test_where_the_round_was_not_yet_open_everybody_is_asked_once_and_can_answer(tmp_path: Path, way: str) -> None:
    with running_world(tmp_path) as world:
        world.play(BEFORE)
        first, *_, last = world.participants
    come_back(tmp_path, ask_all, way)
    with running_world(tmp_path) as world:
        world.play(LATER)
        assert questions(world) == {1}
        assert {message.state for message in world.outbox(MessageKind.QUESTION)} == {MessageState.SENT}
        world.reply(first, "Vi mangler tid til at tale sammen.")
        world.reply(last, "Det går bedre nu.")
    written = "SELECT count(*) FROM replies JOIN authorships ON authorships.reply_id = replies.id"
    assert rows(database_in(tmp_path / "data"), written) == [(2,)]


@pytest.mark.parametrize("way", BACK)
def test_where_it_was_not_yet_open_and_its_day_is_over_nobody_is_asked_the_same_in_another_week(tmp_path: Path, way: str) -> None:
    with running_world(tmp_path) as world:
        world.play(BEFORE)

    def days(world: RunningWorld) -> None:
        world.play("2018-10-10 12:00")
        assert questions(world) == {1}

    come_back(tmp_path, days, way)
    with running_world(tmp_path) as world:
        world.play("2018-10-24 12:00")
        for person in world.participants:
            asked = [text.partition("\n")[0] for text in world.questions(person) if not re.search("påmindelse|reminder", text)]
            assert len(asked) == len(set(asked))


@pytest.mark.parametrize("way", BACK)
def test_who_pauses_after_it_came_back_and_changes_their_mind_is_asked(tmp_path: Path, way: str) -> None:
    with running_world(tmp_path) as world:
        world.play(BEFORE)
        who = world.participants[0]

    def part(world: RunningWorld) -> None:
        world.play("2018-10-09 09:20")

    come_back(tmp_path, part, way)
    with running_world(tmp_path) as world:
        world.local_bot.clock.move_to(datetime.fromisoformat(OPENS).replace(tzinfo=ZONE))
        assert world.local_bot.engine is not None
        world.local_bot.engine.heartbeat.beat()
        world.local_bot.engine._act(Left(who=who))
        world.play("2018-10-09 12:00")
        assert world.questions(who) == []
        world.local_bot.engine._act(CameBack(who=who))
        world.play(LATER)
        assert len(world.questions(who)) == 1


@pytest.mark.parametrize("way", BACK)
def test_who_was_reminded_since_is_not_reminded_again(tmp_path: Path, way: str) -> None:
    with running_world(tmp_path) as world:
        ask_all(world)

    def remind(world: RunningWorld) -> None:
        world.play("2018-10-12 09:00")
        assert questions(world) == {2}

    come_back(tmp_path, remind, way)
    with running_world(tmp_path) as world:
        world.play("2018-10-12 09:50")
        assert questions(world) == {2}
