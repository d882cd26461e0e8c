"""No command touches a database of a workspace, or a key, that the settings do not name."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, select, update
from typer.testing import CliRunner

from bot.__main__ import front_door
from bot.app.keys import LOCAL, SLACK
from bot.confidentiality.encryption import new_key
from bot.database.unit_of_work import Database
from bot.errors import KeyFault, SetupFault
from bot.models import Base, Digest, DigestState, Lease
from tests.commands.test_backup import LATER, host
from tests.support.command_line import call
from tests.support.database import unit_of_work
from tests.support.faults import refuses
from tests.support.programme import PROGRAMME
from tests.support.server_databases import is_on_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.test_backup import SlackInstallation

__all__ = ["host"]
BACKUP, SECRETS = "copy.sqlite", ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "EFTERTANKE_KEY")
READ_SEALED = (
    ["erase", "U000000001"],
    ["show", "U000000001", "--to", "out.txt", "--no-chat"],
    ["purge", PROGRAMME.id, "--yes"],
    ["key", "rotate"],
    ["digest", "approve", "1"],
    ["digest", "show", "1"],
    ["export", "out.json"],
    ["restore", BACKUP],
    ["restore", BACKUP, "--rehearse"],
    ["migrate"],
)
COMMANDS = (*READ_SEALED, ["backup", "other.sqlite"])


def run(*arguments: str) -> None:
    CliRunner().invoke(front_door((arguments[0],)), list(arguments), catch_exceptions=False)


def contents(folder: Path) -> dict[str, object]:
    """What is in the files, and in the tables of databases."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.endswith(("-shm", "-wal"))]
    return {file.name: _dump(file) if file.suffix == ".sqlite" else file.read_bytes() for file in files}


def _dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return list(connection.iterdump())


def rows_on_server(host: SlackInstallation) -> list[list[tuple[object, ...]]]:
    """All rows of a database on the tests' server; a file's are among what the folder holds."""
    if not is_on_server():
        return []
    with closing(Database(host.url)) as database, database.engine.execution_options(reading=True).connect() as connection:
        tables = [Base.metadata.tables[name] for name in inspect(connection).get_table_names() if name in Base.metadata.tables]
        return [sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in tables]


@pytest.fixture(params=[SLACK, LOCAL])
def workspace(request: pytest.FixtureRequest, host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> str:
    """The workspace that has used a database of which there is a backup; the settings name the other one."""
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.add(Lease(workspace=request.param, holder="", number=1, counter=1))
        session.execute(update(Digest).values(state=DigestState.IN_REVIEW))
    monkeypatch.setenv("DATABASE_URL", host.url)
    tokens = {name: os.environ[name] for name in SECRETS}
    for name in SECRETS[:2] if request.param == LOCAL else ():
        monkeypatch.delenv(name)
    host.run("backup", BACKUP)
    for name in SECRETS:
        if request.param == SLACK:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, tokens[name])
    host.now = LATER
    return str(request.param)


def test_no_command_changes_anything_in_a_database_of_another_workspace(host: SlackInstallation, workspace: str) -> None:
    before = (contents(host.folder), rows_on_server(host))
    for arguments in COMMANDS:
        with refuses(
            SetupFault, match="was used on Slack, but there are no tokens" if workspace == SLACK else "all people are made up, but"
        ):
            run(*arguments)
        assert (contents(host.folder), rows_on_server(host)) == before, arguments


@pytest.mark.parametrize("is_there", [True, False], ids=["in its place", "gone"])
def test_nor_does_a_restore_put_a_copy_of_one_in_its_place(host: SlackInstallation, workspace: str, *, is_there: bool) -> None:
    if not is_there:
        host.lose() if is_on_server() else host.file.unlink()
    before = (contents(host.folder), rows_on_server(host))
    with refuses(SetupFault, match="sudo eftertanke" if workspace == SLACK else "Choose another database for Slack"):
        run("restore", BACKUP)
    assert (contents(host.folder), rows_on_server(host)) == before


@pytest.mark.parametrize("key", [None, new_key()], ids=["none", "another"])
def test_without_the_key_that_fits_nothing_is_changed(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    host.run("backup", BACKUP)
    monkeypatch.delenv("EFTERTANKE_KEY") if key is None else monkeypatch.setenv("EFTERTANKE_KEY", key)
    host.now, before = LATER, (contents(host.folder), rows_on_server(host))
    for arguments in READ_SEALED:
        with refuses(KeyFault, match="Do not make a new one" if key is None else "Put the missing key back"):
            run(*arguments)
        assert (contents(host.folder), rows_on_server(host)) == before, arguments


def test_no_key_is_made_where_something_needs_one_that_is_gone(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    host.run("backup", BACKUP)
    for name in SECRETS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", host.url)
    host.now, before = LATER, (contents(host.folder), rows_on_server(host))
    for arguments in (["erase", "U000000001"], ["restore", BACKUP], ["key", "rotate"], ["digest", "list"]):
        with refuses(
            KeyFault, match=r"EFTERTANKE_KEY_FILE.*\.key, which is not there.*DATA_DIR" if is_on_server() else "EFTERTANKE_KEY_FILE"
        ):
            run(*arguments)
        assert (contents(host.folder), rows_on_server(host)) == before, arguments
    told = " ".join(call("--language", "en", "doctor").stdout.split())
    assert ("which is not there: if it stands in another folder, name that one in DATA_DIR" in told) == is_on_server()
