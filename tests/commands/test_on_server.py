"""Commands and the bot on a server: several at once make the tables once, and an older bot ends where they have changed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic import command

from bot.database import postgresql
from bot.database.unit_of_work import Database
from bot.migrations import SchemaState, _config, _revisions, state
from tests.commands.test_run_on_slack import folder, slack
from tests.support.bot_on_slack import bot_on_slack
from tests.support.command_line import call, finish, run_command, start_command
from tests.support.database import KEY
from tests.support.server_databases import give_back, take_database

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.server import Workspace

__all__ = ["folder", "slack"]  # fixtures
pytestmark = [pytest.mark.postgres, pytest.mark.long]  # it starts processes

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1234567890-somebody", "SLACK_APP_TOKEN": "xapp-1-1234567890-somebody", "EFTERTANKE_KEY": KEY}


@pytest.fixture
def empty() -> Iterator[str]:
    """A database without tables."""
    address = take_database(empty=True)
    yield address
    give_back(address)


def at_once(folder: Path, *arguments: str, **settings: str) -> list[subprocess.CompletedProcess[str]]:
    """Eight processes that do the same."""
    processes = [start_command(folder, "--language", "en", *arguments, **settings) for _ in range(8)]
    return [finish(process) for process in processes]


def state_of(address: str) -> SchemaState:
    with closing(Database(address)) as database:
        return state(database.engine)


def make_old(address: str) -> None:
    """Tables as an older version made them."""
    with closing(Database(address)) as database, database.engine.execution_options(migrating=True).begin() as connection:
        command.upgrade(_config(connection), "0010")


def test_eight_at_once_make_the_tables_of_an_empty_database_once(folder: Path, empty: str) -> None:
    done = at_once(folder, "migrate", DATABASE_URL=empty, EFTERTANKE_KEY=KEY)
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 8
    assert sorted("up to date already" not in each.stdout for each in done) == [False] * 7 + [True]
    assert state_of(empty) is SchemaState.CURRENT


def test_eight_at_once_bring_an_older_database_up_to_date_once(folder: Path, empty: str) -> None:
    make_old(empty)
    done = at_once(folder, "migrate", DATABASE_URL=empty, **TOKENS)
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 8
    assert sorted("up to date already" not in each.stdout for each in done) == [False] * 7 + [True]
    assert state_of(empty) is SchemaState.CURRENT


def test_of_eight_that_make_a_new_one_those_who_come_late_say_that_it_is_there(folder: Path, empty: str) -> None:
    done = at_once(folder, "migrate", "--new", DATABASE_URL=empty, **TOKENS)
    assert {each.returncode for each in done if "Traceback" not in each.stderr} <= {0, 1}
    assert sum(each.returncode == 0 and "up to date already" not in each.stdout for each in done) == 1
    assert all("already" in each.stdout + each.stderr for each in done if each.returncode)
    assert state_of(empty) is SchemaState.CURRENT


def test_commands_that_only_read_work_on_a_server(folder: Path, empty: str) -> None:
    for words in (("check",), ("digest", "list")):
        if words != ("check",):
            assert run_command(folder, "migrate", "--new", DATABASE_URL=empty, **TOKENS).returncode == 0
        done = run_command(folder, *words, DATABASE_URL=empty, **TOKENS)
        assert done.returncode == 0, done.stderr


def test_a_bot_whose_tables_another_version_has_changed_ends_and_says_why(folder: Path, slack: Workspace, empty: str) -> None:
    with bot_on_slack(folder, slack, DATABASE_URL=empty, EFTERTANKE_KEY=KEY) as bot:
        bot.log_until("the bot runs")
        with psycopg.connect(empty) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
        ended = finish(bot.process)
    assert ended.returncode == 1
    assert "er ændret af en anden version af Eftertanke" in ended.stderr.splitlines()[-1]
    with psycopg.connect(empty) as other:
        other.execute("UPDATE alembic_version SET version_num = %s", (_revisions()[-1],))


def test_a_migration_that_waits_too_long_says_that_another_program_is_there(
    folder: Path, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(postgresql, "MIGRATED", 200)
    for name, value in {**TOKENS, "DATABASE_URL": empty}.items():
        monkeypatch.setenv(name, value)
    make_old(empty)
    with psycopg.connect(empty) as other:
        other.execute("SELECT FROM alembic_version FOR UPDATE")
        refused = call("--language", "en", "migrate")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Another program keeps the database locked." in refused.stderr
