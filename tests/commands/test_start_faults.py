"""Whatever keeps the bot from starting is said in both languages, with its place and its cure."""

from __future__ import annotations

import ast
import socket
import time
from contextlib import suppress
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from bot.clock import MovableClock
from bot.database.places import file_of
from bot.platforms.slack.manifest import manifest
from bot.programme import Language
from bot.wording import CATALOGUES, catalogue
from bot.workspace.client.person import ChatClient
from bot.workspace.server import LAST_PORT
from tests.support.command_line import address_in, install, programme_folder, run_command
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, START, population, serve
from tests.support.rows import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


# --- what the code says


def keys_of(node: ast.expr, module: ast.Module) -> Iterator[str]:
    """The keys that an expression can be: a text, a choice between two, or a place in a table of this module."""
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.IfExp(body=body, orelse=other):
            yield from (*keys_of(body, module), *keys_of(other, module))
        case ast.Subscript(value=ast.Name(id=table)):
            for assigned in module.body:
                match assigned:
                    case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)) if name == table:
                        yield from (key for value in values for key in keys_of(value, module))


def sentences() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each place where a start-up fault is put into words: where, the key, the names of its values."""
    for path in sorted(file for room in ("bot", "schedules", "handlers") for file in (ROOT / room).rglob("*.py")):
        module = ast.parse(path.read_text())
        for node in ast.walk(module):
            match node:
                case ast.Call(func=ast.Name(id="sentence"), args=[key_node], keywords=keywords):
                    for key in keys_of(key_node, module):
                        if key.startswith("setup."):
                            yield f"{path.relative_to(ROOT)}:{node.lineno}", key, frozenset(str(keyword.arg) for keyword in keywords)


@pytest.mark.parametrize("language", list(Language))
def test_each_place_that_says_a_fault_gives_the_values_that_its_sentence_needs(language: Language) -> None:
    found = list(sentences())
    assert len({key for _, key, _ in found}) > 60
    texts = {key: catalogue(language, CATALOGUES).gettext(key) for _, key, _ in found}
    assert [key for key, text in texts.items() if text == key] == []
    needed = {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in texts.items()}
    assert [(place, key) for place, key, names in found if needed[key] != names] == []


def test_no_fault_is_raised_with_a_text_instead_of_a_sentence() -> None:
    kinds = {"SetupFault", "WrongDatabase", "KeyFault", "MissingScope", "EftertankeError"}
    raised = [
        (path, argument)
        for path in sorted(file for room in ("bot", "schedules", "handlers") for file in (ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds
        for argument in node.args
    ]
    assert len(raised) > 50
    assert [path for path, argument in raised if isinstance(argument, ast.Constant | ast.JoinedStr)] == []


# --- what a start says


def run_refused(folder: Path, language: Language, **settings: str) -> list[str]:
    """The lines in which `run` refuses to start."""
    done = run_command(folder, "run", "--language", language, **settings)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return programme_folder(tmp_path)


@pytest.mark.parametrize(
    ("language", "said", "place"),
    [
        ("da", "EFTERTANKE_KEY: mangler. Lav en nøgle med: .venv/bin/python -m bot key new. Gem den ", "Indstillingerne er søgt i "),
        ("en", "EFTERTANKE_KEY: is missing. Make a key with: .venv/bin/python -m bot key new. Keep it ", "Settings were looked for in "),
    ],
)
def test_a_start_without_a_key_says_what_makes_one(folder: Path, language: Language, said: str, place: str) -> None:
    missing, looked = run_refused(folder, language, SLACK_BOT_TOKEN="xoxb-made-up-0001", SLACK_APP_TOKEN="xapp-made-up-0001")
    assert missing.startswith(said)
    assert looked.startswith(place)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "Slack afviser tokenet (auth.test: invalid_auth). Kopiér appens »Bot User OAuth Token« (xoxb-…) til SLACK_BOT_TOKEN."),
        (
            "en",
            'Slack refuses the token (auth.test: invalid_auth). Copy the "Bot User OAuth Token" (xoxb-…) of the app into SLACK_BOT_TOKEN.',
        ),
    ],
)
def test_a_token_that_slack_refuses_is_named_with_where_the_right_one_is(folder: Path, language: Language, said: str) -> None:
    with serve(ChatClient(population(), MovableClock(START)), manifest(), tokens=(BOT_TOKEN, APP_TOKEN)) as slack:
        tokens = {"SLACK_BOT_TOKEN": "xoxb-local-another", "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": f"{slack.address}api/"}
        assert run_command(folder, "migrate", "--new", **tokens).returncode == 0
        assert run_refused(folder, language, **tokens)[-1] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "Databasen {} er fra en ældre Eftertanke. Kopiér den, og opdatér den så med: .venv/bin/python -m bot migrate"),
        ("en", "The database {} is from an older Eftertanke. Copy it, then bring it up to date with: .venv/bin/python -m bot migrate"),
    ],
)
def test_an_older_database_is_named_with_the_command_that_brings_it_up_to_date(folder: Path, language: Language, said: str) -> None:
    assert run_command(folder, "migrate").returncode == 0
    url = address_in(folder, "local.sqlite")
    write_rows(url, "UPDATE alembic_version SET version_num = '0001'")
    assert run_refused(folder, language, HTTP_PORT="0")[-1] == said.format(file_of(url) or url)


@pytest.mark.parametrize(
    ("language", "said", "place"),
    [
        (
            "da",
            "SLACK_BOT_TOKN: den indstilling findes ikke; mente du SLACK_BOT_TOKEN?",
            "Indstillingerne er søgt i miljøvariablerne og i {}.",
        ),
        (
            "en",
            "SLACK_BOT_TOKN: there is no such setting; did you mean SLACK_BOT_TOKEN?",
            "Settings were looked for in the environment and in {}.",
        ),
    ],
)
def test_a_setting_that_is_not_there_is_named_with_its_file(folder: Path, language: Language, said: str, place: str) -> None:
    home = install(folder / "installed")
    (home / ".env").write_text("SLACK_BOT_TOKN=xoxb-made-up-0001\n")
    (home / ".env").chmod(0o600)  # else it is told that it was open to others
    assert run_refused(folder, language, PYTHONPATH=str(home)) == [said, place.format(home / ".env")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "Ingen ledig port på 127.0.0.1 fra 65535 til 65535. Luk et program, der lytter der, eller skriv en anden port i HTTP_PORT"),
        ("en", "No free port at 127.0.0.1 from 65535 to 65535. Close a program that listens there, or name another port in HTTP_PORT"),
    ],
)
def test_a_port_that_is_taken_is_named_with_the_setting(folder: Path, language: Language, said: str) -> None:
    with socket.socket() as other:
        take_last_port(other)
        assert run_refused(folder, language, HTTP_PORT=str(LAST_PORT))[-1].startswith(said)


def take_last_port(taker: socket.socket) -> None:
    """Wait for it, for this test in another language may have it just now; a program that keeps it does as well."""
    for _ in range(200):
        with suppress(OSError):
            taker.bind(("127.0.0.1", LAST_PORT))
            taker.listen()
            return
        time.sleep(0.05)


@pytest.mark.sqlite  # what a server refuses is in test_server_refuses.py
def test_a_database_that_cannot_be_opened_is_told_before_anybody_opens_the_page(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "local.sqlite").write_text("Ikke en database. " * 100, "utf-8")
    done = run_command(folder, "run", "--language", "da", HTTP_PORT="0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "kan ikke åbnes: filen er ikke en database.\nVælg en anden i DATABASE_URL." in done.stderr


@pytest.mark.sqlite  # likewise
def test_a_database_in_a_folder_that_is_not_there_is_told_with_what_a_folder_needs(folder: Path) -> None:
    (folder / "readable").mkdir(mode=0o555)
    (folder / "readable" / "local.sqlite").symlink_to("/nowhere/local.sqlite")
    done = run_command(folder, "run", "--language", "da", HTTP_PORT="0", DATABASE_URL=f"sqlite:///{folder}/readable/local.sqlite")
    assert "kan ikke åbnes: databasefilen kan ikke nås.\nMappen skal findes og kunne skrives i" in done.stderr
    assert "unable" not in done.stderr
