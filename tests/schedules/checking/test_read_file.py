"""Only regular files are read, none that is too large, and nothing outside the programme's folder unless it is named so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import ProgrammeFaults
from schedules.checking.fault_messages import WrongKind
from schedules.checking.read_file import MEGABYTE, path_beside, read_bytes, read_programme
from tests.support.faults import told, told_of


def _why(file: Path, most: int = 1) -> str:
    with pytest.raises(ProgrammeFaults) as wrong:
        read_bytes(file, most)
    (fault,) = wrong.value.faults
    return told(fault)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe.yaml")
    return tmp_path / "pipe.yaml"


def test_pipes_and_devices_are_named_and_never_waited_for(tmp_path: Path, pipe: Path):
    (tmp_path / "link.yaml").symlink_to(pipe)
    for file in (pipe, tmp_path / "link.yaml", Path("/dev/zero"), Path("/dev/tty"), Path("/dev/null")):
        assert "a pipe or a device" in _why(file) or file.name == "tty"


def test_a_pipe_that_takes_a_files_place_while_it_is_opened_is_not_waited_for(pipe: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "stat", lambda file, **_: os.stat(Path(__file__)))  # noqa: PTH116 - whatever a look before says
    assert "a pipe or a device" in _why(pipe)


def test_a_folder_is_none_and_a_name_that_is_no_text_is_none(tmp_path: Path):
    assert _why(tmp_path) == told_of(WrongKind.FOLDER)
    assert {_why(tmp_path / name) for name in ("a\0b", "\ud800", "a\nb")} == {told_of(WrongKind.ODD_NAME)}


def test_a_file_may_have_its_megabytes_and_not_a_byte_more(tmp_path: Path):
    file = tmp_path / "large.yaml"
    with file.open("wb") as large:
        large.truncate(MEGABYTE)
    assert len(read_bytes(file)) == MEGABYTE
    os.truncate(file, MEGABYTE + 1)
    assert _why(file) == told_of(WrongKind.LARGE_FILE, most=1)
    assert len(read_bytes(file, 10)) == MEGABYTE + 1
    os.truncate(file, 100_000 * MEGABYTE)  # holes only: nothing of it is on the disk
    assert _why(file, 10) == told_of(WrongKind.LARGE_FILE, most=10)


@pytest.mark.parametrize("name", ["../x.csv", "people/../../x.csv", "out.csv", "out/x.csv"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str):
    folder = tmp_path / "schedules"
    folder.mkdir()
    (folder / "out.csv").symlink_to(tmp_path / "x.csv")
    (folder / "out").symlink_to(tmp_path)
    with pytest.raises(ProgrammeFaults) as wrong:
        path_beside(str(folder / "a.yaml"), name)
    assert [told(fault) for fault in wrong.value.faults] == [told_of(WrongKind.OUTSIDE_FOLDER, value=name)]


def test_a_file_elsewhere_is_read_if_it_is_named_absolutely_and_a_folder_may_be_a_link(tmp_path: Path):
    folder = tmp_path / "real"
    (folder / "..data").mkdir(parents=True)
    (folder / "..data" / "x.csv").touch()
    (folder / "x.csv").symlink_to("..data/x.csv")  # as containers are given their files
    (tmp_path / "schedules").symlink_to(folder)
    programme = str(tmp_path / "schedules" / "a.yaml")
    assert path_beside(programme, str(tmp_path / "x.csv")) == tmp_path / "x.csv"
    assert path_beside(programme, "x.csv") == tmp_path / "schedules" / "x.csv"


def test_a_programme_is_read_through_links_only_inside_its_folder(tmp_path: Path):
    folder, elsewhere = tmp_path / "real", tmp_path / "elsewhere.yaml"
    (folder / "..2018" / "below").mkdir(parents=True)
    (folder / "..2018" / "x.yaml").write_text("x")
    (folder / "..data").symlink_to("..2018")
    (folder / "x.yaml").symlink_to("..data/x.yaml")  # as containers are given their files
    (tmp_path / "schedules").symlink_to(folder)
    assert read_programme(tmp_path / "schedules" / "x.yaml") == b"x"
    elsewhere.write_text("x")
    (folder / "y.yaml").symlink_to(elsewhere)
    with pytest.raises(ProgrammeFaults) as wrong:
        read_programme(tmp_path / "schedules" / "y.yaml")
    assert [told(fault) for fault in wrong.value.faults] == [told_of(WrongKind.LINK_OUTSIDE, value=str(elsewhere))]
    for odd in ("a\0b", "\ud800", "none.yaml"):
        with pytest.raises(ProgrammeFaults):
            read_programme(folder / odd)
