"""The list of deletions survives what happens to files, and forgets what no backup holds."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.deletion import tombstone_file
from bot.confidentiality.deletion.tombstones import Deletion

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2018, 10, 12, 8, 0, tzinfo=UTC)
TODAY = datetime(2018, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tombstone_file.tombstone_file_for(tmp_path / "eftertanke.sqlite")


def erased(letter: str, at: datetime = NOW) -> Deletion:
    return Deletion(token=letter * 64, at=at)


def listed(letter: str, at: datetime = TODAY) -> Deletion:
    """The same as the list gives it back: by its day."""
    return Deletion(token=letter * 64, at=at)


def test_it_stands_beside_the_database_for_its_owner_alone(file: Path):
    tombstone_file.add_tombstones(file, [erased("a")], NOW)
    assert file.name == "eftertanke.sqlite.erased"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_kept_is_read_again_in_its_order_and_only_once(file: Path):
    assert tombstone_file.read_tombstones(file) == []
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    tombstone_file.add_tombstones(file, [erased("b"), erased("c")], NOW)
    assert tombstone_file.read_tombstones(file) == [listed("a"), listed("b"), listed("c")]


def test_who_is_erased_again_stands_there_with_the_last_moment(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    tombstone_file.add_tombstones(file, [erased("a", NOW + 25 * DAY)], NOW + 25 * DAY)
    assert {tombstone.token: tombstone.at for tombstone in tombstone_file.read_tombstones(file)} == {
        "a" * 64: TODAY + 25 * DAY,
        "b" * 64: TODAY,
    }
    tombstone_file.add_tombstones(file, [erased("a")], NOW + 26 * DAY)  # an older trace of the same takes nothing back
    tombstone_file.add_tombstones(file, [], NOW + 36 * DAY)
    assert tombstone_file.read_tombstones(file) == [listed("a", TODAY + 25 * DAY)]


def test_what_stands_there_stays_before_what_is_added(file: Path):
    tombstone_file.add_tombstones(file, [erased("a")], NOW)
    before = file.read_text()
    tombstone_file.add_tombstones(file, [erased("b")], NOW + 35 * DAY)
    assert file.read_text().startswith(before)


def test_a_line_that_a_crash_has_torn_harms_no_other(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    file.write_text(file.read_text()[:-10])
    assert tombstone_file.read_tombstones(file) == [listed("a")]
    tombstone_file.add_tombstones(file, [erased("b"), erased("c")], NOW)
    assert tombstone_file.read_tombstones(file) == [listed("a"), listed("b"), listed("c")]


def test_lines_that_are_none_are_passed_over(file: Path):
    rubbish = b"\xff\x00\n2018-99-99 " + b"c" * 64 + b"\nnewest " + b"9" * 30 + b"\n"
    file.write_bytes(rubbish + b"2018-10-12 " + b"a" * 64 + b"\nnewest 7\n")
    assert (tombstone_file.read_tombstones(file), tombstone_file.read_mark(file)) == ([listed("a")], 7)


def test_it_says_how_far_the_database_had_come_when_something_was_forgotten(file: Path):
    forgotten = []
    for day, letter, mark in ((0, "a", 3), (36, "b", 5), (36, "c", 6)):
        tombstone_file.add_tombstones(file, [erased(letter, NOW + day * DAY)], NOW + day * DAY, mark=mark)
        forgotten.append(tombstone_file.read_mark(file, tombstone_file.FORGOTTEN))
    tombstone_file.add_tombstones(file, [erased("d")], NOW + 36 * DAY, mark=9)  # too old already
    assert [*forgotten, tombstone_file.read_mark(file, tombstone_file.FORGOTTEN)] == [0, 3, 3, 9]


def test_after_35_days_no_backup_can_bring_it_back_and_it_leaves_the_list(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b", NOW + DAY)], NOW)
    tombstone_file.add_tombstones(file, [], NOW + 35 * DAY)
    assert len(tombstone_file.read_tombstones(file)) == 2
    tombstone_file.add_tombstones(file, [erased("c", NOW + 36 * DAY)], NOW + 36 * DAY)
    assert tombstone_file.read_tombstones(file) == [listed("b", TODAY + DAY), listed("c", TODAY + 36 * DAY)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_it_tells_the_day_and_never_the_hour_also_of_what_an_earlier_version_wrote(file: Path):
    file.write_text(f"\n2018-10-09T09:01:00+00:00 {'a' * 64}\n2018-10-10T09:01:00.123456+00:00 {'b' * 64}\n")
    tombstone_file.add_tombstones(file, [erased("c")], NOW, mark=7)
    lines = [f"2018-10-09 {'a' * 64}", f"2018-10-10 {'b' * 64}", f"2018-10-12 {'c' * 64}", "newest 7"]
    assert file.read_text().splitlines() == lines


def test_what_comes_again_stands_last_so_that_the_order_tells_what_holds(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    tombstone_file.add_tombstones(file, [erased("a")], NOW)
    assert tombstone_file.read_tombstones(file) == [listed("b"), listed("a")]


def test_how_far_the_database_had_come_only_ever_grows_and_is_not_read_from_a_torn_line(file: Path):
    assert tombstone_file.read_mark(file) == 0
    tombstone_file.add_tombstones(file, [], NOW, mark=57)
    tombstone_file.add_tombstones(file, [erased("a")], NOW, mark=11)
    assert tombstone_file.read_mark(file) == 57
    file.write_text("newest 12\nnewest 57"[:-1])
    assert tombstone_file.read_mark(file) == 12
