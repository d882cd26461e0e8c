"""What lies beside programmes is told from them by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ProgrammeFaults
from schedules.programme_file import files_passed_over, load_file, load_folder, programme_files
from schedules.programme_store import ProgrammeStore
from tests.support.command_line import call, programme_folder
from tests.support.faults import told

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = ["._x.yaml", ".#x.yaml", "x.yaml~", ".x.yaml.swp", "#x.yaml#", "~$x.yaml", ".yaml"]
COPIES = [
    "x – Kopi.yaml",
    "x - Kopi.yaml",
    "x - Kopi (2).yaml",
    "x - Copy.yaml",
    "x (1).yaml",
    "x(1).yaml",
    "Kopi af x.yaml",
    "Copy of x.yaml",
]
COPIES += ["x kopi.yaml", "x kopi 2.yaml", "x copy.yaml", "X - KOPI.yml"]
OTHER_ENDINGS = {"x.yml": "x.yaml", "x.YAML": "x.yaml", "x.yaml.txt": "x.yaml", "x.Yml": "x.yaml", "x.yml.txt": "x.yaml"}
NO_PROGRAMMES = ["notes.txt", "schema.json", "README.md", "leaders.csv", "yaml", "x.yaml.bak"]
PROGRAMMES = ["x.yaml", "kopi.yaml", "randers-2018.yaml", "en-kopi.yaml", "(1).yaml", "å (forår).yaml", "landsby (2018).yaml"]


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("nothing", "utf-8")


@pytest.mark.parametrize("name", [*HIDDEN, *NO_PROGRAMMES])
def test_what_is_no_programme_is_passed_over_silently(tmp_path, name):
    lay(tmp_path, name)
    assert (programme_files(tmp_path), files_passed_over(tmp_path)) == ([], ())


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_passed_over_and_named(tmp_path, name):
    lay(tmp_path, name)
    assert programme_files(tmp_path) == []
    (fault,) = files_passed_over(tmp_path)
    assert (fault.file, "ligner en kopi" in told(fault, "da")) == (str(tmp_path / name), True)


@pytest.mark.parametrize("name", OTHER_ENDINGS)
def test_another_ending_is_named_with_the_name_that_it_should_have(tmp_path, name):
    lay(tmp_path, name)
    assert programme_files(tmp_path) == []
    (fault,) = files_passed_over(tmp_path)
    assert told(fault, "da").endswith(f"giv den navnet {OTHER_ENDINGS[name]}")


def test_a_folder_that_is_named_like_a_programme_is_passed_over_and_named(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    assert programme_files(tmp_path) == []
    (fault,) = files_passed_over(tmp_path)
    assert "det her er en mappe" in told(fault, "da")


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_programme_is_known_by_its_ending_whatever_else_it_is_called(tmp_path, name):
    lay(tmp_path, name)
    assert (programme_files(tmp_path), files_passed_over(tmp_path)) == ([tmp_path / name], ())


@pytest.mark.parametrize("name", [".x.yaml", "x – Kopi.yaml", "x.yml", "x.yaml.txt"])
def test_a_file_that_is_named_is_checked_whatever_it_is_called(small, name):
    assert load_file(small(name=name)).id == "small-2018"


def test_a_copy_beside_a_programme_keeps_nothing_from_running(small, tmp_path):
    small()
    small(name="small – Kopi.yaml")
    assert [programme.id for programme in load_folder(tmp_path)] == ["small-2018"]


def test_where_there_is_no_other_programme_what_looks_like_one_is_the_fault(small, tmp_path):
    small(name="small.yml")
    with pytest.raises(ProgrammeFaults) as caught:
        ProgrammeStore(tmp_path)
    (fault,) = caught.value.faults
    assert fault.file == str(tmp_path / "small.yml")


def test_check_remarks_on_what_it_passes_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = programme_folder(tmp_path) / "schedules"
    lay(folder, "landsby – Kopi.yaml", "naeste.yml", "._landsby.yaml")
    answer = call("check")
    assert answer.exit_code == 0
    passed_over = [line for line in answer.stdout.splitlines() if "passed over" in line or "sprunget over" in line]
    assert [line.split(": ")[0].rsplit("/")[-1] for line in passed_over] == ["landsby – Kopi.yaml", "naeste.yml"]
    assert "._landsby" not in answer.stdout + answer.stderr
