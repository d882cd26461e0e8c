"""Fixtures: a migrated database, a world in it, a moment, the first programme, and no settings from the machine."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import Engine, event

from bot import settings as bot_settings
from bot.database import places, postgresql
from bot.failures import SAID
from tests.support.database import CompiledStatements, migrated_file, open_database, unit_of_work, wait_for_no_disk, waiting_for_disk
from tests.support.server_databases import give_back, give_back_within, is_on_server, take_database
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.models import Round
    from bot.programme import Programme

ROOT = Path(__file__).parent.parent
OURS = (
    "SLACK_",
    "DATABASE_URL",
    "DATA_DIR",
    "EFTERTANKE_KEY",
    "SCHEDULES_DIR",
    "HTTP_PORT",
    "HEALTH_",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "CREDENTIALS_DIRECTORY",
)

for name in [name for name in os.environ if name.startswith(OURS)]:
    del os.environ[name]  # a test must not reach the real Slack, or depend on whose machine it runs on

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


bot_settings.ENV_FILE = ROOT / "tests" / "no-such.env"  # nor on what stands in the checkout's own

gc.set_threshold(50_000, 20, 50)  # what tests leave behind is small: to look for it at every turn takes a twelfth of their time
COMPILED = CompiledStatements()
event.listen(Engine, "engine_connect", lambda connection: connection.execution_options(compiled_cache=COMPILED))

if not is_on_server():
    event.listen(Engine, "connect", wait_for_no_disk)

LONG_FIRST = ("walks", "browser", "faults", "commands", "confidentiality")  # files of few long tests: begun last, one would be waited for
LONG = {"walks", "browser", "faults", "commands", "corpus"}  # whole weeks, a browser, processes; elsewhere a module says so itself


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave unread what has nothing for `make long`, or for `make test`: each process would read all of it."""
    kind = config.option.markexpr
    if kind not in {"long", "not long"} or not collection_path.match("test_*.py"):
        return None
    may_be_long = collection_path.relative_to(ROOT / "tests").parts[0] in LONG
    if kind == "long":
        may_be_long = may_be_long or "pytest.mark.long" in collection_path.read_text("utf-8")
    return True if may_be_long != (kind == "long") else None


@pytest.hookimpl(tryfirst=True)  # before the marks are looked at
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what `make long` runs, and begin with the folders whose tests take longest, so that all processes end together.

    What belongs to the other kind of database alone is left out.
    """
    other = "sqlite" if is_on_server() else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker(other)]
    folders, place_of = {folder: place for place, folder in enumerate(LONG_FIRST)}, dict[pytest.Item, int]()
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        place_of[item] = folders.get(folder, len(folders))
        if folder in LONG:
            item.add_marker("long")
    items.sort(key=place_of.__getitem__)


def pytest_runtest_teardown() -> None:
    """What a test that has failed leaves open is told of that test: its frames are kept until the next one begins."""
    if getattr(sys, "last_value", None) is not None:
        sys.last_type = sys.last_value = sys.last_traceback = None
        gc.collect()


@pytest.fixture(autouse=True)
def _nothing_said() -> None:
    """What the log says once an hour, it may say in each test."""
    SAID.forget()


@pytest.fixture(autouse=True, scope="session")
def _beside_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a whole module shares is made before the fixture of a test, and leaves nothing in the checkout."""
    if is_on_server():
        places.FOLDER = tmp_path_factory.mktemp("beside-all")


@pytest.fixture(autouse=True)
def _beside(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What stands beside a database on a server has a folder of its own in each test; databases of its bots go with it."""
    if not is_on_server():
        yield
        return
    monkeypatch.setattr(places, "FOLDER", tmp_path_factory.mktemp("beside"))
    monkeypatch.setenv("DATA_DIR", str(places.FOLDER))
    monkeypatch.setattr(postgresql, "IDLE", 110_000)  # a test's session may think for long between two statements
    yield
    if "tmp_path" in request.node.funcargs:  # not, if another fixture failed before
        give_back_within(request.node.funcargs["tmp_path"])


@pytest.fixture
def disk() -> Iterator[None]:
    """What is opened after this waits for the disk, as it does outside the tests."""
    with waiting_for_disk():
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def template() -> Path:
    """A database file with all tables, made once by the migrations."""
    return migrated_file()


@pytest.fixture
def database_url(template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with all tables, for tests that start processes: a file, or a database on the tests' server."""
    if is_on_server():
        address = take_database()
        yield address
        give_back(address)
        return
    path = tmp_path / "eftertanke.sqlite"
    shutil.copy(template, path)
    yield f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database file with all tables."""
    with closing(open_database(database_url)) as database:
        yield database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One unit of work in the fresh database, committed when the test ends."""
    with unit_of_work(database) as session:
        yield session


@pytest.fixture
def world(session: Session) -> World:
    """The made-up programme in the fresh database, with nobody in it yet."""
    return World(session)


@pytest.fixture
def round_(world: World) -> Round:
    """The first round: open, and everybody is asked."""
    return world.open_and_ask()


@pytest.fixture
def now() -> datetime:
    """The moment the first question of the Randers programme goes out: Tuesday 21 August 2018, 09:30 in Randers."""
    return datetime(2018, 8, 21, 7, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The Randers programme, as the file in the checkout says it."""
    from schedules.programme_file import load_file  # noqa: PLC0415 - the tests of the lower rooms run without the organisers' room

    return load_file(ROOT / "schedules" / "randers-2018.yaml")
