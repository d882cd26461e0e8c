"""Databases on a server, for one test each. They are emptied and used again: to make a new one takes twenty times as long."""

from __future__ import annotations

import atexit
import os
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.migrations import SchemaState, migrate, state
from bot.models import Base
from tests.support.server import NAMED, POOLER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

USES: Final = 150  # of one database: deleted rows make it slow
SPARE: Final = 30  # so many are kept for other tests
NOTE: Final = "database.address"  # in the folder of a bot: the address of its database, and the folder it is for
_LENT: dict[Path, str] = {}
_CLEAN: list[URL] = []
_USES: dict[str, int] = {}


def is_on_server() -> bool:
    """Whether these tests run on PostgreSQL."""
    return NAMED in os.environ


def take_database(*, empty: bool = False) -> str:
    """The address of a fresh database with all tables; if `empty`, of one without any."""
    if empty:
        return _show(_make_database(None))
    return _show(_CLEAN.pop() if _CLEAN else _make_database(_template()))


def database_for(folder: Path, *, empty: bool = False) -> str:
    """The address of the database of a bot's folder `data`: made at the first asking, and copied where the folder is a copy of another's.

    An empty one is for commands, which may find that there is no folder: of that one nothing is noted.
    """
    if folder in _LENT:
        return _LENT[folder]
    note = folder / NOTE
    address, owner = note.read_text("utf-8").splitlines() if note.exists() else (None, None)
    if address is None:
        address = take_database(empty=empty)
    elif owner != str(folder):
        address = copy_on_server(address)
    if not empty:
        note.write_text(f"{address}\n{folder}", "utf-8")
    _LENT[folder] = address
    return address


def give_back_within(folder: Path) -> None:
    """Whatever has its folder within this one is over."""
    for lent in [lent for lent in _LENT if lent.is_relative_to(folder)]:
        give_back(_LENT.pop(lent))


def give_back(address: str) -> None:
    """The test is over: the database is emptied for another one, or dropped."""
    url = make_url(os.environ[NAMED]).set(database=make_url(address).database)
    name = str(url.database)
    _USES[name] = _USES.get(name, 0) + 1
    if _USES[name] < USES and len(_CLEAN) < SPARE and _is_emptied(url):
        _CLEAN.append(url)
    else:
        _drop(name)


def _show(url: URL) -> str:
    """As the tests are to reach it: through the pooler, if there is one."""
    if POOLER in os.environ:
        host, _, port = os.environ[POOLER].partition(":")
        url = url.set(host=host, port=int(port))
    return url.render_as_string(hide_password=False)


def _is_emptied(url: URL) -> bool:
    engine = create_engine(url, poolclass=NullPool)
    try:
        if state(engine) is not SchemaState.CURRENT:
            return False
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = 2000")
            connection.exec_driver_sql(_emptying())
    except DBAPIError:
        return False
    return True


@cache
def _emptying() -> str:
    tables = ", ".join(f"'{table.name}'" for table in reversed(Base.metadata.sorted_tables))
    return f"""
        DO $$ DECLARE t text; has_rows bool; BEGIN
        FOREACH t IN ARRAY ARRAY[{tables}] LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', t) INTO has_rows;
            IF has_rows THEN EXECUTE format('DELETE FROM %I', t); END IF;
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
        WHERE schemaname = current_schema() AND last_value IS NOT NULL;
        END $$
    """  # noqa: S608 - our own tables


@cache
def _server() -> Engine:
    return create_engine(os.environ[NAMED], isolation_level="AUTOCOMMIT")


@cache
def _number() -> list[int]:
    return [0]


def _make_database(template: str | None) -> URL:
    _number()[0] += 1
    name = f"eftertanke_{os.getpid()}_{_number()[0]}"
    with _server().connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} {f'TEMPLATE {template}' if template else _hostile(connection.dialect)}"))
    atexit.register(_drop, name)
    return make_url(os.environ[NAMED]).set(database=name)


def copy_on_server(address: str) -> str:
    """The address of a copy of a database that nobody has open."""
    name = str(make_url(address).database)
    _hang_up(name)  # a pooler keeps some open
    return _show(_make_database(name))


def put_back(address: str, earlier: str) -> None:
    """The server puts a database back to what a copy of it holds, as a recovery to an earlier moment does."""
    name, copy = make_url(address).database, str(make_url(earlier).database)
    _drop(str(name))
    _hang_up(copy)
    with _server().connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {copy}"))


def lose_on_server(address: str) -> None:
    """All that a database held is lost: its server has an empty one in its place."""
    engine = create_engine(make_url(os.environ[NAMED]).set(database=make_url(address).database), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


@contextmanager
def closed_on_server(address: str) -> Iterator[None]:
    """The server lets nobody into this database meanwhile."""
    name = str(make_url(address).database)
    with _server().connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
    _hang_up(name)
    yield
    with _server().connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))


def _hang_up(name: str) -> None:
    with _server().connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name})


def _hostile(dialect: object) -> str:
    """Let the server sort as Danes do, where it can: nothing of ours may depend on it."""
    if (getattr(dialect, "server_version_info", None) or (0,)) < (15,):
        return ""
    return "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'da-DK'"


@cache
def _template() -> str:
    """A database with all tables, made once by the migrations."""
    url = _make_database(None)
    engine = create_engine(url, poolclass=NullPool)
    migrate(engine)
    return str(url.database)


def _drop(name: str) -> None:
    with _server().connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
