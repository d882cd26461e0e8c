"""A rehearsal tells the same story for the same seed, and its journal has every call."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from bot.commands.rehearse import wait_for_no_disk
from bot.database.unit_of_work import Database
from tests.support.command_line import finish, install, programme_folder, run_command, start_command

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

SHORT = ("rehearse", "--weeks", "1", "--participants", "40")
OFF, FULL = 0, 2  # SQLite's own numbers for how it waits for the disk
TOKEN = re.compile(r"xox[a-z]-|xapp-")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `run` could not start: a rehearsal must not care."""
    folder = programme_folder(tmp_path_factory.mktemp("rehearsal"))
    (install(folder / "installed") / ".env").write_text("HTTP_PORT=nowhere\nDATABASE_URL=mysql://nobody\n", "utf-8")
    (folder / "data").write_text("a file where run keeps its folder", "utf-8")
    return folder


@pytest.fixture(scope="module")
def rehearsed(folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """Seed 1, seed 1 with the hashes of another process, seed 2."""
    installed = str(folder / "installed")
    first = start_command(folder, *SHORT, "--journal", "journal.jsonl", PYTHONHASHSEED="1", PYTHONPATH=installed)
    again = start_command(folder, *SHORT, "--journal", "again.jsonl", PYTHONHASHSEED="2")
    other = start_command(folder, *SHORT, "--seed", "2", PYTHONHASHSEED="1")
    return [finish(one) for one in (first, again, other)]


@pytest.fixture(scope="module")
def journal(folder: Path, rehearsed: list[subprocess.CompletedProcess[str]]) -> list[dict[str, Any]]:
    assert rehearsed[0].returncode == 0, rehearsed[0].stderr
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text("utf-8").splitlines()]


def waits(database: Database) -> int | None:
    with database.look() as session:
        return session.scalar(text("PRAGMA synchronous"))


def calls(journal: list[dict[str, Any]], method: str) -> list[dict[str, Any]]:
    return [line["args"] for line in journal if line["method"] == method and line["ok"]]


def test_the_same_seed_tells_the_same_story_and_another_one_another(rehearsed: list[subprocess.CompletedProcess[str]]) -> None:
    first, again, other = rehearsed
    assert [one.returncode for one in rehearsed] == [0, 0, 0], [one.stderr for one in rehearsed]
    assert first.stdout == again.stdout
    assert first.stdout != other.stdout


def test_the_same_seed_says_the_same_byte_for_byte(folder: Path, rehearsed: list[subprocess.CompletedProcess[str]]) -> None:
    assert [one.returncode for one in rehearsed] == [0, 0, 0]
    assert (folder / "journal.jsonl").read_bytes() == (folder / "again.jsonl").read_bytes()


def test_it_prints_the_digests_and_then_the_account(rehearsed: list[subprocess.CompletedProcess[str]]) -> None:
    said = rehearsed[0].stdout
    assert said.count("\nOverblik nr. 1 · uge 41") == 1
    assert "Overblik nr. 2" not in said
    rows = [line.split() for line in said.splitlines() if line.startswith("2018-W")]
    assert [(row[0], row[-3:]) for row in rows] == [("2018-W41", ["1", "sendt", "Retning"])]
    assert "beskeder, der ikke kom frem: 0" in said
    assert said.splitlines()[-1].startswith("ønsker: ")
    assert "\x1b" not in said


def test_it_neither_reads_nor_leaves_anything_of_the_bots_own(folder: Path, rehearsed: list[subprocess.CompletedProcess[str]]) -> None:
    assert rehearsed[0].returncode == 0
    assert {file.name for file in folder.iterdir()} == {"schedules", "installed", "data", "journal.jsonl", "again.jsonl"}
    assert (folder / "data").is_file()


def test_every_line_of_the_journal_has_the_same_five_keys_and_no_token(folder: Path, journal: list[dict[str, Any]]) -> None:
    assert {tuple(line) for line in journal} == {("at", "method", "args", "ok", "error")}
    assert {type(line["args"]) for line in journal} == {dict}
    assert all(line["ok"] is (line["error"] is None) for line in journal)
    assert TOKEN.search((folder / "journal.jsonl").read_text("utf-8")) is None


def test_the_journals_moments_are_the_rehearsals_own_and_never_go_back(journal: list[dict[str, Any]]) -> None:
    moments = [line["at"] for line in journal]
    assert moments == sorted(moments)
    assert (moments[0][:10], moments[-1][:10]) == ("2018-10-01", "2018-10-13")


def test_the_journal_holds_a_question_for_everybody_and_what_was_shown_in_windows(
    rehearsed: list[subprocess.CompletedProcess[str]], journal: list[dict[str, Any]]
) -> None:
    posts = [said for said in calls(journal, "chat.postMessage") if '"answer"' in json.dumps(said["blocks"])]
    reached = {said["channel"] for said in posts if re.search(r"Hvor skal vi hen\?|Where are we going\?", said["text"])}
    (row,) = [line.split() for line in rehearsed[0].stdout.splitlines() if line.startswith("2018-W41")]
    assert len(reached) == int(row[1]) >= 36  # a few leave or pause after their welcome
    assert {view["view"]["type"] for view in calls(journal, "views.open")} == {"modal"}
    assert "update" in {shown.get("response_action") for shown in calls(journal, "ack")}


def test_a_question_that_nobody_could_be_asked_is_counted(folder: Path) -> None:
    said = run_command(folder, "rehearse", "--participants", "9", "--weeks", "1", "--language", "en").stdout
    assert "questions not asked: 1" in said.splitlines()
    assert "week  asked  answered" in said
    assert not {"Overblik", "Retning", "tema"} & set(said.split()), "all of it is in the language that was asked for"


@pytest.mark.usefixtures("disk")
def test_only_a_rehearsals_database_waits_for_no_disk(tmp_path: Path) -> None:
    kept, thrown_away = (Database(f"sqlite:///{tmp_path / name}") for name in ("kept.sqlite", "thrown-away.sqlite"))
    for database in (kept, thrown_away):
        database.keep_private()
    wait_for_no_disk(thrown_away)
    assert (waits(kept), waits(thrown_away)) == (FULL, OFF)
    kept.close()
    thrown_away.close()
