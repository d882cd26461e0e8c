"""What a held plan becomes while time goes on, a beat is under way, or its file has another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from bot.models import LoadedProgramme
from bot.wording import say
from tests.schedules.edits.test_judge_files import (
    HELD,
    IS_HELD,
    NEXT_DAY,
    REPLACED,
    RUNNING,
    apply,
    decline,
    deliver_plans,
    runs,
    said,
    save,
    states,
    version,
)
from tests.support.heartbeat_world import HeartbeatWorld
from tests.support.programme import exchange, write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

OTHER_ORDER = "order: [hvorhen, hvem-med", "order: [hvem-med, hvorhen"


@pytest.fixture
def world(database: Database, tmp_path: Path) -> HeartbeatWorld:
    write_programme(tmp_path)
    world = HeartbeatWorld(tmp_path, database)
    world.beat("2018-10-01 08:00")
    return world


def test_a_beat_does_nothing_of_the_old_plan_once_another_is_in_force(world: HeartbeatWorld) -> None:
    save(world, *OTHER_ORDER)
    world.beat("2018-10-08 10:00", "2018-10-09 09:29")
    world.database.write(lambda session: session.execute(update(LoadedProgramme).values(synchronised_at=None)))
    read: Any = world.platform.roster

    def read_slowly(sources: Any) -> Any:
        rosters = read(sources)
        assert said(apply(world)) == say("da", "held.applied")
        return rosters

    world.platform.roster = read_slowly  # type: ignore[method-assign]  # a platform that is slow for once
    world.beat("2018-10-09 09:30")
    world.platform.roster = read  # type: ignore[method-assign]  # a platform that is slow for once
    assert (world.rounds(), states(world)) == ([], [REPLACED, RUNNING])
    readings = world.platform.readings
    world.beat("2018-10-09 09:32")
    assert ([round_.entry for round_ in world.rounds()], world.platform.readings) == (["hvem-med"], readings + 1)


def test_a_held_text_whose_file_got_another_name_can_be_put_in_force(world: HeartbeatWorld) -> None:
    world.file.unlink()
    after = write_programme(world.folder, *HELD, name="omdoebt.yaml").read_bytes()
    world.beat(NEXT_DAY)
    assert said(apply(world)) == say("da", "held.applied")
    world.beat("2018-10-02 08:01")
    assert (runs(world), version(world, RUNNING).file) == (after, "omdoebt.yaml")


def test_a_held_text_whose_file_got_another_name_can_be_declined(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    world.file.unlink()
    path = write_programme(world.folder, *HELD, name="omdoebt.yaml")
    world.beat(NEXT_DAY)
    decline(world)
    world.beat("2018-10-02 08:01", "2018-10-02 08:02")
    assert (runs(world), path.read_bytes(), world.heart._programme_store.has_faults) == (before, before, False)


def test_a_plan_whose_moment_has_passed_says_so_and_not_that_it_is_in_force(world: HeartbeatWorld) -> None:
    world.beat("2018-10-08 09:30")
    world.file.write_text(exchange(world.file.read_text("utf-8"), *OTHER_ORDER), "utf-8")
    for moment in ("2018-10-08 10:00", "2018-10-09 08:00", "2018-10-09 10:30", "2018-10-10 09:00"):
        world.beat(moment)
        deliver_plans(world)
    shown = version(world, IS_HELD).shown or {}
    assert shown["why"] == say("da", "held.past")
