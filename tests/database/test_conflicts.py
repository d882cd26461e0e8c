"""A transaction that the database has undone because of another one is run again, and nobody hears of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.database.group_commit import MOST_RUNS, is_conflict
from bot.models import LoadedProgramme
from tests.support.database import unit_of_work

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database


def fault(name: str, code: str) -> DBAPIError:
    """What SQLAlchemy makes of a driver's error."""
    original = Exception("what the database says")
    setattr(original, name, code)
    return OperationalError("UPDATE", {}, original)


CONFLICTS = [fault("sqlstate", "40001"), fault("sqlstate", "40P01")]


class Task:
    """Writes a row, and is then undone as often as it is told."""

    def __init__(self, now: datetime, error: Exception, times: int, name: str = "own") -> None:
        self.now, self.error, self.times, self.name = now, error, times, name
        self.runs = 0

    def __call__(self, session: Session) -> str:
        self.runs += 1
        session.add(LoadedProgramme(id=self.name, loaded_at=self.now, checksum="0"))
        session.flush()
        if self.runs <= self.times:
            raise self.error
        return f"{self.name} is kept"


def names(database: Database) -> list[str]:
    with database.look() as session:
        return sorted(session.scalars(select(LoadedProgramme.id)))


@pytest.mark.parametrize("conflict", CONFLICTS)
@pytest.mark.parametrize("alone", [True, False])
def test_a_task_that_was_undone_is_run_again_and_its_first_runs_leave_nothing(
    database: Database, now: datetime, conflict: DBAPIError, alone: bool
) -> None:
    task = Task(now, conflict, times=2)
    assert database.write(task, alone=alone) == "own is kept"
    assert (task.runs, names(database)) == (3, ["own"])


@pytest.mark.parametrize("alone", [True, False])
def test_one_that_is_undone_each_time_is_given_up_after_a_few_runs(database: Database, now: datetime, alone: bool) -> None:
    task = Task(now, CONFLICTS[0], times=99)
    with pytest.raises(OperationalError):
        database.write(task, alone=alone)
    assert task.runs == MOST_RUNS + (not alone)
    assert names(database) == []


def test_whose_patience_is_over_does_not_try_again(database: Database, now: datetime) -> None:
    task, database._batch._patience = Task(now, CONFLICTS[0], times=1), 0.0
    with pytest.raises(OperationalError):
        database.write(task, alone=True)
    assert task.runs == 1


@pytest.mark.parametrize("error", [fault("sqlstate", "23505"), fault("nothing", "40001"), RuntimeError("40001")])
def test_every_other_error_is_told_at_once(database: Database, now: datetime, error: Exception) -> None:
    task = Task(now, error, times=1)
    with pytest.raises(type(error)):
        database.write(task)
    assert (task.runs, is_conflict(error)) == (1, False)


def test_neighbours_of_one_that_was_undone_are_all_kept_once(database: Database, now: datetime) -> None:
    database._batch._patience = 60.0
    tasks = [Task(now, CONFLICTS[1], times=int(name == "b"), name=name) for name in "abc"]
    with ThreadPoolExecutor(3) as people, unit_of_work(database):
        answers = [people.submit(database.write, task) for task in tasks]
        while len(database._batch._waiting) < 2:
            threading.Event().wait(0.001)
    assert [answer.result() for answer in answers] == ["a is kept", "b is kept", "c is kept"]
    assert names(database) == ["a", "b", "c"]


def test_when_the_commit_of_several_is_undone_each_is_run_again(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    database._batch._patience = 60.0
    commit, left = database.engine.dialect.do_commit, [CONFLICTS[0]]

    def commit_or_lose(connection: Any) -> None:
        if left and len(tasks) == sum(task.runs for task in tasks):
            raise left.pop()
        commit(connection)

    tasks = [Task(now, CONFLICTS[0], times=0, name=name) for name in "abc"]
    monkeypatch.setattr(database.engine.dialect, "do_commit", commit_or_lose)
    with ThreadPoolExecutor(3) as people, unit_of_work(database):
        answers = [people.submit(partial(database.write, task)) for task in tasks]
        while len(database._batch._waiting) < 2:
            threading.Event().wait(0.001)
    assert [answer.result() for answer in answers] == ["a is kept", "b is kept", "c is kept"]
    assert ([task.runs for task in tasks], names(database)) == ([2, 2, 2], ["a", "b", "c"])
