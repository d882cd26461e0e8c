"""A command whose server refuses says why, and has written nothing: no key, no folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from bot.database import places
from tests.support.command_line import call, programme_folder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.postgres
COMMANDS = (("migrate",), ("run",), ("digest", "list"), ("backup", "copy.sqlite"), ("key", "rotate"), ("purge", "a", "--yes"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a programme, and what belongs to a database on a server in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "FOLDER", tmp_path / "data")
    monkeypatch.setenv("HTTP_PORT", "0")
    return programme_folder(tmp_path)


def wrong(database_url: str, how: str) -> str:
    """An address of which something is wrong."""
    url = make_url(database_url)
    match how:
        case "database":
            url = url.set(database="not_there")
        case "schema":
            url = url.update_query_dict({"options": "-csearch_path=not_there"})
        case "port":
            url = url.set(port=1)
    return url.render_as_string(hide_password=False)


@pytest.mark.parametrize(
    ("how", "cure"),
    [("database", "Make the database on the server"), ("schema", "Make the schema on the server"), ("port", "See whether the server runs")],
)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_where_there_is_no_database_nothing_is_made_and_the_server_is_told_of_instead_of_a_key(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], how: str, cure: str
) -> None:
    before = sorted(folder.rglob("*"))
    monkeypatch.setenv("DATABASE_URL", wrong(database_url, how))
    refused = call("--language", "en", *command)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert cure in refused.stderr
    assert "key" not in refused.stderr.lower()
    assert sorted(folder.rglob("*")) == before
