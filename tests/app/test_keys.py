"""Does an installation start only with the keys that its words were sealed with, and is it alone when it is restored or migrated?"""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bot.confidentiality.encryption import Keys, new_key
from tests.support.command_line import programme_folder, run_command, running_bot

if TYPE_CHECKING:
    from pathlib import Path


def test_a_key_is_made_and_printed_alone(tmp_path: Path) -> None:
    made = run_command(tmp_path, "key", "new")
    assert (made.returncode, made.stderr) == (0, "")
    assert Keys.read(made.stdout.strip()).name
    assert run_command(tmp_path, "key", "new").stdout != made.stdout


def test_a_bot_without_the_key_that_sealed_what_is_kept_does_not_start(tmp_path: Path) -> None:
    folder, other = programme_folder(tmp_path), new_key()
    assert run_command(folder, "migrate").returncode == 0
    sealed = Keys.read(other).encrypt("Mod skoven")
    with closing(sqlite3.connect(folder / "data" / "local.sqlite")) as database, database:
        row = ("r", 1, "q", sealed.words, sealed.sealed_with, 0, 0)
        database.execute("INSERT INTO replies (id, round_id, question, words, sealed_with, wish, quote) VALUES (?,?,?,?,?,?,?)", row)
    done = run_command(folder, "run", HTTP_PORT="0", EFTERTANKE_KEY=new_key())
    assert done.returncode == 1
    assert f"(missing: {sealed.sealed_with})" in done.stderr
    assert "Traceback" not in done.stderr
    assert other not in done.stderr


def test_a_backup_is_made_while_the_bot_runs_and_restored_or_migrated_only_when_it_does_not(tmp_path: Path) -> None:
    folder = programme_folder(tmp_path)
    with running_bot(folder) as bot:
        assert run_command(folder, "backup", "copy.sqlite").returncode == 0
        refused = run_command(folder, "restore", "copy.sqlite")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "A bot or another program has data/local.sqlite open: end it first, restore, and start it again." in refused.stderr
        refused = run_command(folder, "migrate")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr == "A bot or another program has data/local.sqlite open: end it first, migrate, and start it again.\n"
        assert "Eftertanke" in bot.page()
        bot.leave(signal.SIGTERM)
    assert run_command(folder, "migrate").returncode == 0
    done = run_command(folder, "restore", "copy.sqlite")
    assert (done.returncode, done.stderr) == (0, "")
    assert "is as it was at 2018-10-01" in done.stdout  # by the clock of the local workspace
    with running_bot(folder) as bot:
        assert "Eftertanke" in bot.page()
