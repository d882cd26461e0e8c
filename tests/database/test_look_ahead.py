"""A look ahead tells whether a task would change anything, changes nothing, and waits for nobody."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.database.insert_once import count_changes, decide_first, table_of, write_once
from bot.database.look_ahead import announce_change, once_in_a_look
from bot.database.row_ids import DICE_IN_SESSION, new_id
from bot.models import Lease
from tests.support.database import locked, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

ROW, OTHER = {"workspace": "T0", "holder": "a", "number": 1, "counter": 7}, {"workspace": "T1", "holder": "b", "number": 1, "counter": 0}


@pytest.fixture
def stored(database: Database) -> Iterator[Database]:
    """One row is stored, and is the same afterwards."""
    with unit_of_work(database) as session:
        session.add(Lease(**ROW))
    yield database
    with database.look() as session:
        assert [dict(row) for row in session.execute(select(table_of(Lease))).mappings()] == [ROW]


def row_in(session: Session) -> Lease:
    return session.get_one(Lease, "T0")


def catch_all(session: Session) -> None:
    with suppress(Exception):
        session.execute(update(Lease).values(counter=8))


def announce_and_catch(session: Session) -> None:
    with suppress(Exception):
        announce_change(session)


def fail(_session: Session) -> None:
    raise IntegrityError("made to fail", None, Exception())


def change_many(session: Session) -> None:
    of_one = update(table_of(Lease)).where(table_of(Lease).c.workspace == bindparam("of")).values(counter=8)
    session.execute(of_one, [{"of": "T0"}, {"of": "T1"}])


CHANGES: dict[str, Callable[[Session], object]] = {
    "add": lambda session: session.add(Lease(**OTHER)),
    "announced": announce_change,
    "announced and caught": announce_and_catch,
    "delete": lambda session: session.delete(row_in(session)),
    "set": lambda session: setattr(row_in(session), "counter", 8),
    "update": lambda session: session.execute(update(Lease).where(Lease.counter == 7).values(counter=8)),
    "update by parameter": lambda session: session.execute(
        update(Lease).where(Lease.counter == bindparam("seen")).values(counter=8), {"seen": 7}
    ),
    "update all": lambda session: session.execute(update(Lease).values(counter=8)),
    "update many": change_many,
    "delete rows": lambda session: session.execute(delete(Lease).where(Lease.counter.in_(select(Lease.counter)))),
    "insert": lambda session: write_once(session, Lease, [OTHER]),
    "on its own connection": lambda session: session.connection().execute(update(table_of(Lease)).values(counter=8)),
    "in a part": lambda session: session.begin_nested().session.execute(update(Lease).values(counter=8)),
    "in words": lambda session: session.execute(text("UPDATE leases SET counter = 8")),
    "by the driver": lambda session: session.connection().exec_driver_sql("DELETE FROM leases"),
    "nobody hears of it": catch_all,
    "lock": lambda session: session.get(Lease, "T0", with_for_update=True).__setattr__("counter", 8),
    "fail": fail,
}


def decide(session: Session) -> None:
    row = row_in(session)
    assert not decide_first(session, row, update(Lease).where(Lease.counter == 6).values(counter=8))
    assert row.counter == 7


def see_that_nothing_changed(session: Session) -> None:
    assert count_changes(session, delete(Lease).where(Lease.counter == bindparam("seen")), {"seen": 6}) == 0
    assert session.scalar(update(Lease).where(Lease.counter == 6).values(counter=8).returning(Lease.counter)) is None


IDLE: dict[str, Callable[[Session], object]] = {
    "read": lambda session: session.scalars(select(Lease)).all(),
    "set the same": lambda session: setattr(row_in(session), "counter", 7),
    "update nothing": lambda session: session.execute(update(Lease).where(Lease.counter == 6).values(counter=8)),
    "delete nothing": lambda session: session.execute(
        delete(Lease).where(Lease.counter.in_(select(Lease.counter).where(Lease.holder == "b")))
    ),
    "write nothing": lambda session: write_once(session, Lease, []),
    "count": see_that_nothing_changed,
    "decided before": decide,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_task_that_would_change_something_is_found_and_changes_nothing(stored: Database, name: str) -> None:
    with stored.look_ahead() as ahead:
        assert not ahead.would_change(lambda _: None)
        assert ahead.would_change(CHANGES[name])


@pytest.mark.parametrize("name", IDLE)
def test_a_task_that_would_change_nothing_is_found_too(stored: Database, name: str) -> None:
    with stored.look_ahead() as ahead:
        assert not ahead.would_change(IDLE[name])


def test_what_comes_behind_a_change_is_not_looked_at(stored: Database) -> None:
    run: list[str] = []
    with stored.look_ahead() as ahead:
        assert ahead.would_change(CHANGES["set"])
        assert ahead.would_change(lambda _: run.append("second"))
    assert run == []


def test_it_waits_for_no_writer(stored: Database) -> None:
    with locked(stored), stored.look_ahead() as ahead:
        assert not ahead.would_change(IDLE["read"])
        assert not ahead.would_change(IDLE["update nothing"])
        assert ahead.would_change(CHANGES["update"])


def test_what_is_read_again_and_again_is_read_once_in_it_and_always_anew_elsewhere(stored: Database) -> None:
    read: list[str] = []

    @once_in_a_look
    def counter_of(session: Session, workspace: str) -> int:
        read.append(workspace)
        return session.get_one(Lease, workspace).counter

    for _ in range(2):
        with stored.look_ahead() as ahead:
            assert not ahead.would_change(lambda session: [counter_of(session, "T0"), counter_of(session, "T0")])
    assert read == ["T0"] * 2
    with stored.look() as session:
        assert [counter_of(session, "T0"), counter_of(session, "T0")] == [7, 7]
    assert read == ["T0"] * 4


def test_ids_that_nobody_sees_are_not_taken_from_the_dice_of_a_rehearsal(stored: Database) -> None:
    dice, same = random.Random(1), random.Random(1)  # noqa: S311 - a rehearsal's
    stored.carried[DICE_IN_SESSION] = dice
    with stored.look_ahead() as ahead:
        assert not ahead.would_change(new_id)
    assert dice.random() == same.random()
