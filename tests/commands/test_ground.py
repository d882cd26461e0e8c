"""A database for Slack is made once, on purpose, where it can be kept, and never by accident."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot import settings as bot_settings
from bot.__main__ import VERBS, front_door
from bot.app.engine import prepare_database
from bot.app.sole_use import keep_bots_out, mark_in_use
from bot.database.unit_of_work import Database
from bot.errors import SetupFault, WrongDatabase
from bot.migrations import SchemaState, bring_up_to_date, journal_mode, state
from tests.support.command_line import programme_folder, run_command
from tests.support.database import KEY
from tests.support.faults import refuses, told_at_start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.sqlite  # the ground of a file; that of a server is in tests/commands/test_on_server.py and tests/database

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1234567890-somebody", "SLACK_APP_TOKEN": "xapp-1-1234567890-somebody", "EFTERTANKE_KEY": KEY}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the database of an installation on Slack is to be; its folder is the working directory."""
    monkeypatch.chdir(tmp_path)
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "data" / "eftertanke.sqlite"


def command(*arguments: str) -> str:
    """What a command says. Raises what it refuses."""
    done = CliRunner().invoke(front_door(VERBS), list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def refusal(do: Callable[..., object], *arguments: str) -> str:
    with pytest.raises(SetupFault) as refused:
        do(*arguments)
    return told_at_start(refused.value).replace("\n", " ")


def start() -> None:
    """What `run` does first on Slack."""
    with closing(Database("sqlite:///data/eftertanke.sqlite")) as database:
        prepare_database(database, on_slack=True)


def everything(folder: Path) -> dict[str, int]:
    """All files that are there, with their sizes."""
    return {str(file.relative_to(folder)): file.stat().st_size for file in sorted(folder.rglob("*")) if file.is_file()}


# --- the first time


def test_a_new_database_is_made_once_by_its_own_command(file: Path) -> None:
    assert command("migrate", "--new") == "sqlite:///data/eftertanke.sqlite is made.\n"
    start()
    before = file.read_bytes()
    assert f"There is a database already in {file}: nothing has been changed." in refusal(command, "migrate", "--new")
    assert file.read_bytes() == before
    assert command("migrate") == "sqlite:///data/eftertanke.sqlite was up to date already.\n"


def test_an_empty_file_may_become_a_new_database(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    command("migrate", "--new")
    start()


def test_a_file_without_tables_may_become_a_new_database(file: Path) -> None:
    make_file_without_tables(file)
    command("migrate", "--new")
    start()


def test_who_makes_one_while_another_does_reads_that_there_is_one(file: Path) -> None:
    """The other has begun, and written nothing but a log yet."""
    make_empty_file(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        log = file.with_name(f"{file.name}-wal")
        log.touch()
        said = refusal(command, "migrate", "--new")
    assert said.startswith(f"There is a database already in {file}, or one is being made just now: {log} is of it.")
    assert "-m bot restore FILE" in said


def test_on_the_local_workspace_it_is_made_as_before(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in TOKENS:
        monkeypatch.delenv(name)
    assert command("migrate") == "sqlite:///data/local.sqlite is made.\n"
    assert refusal(command, "migrate", "--new").startswith("There is a database already in ")
    file.with_name("local.sqlite").unlink()
    assert command("migrate", "--new") == "sqlite:///data/local.sqlite is made.\n"


@pytest.mark.parametrize("left", [".erased", "-wal", "-journal"])
def test_where_a_database_has_stood_no_new_one_is_made(file: Path, left: str) -> None:
    command("migrate", "--new")
    file.unlink()
    other = file.with_name(f"{file.name}{left}")
    other.write_text("its own")
    said = refusal(command, "migrate", "--new")
    assert said.startswith(f"A database has stood here: {other} is of it.")
    assert "-m bot restore FILE" in said
    assert everything(file.parent) == {other.name: len("its own")}
    other.rename(other.with_name("kept elsewhere"))
    command("migrate", "--new")


# --- missing, empty, of something else


def make_nothing(_: Path) -> None:
    """A fresh clone, or another folder."""


def make_folder(file: Path) -> None:
    file.parent.mkdir()


def make_empty_file(file: Path) -> None:
    make_folder(file)
    file.touch()


def make_file_without_tables(file: Path) -> None:
    make_folder(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA user_version=1")


def make_link_to_nowhere(file: Path) -> None:
    """What it leads to is not mounted."""
    make_folder(file)
    file.symlink_to("/nowhere/eftertanke.sqlite")


COMMANDS = ("backup copy.sqlite", "digest list", "digest show 1", "digest approve 1", "export", "erase U0ABC", "key rotate", "migrate")


@pytest.mark.parametrize("make", [make_nothing, make_folder, make_empty_file, make_file_without_tables, make_link_to_nowhere])
def test_where_there_are_no_tables_nothing_is_made_and_the_likely_causes_are_told(file: Path, make: Callable[[Path], None]) -> None:
    make(file)
    before = everything(file.parent.parent)
    for do in (start, *(lambda words=words: command(*words.split()) for words in COMMANDS)):
        said = refusal(do)
        assert said.startswith(f"The database {file} has no tables yet: ")
        assert f"(it looked in {file.parent})" in said
        assert all(cause in said for cause in ("another folder", "fresh clone", "backup", "not mounted"))
        assert all(cure in said for cure in ("-m bot restore FILE", "-m bot migrate --new"))
        assert everything(file.parent.parent) == before
    assert file.parent.exists() == (make is not make_nothing)


def test_a_database_of_something_else_is_refused_with_the_likely_causes(file: Path) -> None:
    make_folder(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE recipes (id INTEGER)")
    for do in (start, lambda: command("migrate")):
        said = refusal(do)
        assert "holds tables of something else. Choose another with DATABASE_URL." in said
        assert f"(it looked in {file.parent})" in said
    assert "holds tables of something else" in refusal(command, "migrate", "--new")


def test_no_backup_takes_the_place_of_something_else(file: Path) -> None:
    command("migrate", "--new")
    command("backup", "copy.sqlite")
    file.unlink()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE recipes (id INTEGER)")
    assert "holds tables of something else. Choose another with DATABASE_URL, or move that file away." in refusal(
        command, "restore", "copy.sqlite"
    )
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


@pytest.mark.parametrize("arguments", [("migrate", "--new"), ("migrate",), ("restore", "copy.sqlite")], ids=" ".join)
def test_while_a_bot_runs_whose_database_has_gone_nothing_takes_its_place(file: Path, arguments: tuple[str, ...]) -> None:
    command("migrate", "--new")
    command("backup", "copy.sqlite")
    with closing(mark_in_use(file)), closing(mark_in_use(file)):  # two bots may run on it
        file.unlink()
        assert refusal(command, *arguments).startswith(f"A bot or another program has data/{file.name} open")
        assert not file.exists()
    if arguments != ("migrate",):
        command(*arguments)
        assert file.exists()


def test_while_a_database_is_being_replaced_no_bot_begins(file: Path) -> None:
    command("migrate", "--new")
    with closing(mark_in_use(file)):
        pass
    with keep_bots_out(file, then="restore"):
        assert "under way" in refusal(mark_in_use, file)


def test_what_is_no_database_is_refused_with_what_to_do(file: Path) -> None:
    make_folder(file)
    file.write_text("Dette er ikke en database, men et langt stykke tekst.\n" * 20)
    for do in (start, lambda: command("migrate"), lambda: command("migrate", "--new")):
        said = refusal(do)
        assert "cannot be opened: file is not a database. Choose another with DATABASE_URL" in said
        assert "-m bot restore FILE" in said


def test_a_folder_that_is_named_by_mistake_stays_open(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.parent.mkdir(mode=0o755)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data")
    assert "DATABASE_URL: data is a folder" in refusal(command, "migrate")
    assert file.parent.stat().st_mode & 0o777 == 0o755


def test_a_backup_may_take_the_place_of_a_missing_database(file: Path, tmp_path: Path) -> None:
    command("migrate", "--new")
    command("backup", "copy.sqlite")
    shutil.rmtree(file.parent)
    assert "has no tables yet: there is no such file" in refusal(start)
    command("restore", "copy.sqlite")
    start()
    assert (tmp_path / "copy.sqlite").exists()


def test_a_bot_on_slack_says_so_and_ends(tmp_path: Path) -> None:
    done = run_command(programme_folder(tmp_path), "run", "--language", "en", **TOKENS)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"The database {tmp_path}/data/eftertanke.sqlite has no tables yet: there is no such file. ")
    assert {path.name for path in tmp_path.iterdir()} == {"schedules"}


# --- settings that stand where they are no longer read


@pytest.mark.parametrize("words", [*COMMANDS, "run", "migrate --new", "restore copy.sqlite"])
def test_without_tokens_nothing_is_done_beside_a_settings_file_that_is_not_read(
    file: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """It stands where it was read before: the tokens are in it, and what starts without them is another installation."""
    for name in TOKENS:
        monkeypatch.delenv(name)
    folder = file.parent.parent
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in TOKENS.items()))
    before = everything(folder)
    said = refusal(command, *words.split())
    assert said.startswith(f"{folder}/.env is not read: settings stand in {bot_settings.ENV_FILE}")
    assert "Move it there" in said
    assert "somebody" not in said
    assert everything(folder) == before


@pytest.mark.parametrize("here", [False, True])
@pytest.mark.parametrize(
    "arguments", [("migrate", "--new"), ("backup", "new.sqlite"), ("restore", "old.sqlite"), ("digest", "list"), ("run",)]
)
def test_from_another_folder_no_command_takes_another_database_for_the_one_beside_the_program(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], *, here: bool
) -> None:
    """Whether there is none in that folder, or another one; and with its whole path the folder does not matter."""
    command("migrate", "--new")
    monkeypatch.setattr(bot_settings, "ENV_FILE", tmp_path / ".env")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    if here:
        shutil.copy(file, elsewhere / "data" / file.name)
    before = everything(tmp_path)
    said = refusal(command, *arguments)
    assert said.startswith(f"The database would be looked for in {elsewhere}/data/eftertanke.sqlite, because ")
    assert f"give the command in {tmp_path} (in cron: cd {tmp_path} && …)" in said
    assert everything(tmp_path) == before
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    command("backup", "new.sqlite")


def test_with_tokens_a_settings_file_that_is_not_read_is_no_hindrance(file: Path) -> None:
    (file.parent.parent / ".env").write_text("HTTP_PORT=1\n")
    command("migrate", "--new")
    start()


# --- where it cannot be kept


@pytest.mark.parametrize("vfs", ["unix-dotfile", "unix-none"])  # as on a share: no memory that processes share
def test_where_there_can_be_no_log_the_bot_does_not_run_on_slack_and_says_why(tmp_path: Path, vfs: str) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/new.sqlite?uri=true&vfs={vfs}")) as database:
        database.keep_private()
        assert journal_mode(database) == "delete"
        prepare_database(database, on_slack=False)
        with refuses(WrongDatabase, match=r"journal mode is delete.*network shares and some container mounts"):
            prepare_database(database, on_slack=True)


@pytest.mark.parametrize("vfs", ["unix-dotfile", "unix-none"])
def test_nor_is_a_new_one_made_there(tmp_path: Path, vfs: str) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/new.sqlite?uri=true&vfs={vfs}")) as database:
        with refuses(WrongDatabase, match="network shares and some container mounts"):
            bring_up_to_date(database, on_slack=True)
        assert state(database.engine) is SchemaState.EMPTY


@pytest.mark.parametrize("vfs", ["unix-dotfile", "unix-none"])
def test_a_database_that_was_copied_there_is_refused_with_the_reason_too(template: Path, tmp_path: Path, vfs: str) -> None:
    shutil.copy(template, tmp_path / "copied.sqlite")
    with (
        closing(Database(f"sqlite:///{tmp_path}/copied.sqlite?uri=true&vfs={vfs}")) as database,
        refuses(WrongDatabase, match=r"cannot be opened: the file cannot be reached\..*not on a network share"),
    ):
        prepare_database(database, on_slack=True)
