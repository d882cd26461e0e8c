from __future__ import annotations

import os
import stat
from datetime import UTC, datetime

import pytest

from schedules.edits.save_file import bytes_before, save_file
from schedules.programme_file import programme_files
from schedules.programme_store import ProgrammeStore
from tests.support.programme import write_programme

NOW = datetime(2018, 10, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    """A programme's file."""
    path = tmp_path / "schedules" / "landsby.yaml"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_saved_file_holds_the_new_bytes_and_nothing_is_left_beside_it(file) -> None:
    file.chmod(0o640)
    assert save_file(file, b"old", b"new")
    assert (file.read_bytes(), mode(file)) == (b"new", 0o640)
    assert names(file.parent) == [".landsby.yaml.undo", "landsby.yaml"]
    assert mode(file.parent / ".landsby.yaml.undo") == 0o600


def test_a_file_that_somebody_else_has_changed_is_left_alone(file) -> None:
    file.write_bytes(b"other")
    assert not save_file(file, b"old", b"new")
    assert (file.read_bytes(), names(file.parent)) == (b"other", ["landsby.yaml"])


def test_a_file_that_has_gone_is_not_made_again(file) -> None:
    file.unlink()
    assert not save_file(file, b"old", b"new")
    assert (names(file.parent), bytes_before(file, b"new")) == ([], None)


def test_a_file_that_may_not_be_written_is_left_alone(file, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, way: False)
    assert not save_file(file, b"old", b"new")
    assert (file.read_bytes(), names(file.parent)) == (b"old", ["landsby.yaml"])


def test_a_folder_that_takes_no_file_changes_nothing(file, monkeypatch) -> None:
    def full(path, *_):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(os, "fsync", full)
    assert not save_file(file, b"old", b"new")
    assert (file.read_bytes(), names(file.parent)) == (b"old", ["landsby.yaml"])


def test_a_link_stays_and_its_file_is_written(file, tmp_path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    assert save_file(link, b"old", b"new")
    assert (link.is_symlink(), file.read_bytes(), bytes_before(link, b"new"), bytes_before(file, b"new")) == (True, b"new", b"old", b"old")


def test_what_stood_there_is_remembered_until_the_file_changes_again(file) -> None:
    assert bytes_before(file, b"old") is None
    save_file(file, b"old", b"new")
    assert bytes_before(file, b"new") == b"old"
    assert bytes_before(file, b"by hand") is None


def test_an_undo_can_be_undone(file) -> None:
    save_file(file, b"old", b"\xef\xbb\xbfnew\r\n")
    assert save_file(file, b"\xef\xbb\xbfnew\r\n", bytes_before(file, b"\xef\xbb\xbfnew\r\n") or b"")
    assert (file.read_bytes(), bytes_before(file, b"old")) == (b"old", b"\xef\xbb\xbfnew\r\n")


@pytest.mark.parametrize("record", ["", "{}", "[]", '{"written": 1, "before": 2}', "null"])
def test_a_memory_that_is_no_memory_is_none(file, record) -> None:
    (file.parent / ".landsby.yaml.undo").write_text(record)
    assert bytes_before(file, b"old") is None


def test_no_reader_of_programmes_takes_the_memory_for_one(tmp_path) -> None:
    path = write_programme(tmp_path / "schedules")
    store, content = ProgrammeStore(path.parent), path.read_bytes()
    assert save_file(path, content, content.replace(b"Hvad nu?", b"Hvad s\xc3\xa5?"))
    assert programme_files(path.parent) == [path]
    edit = store.refresh(NOW)
    assert edit is not None
    assert (edit.faults, edit.after.question("hvad-nu").ask.da) == ((), "Hvad så?")
    assert store.refresh(NOW) is None
