"""A folder or file of programmes that is gone, unreadable or changing keeps the old programme running."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.errors import ProgrammeFaults
from bot.wording.in_words import in_words
from schedules.checking.fault_messages import WrongKind
from schedules.checking.read_file import read_bytes
from schedules.checking.source import why_unreadable
from schedules.programme_file import load_file
from schedules.programme_store import ProgrammeStore
from tests.support.command_line import run_command
from tests.support.heartbeat_world import here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.heartbeat_world import HeartbeatWorld

NOW = here("2018-10-01 08:00")
FIRST, WELCOMED, ASKED = "2018-10-01 08:00", "2018-10-08 11:00", "2018-10-09 10:40"
NOBODY = 65534  # the user who may do least
GOOD = "landsby.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_programme(tmp_path / "schedules").parent


@contextmanager
def instead(name: str, put: Callable[[Path], object], folder: Path) -> Iterator[None]:
    """For a while something else stands at a place in the folder; then what stood there, with the times that it had."""
    path, away = folder / name, folder.with_name("away")
    stood_there = path.exists()
    if stood_there:
        path.rename(away)
    put(path)
    yield
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
    if stood_there:
        away.rename(path)


@contextmanager
def nothing_that_may_be_read(folder: Path) -> Iterator[None]:
    """Whoever runs the tests as root is somebody else for a while."""
    user, mode = os.geteuid(), folder.stat().st_mode
    folder.chmod(0)
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(mode)


def nothing(_: Path) -> None:
    """It is gone."""


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def of_the_disk_that_fails(path: Path) -> None:
    """Reading this ends in EIO, as on a disk or a share that fails."""
    path.symlink_to("/proc/self/mem")


no_folder = partial(instead, ".", nothing)
link_for_file = partial(instead, GOOD, link_to_itself)
FAILING = {
    "no folder": no_folder,
    "a file for the folder": partial(instead, ".", lambda path: path.write_text("a file")),
    "an empty folder, as of a share that is not there": partial(instead, ".", Path.mkdir),
    "a folder that leads to itself": partial(instead, ".", link_to_itself),
    "nothing may be read": nothing_that_may_be_read,
    "a file that leads to itself": link_for_file,
    "a file that leads nowhere": partial(instead, GOOD, lambda path: path.symlink_to(path.with_name("nowhere"))),
    "a file that the disk does not give": partial(instead, GOOD, of_the_disk_that_fails),
    "a folder for the file": partial(instead, GOOD, Path.mkdir),
    "a pipe for the file": partial(instead, GOOD, os.mkfifo),
    "another that leads to itself": partial(instead, "other.yaml", link_to_itself),
    "another whose name is no text": partial(instead, os.fsdecode(b"h\xf8st.yaml"), lambda path: shutil.copy(path.with_name(GOOD), path)),
    "another at which the reader stumbles": partial(
        instead, "other.yaml", lambda path: path.write_text('programme: "\\UFFFFFFFF"', "utf-8")
    ),
}
failing = pytest.mark.parametrize("failing", FAILING.values(), ids=FAILING)


@failing
def test_whatever_fails_the_old_programme_runs_on_and_that_is_told_once_and_once_when_it_is_over(
    folder: Path, failing: Callable[[Path], contextmanager[None]]
) -> None:
    store = ProgrammeStore(folder)
    before = store.current(NOW)
    for _ in range(2):
        with failing(folder):
            edit = store.refresh(NOW)
            assert store.refresh(NOW) is None
        assert edit is not None
        assert (len(edit.faults), edit.after, store.current(NOW)) == (1, before, before)
        str(edit.faults[0]).encode()
        mended = store.refresh(NOW)
        assert mended is not None
        assert (mended.faults, mended.after) == ((), before)
        assert store.refresh(NOW) is None


@failing
def test_at_the_first_start_it_is_a_fault_with_a_place_and_no_more(folder: Path, failing: Callable[[Path], contextmanager[None]]) -> None:
    with failing(folder), pytest.raises(ProgrammeFaults) as caught:
        ProgrammeStore(folder)
    (fault,) = caught.value.faults
    assert fault.file.startswith(str(folder))


@pytest.mark.parametrize("verb", [("check",), ("preview",), ("run",)], ids=lambda verb: str(verb[0]))
def test_a_command_says_it_in_a_sentence(folder: Path, verb: tuple[str, ...]) -> None:
    with link_for_file(folder):
        ended = run_command(folder.parent, *verb)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert "it is a link that leads back to itself" in said
    assert "Traceback" not in said


def test_a_copy_of_what_cannot_be_read_is_not_made(folder: Path) -> None:
    with link_for_file(folder):
        ended = run_command(folder.parent, "new", f"schedules/{GOOD}", "--from", "2027-08-24")
        assert sorted(file.name for file in folder.iterdir()) == [GOOD]
    assert (ended.returncode, ended.stderr.splitlines()[0]) == (1, "No copy was made:")


@pytest.mark.parametrize(
    "number", [errno.ELOOP, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENAMETOOLONG, errno.ETIMEDOUT]
)
def test_why_something_cannot_be_read_is_said_in_words(number: int) -> None:
    why = in_words("en", why_unreadable(OSError(number, os.strerror(number))))
    assert (why == os.strerror(number)) is (number in {errno.EMFILE, errno.ETIMEDOUT})


def test_what_is_no_folder_is_said_in_danish_too() -> None:
    assert in_words("da", why_unreadable(NotADirectoryError(errno.ENOTDIR, "Not a directory"))) == "det er ikke en mappe"


def test_an_error_without_number_or_words_is_said_all_the_same() -> None:
    assert in_words("en", why_unreadable(OSError())) == "OSError"


def test_a_path_with_what_no_path_may_hold_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeFaults, match=r"fault\.odd_name"):
        read_bytes(tmp_path / "people\0" / "leaders.csv")


def test_a_list_of_people_that_cannot_be_read_is_told_with_the_list(folder: Path) -> None:
    people = folder / "leaders.csv"
    people.symlink_to(people)
    write_programme(folder, "leaders: {usergroup: S0LEADERS}", "leaders: {file: leaders.csv}")
    with pytest.raises(ProgrammeFaults) as caught:
        load_file(folder / GOOD)
    assert [fault.file for fault in caught.value.faults] == [str(people)]


def test_what_goes_while_it_is_being_loaded_is_judged_at_the_next_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ProgrammeStore(folder)
    (folder / "other.yaml").write_text("", "utf-8")
    load = store._load

    def going() -> object:
        (folder / "other.yaml").unlink(missing_ok=True)
        (folder / "third.yaml").write_text("", "utf-8")
        return load()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(store, "_load", going)
        assert store.refresh(NOW) is None
    edit = store.refresh(NOW)
    assert edit is not None
    assert [(Path(fault.file).name, fault.said.key) for fault in edit.faults] == [("third.yaml", WrongKind.EMPTY_FILE)]


@pytest.mark.parametrize("failing", [no_folder, link_for_file], ids=["no folder", "a file that leads to itself"])
def test_a_beat_does_all_the_rest_and_organisers_are_told_each_time(
    world: HeartbeatWorld, failing: Callable[[Path], contextmanager[None]]
) -> None:
    world.beat(FIRST)
    with capture_logs():
        for moments in ((WELCOMED, WELCOMED), (ASKED, ASKED)):
            with failing(world.folder):
                world.beat(*moments)
            world.beat(moments[0])
    assert world.times_asked() == {1: 24}
    assert world.told_of_the_file() == ["notice.edit_broken", "notice.edit_mended"] * 2


def test_two_processes_tell_of_one_fault_once(world: HeartbeatWorld) -> None:
    other = world.another(world.database)
    world.beat(FIRST)
    with capture_logs(), no_folder(world.folder):
        world.beat(WELCOMED)
        other.beat()
    world.beat(ASKED)
    other.beat()
    assert world.told_of_the_file() == ["notice.edit_broken", "notice.edit_mended"]
