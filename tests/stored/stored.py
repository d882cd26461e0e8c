"""Builds what a bot of an earlier version has left in a database.

An installation on its last moment, with its database, its files, and what stands in Slack.

Everything here is read from the files beside this one, by the names that stand in them. Only made-up people live here.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.database.unit_of_work import Database
from bot.migrations import migrate

if TYPE_CHECKING:
    from tests.support.running_world import RunningWorld

HERE: Final = Path(__file__).parent
LEFT: Final = datetime(2018, 11, 15, 12, 0, tzinfo=UTC)  # a Thursday: when the bot of yesterday stopped
A_WEEK_LATER: Final = LEFT + timedelta(days=7)
KEY: Final = "OkXBMliTMlkOx8vzJEwN5LmgLBboBSvH3J2eLeTaNdc="  # made up; it opens nothing but these files
SLACK: Final = """
CREATE TABLE messages (channel TEXT, ts TEXT, only_for TEXT, body TEXT, PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE TABLE kept (name TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
"""


def read(name: str) -> Any:
    """What stands in one of the JSON files."""
    return json.loads((HERE / name).read_text("utf-8"))


def database(dump: str, file: Path) -> Path:
    """The database of a dump, as it was left: not brought up to date."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as base:
        base.executescript((HERE / dump).read_text("utf-8"))
    return file


def rows(file: Path, statement: str) -> list[tuple[Any, ...]]:
    """What a database file says, asked for by the names that are stored."""
    with closing(sqlite3.connect(file)) as base:
        return base.execute(statement).fetchall()


def columns(file: Path, table: str, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, in the order of the first."""
    listed = ", ".join(f'"{name}"' for name in names)
    return rows(file, f"SELECT {listed} FROM {table} ORDER BY 1")  # noqa: S608 - the names stand in these tests


def up_to_date(file: Path) -> None:
    """Bring a database to the newest revision."""
    with closing(Database(f"sqlite:///{file}")) as found:
        migrate(found.engine)


def installation(folder: Path, *, at: datetime = LEFT) -> Path:
    """A folder as the bot of yesterday left it, in which it is a certain moment now; the database is up to date."""
    (folder / "schedules").mkdir(parents=True)
    shutil.copy(HERE / "programme.yaml", folder / "schedules" / "landsby.yaml")
    up_to_date(database("today.sql", folder / "data" / "local.sqlite"))
    shutil.copy(HERE / "today.erased", folder / "data" / "local.sqlite.erased")
    with closing(sqlite3.connect(folder / "data" / "workspace.sqlite", isolation_level=None)) as base:
        base.executescript(SLACK)
        base.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", [_standing(said) for said in read("messages.json")])
        base.execute("INSERT INTO kept VALUES ('clock', ?)", (at.isoformat(),))
    return folder


def _standing(said: dict[str, Any]) -> tuple[str, str, str | None, str]:
    body = {name: said[name] for name in ("user", "text", "blocks", "metadata", "edited")}
    return said["channel"], said["ts"], said["only_for"], json.dumps(body, ensure_ascii=False)


def deliver(world: RunningWorld, *, minutes: int) -> None:
    """Let delivery do what falls due, and nobody else anything."""
    engine, clock = world.local_bot.engine, world.local_bot.clock
    assert engine is not None
    until = clock.now() + timedelta(minutes=minutes)
    engine.delivery.deliver()
    while (moment := engine.delivery.next_moment()) is not None and moment <= until:
        clock.move_to(max(moment, clock.now()))
        engine.delivery.deliver()
