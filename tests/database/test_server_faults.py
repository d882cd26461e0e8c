"""What a server refuses is said in its own words, with what mends it; a password is never shown."""

from __future__ import annotations

import traceback
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text

from bot import migrations
from bot.app.versions_of_installation import texts_of_installation
from bot.database.server_faults import name_of, require_fit, server_fault
from bot.database.unit_of_work import Database
from bot.errors import SetupFault, WrongDatabase
from bot.settings import load_settings
from tests.support.faults import told_at_start
from tests.support.server import PASSWORD, USER, WITH_PASSWORD, Server, running_pooler, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.postgres
SECRET = "s3cr3t-w0rd"
AFTER_QUESTION_MARK = "Mend what stands after the question mark in the address"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server({"max_connections": "12"}) as server:
        with psycopg.connect(server.url, autocommit=True) as owner:
            owner.execute(f"CREATE ROLE {WITH_PASSWORD} LOGIN PASSWORD '{PASSWORD}'")
            owner.execute("CREATE ROLE guest LOGIN")
            owner.execute("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
            owner.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
            owner.execute("CREATE DATABASE only_read")
            owner.execute("ALTER DATABASE only_read SET default_transaction_read_only = on")
            owner.execute("CREATE SCHEMA owned")
            owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        yield server


def address(server: Server, user: str = USER, database: str = "postgres") -> str:
    return f"postgresql://{user}@127.0.0.1:{server.port}/{database}"


def refusal(url: str) -> str:
    """What `migrate --new` says, in English."""
    with closing(Database(url)) as database, pytest.raises(WrongDatabase) as refused:
        migrations.bring_up_to_date(database)
    assert told_at_start(refused.value, "da")
    assert SECRET not in "".join(traceback.format_exception(refused.value))
    return told_at_start(refused.value)


@pytest.mark.parametrize(
    ("user", "database", "said", "cure"),
    [
        (f"{WITH_PASSWORD}:{SECRET}", "postgres", "password authentication failed", "Mend user and password"),
        (WITH_PASSWORD, "postgres", "no password supplied", "Mend user and password"),
        ("nobody_here", "postgres", 'role "nobody_here" does not exist', "Make the user on the server"),
        (USER, "not_there", 'database "not_there" does not exist', "Make the database on the server"),
        (USER, "ascii", "cannot hold every letter: it was made with SQL_ASCII", "createdb --encoding=UTF8"),
        (USER, "latin", "cannot hold every letter: it was made with LATIN1", "createdb --encoding=UTF8"),
        (USER, "only_read", "cannot be used: it can only be read\n", "not a replica"),
        ("guest", "postgres", "permission denied for schema public", "must own the database"),
        ("guest", "postgres?options=-csearch_path%3Downed", "has no right to it", "give the user the right to it"),
        (USER, "postgres?sslmode=verifyfull", 'cannot be used: invalid sslmode value: "verifyfull"', AFTER_QUESTION_MARK),
        (USER, "postgres?nonsense=1", 'invalid connection option "nonsense"', AFTER_QUESTION_MARK),
        (USER, "postgres?connect_timeout=abc", "bad value for connect_timeout", AFTER_QUESTION_MARK),
        (USER, "postgres?keepalives=x", "cannot be used: invalid integer value", AFTER_QUESTION_MARK),
    ],
)
def test_what_the_server_refuses_is_said_with_its_cure(server: Server, user: str, database: str, said: str, cure: str) -> None:
    told = refusal(address(server, user, database))
    assert said in told
    assert cure in told
    assert SECRET not in told
    assert "FATAL" not in told
    assert f":{server.port}/{database.partition('?')[0]}" in told


def test_where_a_schema_is_chosen_it_is_named(server: Server) -> None:
    told = refusal(f"{address(server)}?options=-csearch_path%3Dnorth")
    assert told.startswith(
        f"The database postgresql://{USER}@127.0.0.1:{server.port}/postgres.north cannot be used: the schema is not there"
    )
    assert "Make the schema on the server (CREATE SCHEMA … AUTHORIZATION …), give the user the right to it" in told


def test_a_schema_that_opens_without_being_named_is_refused_for_it_would_have_two_lists_of_deletions(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(server.url, autocommit=True) as owner:
        owner.execute("CREATE ROLE east LOGIN")
        owner.execute("CREATE SCHEMA east AUTHORIZATION east")
        monkeypatch.setenv("DATABASE_URL", url := address(server, "east"))
        with pytest.raises(WrongDatabase) as unread:
            texts_of_installation(load_settings())
        for told in (refusal(url), told_at_start(unread.value)):
            assert 'its tables belong in schema "east", which the address does not name' in told
            assert "?options=-csearch_path%3Deast" in told
        with closing(Database(f"{url}?options=-csearch_path%3DEast")) as database:
            migrations.bring_up_to_date(database)
        assert owner.execute("SELECT to_regclass('east.alembic_version')::text").fetchone() == ("east.alembic_version",)


@pytest.mark.parametrize(
    ("setting", "said"),
    [("", "unsupported startup parameter: options"), ("ignore_startup_parameters = options", 'schema "public" instead of "north"')],
)
def test_where_a_pooler_does_not_pass_the_schema_on_nothing_is_made_in_another_dialogues(
    server: Server, monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    with psycopg.connect(server.url, autocommit=True) as owner, running_pooler(server.url, setting) as pooler:
        owner.execute("CREATE SCHEMA IF NOT EXISTS north")
        url = f"postgresql://{USER}@{pooler}/postgres?options=-csearch_path%3DNorth"
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(WrongDatabase) as unread:
            texts_of_installation(load_settings())
        for told in (refusal(url), told_at_start(unread.value)):
            assert said in told
            assert "give each dialogue a database of its own" in told
        assert owner.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,)


def test_an_address_of_numbers_keeps_its_brackets() -> None:
    assert name_of("postgresql://bot:secret@[::1]:5518/eftertanke") == "postgresql://bot@[::1]:5518/eftertanke"


@pytest.mark.parametrize("place", ["127.0.0.1:1", "no-such-host.invalid:5432"])
def test_a_server_out_of_reach_is_said_with_its_cure(place: str) -> None:
    told = refusal(f"postgresql://anna:{SECRET}@{place}/eftertanke")
    assert "See whether the server runs" in told
    assert SECRET not in told


@contextmanager
def all_connections(server: Server) -> Iterator[None]:
    taken = []
    try:
        while True:
            taken.append(psycopg.connect(address(server, "guest")))
    except psycopg.OperationalError:
        yield
    finally:
        for connection in taken:
            connection.close()


def test_a_server_without_connections_left_is_said_with_its_cure(server: Server) -> None:
    with all_connections(server):
        assert "The server accepts no more connections" in refusal(address(server, "guest"))


def test_a_disk_that_is_full_is_said_with_its_cure() -> None:
    full = psycopg.errors.DiskFull("could not extend file: No space left on device")
    told = told_at_start(server_fault(full, f"postgresql://anna:{SECRET}@db/eftertanke"))
    assert told == (
        "The database postgresql://anna@db/eftertanke cannot be used: could not extend file: No space left on device\n"
        "The disk of the server is full: make room there."
    )


def test_files_of_the_server_that_are_damaged_are_said_with_their_cure(server: Server) -> None:
    with psycopg.connect(server.url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE damaged")
    with closing(Database(address(server, database="damaged"))) as database:
        migrations.migrate(database.engine)
        with database.look() as session:
            file = server.data / str(session.scalar(text("SELECT pg_relation_filepath('alembic_version')")))
    server.stop()
    file.write_bytes(b"\xff" * file.stat().st_size)
    server.start()
    told = refusal(address(server, database="damaged"))
    assert "invalid page in block 0" in told
    assert "have an empty one made" in told


def test_an_older_server_is_refused_with_the_reason() -> None:
    with pytest.raises(WrongDatabase) as refused:
        require_fit((13, "UTF8", False, "public"), f"postgresql://anna:{SECRET}@db/eftertanke")
    assert told_at_start(refused.value) == (
        "The server of postgresql://anna@db/eftertanke is PostgreSQL 13;"
        " Eftertanke needs 14 or newer, for older ones get no security fixes."
    )
    require_fit((14, "UTF8", False, "public"), "postgresql://db/eftertanke")


@pytest.mark.parametrize(
    "odd",
    [
        f"postgresql://anna:{SECRET}@x@db/eftertanke",
        f"postgresql://anna:{SECRET}/x@db/eftertanke",
        f"postgresql://anna:{SECRET}%zz@db/eftertanke",
        f"postgresql://anna:{SECRET}#x@db/eftertanke",
        f"postgresql://anna:{SECRET}?x@db/eftertanke",
        f"postgresql://anna:{SECRET}@db:port/eftertanke",
        f"postgresql://anna:{SECRET}@db",
        f"postgresql://anna@db/eftertanke?password={SECRET}",
        f"postgres://anna:{SECRET}@db/eftertanke",
    ],
)
def test_an_address_that_cannot_be_taken_apart_shows_no_password(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", odd)
    with pytest.raises(SetupFault) as refused:
        load_settings()
    assert "DATABASE_URL: must " in told_at_start(refused.value)
    assert SECRET not in told_at_start(refused.value)


def test_a_password_with_special_characters_opens_the_database(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(server.url, autocommit=True) as owner:
        owner.execute(f"ALTER ROLE {WITH_PASSWORD} PASSWORD 'a@b/c%d?#ø'")
    monkeypatch.setenv("DATABASE_URL", address(server, f"{WITH_PASSWORD}:a%40b%2Fc%25d%3F%23%C3%B8"))
    settings = load_settings()
    assert "%40b" not in repr(settings)
    assert texts_of_installation(settings) == ()
    with closing(Database(settings.database_url)) as database:
        assert migrations.state(database.engine) is migrations.SchemaState.EMPTY
        assert migrations.display_name(database.url) == address(server, WITH_PASSWORD)
