"""Every task that writes may be run again: a week in which each is undone once is the same as any other week."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import func, select, text

from bot.database.unit_of_work import Database
from bot.models import Base
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest
    from sqlalchemy.orm import Session

T = TypeVar("T")
BY_CHANCE = re.compile(r"[0-9a-f]{32,64}|[DTV][A-Z0-9]{8,}|\b\d{6,10}\b")  # ids, and what is derived from them
NOT_COMPARED = {  # encrypted anew each time; how often delivery has shown that it is alive; ids with gaps made by chance
    *("leases.holder", "leases.counter", "traces.id"),
    *("replies.words", "quotes.words"),
}


class Undone(Exception):
    """What makes the database undo the first run."""


def run_and_undo(task: Callable[[Session], object], session: Session) -> None:
    task(session)
    session.flush()
    raise Undone


@contextmanager
def counted_back(database: Database) -> Iterator[None]:
    """A server counts ids on though the rows are undone; they stand in keys and facts, so here it counts from where it was."""
    if database.file is not None:
        yield
        return
    with database.store._aside() as connection:
        before = connection.execute(text("SELECT sequencename, last_value FROM pg_sequences")).all()
        yield
        for name, last in before:
            connection.execute(select(func.setval(name, last or 1, last is not None)))


def live_a_week(world: RunningWorld) -> None:
    """Welcomes, questions, answers, an erasure, a digest, a political answer, and the next question; the end of the round's data."""
    chat = world.local_bot.chat
    world.play("2018-10-09 10:40")
    for person in world.participants[:10]:
        assert world.reply(person, "Vi skal mod skoven og ikke mod byen", "wish", "quote").ok
    assert world.reply(world.participants[0], "Hellere mod havet").ok
    assert chat.press(world.participants[1], "pause").ok
    world.play("2018-10-12 10:01")
    world.approve()
    world.play("2018-10-12 14:01")
    assert chat.press(world.politician, "heard", channel=DIGEST_CHANNEL).ok
    chat.dismiss(world.politician)
    assert chat.press(world.politician, "respond", channel=DIGEST_CHANNEL).ok
    assert world.fill(world.politician, plain_text_input="Vi går med.", radio_buttons="free_text").ok
    world.player.settle()
    assert chat.press(world.organiser, "release", channel=ORGANISERS_CHANNEL).ok
    world.play("2018-10-23 10:40")


def result_of(world: RunningWorld) -> dict[str, list[str]]:
    """All that people read and all rows of the database, without what is made by chance."""
    found = {person: world.texts(person) for person in [*world.participants, world.politician, world.organiser]}
    found |= {channel: [said.text for said in world.posts(channel)] for channel in (DIGEST_CHANNEL, ORGANISERS_CHANNEL)}
    with world.local_bot.database.look() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if str(column) not in NOT_COMPARED]
            found[table.name] = sorted(BY_CHANCE.sub("by chance", str(row)) for row in session.execute(select(*columns)))
    return found


def test_a_week_in_which_every_write_is_undone_once_is_the_same_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_world(tmp_path / "once") as world:
        live_a_week(world)
        expected = result_of(world)
    write, undone = Database.write, []

    def write_twice(database: Database, task: Callable[[Session], T], *, alone: bool = False) -> T:
        with counted_back(database), suppress(Undone):
            write(database, partial(run_and_undo, task), alone=True)
        undone.append(task)
        return write(database, task, alone=alone)

    monkeypatch.setattr(Database, "write", write_twice)
    with running_world(tmp_path / "twice") as world:
        live_a_week(world)
        assert result_of(world) == expected
    assert len(undone) > 100
