"""`doctor` prints lines that fit a terminal, or JSON, and ends with 1 if something is wrong."""

from __future__ import annotations

import json
import signal
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.database.places import place_of
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from schedules.programme_file import load_file
from tests.support.command_line import PATIENCE, address_in, finish, programme_folder, run_command, start_command
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, START, serve

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {"HTTP_PORT": "none"}


@pytest.mark.parametrize(("language", "machine"), [("da", "Maskinen"), ("en", "The machine")])
def test_what_is_printed_fits_a_terminal_and_is_without_colours_in_a_pipe(tmp_path: Path, language: str, machine: str) -> None:
    done = run_command(programme_folder(tmp_path), "doctor", "--language", language)
    assert done.stdout.startswith(f"{machine}\n  OK ")
    assert "\x1b" not in done.stdout
    assert [line for line in done.stdout.splitlines() if len(line) > 80 and "/" not in line] == []


def test_the_programmes_language_is_spoken_where_none_is_named(tmp_path: Path) -> None:
    assert run_command(programme_folder(tmp_path), "doctor").stdout.startswith("Maskinen\n")


def test_it_ends_with_1_if_something_is_wrong_else_with_0(tmp_path: Path) -> None:
    assert run_command(programme_folder(tmp_path), "doctor").returncode == 0
    broken = run_command(tmp_path, "doctor", "--language", "da", **BROKEN)
    assert (broken.returncode, broken.stderr) == (1, "")
    assert "Fejl    HTTP_PORT: skal være et helt tal" in broken.stdout
    assert "Gør sådan: Ret det" in broken.stdout
    assert broken.stdout.splitlines()[-1].startswith("Fejl: 1. ")


def test_programs_read_records_in_english_each_with_its_cure_unless_all_is_well(tmp_path: Path) -> None:
    done = run_command(programme_folder(tmp_path), "doctor", "--json", "--language", "da", **BROKEN)
    records = json.loads(done.stdout)
    assert done.returncode == 1
    assert {frozenset(record) for record in records} == {frozenset({"check", "state", "text", "cure"})}
    assert all((record["cure"] is None) == (record["state"] == "ok") for record in records)
    assert [record["text"][:34] for record in records if record["state"] == "fault"] == ["HTTP_PORT: must be a whole number "]


def test_no_traceback_is_printed_whatever_lies_in_the_folder(tmp_path: Path) -> None:
    programme_folder(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workspace.sqlite").write_text("hello " * 200)
    (tmp_path / "data" / "local.sqlite").mkdir()
    (tmp_path / place_of(address_in(tmp_path, "local.sqlite")).with_suffix(".key")).write_text("no key")
    done = run_command(tmp_path, "doctor", "--language", "en")
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (1, False)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file locked")
def test_a_bot_on_slack_is_seen_to_run_and_goes_on(tmp_path: Path) -> None:
    folder = programme_folder(tmp_path)
    population = population_for(load_file(folder / "schedules" / "landsby.yaml"), participants=24)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with serve(ChatClient(population, MovableClock(START)), manifest()) as slack:
        of_slack = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"{slack.address}api/",
            "HEALTH_PORT": port,
        }
        assert run_command(folder, "migrate", "--new", **of_slack).returncode == 0
        bot = start_command(folder, "run", **of_slack)
        try:
            found = look_until_it_runs(folder, of_slack)
            assert (found["running"], found["tokens"], found["channels"], found["tables"]) == ("ok", "ok", "ok", "ok")
            assert "health" in found
            bot.send_signal(signal.SIGTERM)
            assert finish(bot).returncode == 0
        finally:
            if bot.poll() is None:
                bot.kill()
                bot.communicate()
    assert run_command(folder, "doctor", "--language", "en", **of_slack).stdout.count("I do not run just now.") == 1


def look_until_it_runs(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """What doctor finds, check by check, as soon as it sees a bot."""
    for _ in range(PATIENCE):
        records = json.loads(run_command(folder, "doctor", "--json", **settings).stdout)
        found = {record["check"]: record["state"] for record in records}
        if found["running"] == "ok":
            return found
    raise AssertionError("no bot was seen")
