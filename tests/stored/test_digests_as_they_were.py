"""A digest from before findings, typed lines and promises is shown in the words in which it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.commands.digest import app
from tests.stored.stored import KEY, database, read, up_to_date

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("dump", ["first.sql", "today.sql"])
def test_an_old_digest_is_shown_byte_for_byte_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dump: str) -> None:
    up_to_date(database(dump, tmp_path / "old.sqlite"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///old.sqlite")
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    for number, languages in read("shown.json")[dump].items():
        for language, lines in languages.items():
            shown = CliRunner().invoke(app, ["show", number, "--language", language], catch_exceptions=False)
            assert shown.stdout == "\n".join([*lines, ""])
