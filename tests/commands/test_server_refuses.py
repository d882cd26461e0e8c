"""A command whose server refuses says why, and has written nothing: no key, no folder."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from bot import settings
from bot.database import places
from bot.database.server_faults import name_of
from bot.database.unit_of_work import Database
from tests.support.command_line import call, programme_folder
from tests.support.database import KEY
from tests.support.server_databases import give_back, take_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.postgres
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1234567890-somebody", "SLACK_APP_TOKEN": "xapp-1-1234567890-somebody"}
COMMANDS = (("migrate",), ("run",), ("digest", "list"), ("backup", "copy.sqlite"), ("key", "rotate"), ("purge", "a", "--yes"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a programme, and what belongs to a database on a server in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "FOLDER", tmp_path / "data")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
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


@pytest.mark.parametrize("command", [("run",), ("migrate",), ("digest", "list")], ids=" ".join)
def test_where_the_tables_are_gone_nobody_is_only_invited_to_begin_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    empty = take_database(empty=True)
    for name, value in {**TOKENS, "EFTERTANKE_KEY": KEY, "DATABASE_URL": empty}.items():
        monkeypatch.setenv(name, value)
    refused = call("--language", "en", *command)
    give_back(empty)
    assert (refused.exit_code, refused.stdout) == (1, "")
    first, cure = refused.stderr.splitlines()[:2]
    assert first == f"The database {name_of(empty)} has no tables."
    assert cure.startswith("If a dialogue has run here, check whether DATABASE_URL names the right server, database and schema, or restore")
    assert "restore FILE. Only the very first time: " in cure


def test_from_whichever_folder_a_command_is_given_the_list_of_deletions_is_the_same(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(settings, "ENV_FILE", folder / "installed" / ".env")
    for data_dir, expected in (("", "installed/data"), ("lists", "installed/lists"), (f"{folder}/beside", "beside")):
        monkeypatch.setenv("DATA_DIR", data_dir)
        monkeypatch.chdir(folder)
        here = settings.load_settings().database_place
        monkeypatch.chdir("/")
        with closing(Database(database_url)) as database:
            assert settings.load_settings().database_place == here == database.place
        assert here.parent == folder / expected


def test_a_command_where_the_folder_with_the_list_is_not_there_deletes_nothing(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    for command in (("digest", "list"), ("purge", "a", "--yes"), ("backup", "copy.sqlite")):
        refused = call("--language", "en", *command)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert f"There is no folder {folder}/data, in which the list of what was deleted from postgresql://" in refused.stderr
        assert "DATA_DIR" in refused.stderr
    assert not (folder / "copy.sqlite").exists()


def test_a_file_in_the_place_of_that_folder_is_told_of_as_one(folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "data").touch()
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    refused = call("--language", "da", "digest", "list")
    assert f"{folder}/data er ikke en mappe: Listen over det, der er slettet fra " in refused.stderr
    assert "Skriv den rigtige mappe i DATA_DIR" in refused.stderr
    told = call("--language", "da", "doctor").stdout
    assert "er ikke en mappe: Listen over det" in " ".join(told.split())
    assert told.count("Fejl ") == 1


def test_a_folder_in_which_no_list_can_be_written_is_refused_at_the_start(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    (folder / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(folder / "file" / "below"))
    refused = call("--language", "da", "migrate")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"Jeg skal kunne skrive listen over det, der er slettet fra databasen, i mappen {folder}/file/below" in refused.stderr
    assert "skriv en anden mappe i DATA_DIR" in refused.stderr
