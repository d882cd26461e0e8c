"""Measures how long others wait while a week is detached, keys change, or the file is rewritten."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from sqlalchemy import insert, select, update

from bot.commands.key import _rotate
from bot.confidentiality.deletion import detaching, tombstones
from bot.confidentiality.encryption import Keys, new_key
from bot.database.unit_of_work import Database
from bot.models import LoadedProgramme, Reply, Round
from schedules.housekeeping import wipe
from tests.support.database import KEY, open_database, unit_of_work
from tests.support.figures import figure
from tests.support.world import World, close_of

if TYPE_CHECKING:
    from datetime import datetime

PEOPLE = 2_000
LARGE = 11_000  # replies of a thousand bytes: each has a page of its own besides
BUSY = 1.5  # seconds a writer waits before it gives up


class Writer:
    """Writes all the time, and remembers how long it had to wait at most."""

    def __init__(self, database: Database) -> None:
        self.longest = 0.0
        self._database, self._stop = Database(database.url), threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._database.close()

    def _write(self) -> None:
        while not self._stop.wait(0.01):
            begun = time.perf_counter()
            self._database.write(lambda session: session.execute(update(LoadedProgramme).values(checksum="1")), alone=True)
            self.longest = max(self.longest, time.perf_counter() - begun)


def week(database: Database, people: int, replies: int = 0) -> int:
    """A week that so many have answered, and so many replies more; the round's id."""
    with unit_of_work(database) as session:
        world = World(session)
        everybody, round_ = world.add_people(people), world.add_round(1)
        world.add_questions(round_, everybody)
        world.answer(round_, everybody)
        more = [{"id": uuid4().hex, "round_id": round_.id, "question": "q", "wish": False, "quote": False} for _ in range(replies)]
        if more:
            session.execute(insert(Reply), [{**each, "words": os.urandom(1000), "sealed_with": Keys([KEY]).name} for each in more])
        round_.closed_at = close_of(1)
        return round_.id


def test_a_week_of_2000_answers_is_detached_in_well_under_the_time_a_writer_waits(database: Database):
    one = week(database, PEOPLE)
    with Writer(database) as writer, unit_of_work(database) as session:
        detaching.detach(session, close_of(3), session.get_one(Round, one))
    figure(f"a writer waits while {PEOPLE:,} answers are detached", f"{writer.longest:.2f} s", f"under {BUSY} s", met=writer.longest < BUSY)


def test_a_writer_waits_less_than_its_patience_while_50_megabytes_are_written_anew(database: Database, now: datetime):
    week(database, 10, LARGE)
    with unit_of_work(database) as session:
        tombstones.request_wiping(session, now)
    assert database.file is not None
    with Writer(database) as writer:
        begun = time.perf_counter()
        done = wipe(database, now, quiet=False)
        took = time.perf_counter() - begun
    size = database.file.stat().st_size / 1e6
    figure(f"{size:.0f} MB written anew", f"{took:.2f} s" if done else "somebody was in the way", "none", met=True)
    figure("a writer waits meanwhile", f"{writer.longest:.2f} s", f"under {BUSY} s", met=writer.longest < BUSY)


def test_all_is_sealed_anew_while_others_write(database: Database, now: datetime):
    week(database, PEOPLE)
    renewed = open_database(database.url, new_key(), KEY)
    with Writer(database) as writer:
        begun = time.perf_counter()
        _rotate(renewed, now, now)
        took = time.perf_counter() - begun
    figure(f"{PEOPLE:,} answers sealed with a new key", f"{took:.2f} s", "none", met=True)
    figure("a writer waits meanwhile", f"{writer.longest:.2f} s", f"under {BUSY} s", met=writer.longest < BUSY)
    with renewed.look() as session:
        assert len(session.scalars(select(Reply.sealed_with).distinct()).all()) == 1
    renewed.close()
