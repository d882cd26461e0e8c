"""Whatever is wrong with files and folders is told in one plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import install, programme_folder, run_command

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def sentence(done: CompletedProcess[str]) -> str:
    """What was said, which must be one line and an exit code of 1."""
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize("verb", ["run", pytest.param("migrate", marks=pytest.mark.sqlite)])  # of a server: test_server_refuses.py
def test_a_file_where_the_folder_of_data_should_be_is_named(tmp_path: Path, verb: str) -> None:
    (programme_folder(tmp_path) / "data").write_text("mine", "utf-8")
    assert sentence(run_command(tmp_path, verb)) == "data: der ligger allerede noget med det navn"


def test_a_workspace_that_is_no_database_is_named(tmp_path: Path) -> None:
    (programme_folder(tmp_path) / "data").mkdir()
    (tmp_path / "data" / "workspace.sqlite").write_text("hello " * 200, "utf-8")
    said = sentence(run_command(tmp_path, "run", "--language", "en"))
    assert said.startswith("data/workspace.sqlite cannot be opened: file is not a database. Give the account ")


def test_a_journal_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    assert sentence(run_command(programme_folder(tmp_path), "rehearse", "--language", "en", "--journal", "nowhere/calls.jsonl")) == (
        "nowhere/calls.jsonl: No such file or directory"
    )


def test_settings_in_an_old_encoding_are_named_by_every_command_that_reads_them(tmp_path: Path) -> None:
    file = install(programme_folder(tmp_path) / "installed") / ".env"
    file.write_bytes("LOG_LEVEL=DEBUG # så ses mere".encode("latin-1"))
    for verb in ("check", "preview", "run", "migrate"):
        assert sentence(run_command(tmp_path, verb, PYTHONPATH=str(file.parent))) == f"{file}: filen kan ikke læses; gem den som UTF-8"


@pytest.mark.parametrize("verb", ["list", "chain"])
def test_who_only_looks_for_digests_leaves_no_database_behind(tmp_path: Path, verb: str) -> None:
    assert "has no tables yet. Make them with: .venv/bin/python -m bot migrate" in sentence(
        run_command(programme_folder(tmp_path), "digest", verb, "--language", "en")
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("day", "what"),
    [("2027-02-30", "does not exist in the calendar"), ("24-08-2027", "is not a date as it is written here")],
)
def test_a_day_that_is_none_is_told_as_in_a_programme(tmp_path: Path, day: str, what: str) -> None:
    for verb in (("preview",), ("new", "schedules/landsby.yaml")):
        done = run_command(programme_folder(tmp_path / verb[0]), *verb, "--from", day, "--language", "en")
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith("Error: --from: ")
        assert what in done.stderr.splitlines()[-1]


def test_a_preview_of_days_on_which_nothing_goes_out_says_so(tmp_path: Path) -> None:
    listed = run_command(programme_folder(tmp_path), "preview", "--from", "2090-01-01", "--language", "en").stdout.splitlines()
    assert listed[1:] == ["Nothing goes out from 1 January 2090 on."]


def test_a_preview_in_a_pipe_has_no_blanks_at_the_ends_of_its_lines(tmp_path: Path) -> None:
    listed = run_command(programme_folder(tmp_path), "preview").stdout.splitlines()
    assert len(listed) > 5
    assert [line for line in listed if line != line.rstrip()] == []
