"""Looking changes nothing, goes on where a check fails, and tells nothing of what anybody does."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from bot.app.doctor import examination
from bot.app.doctor.examination import CHECKS, examine
from bot.app.doctor.report import report
from bot.app.doctor.seen import see
from bot.app.keys import key_file
from bot.confidentiality.encryption import new_key
from bot.database.sqlite import database_files
from bot.dialogue import people
from bot.dialogue.data_rights.erasure import erase
from bot.models import LoadedProgramme, SeenEvent
from tests.support.command_line import run_command, start_command
from tests.support.database import open_database, unit_of_work
from tests.support.programme import PROGRAMME
from tests.support.world import DAY, OPENS, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.app.doctor.installation_of_test import Installation

NOW = OPENS + timedelta(hours=26)  # on another day than what the clock does


def everything_in(folder: Path) -> dict[str, tuple[object, ...]]:
    """All that can be seen of a folder: what lies in it, since when, with which rights, and its bytes."""
    paths = [folder, *folder.rglob("*")]
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_mode, sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
        for path in paths
    }


@contextmanager
def nobody(_file: Path) -> Iterator[None]:
    yield


@contextmanager
def somebody_in_it(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE something(a)")
        other.commit()
        yield


@contextmanager
def remains_of_a_kill(file: Path) -> Iterator[None]:
    aside = file.with_name("aside")
    aside.mkdir()
    with somebody_in_it(file):
        for part in database_files(file)[:3]:
            shutil.copy(part, aside)
    for part in aside.iterdir():
        part.replace(file.with_name(part.name))
    aside.rmdir()
    yield


@contextmanager
def no_log(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
    yield


@contextmanager
def no_database(file: Path) -> Iterator[None]:
    shutil.rmtree(file.parent)
    yield


WAYS = (nobody, somebody_in_it, remains_of_a_kill, no_log, no_database)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_looking_leaves_every_file_as_it_was(installation: Installation, way: Any, language: str) -> None:
    file = installation.on_slack()
    for part in installation.folder.rglob("*.yaml"):
        part.chmod(0o644)
    with way(file):
        before = everything_in(installation.folder)
        done = run_command(installation.folder, "doctor", "--language", language, DATABASE_URL=f"sqlite:///{file}")
        assert (done.returncode, done.stderr) == (0, "")
        assert everything_in(installation.folder) == before


def test_looking_at_a_local_workspace_makes_no_key_and_no_folder(installation: Installation) -> None:
    before = everything_in(installation.folder)
    assert run_command(installation.folder, "doctor").returncode == 0
    assert everything_in(installation.folder) == before
    installation.with_tables("local.sqlite")
    seen = see()
    assert seen.settings is not None
    key_file(seen.settings).write_text(new_key(), "ascii")
    before = everything_in(installation.folder)
    assert installation.states("key") == {"key.fine": "ok"}
    assert everything_in(installation.folder) == before


def test_looking_writes_nothing_where_nothing_can_be_written(installation: Installation) -> None:
    """As on a read-only mount: SQLite is refused what it does not ask for."""
    file = installation.on_slack()
    file.chmod(0o400)
    file.parent.chmod(0o500)
    found = installation.find()
    assert [finding.said.key for finding in found["tables"]] == ["doctor.tables.fine"]
    file.parent.chmod(0o700)


def test_a_check_that_fails_is_a_fault_of_its_own_and_the_others_go_on(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_seen: object) -> Iterator[Any]:
        raise LookupError("hemmeligt")

    failing = {group: dict.fromkeys(checks, fail) for group, checks in CHECKS.items()}
    monkeypatch.setattr(examination, "CHECKS", failing)
    found = installation.find()
    assert {finding.said.key for name, (finding, *_) in found.items() if name != "tokens"} == {"doctor.failed"}
    assert len(found) == sum(map(len, CHECKS.values())) + 1
    assert found["tokens"][0].state == "ok"
    assert "hemmeligt" not in repr(found)


def act(world: World, what: str) -> None:
    who = world.person("L3")
    if what == "answers":
        world.session.add(SeenEvent(id="Ev1", seen_at=NOW))
    elif what == "pauses":
        people.pause(world.session, NOW, who, (NOW + 40 * DAY).date())
    elif what == "leaves":
        people.leave(world.session, NOW, who)
    elif what == "is erased":
        erase(world.session, NOW, who.address)


def told_where(installation: Installation, what: str) -> list[str]:
    """What doctor prints in a world in which somebody does something."""
    shutil.rmtree(installation.folder / "data", ignore_errors=True)
    file = installation.on_slack()
    with closing(open_database(f"sqlite:///{file}")) as database, unit_of_work(database) as session:
        session.info.update(database.carried)
        world = World(session, PROGRAMME)
        world.populate(leaders=12, reps=12)
        round_ = world.open_and_ask()
        if what == "answers":
            world.answer(round_, [world.person("L3")])
        act(world, what)
        session.get_one(LoadedProgramme, PROGRAMME.id).synchronised_at = OPENS
    seen = see()
    seen.now = NOW
    return list(report(examine(seen)))


@pytest.mark.parametrize("what", ["answers", "pauses", "leaves", "is erased"])
def test_what_is_told_does_not_depend_on_what_one_participant_does(installation: Installation, what: str) -> None:
    assert told_where(installation, what) == told_where(installation, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file locked")
def test_a_bot_that_runs_is_seen_and_not_disturbed(installation: Installation) -> None:
    bot = start_command(installation.folder, "run", HTTP_PORT="0")
    try:
        assert bot.stdout is not None
        assert bot.stdout.readline().startswith("http://")
        done = run_command(installation.folder, "doctor", "--language", "en")
        assert "The database is in use: I run." in done.stdout
        assert "Traceback" not in done.stderr
        assert bot.poll() is None
    finally:
        bot.kill()
        bot.communicate()
