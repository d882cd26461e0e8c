"""An installation in which commands are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.database import KEY

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database


@pytest.fixture
def installation(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """The database of an installation; commands run in its folder, with its settings."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    return database
