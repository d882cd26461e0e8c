"""What if the folder of programmes, or a file in it, is gone, cannot be read, or changes under the bot's eyes?"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.errors import ProgrammeFaults
from bot.models import MessageKind
from schedules.checking.fault_messages import WrongKind
from schedules.checking.people_files import read_bytes
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
def moved_away(path: Path) -> Iterator[Path]:
    """Something is not where it was for a while, and then as it was to the last letter, its times included."""
    away = path.with_name("away")
    path.rename(away)
    yield path
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
    away.rename(path)


@contextmanager
def without_folder(folder: Path) -> Iterator[None]:
    with moved_away(folder):
        yield


@contextmanager
def file_for_folder(folder: Path) -> Iterator[None]:
    with moved_away(folder):
        folder.write_text("a file")
        yield


@contextmanager
def empty_folder(folder: Path) -> Iterator[None]:
    """As a share looks that is not there."""
    with moved_away(folder):
        folder.mkdir()
        yield


@contextmanager
def folder_that_leads_to_itself(folder: Path) -> Iterator[None]:
    with moved_away(folder):
        folder.symlink_to(folder)
        yield


@contextmanager
def file_that_leads_to_itself(folder: Path) -> Iterator[None]:
    with moved_away(folder / GOOD) as file:
        file.symlink_to(file)
        yield


@contextmanager
def file_that_leads_nowhere(folder: Path) -> Iterator[None]:
    with moved_away(folder / GOOD) as file:
        file.symlink_to(folder / "nowhere")
        yield


@contextmanager
def file_that_the_disk_does_not_give(folder: Path) -> Iterator[None]:
    """Reading this one ends in EIO, as on a disk or a share that fails."""
    with moved_away(folder / GOOD) as file:
        file.symlink_to("/proc/self/mem")
        yield


@contextmanager
def file_that_is_a_folder(folder: Path) -> Iterator[None]:
    with moved_away(folder / GOOD) as file:
        file.mkdir()
        yield


@contextmanager
def file_that_is_a_pipe(folder: Path) -> Iterator[None]:
    with moved_away(folder / GOOD) as file:
        os.mkfifo(file)
        yield


@contextmanager
def another_that_leads_to_itself(folder: Path) -> Iterator[None]:
    other = folder / "other.yaml"
    other.symlink_to(other)
    yield
    other.unlink()


@contextmanager
def another_with_a_name_that_is_no_text(folder: Path) -> Iterator[None]:
    other = Path(os.fsdecode(os.fsencode(folder / "h") + b"\xf8st.yaml"))
    other.write_text((folder / GOOD).read_text("utf-8"), "utf-8")
    yield
    other.unlink()


@contextmanager
def another_at_which_the_reader_stumbles(folder: Path) -> Iterator[None]:
    other = folder / "other.yaml"
    other.write_text('programme: "\\UFFFFFFFF"', "utf-8")
    yield
    other.unlink()


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


FAILING = [
    without_folder,
    file_for_folder,
    empty_folder,
    folder_that_leads_to_itself,
    nothing_that_may_be_read,
    file_that_leads_to_itself,
    file_that_leads_nowhere,
    file_that_the_disk_does_not_give,
    file_that_is_a_folder,
    file_that_is_a_pipe,
    another_that_leads_to_itself,
    another_with_a_name_that_is_no_text,
    another_at_which_the_reader_stumbles,
]
failing = pytest.mark.parametrize("failing", FAILING, ids=lambda fail: fail.__name__)


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
    with file_that_leads_to_itself(folder):
        ended = run_command(folder.parent, *verb)
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert "it is a link that leads back to itself" in said
    assert "Traceback" not in said


def test_a_copy_of_what_cannot_be_read_is_not_made(folder: Path) -> None:
    with file_that_leads_to_itself(folder):
        ended = run_command(folder.parent, "new", f"schedules/{GOOD}", "--from", "2027-08-24")
        assert sorted(file.name for file in folder.iterdir()) == ["away", GOOD]
    assert (ended.returncode, ended.stderr.splitlines()[0]) == (1, "No copy was made:")


@pytest.mark.parametrize(
    "number", [errno.ELOOP, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENAMETOOLONG, errno.ETIMEDOUT]
)
def test_why_something_cannot_be_read_is_said_in_words(number: int) -> None:
    why = why_unreadable(OSError(number, os.strerror(number)))
    assert why
    assert (why == os.strerror(number)) is (number in {errno.EMFILE, errno.ENAMETOOLONG, errno.ETIMEDOUT})


def test_an_error_without_number_or_words_is_said_all_the_same() -> None:
    assert why_unreadable(OSError()) == "OSError"


def test_a_path_with_what_no_path_may_hold_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeFaults, match="give it another name"):
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
    assert [(Path(fault.file).name, fault.message) for fault in edit.faults] == [("third.yaml", WrongKind.EMPTY_FILE)]


def told(world: HeartbeatWorld) -> list[str]:
    return [str(notice.facts["say"]) for notice in world.messages(MessageKind.NOTICE) if "edit" in str(notice.facts["say"])]


@pytest.mark.parametrize(
    "failing", [without_folder, file_that_leads_to_itself, file_that_the_disk_does_not_give], ids=lambda fail: fail.__name__
)
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
    assert told(world) == ["notice.edit_broken", "notice.edit_mended"] * 2


def test_two_processes_tell_of_one_fault_once(world: HeartbeatWorld) -> None:
    other = world.another(world.database)
    world.beat(FIRST)
    with capture_logs(), without_folder(world.folder):
        world.beat(WELCOMED)
        other.beat()
    world.beat(ASKED)
    other.beat()
    assert told(world) == ["notice.edit_broken", "notice.edit_mended"]
