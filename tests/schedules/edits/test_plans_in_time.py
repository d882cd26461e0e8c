"""What a held plan becomes while time goes on, a beat is under way, or its file has another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from bot.dialogue.planning import plan_review
from bot.models import LoadedProgramme
from bot.seam.answers import Said
from bot.seam.planning_actions import PlanWanted
from bot.seam.planning_answers import WholePlan
from bot.wording import say
from tests.schedules.edits.test_judge_files import (
    HELD,
    IS_HELD,
    LEADER,
    NEXT_DAY,
    ORGANISER,
    REPLACED,
    RUNNING,
    apply,
    decline,
    deliver_plans,
    press,
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

MUCH = (
    *("channel: C0DIGEST", "channel: C0X", "usergroup: S0LEADERS", "usergroup: S0OTHER", "usergroup: S0REPS", "usergroup: S0MORE"),
    *("{usergroup: S0ORG, channel: C0ORGANISERS}", "{usergroup: S0TEAM, channel: C0NEW}", "review: required", "review: quotes-only"),
    "{detach_after_days: 7, delete_replies_after_days: 90}",
    "{detach_after_days: 10, delete_replies_after_days: 100}\nfloors: {people: 6, quotes: 9, audience: 12}",
    *(
        "order: [hvorhen, hvem-med, hvornaar, hvad-nu]",
        "order: [hvad-nu, hvornaar, hvem-med, hvorhen]",
        "Hvor skal vi hen?",
        "Hvor går vi hen?",
    ),
    *('remind: {after_days: 2, at: "13:00"}', 'remind: {after_days: 2, at: "14:00"}', "Landsbykonference", "Landsbymødet"),
)
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


def test_of_a_long_plan_organisers_see_all_that_does_not_pass_by_itself_and_the_whole_in_a_window(world: HeartbeatWorld) -> None:
    save(world, *MUCH)
    world.beat("2018-10-03 08:00")
    programme = world.heart._programme_store.current(world.clock.now())
    review = plan_review.plan_as_it_stands(programme, version(world, IS_HELD))
    told = "\n".join(review.lines)
    assert all(words in told for words in ("C0X", "S0OTHER", "10 dage efter lukningen", "når mindst 12 får det", "Kun citaterne"))
    assert (review.more, review.lines[-1].startswith("… og ")) == (True, True)
    whole = press(world, PlanWanted(who=ORGANISER, version=review.version))
    assert isinstance(whole, WholePlan)
    assert len(whole.lines) > len(review.lines)
    assert {line for line in review.lines if line.startswith("~ Listen") or "lukningen" in line} <= {*whole.lines}


def test_only_organisers_see_a_whole_plan(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(NEXT_DAY)
    assert isinstance(press(world, PlanWanted(who=LEADER, version=version(world, IS_HELD).id)), Said)
    assert isinstance(press(world, PlanWanted(who=ORGANISER, version=77)), Said)


def test_a_week_that_is_no_longer_skipped_and_is_over_has_lost_no_question(world: HeartbeatWorld) -> None:
    world.beat("2018-10-08 09:30", "2018-10-09 09:30", "2018-10-09 10:30", "2018-10-23 09:30", "2018-10-23 10:30")
    save(world, "weeks: [42]", "weeks: []")
    world.beat("2018-10-23 12:00")
    if IS_HELD in states(world):
        apply(world)
    world.beat("2018-10-23 12:05", "2018-10-30 09:30")
    assert (world.notices("missed:"), len(world.rounds())) == ([], 3)


def test_a_plan_whose_moment_has_passed_says_so_and_not_that_it_is_in_force(world: HeartbeatWorld) -> None:
    world.beat("2018-10-08 09:30")
    world.file.write_text(exchange(world.file.read_text("utf-8"), *OTHER_ORDER), "utf-8")
    for moment in ("2018-10-08 10:00", "2018-10-09 08:00", "2018-10-09 10:30", "2018-10-10 09:00"):
        world.beat(moment)
        deliver_plans(world)
    shown = version(world, IS_HELD).shown or {}
    assert shown["why"] == say("da", "held.past")
