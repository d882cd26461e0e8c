"""`plan` compares a file with what runs here, and puts in force exactly what it has shown. `check` says what is not in force yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from bot.app import compared_with_running
from bot.dialogue.planning import versions
from bot.models import AuditAct, AuditEntry, LoadedProgramme, MessageKind, PeopleList, VersionState
from bot.programme import Role
from bot.settings import load_settings
from schedules.programme_file import load_file
from tests.support.command_line import Called, call
from tests.support.database import messages_in, unit_of_work
from tests.support.heartbeat_world import HeartbeatWorld, here
from tests.support.programme import PROGRAMME, write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database

BEFORE = datetime(2018, 10, 1, 10, tzinfo=UTC)  # eight days before the first question
FLOORS = "guidelines_agreed:", "floors: {people: 6, quotes: 8, audience: 10}\nguidelines_agreed:"
LATER = 'en: "What now?"', 'en: "And now?"'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    for name in ("SCHEDULES_DIR", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "EFTERTANKE_KEY"):
        monkeypatch.delenv(name, raising=False)
    write_programme(tmp_path / "schedules")
    return tmp_path / "schedules"


@pytest.fixture
def running(folder: Path, database: Database) -> Path:
    """The folder of a programme that runs as its file is."""
    programme = load_file(folder / "landsby.yaml")
    with unit_of_work(database) as session:
        session.add(LoadedProgramme(id=programme.id, loaded_at=BEFORE, checksum=programme.checksum, synchronised_at=BEFORE))
        session.flush()
        for role, size in ((Role.LEADER, 40), (Role.EMPLOYEE_REP, 20)):
            session.add(PeopleList(programme=programme.id, role=role, confirmed=size, listed=size, week="2018-W40"))
        versions.run_version(session, BEFORE, programme)
    return folder


def run(*arguments: str, now: datetime = BEFORE) -> Called:
    with time_machine.travel(now):
        return call(*arguments)


def test_where_nothing_runs_yet_everything_is_new(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/none.sqlite")
    done = run("plan")
    heading, *lines = done.stdout.splitlines()
    assert (done.exit_code, heading) == (2, "Landsbykonference: her kører intet endnu, så alt er nyt")
    assert {line[0] for line in lines} == {"+"}
    assert lines[0] == "+ »Hvor skal vi hen?« går ud tirsdag den 9. oktober kl. 09.30."
    assert not (folder.parent / "data").exists()


def test_what_has_not_begun_cannot_be_put_in_force(folder):
    done = run("plan", "--apply")
    assert done.exit_code == 2
    assert "indtil da følger det sin fil" in done.stdout


def test_what_runs_as_its_file_is_has_nothing_left(running):
    done = run("plan", str(running / "landsby.yaml"))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Ingenting ændrer sig.")


def test_a_text_is_in_force_at_once(running):
    write_programme(running, *LATER)
    done = run("plan")
    assert done.exit_code == 2
    assert done.stdout.splitlines() == [
        "Landsbykonference: det, filen ændrer",
        "~ Ny ordlyd: »And now?« i stedet for »What now?«.",
        "Det gælder med det samme.",
    ]


def test_what_must_wait_says_why_and_how_it_is_put_in_force(running):
    write_programme(running, *FLOORS)
    done = run("plan")
    assert done.exit_code == 2
    assert "~ Et tal bliver kun vist, når mindst 6 står bag det (før 5)." in done.stdout
    assert "Det venter på jer, fordi det ændrer, hvor mange der mindst skal til, før noget vises." in done.stdout
    assert "plan schedules/landsby.yaml --apply" in done.stdout


def test_a_round_is_told_with_the_people_on_the_lists(running):
    write_programme(running, "[hvorhen, hvem-med, hvornaar, hvad-nu]", "[hvorhen, hvem-med, hvad-nu, hvornaar]")
    assert "(60 på listerne), fordi rækkefølgen er ændret." in run("plan").stdout


def test_faults_are_told_as_check_tells_them(running):
    write_programme(running, "every: tuesday", "every: tusday")
    done = run("plan")
    assert done.exit_code == 1
    assert "schedules/landsby.yaml:" in done.stderr


def test_a_file_that_lost_the_id_of_what_runs_is_a_fault(running):
    write_programme(running, "programme: landsbyen-2018", "programme: landsbyen-2019")
    done = run("plan", "schedules/landsby.yaml")
    assert done.exit_code == 1
    assert "programmet, der kører, har id'et »landsbyen-2018«" in done.stderr


def test_apply_puts_in_force_what_it_has_shown_and_tells_the_organisers(running, database):
    write_programme(running, *FLOORS)
    done = run("plan", "--apply")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Det er sat i kraft. Organisatorerne får det at vide i deres kanal.")
    with database.look() as session:
        version = versions.version_running(session, "landsbyen-2018")
        assert version.content == (running / "landsby.yaml").read_bytes()
        (entry,) = session.scalars(select(AuditEntry)).all()
        assert (entry.act, entry.by, entry.programme) == (AuditAct.PLAN_APPLIED_ON_MACHINE, None, "landsbyen-2018")
    (notice,) = messages_in(database, MessageKind.NOTICE)
    assert (notice.address, notice.facts["say"]) == ("C0ORGANISERS", "notice.plan_on_machine")
    assert "mindst 6 står bag" in notice.facts["values"]["lines"]


def test_a_plan_applied_twice_has_nothing_left(running, database):
    write_programme(running, *FLOORS)
    run("plan", "--apply")
    done = run("plan", "--apply")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Ingenting ændrer sig.")
    assert len(messages_in(database, MessageKind.NOTICE)) == 1


def test_apply_takes_the_version_that_is_held_and_puts_another_one_aside(running, database):
    write_programme(running, *FLOORS)
    held = load_file(running / "landsby.yaml")
    hold(database, held.content, held.checksum)
    assert run("plan", "--apply").exit_code == 0
    assert states(database) == [VersionState.REPLACED, VersionState.RUNNING]
    hold(database, b"another text", "1")
    write_programme(running, *LATER)
    assert run("plan", "--apply").exit_code == 0
    assert states(database) == [VersionState.REPLACED, VersionState.REPLACED, VersionState.WITHDRAWN, VersionState.RUNNING]


def hold(database: Database, content: bytes, checksum: str) -> None:
    with unit_of_work(database) as session:
        programme = replace(PROGRAMME, id="landsbyen-2018", file="landsby.yaml", content=content, checksum=checksum)
        versions.hold_version(session, BEFORE, programme)


def states(database: Database) -> list[VersionState]:
    with database.look() as session:
        return list(session.scalars(select(versions.ProgrammeVersion.state).order_by(versions.ProgrammeVersion.id)))


def test_if_the_lists_change_after_the_plan_is_shown_nothing_is_applied(running, database):
    write_programme(running, *FLOORS)
    with time_machine.travel(BEFORE):
        settings = load_settings()
        shown = compared_with_running.compare_with_running(settings, load_file(running / "landsby.yaml"))
        with unit_of_work(database) as session:
            session.query(PeopleList).update({"listed": 12})
        fresh = compared_with_running.apply_as_shown(settings, shown)
        assert fresh is not shown
        assert states(database) == [VersionState.RUNNING]
        assert compared_with_running.apply_as_shown(settings, fresh) is fresh


def test_the_running_bot_takes_over_what_was_put_in_force_here_and_asks_nobody_any_more(folder, database):
    world = HeartbeatWorld(folder, database)
    world.beat("2018-10-01 08:00")
    write_programme(folder, *FLOORS)
    world.beat("2018-10-01 09:00")
    assert states(database) == [VersionState.RUNNING, VersionState.HELD]
    done = run("plan", "--apply", now=here("2018-10-01 09:30"))
    assert done.exit_code == 0
    world.beat("2018-10-01 10:00", "2018-10-02 10:00")
    assert states(database) == [VersionState.REPLACED, VersionState.RUNNING]
    assert len(world.messages(MessageKind.PLAN_REVIEW)) == 1
    assert [notice.facts["say"] for notice in world.notices("plan-on-machine:")] == ["notice.plan_on_machine"]
    assert run("plan", now=here("2018-10-02 10:00")).exit_code == 0


def test_a_file_elsewhere_is_compared_and_not_applied(running, tmp_path):
    other = write_programme(tmp_path / "draft", *FLOORS)
    assert run("plan", str(other)).exit_code == 2
    done = run("plan", str(other), "--apply")
    assert done.exit_code == 1
    assert "ligger ikke i mappen med programmer" in done.stderr


def test_check_says_of_a_good_file_that_it_is_not_in_force_or_was_declined(running, database):
    assert run("check").stdout.startswith("schedules/landsby.yaml: i orden: 4 spørgsmål")
    write_programme(running, *FLOORS)
    assert run("check").stdout.startswith("schedules/landsby.yaml: i orden, men endnu ikke i kraft: 4 spørgsmål")
    edited = load_file(running / "landsby.yaml")
    hold(database, edited.content, edited.checksum)
    assert run("check").stdout.startswith("schedules/landsby.yaml: i orden, men endnu ikke i kraft: 4 spørgsmål")
    with unit_of_work(database) as session:
        versions.decline_held(session, BEFORE, versions.version_held(session, "landsbyen-2018"))
    assert run("check").stdout.startswith("schedules/landsby.yaml: i orden, men afvist: 4 spørgsmål")


def test_check_needs_no_settings_that_are_right(running, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "wrong")
    done = run("check")
    assert (done.exit_code, done.stdout.split(":")[1]) == (0, " i orden")
