"""Several machines, each with a folder of its own, run what the database says, whatever stands in the older of their files."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from structlog.testing import capture_logs

import handlers
from bot.dialogue.planning import versions
from bot.models import MessageKind, ProgrammeVersion, VersionState
from bot.seam.answers import Redrawn
from bot.seam.edits import SkipWeeks, Undo
from bot.seam.planning_actions import EditApplied, EditPlanned, PlanApplied, PlanDeclined
from bot.seam.planning_answers import EditDone, EditPlan
from schedules.heartbeat import Heartbeat
from schedules.planner import ProgrammePlanner
from schedules.programme_store import ProgrammeStore
from tests.support.database import messages_in, open_database
from tests.support.delivery_world import HandClock
from tests.support.heartbeat_world import Lists, here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database
    from bot.seam.actions import Action
    from bot.seam.answers import Answer

pytestmark = pytest.mark.long  # bots beat over edited files on two machines

BEGIN = "2018-10-01 08:00"
AT_ONCE, LATER = ('at: "09:30"', 'at: "10:15"'), ('at: "09:30"', 'at: "10:45"')
HELD, OTHER = ("channel: C0DIGEST", "channel: C0OTHER"), ("channel: C0DIGEST", "channel: C0THIRD")
ORGANISER = "US0ORG0"
RUNNING, IS_HELD, DECLINED, REPLACED, WITHDRAWN = VersionState


class Machine:
    """A process of the bot on a machine of its own. Files saved there bear the time of the common clock."""

    def __init__(self, folder: Path, database: Database, clock: HandClock) -> None:
        self.folder, self.database, self.clock = folder, database, clock
        self.folder.mkdir()

    @property
    def file(self) -> Path:
        return self.folder / "landsby.yaml"

    def save(self, *changes: str) -> bytes:
        """Save the programme's file as an editor would."""
        self.clock.moment += timedelta(seconds=1)
        content = write_programme(self.folder, *changes).read_bytes()
        self.date(self.clock.moment)
        return content

    def date(self, moment: Any) -> None:
        os.utime(self.file, (moment.timestamp(), moment.timestamp()))

    def start(self) -> Machine:
        """Start the process, as `run` does it."""
        with self.database.look() as session:
            store = ProgrammeStore(self.folder, versions.all_running(session))
        platform: Any = Lists()
        self.heart = Heartbeat(database=self.database, programme_store=store, platform=platform, clock=self.clock)
        return self

    def beat(self) -> Machine:
        self.clock.moment += timedelta(seconds=1)
        self.heart.beat()
        return self

    def runs(self) -> bytes:
        return self.heart._programme_store.current(self.clock.now()).content

    def press(self, action: Action) -> Answer:
        self.clock.moment += timedelta(seconds=1)
        now, programme = self.clock.now(), self.heart._programme_store.current(self.clock.now())
        answer = self.database.write(lambda session: handlers.answer(action, session, now, programme, ProgrammePlanner()))
        if self.file.exists() and self.file.stat().st_mtime > self.clock.moment.timestamp() + 1e6:  # the handler has just saved it
            self.date(self.clock.moment)
        return answer


class Machines:
    """Two machines on one database. `a` is where organisers edit; `b` has the first text."""

    def __init__(self, place: Path, database: Database) -> None:
        self.database, clock = database, HandClock(here(BEGIN))
        self.a, self.b = (Machine(place / name, database, clock) for name in ("a", "b"))
        self.first = min(machine.save() for machine in (self.a, self.b))
        for machine in (self.a, self.b):
            machine.start().beat()

    def beat(self) -> None:
        for machine in (self.a, self.b, self.a, self.b):
            machine.beat()

    def both_run(self) -> bytes:
        assert self.a.runs() == self.b.runs()
        with self.database.look() as session:
            (running,) = versions.all_running(session)
        assert running.content == self.a.runs()
        return running.content

    def states(self) -> list[VersionState]:
        with self.database.look() as session:
            return list(session.scalars(select(ProgrammeVersion.state).order_by(ProgrammeVersion.id)))

    def held(self) -> ProgrammeVersion:
        with self.database.look() as session:
            return session.scalars(select(ProgrammeVersion).where(ProgrammeVersion.state == IS_HELD)).one()

    def plan(self) -> PlanApplied:
        """*Sæt i kraft* under the plan that waits."""
        held = self.held()
        return PlanApplied(who=ORGANISER, version=held.id, fingerprint=(held.shown or {})["fingerprint"])

    def told(self, of: str = "edit_in_force") -> list[str]:
        notices = messages_in(self.database, MessageKind.NOTICE)
        return [str(notice.key) for notice in notices if str(notice.facts["say"]).endswith(of)]


@pytest.fixture
def machines(database: Database, tmp_path: Path) -> Machines:
    return Machines(tmp_path, database)


def test_an_edit_on_one_machine_runs_on_all_and_the_older_file_takes_nothing_back(machines: Machines) -> None:
    after = machines.a.save(*AT_ONCE)
    machines.beat()
    machines.beat()
    assert (machines.both_run(), machines.states(), len(machines.told())) == (after, [REPLACED, RUNNING], 1)


def test_a_machine_that_starts_with_an_older_file_takes_nothing_back(machines: Machines) -> None:
    after = machines.a.save(*AT_ONCE)
    machines.a.beat()
    machines.b.start()
    machines.beat()
    machines.a.start()
    machines.beat()
    assert (machines.both_run(), machines.states()) == (after, [REPLACED, RUNNING])


def test_that_a_file_is_older_is_said_once_wherever_it_is_and_how_often_that_starts(machines: Machines) -> None:
    machines.a.save(*AT_ONCE)
    with capture_logs() as lines:
        machines.beat()
        machines.beat()
    assert sum("older than what runs" in line["event"] for line in lines) == 1
    for _ in range(2):
        machines.b.start()
        machines.beat()
    (notice,) = [notice for notice in messages_in(machines.database, MessageKind.NOTICE) if notice.facts["say"] == "notice.file_is_older"]
    assert notice.facts["values"]["file"] == str(machines.b.file)
    assert notice.facts["values"]["machine"]


def test_a_return_to_an_older_text_where_it_is_edited_is_an_edit(machines: Machines) -> None:
    machines.a.save(*AT_ONCE)
    machines.beat()
    machines.a.save()
    machines.beat()
    assert (machines.both_run(), machines.states(), len(machines.told())) == (machines.first, [REPLACED, REPLACED, RUNNING], 2)


def test_a_return_to_an_older_text_before_a_start_is_an_edit(machines: Machines) -> None:
    machines.a.save(*AT_ONCE)
    machines.beat()
    machines.a.save()
    machines.a.start()
    machines.beat()
    assert (machines.both_run(), machines.states()) == (machines.first, [REPLACED, REPLACED, RUNNING])


def test_an_older_file_that_is_put_back_with_its_old_time_while_the_process_runs_is_an_edit(machines: Machines) -> None:
    saved_at = machines.a.file.stat().st_mtime
    machines.a.save(*AT_ONCE)
    machines.beat()
    machines.a.save()
    os.utime(machines.a.file, (saved_at, saved_at))
    machines.beat()
    assert machines.both_run() == machines.first


def test_an_older_file_that_is_saved_again_on_its_machine_is_an_edit(machines: Machines) -> None:
    machines.a.save(*AT_ONCE)
    machines.beat()
    machines.b.save()
    machines.beat()
    assert (machines.both_run(), machines.states()) == (machines.first, [REPLACED, REPLACED, RUNNING])


def test_two_edits_between_two_beats_of_the_other_machine_leave_the_last(machines: Machines) -> None:
    machines.a.save(*AT_ONCE)
    machines.b.save(*AT_ONCE)
    machines.a.beat()
    last = machines.a.save(*LATER)
    machines.a.beat()
    machines.beat()
    assert (machines.both_run(), machines.states()) == (last, [REPLACED, REPLACED, RUNNING])


def test_a_held_plan_is_not_withdrawn_by_a_machine_that_does_not_have_it(machines: Machines) -> None:
    machines.a.save(*HELD)
    machines.beat()
    machines.b.start()
    machines.beat()
    assert (machines.both_run(), machines.states(), len(messages_in(machines.database, MessageKind.PLAN_REVIEW))) == (
        machines.first,
        [RUNNING, IS_HELD],
        1,
    )


def test_a_held_plan_is_not_withdrawn_when_the_running_text_is_copied_to_an_older_machine(machines: Machines) -> None:
    machines.a.save(*AT_ONCE)
    machines.beat()
    machines.a.save(*AT_ONCE, *HELD)
    machines.beat()
    machines.b.save(*AT_ONCE)
    machines.beat()
    assert machines.states() == [REPLACED, RUNNING, IS_HELD]


def test_a_held_plan_is_withdrawn_where_its_file_was_put_back(machines: Machines) -> None:
    machines.a.save(*HELD)
    machines.beat()
    machines.a.save()
    machines.b.beat()
    machines.a.beat()
    assert machines.states() == [RUNNING, WITHDRAWN]
    machines.a.save(*OTHER)
    machines.beat()
    machines.a.save()
    machines.a.start().beat()
    assert machines.states() == [RUNNING, WITHDRAWN, WITHDRAWN]


def test_a_plan_applied_on_any_machine_runs_on_all_at_the_next_beat(machines: Machines) -> None:
    after = machines.a.save(*HELD)
    machines.beat()
    answer = machines.b.press(machines.plan())
    assert isinstance(answer, Redrawn)
    machines.beat()
    assert (machines.both_run(), machines.states()) == (after, [REPLACED, RUNNING])


def test_a_plan_declined_on_the_other_machine_is_not_asked_about_again(machines: Machines) -> None:
    machines.a.save(*HELD)
    machines.beat()
    answer = machines.b.press(PlanDeclined(who=ORGANISER, version=machines.held().id))
    assert isinstance(answer, Redrawn)
    assert "kunne jeg ikke skrive tilbage" in str(answer.said)  # its file is on the other machine
    machines.beat()
    machines.b.start()
    machines.a.start()
    machines.beat()
    assert (machines.both_run(), machines.states()) == (machines.first, [RUNNING, DECLINED])


def test_a_machine_without_the_file_runs_the_text_of_the_database(machines: Machines) -> None:
    machines.b.file.unlink()
    machines.b.start()
    after = machines.a.save(*AT_ONCE)
    machines.beat()
    machines.a.save(*AT_ONCE, *HELD)
    machines.beat()
    assert (machines.both_run(), machines.states()) == (after, [REPLACED, RUNNING, IS_HELD])


def edit(machine: Machine, wish: Any) -> None:
    """An organiser edits on their page, and this machine hears it."""
    plan = machine.press(EditPlanned(who=ORGANISER, edit=wish))
    assert isinstance(plan, EditPlan), plan
    assert isinstance(machine.press(EditApplied(who=ORGANISER, edit=wish, fingerprint=plan.fingerprint)), EditDone)


def test_edits_in_chat_are_made_by_whichever_machine_hears_them(machines: Machines) -> None:
    now, programme = machines.a.clock.now(), machines.a.heart._programme_store.current(machines.a.clock.now())
    with machines.database.look() as session:
        first, *_, last = [week for week, questions in ProgrammePlanner().weeks_to_come(session, now, programme) if questions]
    for machine, wish in (
        (machines.a, SkipWeeks(weeks=(last,))),
        (machines.b, SkipWeeks(weeks=(first,))),
        (machines.a, Undo()),
        (machines.b, Undo()),
    ):
        edit(machine, wish)
        machines.beat()
        assert machine.file.read_bytes() == machines.both_run()
    assert machines.states() == [REPLACED] * 4 + [RUNNING]


def test_two_machines_that_see_one_edit_at_the_same_moment_store_and_tell_it_once(machines: Machines) -> None:
    for change, states in ((AT_ONCE, [REPLACED, RUNNING]), ((*AT_ONCE, *HELD), [REPLACED, RUNNING, IS_HELD])):
        for machine in (machines.a, machines.b):
            machine.save(*change)
        threads = [threading.Thread(target=machine.heart.beat) for machine in (machines.a, machines.b)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert machines.states() == states
    assert (len(machines.told()), len(messages_in(machines.database, MessageKind.PLAN_REVIEW))) == (1, 1)


STEPS = st.one_of(
    st.tuples(st.just("save"), st.sampled_from([(), AT_ONCE, LATER, HELD, OTHER])),
    st.tuples(st.sampled_from(["beat", "start"]), st.sampled_from("ab")),
    st.tuples(st.just("apply"), st.sampled_from("ab")),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=8))
def test_whatever_is_edited_here_and_whoever_starts_there_all_run_one_text_and_each_is_told_once(
    tmp_path_factory: pytest.TempPathFactory, template: Path, steps: list[tuple[str, Any]]
) -> None:
    place = tmp_path_factory.mktemp("machines")
    shutil.copy(template, place / "one.sqlite")
    with closing(open_database(f"sqlite:///{place / 'one.sqlite'}")) as database:
        machines = Machines(place, database)
        for act, what in steps:
            if act == "save":
                machines.a.save(*what)
            elif act == "apply" and IS_HELD in machines.states():
                machines.a.beat()
                if IS_HELD in machines.states():
                    getattr(machines, what).press(machines.plan())
            elif act in {"beat", "start"}:
                getattr(getattr(machines, what), act)()
        machines.beat()
        states = machines.states()
        in_file = machines.a.file.read_bytes()
        assert (machines.held().content if IS_HELD in states else machines.both_run()) == in_file
        machines.both_run()
        with database.look() as session:
            told = len(machines.told())
            ran = [version for version in session.scalars(select(ProgrammeVersion)) if version.state in {RUNNING, REPLACED}]
            assert (
                told + len([version for version in ran if version.shown]) == len(ran) - 1
            )  # a notice for each, or a plan with its buttons
            asked = messages_in(database, MessageKind.PLAN_REVIEW)
            assert len({str(message.key) for message in asked}) == len(asked)
        for machine in (machines.a, machines.b):
            machine.start()
        machines.beat()
        assert (machines.states(), len(machines.told())) == (states, told)
