"""A database of an older version comes up to date, and nothing readable is left in it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import make_url, select, text

from bot.commands.migrate import migrate
from bot.confidentiality.encryption import decrypt_words
from bot.database.places import url_of
from bot.database.unit_of_work import Database
from bot.errors import KeyFault
from bot.migrations import SchemaState, _config, _set_foreign_keys, display_name, state
from bot.models import Reply
from tests.support.database import KEY, files_of, open_database
from tests.support.faults import refuses
from tests.support.server_databases import is_on_server, take_database

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Vi begynder hver dag med et spørgsmål til børnene."
OLD = (
    "INSERT INTO programmes VALUES ('p', '2018-08-15 07:30:00.000000', '0', NULL)",
    """INSERT INTO rounds (id, programme, week, day, entry, theme, opens_at, closes_at, snapshot)
    VALUES (1, 'p', '2018-W34', 1, 'e', 't', '2018-08-21 07:30:00.000000', '2099-01-01 00:00:00.000000', '{}')""",
    "INSERT INTO replies VALUES ('r', 1, 'q', :words, NULL, false, true)",
)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database as the first version left it, with an answer in clear text."""
    url = take_database(empty=True) if is_on_server() else url_of(tmp_path / "old.sqlite")
    with closing(Database(url)) as database:
        database.keep_private()
        bring_to(database, "0001", *OLD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    return url


def bring_to(database: Database, revision: str, *statements: str) -> None:
    """Bring the tables to a revision, and change what is in them."""
    with database.engine.execution_options(migrating=True).connect() as connection:
        _set_foreign_keys(connection, on=False)
        with connection.begin():
            command.upgrade(_config(connection), revision)
            for statement in statements:
                connection.execute(text(statement), {"words": WORDS.encode()} if ":words" in statement else {})


def test_answers_from_before_there_were_keys_are_sealed_and_wiped_from_the_files(url: str, capsys: pytest.CaptureFixture[str]):
    with closing(open_database(url)) as database:
        assert WORDS.encode() in files_of(database)
        migrate()
        assert WORDS.encode() not in files_of(database)
        assert "Texts that were not sealed are sealed now. A copy made before holds them unsealed" in capsys.readouterr().out
        with database.look() as session:
            assert [decrypt_words(session, reply) for reply in session.scalars(select(Reply))] == [WORDS]


def test_a_second_time_there_is_nothing_to_seal(url: str, capsys: pytest.CaptureFixture[str]):
    migrate()
    capsys.readouterr()
    migrate()
    assert capsys.readouterr().out == f"{display_name(make_url(url))} was up to date already.\n"


def test_with_another_key_than_the_answers_need_nothing_is_changed(url: str):
    with closing(Database(url)) as database:
        bring_to(database, "0008", "UPDATE replies SET sealed_with = 'another'")
    for _ in range(2):
        with refuses(KeyFault, match=r"holds other keys .*missing: another.*Nothing has been changed"):
            migrate()
        with closing(Database(url)) as database:
            assert state(database.engine) is SchemaState.PENDING
    with closing(Database(url)) as database:
        bring_to(database, "0008", "UPDATE replies SET sealed_with = NULL")
    migrate()
