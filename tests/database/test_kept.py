"""What a database keeps is read without a trace, also while others come and go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.database import sqlite
from bot.database.kept import CannotRead, read_kept
from bot.database.places import url_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.sqlite  # of its log

QUERY = "SELECT word FROM words"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "words.sqlite"
    with closing(sqlite3.connect(file)) as writer, writer:
        writer.execute("PRAGMA journal_mode=wal")
        writer.execute("CREATE TABLE words AS SELECT 'ro' AS word")
    return file


@pytest.mark.parametrize("times", [1, 5])
def test_who_leaves_a_file_as_we_look_and_takes_its_log_along_is_no_fault(file: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    looks: list[dict[str, str]] = []
    look = sqlite.options_to_look

    def look_beside_another(file: Path) -> dict[str, str]:
        if len(looks) == times:
            return look(file)
        with closing(sqlite3.connect(file)) as another:
            another.execute(QUERY).fetchall()
            looks.append(look(file))
        return looks[-1]

    monkeypatch.setattr(sqlite, "options_to_look", look_beside_another)
    assert read_kept(url_of(file), QUERY) == [("ro",)]
    assert looks == [{"mode": "ro", "readonly_shm": "1"}] * times


def test_a_file_that_can_never_be_opened_is_told_of(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "options_to_look", lambda _: {"mode": "ro", "readonly_shm": "1"})  # and it has no log
    with pytest.raises(CannotRead):
        read_kept(url_of(file), QUERY)
