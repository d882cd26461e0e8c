"""Nothing that the bot writes is for others, whatever the shell or the unit that starts it says; programme files keep their rights."""

from __future__ import annotations

import json
import signal
import stat
import time
from select import select
from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.database.places import file_of, place_of
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.command_line import (
    PATIENCE,
    address_in,
    call,
    finish,
    programme_folder,
    run_command,
    start_command,
)
from tests.support.database import KEY
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, START, serve
from tests.support.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))  # on a server too, all stands in the folder that is looked through
    return programme_folder(tmp_path)


@pytest.fixture
def slack(folder: Path) -> Iterator[dict[str, str]]:
    """The settings of a bot on Slack."""
    population = population_for(load_file(folder / "schedules" / "landsby.yaml"), participants=24)
    with serve(ChatClient(population, MovableClock(START)), manifest()) as workspace:
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "EFTERTANKE_KEY": KEY}
        yield {**tokens, "SLACK_API_URL": f"{workspace.address}api/"}


def run(folder: Path, *arguments: str, **settings: str) -> None:
    """Run a command where files are open to everybody unless it says otherwise, as all commands of tests are."""
    done = run_command(folder, *arguments, **settings)
    assert done.returncode == 0, done.stderr


def everything(folder: Path) -> set[Path]:
    """All files and folders that are there."""
    return {*folder.rglob("*")}


def open_to_others(files: set[Path]) -> dict[str, str]:
    """The files to which others have any rights."""
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in files}
    return {name: f"{mode:o}" for name, mode in modes.items() if mode & 0o077}


def somebody_known(url: str) -> str:
    """The id of a person whom the running bot has read from a list."""
    end = time.monotonic() + PATIENCE
    while not (known := rows(url, "SELECT address FROM people")):
        assert time.monotonic() < end
        time.sleep(0.05)
    return str(known[0].address)


def test_all_that_a_bot_on_slack_and_its_commands_write_is_for_their_owner_alone(folder: Path, slack: dict[str, str]) -> None:
    before = everything(folder)
    run(folder, "migrate", "--new", **slack)
    bot = start_command(folder, "run", HEALTH_PORT="0", **slack)
    assert bot.stderr is not None
    while json.loads(bot.stderr.readline())["event"] != "the bot runs":
        assert select([bot.stderr], [], [], PATIENCE)[0]
    url = address_in(folder, "eftertanke.sqlite")
    person, file = somebody_known(url), file_of(url)
    while_it_runs = everything(folder) - before
    of_database = {file.name, f"{file.name}-wal", f"{file.name}-shm"} if file else set()
    assert of_database < {file.name for file in while_it_runs}
    assert open_to_others(while_it_runs) == {}
    bot.send_signal(signal.SIGTERM)
    assert finish(bot).returncode == 0
    run(folder, "erase", person, **slack)
    run(folder, "key", "rotate", **slack)
    run(folder, "backup", "copy.sqlite", **slack)
    run(folder, "export", "record.json", **slack)
    run(folder, "restore", "copy.sqlite", **slack)
    written = everything(folder) - before
    names = {"data", f"{place_of(url).name}.erased", *([f"{file.name}.in-use"] if file else ()), "copy.sqlite", "record.json"}
    assert (names - {file.name for file in written}, open_to_others(written)) == (set(), {})


def test_all_that_the_local_workspace_and_a_rehearsal_write_is_too(folder: Path) -> None:
    before = everything(folder)
    bot = start_command(folder, "run", HTTP_PORT="0", HEALTH_PORT="0")
    assert bot.stdout is not None
    assert bot.stdout.readline().startswith("http://")
    names = {file.name for file in everything(folder)}
    bot.send_signal(signal.SIGTERM)
    assert finish(bot).returncode == 0
    run(folder, "rehearse", "--weeks", "1", "--participants", "24", "--journal", "calls.jsonl")
    written = everything(folder) - before
    url = address_in(folder, "local.sqlite")
    file, key = file_of(url), place_of(url).with_suffix(".key")
    wanted = {"data", *([file.name] if file else ()), key.name, "workspace.sqlite", "calls.jsonl"}
    assert (wanted - {file.name for file in written} - names, open_to_others(written)) == (set(), {})


@pytest.mark.parametrize("mode", [0o640, 0o644, 0o660])
def test_a_programme_file_keeps_its_rights_and_a_copy_has_them(folder: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    monkeypatch.chdir(folder)
    file = folder / "schedules" / "landsby.yaml"
    file.chmod(mode)
    before = everything(folder)
    assert call("set", "question", load_file(file).questions[0].id, "--en", "What did you learn?").exit_code == 0
    (memory,) = everything(folder) - before
    assert call("new", "schedules/landsby.yaml", "--from", "2030-01-07").exit_code == 0
    (copy,) = everything(folder) - before - {memory}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, copy, memory)] == [mode, mode, 0o600]
