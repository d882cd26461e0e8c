"""A text that runs goes on after a restart although a file of people that it names is gone: nobody joins, leaves or decides by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from bot.models import MessageKind, Person, PersonState
from tests.schedules.edits.test_judge_files import HELD, IS_HELD, NEXT_DAY, RUNNING, decline, runs, save, start, states
from tests.support.heartbeat_world import HeartbeatWorld
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

IN_A_FILE = "leaders: {usergroup: S0LEADERS}", "leaders: {file: leaders.csv}"
RENAMED = "leaders: {usergroup: S0LEADERS}", "leaders: {file: ledere.csv}"
LONGER = "detach_after_days: 7", "detach_after_days: 20"


@pytest.fixture
def world(database: Database, tmp_path: Path) -> HeartbeatWorld:
    (tmp_path / "leaders.csv").write_text("email\n" + "".join(f"leader{n}@example.org\n" for n in range(12)), "utf-8")
    write_programme(tmp_path, *IN_A_FILE)
    world = HeartbeatWorld(tmp_path, database)
    world.beat("2018-10-01 08:00")
    return world


def restart(world: HeartbeatWorld, *moments: str) -> None:
    world.heart = start(world)
    world.beat(*moments)


def detaches_after(world: HeartbeatWorld) -> int:
    return world.heart._programme_store.current(world.clock.now()).retention.detach_after_days


def how_many_left(world: HeartbeatWorld) -> int:
    with world.database.look() as session:
        return session.scalar(select(func.count()).select_from(Person).where(Person.state == PersonState.LEFT)) or 0


def test_a_held_text_does_not_run_after_a_restart_because_the_list_of_what_runs_was_renamed(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    (world.folder / "leaders.csv").rename(world.folder / "ledere.csv")
    save(world, *RENAMED, *LONGER)
    world.beat(NEXT_DAY)
    restart(world, "2018-10-02 09:00", "2018-10-03 08:00")
    assert (detaches_after(world), runs(world), states(world), how_many_left(world)) == (7, before, [RUNNING, IS_HELD], 0)
    assert world.notices("alarm:edit:")
    assert world.messages(MessageKind.LIST_REVIEW)
    decline(world)
    world.beat("2018-10-03 09:00")
    assert (detaches_after(world), runs(world)) == (7, before)


def test_a_declined_text_that_stays_in_its_file_does_not_run_after_a_restart(
    world: HeartbeatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = world.file.read_bytes()
    save(world, *IN_A_FILE, *LONGER)
    world.beat(NEXT_DAY)
    monkeypatch.setattr("schedules.planner.save_file", lambda *_: False)
    decline(world)
    (world.folder / "leaders.csv").unlink()
    restart(world, "2018-10-02 09:00")
    assert (detaches_after(world), runs(world)) == (7, before)


def test_people_who_change_while_the_file_is_broken_are_told_of_by_name_and_the_alarm_stays(world: HeartbeatWorld) -> None:
    save(world, *IN_A_FILE, "every: tuesday", "every: tuesdag")
    world.beat(NEXT_DAY)
    with (world.folder / "leaders.csv").open("a", encoding="utf-8") as people:
        people.write("leader12@example.org\n")
    world.beat("2018-10-02 09:00", "2018-10-02 09:05")
    (told,) = world.notices("edit:")
    assert ("12" in told.facts["values"]["changes"], "13" in told.facts["values"]["changes"]) == (True, True)
    assert len(world.notices("alarm:edit:")) == 1
    save(world, *IN_A_FILE)
    world.beat("2018-10-02 10:00")
    assert len(world.notices("trouble-over:")) == 1


def test_when_the_list_is_back_after_a_restart_all_is_as_it_was(world: HeartbeatWorld) -> None:
    people = (world.folder / "leaders.csv").read_bytes()
    (world.folder / "leaders.csv").unlink()
    save(world, *HELD)
    restart(world, NEXT_DAY)
    (world.folder / "leaders.csv").write_bytes(people)
    save(world, *IN_A_FILE)
    world.beat("2018-10-02 10:00", "2018-10-02 11:00")
    leaders = world.heart._programme_store.current(world.clock.now()).people.leaders
    assert leaders is not None
    assert (len(leaders.emails), how_many_left(world), world.heart._programme_store.has_faults) == (12, 0, False)
