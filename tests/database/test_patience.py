"""Somebody who waits for the database is told in time, wherever they wait."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.database import patience
from bot.database.patience import at_leisure, one_budget, patience_left
from tests.support.database import LOCKED, second_process, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

SHORT = 0.6  # seconds of patience here, so that the tests have less to wait for
A_LITTLE = 0.4  # seconds that a busy machine may need besides; two waits after each other would be SHORT more


@pytest.fixture
def database(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database for which everybody has little patience."""
    monkeypatch.setattr(patience, "PATIENCE", SHORT)
    return database


@contextmanager
def held(database: Database, how: str = "IMMEDIATE", first: str = "") -> Iterator[None]:
    """Another program holds the database."""
    if database.file is None:
        with at_leisure(), second_process(database) as program, unit_of_work(program):
            yield
        return
    with closing(sqlite3.connect(database.file, isolation_level=None)) as other:
        other.execute(first)
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


def ask(session: Session) -> object:
    return session.scalar(text("SELECT 1"))


def work(database: Database) -> object:
    with unit_of_work(database) as session:
        return ask(session)


def seconds_until_refused(do: Callable[[], object]) -> float:
    begun = time.monotonic()
    with pytest.raises(OperationalError, match=LOCKED):
        do()
    return time.monotonic() - begun


def test_ten_people_and_a_beat_that_wait_for_another_program_are_all_told_in_time(database: Database) -> None:
    beat, is_over = [], threading.Event()

    def go_on_beating() -> None:
        while not is_over.is_set():
            beat.append(seconds_until_refused(lambda: work(database)))

    with held(database, "EXCLUSIVE"), ThreadPoolExecutor(11) as threads:
        beats = threads.submit(go_on_beating)
        time.sleep(0.2)  # it is in the way
        people = [threads.submit(seconds_until_refused, lambda: database.write(ask)) for _ in range(10)]
        waited = [person.result() for person in people]
        is_over.set()
        beats.result()
    assert max(*waited, *beat) < SHORT + A_LITTLE, (waited, beat)
    assert database.write(ask) == work(database) == 1


def test_who_waits_for_another_program_goes_on_as_soon_as_it_has_let_go(database: Database) -> None:
    with ThreadPoolExecutor(10) as threads:
        with held(database):
            people = [threads.submit(database.write, ask) for _ in range(10)]
            time.sleep(0.3)
        assert [person.result() for person in people] == [1] * 10


def test_what_a_press_writes_and_reads_waits_no_longer_than_one(database: Database) -> None:
    def press() -> None:
        with one_budget(SHORT):
            try:
                database.write(ask)
            except OperationalError:
                database.write(ask)

    with held(database):
        assert seconds_until_refused(press) < SHORT + A_LITTLE


@pytest.mark.sqlite  # a server lets everybody in
def test_nor_does_anybody_where_the_bot_has_no_connection_and_is_not_let_in(database: Database) -> None:
    """Opening one waits as well, and more people wait than there are connections at hand."""
    work(database)
    database.engine.dispose()

    def press(do: Callable[[], object]) -> float:
        with one_budget(SHORT):
            return seconds_until_refused(do)

    def look() -> object:
        with database.look() as session:
            return ask(session)

    with held(database, "EXCLUSIVE", "PRAGMA locking_mode=EXCLUSIVE"), ThreadPoolExecutor(40) as threads:
        people = [threads.submit(press, do) for _ in range(20) for do in (look, lambda: database.write(ask))]
        waited = [person.result() for person in people]
    assert max(waited) < SHORT + A_LITTLE, waited
    assert database.write(ask) == look() == 1


def test_who_has_waited_to_be_let_in_waits_only_for_what_is_left(database: Database) -> None:
    """What was left when their turn came, is less when they are in."""

    def begin() -> object:
        with one_budget(0), database.engine.execution_options(patience=SHORT).begin() as connection:
            return connection

    with held(database):
        assert seconds_until_refused(begin) < A_LITTLE


def test_delivery_waits_for_a_long_step_of_the_beat_to_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody waits for is not refused because this process itself is at work: a first start does much at once."""
    monkeypatch.setattr(patience, "PATIENCE", 0.0)
    with ThreadPoolExecutor(1) as threads:

        def take_long(_: object) -> Future[object]:
            other = threads.submit(database.write, ask, alone=True)
            assert not wait([other], timeout=0.2).done
            return other

        monkeypatch.setattr(database.store, "wipe", lambda: take_long(None))
        for step in (lambda: database.write(take_long, alone=True), database.wipe):
            assert cast("Future[object]", step()).result() == 1


def test_a_reader_waits_for_nobody(database: Database) -> None:
    with held(database, "EXCLUSIVE"):
        begun = time.monotonic()
        with database.look() as session:
            assert ask(session) == 1
        assert time.monotonic() - begun < A_LITTLE


def test_whoever_is_at_leisure_waits_as_long_as_they_say_and_within_a_budget_no_longer_than_it_leaves() -> None:
    with at_leisure(9):
        with at_leisure():
            assert (patience_left(), patience_left(7)) == (9, 7)
        with one_budget(1):
            assert patience_left() <= 1
    assert patience_left() == patience.PATIENCE


def test_a_budget_holds_for_those_that_stand_in_it_and_for_its_thread_alone() -> None:
    assert patience_left(7) == 7
    with one_budget(1):
        with one_budget(5):
            assert 0 < patience_left(9) <= 1
        assert 0 < patience_left(9) <= 1
        assert patience_left(0.1) == 0.1
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(patience_left, 9).result() == 9
        with one_budget(0):
            assert patience_left(9) == 0
    assert patience_left(7) == 7
