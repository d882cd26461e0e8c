"""Does the list of what was deleted survive what files go through, and forget what no backup holds?"""

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
DAY = timedelta(days=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tombstone_file.tombstone_file_for(tmp_path / "eftertanke.sqlite")


def erased(letter: str, at: datetime = NOW) -> Deletion:
    return Deletion(token=letter * 64, at=at)


def test_it_stands_beside_the_database_for_its_owner_alone(file: Path):
    tombstone_file.add_tombstones(file, [erased("a")], NOW)
    assert file.name == "eftertanke.sqlite.erased"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_kept_is_read_again_in_its_order_and_only_once(file: Path):
    assert tombstone_file.read_tombstones(file) == []
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    tombstone_file.add_tombstones(file, [erased("b"), erased("c")], NOW)
    assert tombstone_file.read_tombstones(file) == [erased("a"), erased("b"), erased("c")]


def test_who_is_erased_again_stands_there_with_the_last_moment(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    tombstone_file.add_tombstones(file, [erased("a", NOW + 25 * DAY)], NOW + 25 * DAY)
    assert {tombstone.token: tombstone.at for tombstone in tombstone_file.read_tombstones(file)} == {
        "a" * 64: NOW + 25 * DAY,
        "b" * 64: NOW,
    }
    tombstone_file.add_tombstones(file, [erased("a")], NOW + 26 * DAY)  # an older trace of the same takes nothing back
    tombstone_file.add_tombstones(file, [], NOW + 36 * DAY)
    assert tombstone_file.read_tombstones(file) == [erased("a", NOW + 25 * DAY)]


def test_lines_are_only_ever_added(file: Path):
    tombstone_file.add_tombstones(file, [erased("a")], NOW)
    before = file.read_text()
    tombstone_file.add_tombstones(file, [erased("b")], NOW + 35 * DAY)
    assert file.read_text().startswith(before)


def test_a_line_that_a_crash_has_torn_harms_no_other(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b")], NOW)
    file.write_text(file.read_text()[:-10])
    assert tombstone_file.read_tombstones(file) == [erased("a")]
    tombstone_file.add_tombstones(file, [erased("b"), erased("c")], NOW)
    assert tombstone_file.read_tombstones(file) == [erased("a"), erased("b"), erased("c")]


def test_after_35_days_no_backup_can_bring_it_back_and_it_leaves_the_list(file: Path):
    tombstone_file.add_tombstones(file, [erased("a"), erased("b", NOW + DAY)], NOW)
    tombstone_file.add_tombstones(file, [], NOW + 35 * DAY)
    assert len(tombstone_file.read_tombstones(file)) == 2
    tombstone_file.add_tombstones(file, [erased("c", NOW + 36 * DAY)], NOW + 36 * DAY)
    assert tombstone_file.read_tombstones(file) == [erased("b", NOW + DAY), erased("c", NOW + 36 * DAY)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]
