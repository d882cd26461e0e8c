"""What an installation runs is read beside the running bot, and a database that is missing or older keeps no texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.app.versions_of_installation import running_texts, texts_of_installation
from bot.errors import WrongDatabase
from bot.models import LoadedProgramme, ProgrammeVersion, VersionState
from bot.settings import load_settings
from tests.support.database import unit_of_work
from tests.support.faults import refuses

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database
    from bot.settings import Settings

NOW = datetime(2018, 10, 10, tzinfo=UTC)


@pytest.fixture
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    return load_settings()


def keep(database: Database, *states: VersionState) -> None:
    with unit_of_work(database) as session:
        session.add(LoadedProgramme(id="village", loaded_at=NOW, checksum="0"))
        session.flush()
        for state in states:
            text = {"file": "village.yaml", "checksum": state.value, "content": state.value.encode()}
            session.add(ProgrammeVersion(programme="village", state=state, since=NOW, **text))


def test_the_text_that_runs_is_read_while_the_bot_has_the_database_open(settings, database):
    keep(database, VersionState.REPLACED, VersionState.RUNNING, VersionState.HELD)
    (text,) = running_texts(settings)
    assert (text.programme, text.file, text.content) == ("village", "village.yaml", b"running")
    assert [text.state for text in texts_of_installation(settings)] == [VersionState.REPLACED, VersionState.RUNNING, VersionState.HELD]


def test_without_a_database_nothing_runs_here_and_none_is_made(settings):
    settings = settings.model_copy(update={"database_url": "sqlite:///data/none.sqlite"})
    assert running_texts(settings) == ()
    assert not settings.database_file.parent.exists()


def test_a_database_from_before_versions_keeps_no_texts(settings, tmp_path):
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as old:
        old.execute("CREATE TABLE programmes (id TEXT)")
    assert running_texts(settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/old.sqlite"})) == ()


def test_a_file_that_is_no_database_is_named(settings, tmp_path):
    (tmp_path / "none.sqlite").write_bytes(b"This is no database, but a letter to somebody who keeps one." * 20)
    with refuses(WrongDatabase, match=r"none\.sqlite cannot be opened: file is not a database.*-m bot restore FILE"):
        running_texts(settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/none.sqlite"}))
