"""A digest from before findings, typed lines and promises is shown in the words in which it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.commands.digest import app
from bot.dialogue.papers.seal import is_sealed
from tests.stored.stored import KEY, database, read, up_to_date
from tests.support.words_of_page import words_of_page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["first.sql", "today.sql"])
def dump(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An old database, brought up to date where commands find it."""
    up_to_date(database(request.param, tmp_path / "old.sqlite"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///old.sqlite")
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    return str(request.param)


def run(*words: str) -> str:
    return CliRunner().invoke(app, words, catch_exceptions=False).stdout


def test_an_old_digest_is_shown_byte_for_byte_as_it_was(dump: str) -> None:
    for number, languages in read("shown.json")[dump].items():
        for language, lines in languages.items():
            assert run("show", number, "--language", language) == "\n".join([*lines, ""])


def test_an_old_digest_is_exported_in_every_format_with_each_line_that_was_read(dump: str) -> None:
    for number, languages in read("shown.json")[dump].items():
        assert is_sealed(run("export", number))
        for language, lines in languages.items():
            text = run("export", number, "--format", "text", "--language", language)
            page = run("export", number, "--format", "html", "--language", language)
            words = " ".join(words_of_page(page))
            assert [line for line in lines if line not in text or " ".join(line.split()) not in words] == []
            assert is_sealed(text)
            assert is_sealed(page)
