"""A database of an older version comes up to date, and nothing readable is left in it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import select, text

from bot.commands.migrate import migrate
from bot.confidentiality.encryption import decrypt_words
from bot.database.unit_of_work import Database
from bot.errors import KeyFault
from bot.migrations import SchemaState, _config, _set_foreign_keys, state
from bot.models import Reply
from tests.support.database import KEY, open_database
from tests.support.faults import refuses

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Vi begynder hver dag med et spørgsmål til børnene."
OLD = (
    "INSERT INTO programmes VALUES ('p', '2018-08-15 07:30:00.000000', '0', NULL)",
    """INSERT INTO rounds (id, programme, week, day, entry, theme, opens_at, closes_at, snapshot)
    VALUES (1, 'p', '2018-W34', 1, 'e', 't', '2018-08-21 07:30:00.000000', '2099-01-01 00:00:00.000000', '{}')""",
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the first version left it, with an answer in clear text."""
    file = tmp_path / "old.sqlite"
    database = Database(f"sqlite:///{file}")
    database.keep_private()
    with database.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0001")
        for each in OLD:
            connection.execute(text(each))
        reply = {"words": WORDS.encode()}
        connection.execute(text("INSERT INTO replies VALUES ('r', 1, 'q', :words, NULL, 0, 1)"), reply)
    database.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    return file


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("old.sqlite*"))


def test_answers_from_before_there_were_keys_are_sealed_and_wiped_from_the_file(file: Path, capsys: pytest.CaptureFixture[str]):
    assert WORDS.encode() in everything_in(file.parent)
    migrate()
    assert WORDS.encode() not in everything_in(file.parent)
    assert "Texts that were not sealed are sealed now. A copy made before holds them unsealed" in capsys.readouterr().out
    with closing(open_database(f"sqlite:///{file}")) as database, database.look() as session:
        assert [decrypt_words(session, reply) for reply in session.scalars(select(Reply))] == [WORDS]


def test_a_second_time_there_is_nothing_to_seal(file: Path, capsys: pytest.CaptureFixture[str]):
    migrate()
    capsys.readouterr()
    migrate()
    assert capsys.readouterr().out == f"sqlite:///{file} was up to date already.\n"


def test_with_another_key_than_the_answers_need_nothing_is_changed(file: Path):
    with closing(Database(f"sqlite:///{file}")) as database, database.engine.connect() as connection:
        _set_foreign_keys(connection, on=False)
        with connection.begin():
            command.upgrade(_config(connection), "0008")
            connection.execute(text("UPDATE replies SET sealed_with = 'another'"))
    for _ in range(2):
        with refuses(KeyFault, match=r"holds other keys .*missing: another.*Nothing has been changed"):
            migrate()
        with closing(Database(f"sqlite:///{file}")) as database:
            assert state(database.engine) is SchemaState.PENDING
    with closing(Database(f"sqlite:///{file}")) as database, database.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE replies SET sealed_with = NULL"))
    migrate()
