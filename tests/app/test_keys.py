"""An installation starts only with the keys its words were sealed with, and restores or migrates only when alone."""

from __future__ import annotations

import signal
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.__main__ import VERBS, front_door
from bot.confidentiality.encryption import Keys, new_key
from bot.errors import SetupFault
from bot.models import Reply
from tests.support.command_line import PATIENCE, address_in, programme_folder, run_command, running_bot
from tests.support.database import open_database, unit_of_work
from tests.support.faults import told_at_start
from tests.support.server_databases import is_on_server
from tests.support.world import World

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long  # it starts bots and commands


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a programme."""
    monkeypatch.chdir(tmp_path)
    if is_on_server():
        monkeypatch.setenv("DATABASE_URL", address_in(tmp_path, ""))
    return programme_folder(tmp_path)


def command(*arguments: str) -> str:
    """What a command says. Raises what it refuses."""
    done = CliRunner().invoke(front_door(VERBS), list(arguments), catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def refusal(*arguments: str) -> str:
    with pytest.raises(SetupFault) as refused:
        command(*arguments)
    return told_at_start(refused.value)


def wait_until_open(file: Path) -> None:
    """The bot is in its database: from then on SQLite keeps a log beside it."""
    end = time.monotonic() + PATIENCE
    while not file.with_name(f"{file.name}-wal").exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_key_is_made_and_printed_alone(tmp_path: Path) -> None:
    made = run_command(tmp_path, "key", "new")
    assert (made.returncode, made.stderr) == (0, "")
    assert Keys.read(made.stdout.strip()).name
    assert command("key", "new") != made.stdout


def test_a_bot_without_the_key_that_sealed_what_is_kept_does_not_start(folder: Path) -> None:
    other = new_key()
    command("migrate")
    sealed = Keys.read(other).encrypt("Mod skoven", "r")
    with closing(open_database(address_in(folder, "local.sqlite"))) as database, unit_of_work(database) as session:
        round_ = World(session).populate(leaders=1).open_and_ask()
        row = {"words": sealed.words, "sealed_with": sealed.sealed_with, "wish": False, "quote": False}
        session.add(Reply(id="r", round_id=round_.id, question="q", **row))
    done = run_command(folder, "run", "--language", "en", HTTP_PORT="0", EFTERTANKE_KEY=new_key())
    assert done.returncode == 1
    assert f"(missing: {sealed.sealed_with})" in done.stderr
    assert "Traceback" not in done.stderr
    assert other not in done.stderr


@pytest.mark.sqlite  # how a server tells is in tests/commands/test_restore_on_server.py
def test_a_backup_is_made_while_the_bot_runs_and_restored_or_migrated_only_when_it_does_not(folder: Path) -> None:
    in_use = "A bot or another program has data/local.sqlite open: end it first, {then}, and start it again."
    command("migrate")
    with running_bot(folder) as bot:
        wait_until_open(folder / "data" / "local.sqlite")
        command("backup", "copy.sqlite")
        assert refusal("restore", "copy.sqlite") == in_use.format(then="restore")
        assert refusal("migrate") == in_use.format(then="migrate")
        assert "Eftertanke" in bot.page()
        bot.leave(signal.SIGTERM)
    command("migrate")
    assert "is as it was at 1 October 2018" in command("restore", "copy.sqlite")  # by the clock of the local workspace
    with running_bot(folder) as bot:
        assert "Eftertanke" in bot.page()
