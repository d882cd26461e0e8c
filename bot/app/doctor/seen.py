"""Gathers what the doctor looks at: the settings, the database opened to look only, the moment and the programmes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, make_url
from sqlalchemy.exc import DBAPIError

from bot import migrations
from bot.app.installation import CLOCK_NAME, DATA_FOLDER, WORKSPACE_FILE
from bot.app.keys import keys_to_look
from bot.clock import WallClock
from bot.confidentiality.encryption import KEYS_IN_SESSION
from bot.database.server_faults import why_not_its_schema
from bot.database.sqlite import connect_to_look
from bot.database.unit_of_work import Database
from bot.dialogue.planning import versions
from bot.errors import ProgrammeFaults, SetupFault
from bot.migrations import SchemaState
from bot.settings import usable_settings
from schedules.due import current_programme
from schedules.programme_file import load_folder, load_running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from bot.errors import Fault
    from bot.programme import Programme
    from bot.sentence import Sentence
    from bot.settings import Settings

ON_SERVER: Final = {"connect_timeout": "2", "application_name": "eftertanke doctor"}  # it waits for nobody, and is no bot
BUSY_AT_MOST: Final = 0.3  # seconds; who has locked the database may keep it for long
KEPT_CLOCK: Final = "SELECT text FROM kept WHERE name = ?"
UTC_ZONE: Final = ZoneInfo("UTC")


@dataclass(kw_only=True)
class Seen:
    """What the doctor looks at. `settings` is None if they cannot be used at all; `wrong` is what is wrong with them."""

    settings: Settings | None
    wrong: tuple[Sentence, ...]
    are_tokens_wrong: bool
    is_database_wrong: bool

    @cached_property
    def is_on_slack(self) -> bool:
        """Whether this installation is meant for Slack, also if its tokens are wrong."""
        return self.settings is not None and (not self.settings.local or self.are_tokens_wrong)

    @cached_property
    def now(self) -> datetime:
        """The moment here: the machine's, or that of the local workspace's own clock."""
        file = DATA_FOLDER / WORKSPACE_FILE
        if self.settings is not None and not self.is_on_slack:
            with suppress(OSError, sqlite3.Error, ValueError), closing(open_raw(file)) as connection:
                for (text,) in connection.execute(KEPT_CLOCK, (CLOCK_NAME,)):
                    return datetime.fromisoformat(text)
        return WallClock().now()

    @cached_property
    def url(self) -> URL | None:
        """The address of the database; None if the one that is set is none."""
        return None if self.settings is None or self.is_database_wrong else make_url(self.settings.database_url)

    @property
    def file(self) -> Path | None:
        """The file of the database; None if it is on a server, or nobody knows where."""
        return None if self.settings is None or self.url is None else self.settings.database_file

    @cached_property
    def error(self) -> Exception | None:
        """Why the database cannot be read; None if it can, or is not there."""
        try:
            if self._on_server is not None:
                with self._on_server.look() as session:
                    schema = session.scalar(func.current_schema())
                if (why := why_not_its_schema(schema, self._on_server.url.render_as_string())) is not None:
                    return why
            if self.file is not None and self.file.exists():
                open_raw(self.file).close()
        except (OSError, sqlite3.Error, DBAPIError) as error:
            return error
        return None

    @cached_property
    def _on_server(self) -> Database | None:
        """The database on a server, whether it answers or not."""
        if self.url is None or self.file is not None:
            return None
        return Database(self.url.update_query_dict(ON_SERVER), carried=self._keys_to_carry())

    @cached_property
    def database(self) -> Database | None:
        """The database, opened to look only; None if it is not there or cannot be read."""
        if self.error or self._on_server is not None:
            return None if self.error else self._on_server
        if self.settings is None or self.file is None or not self.file.is_file() or not self.file.stat().st_size:
            return None
        return Database(self.settings.database_url, carried=self._keys_to_carry(), only_looks=True)

    @property
    def file_for_folder(self) -> Path | None:
        """What stands where a folder has to be for the list of deletions, and is none."""
        folder = None if self.database is None or self.database.place is None else self.database.place.parent.absolute()
        return folder if folder is not None and os.path.isfile(folder) else None  # noqa: PTH113 - a Path raises where it may not look

    def _keys_to_carry(self) -> dict[str, object]:
        """The keys, if there are any: the check of the key tells of what is wrong with them."""
        with suppress(SetupFault, OSError):
            keys = None if self.settings is None else keys_to_look(self.settings)
            return {} if keys is None else {KEYS_IN_SESSION: keys}
        return {}

    @cached_property
    def tables(self) -> SchemaState:
        """The state of the tables; EMPTY also if there is no database."""
        return SchemaState.EMPTY if self.database is None else migrations.state(self.database.engine)

    @contextmanager
    def look(self) -> Iterator[Session | None]:
        """A session that reads what is stored; None if there is no database that this version understands."""
        if self.database is None or self.tables is not SchemaState.CURRENT:
            yield None
            return
        with self.database.look() as session:
            yield session

    @cached_property
    def files(self) -> tuple[Sequence[Programme], Sequence[Fault]]:
        """The programmes in the folder, or what is wrong with them."""
        if self.settings is None:
            return (), ()
        try:
            return load_folder(self.settings.schedules_dir), ()
        except ProgrammeFaults as wrong:
            return (), wrong.faults

    @cached_property
    def programme(self) -> Programme | None:
        """The programme that runs or comes next, as its text runs; None if there is none that can be loaded."""
        if self.settings is None:
            return None
        known = {programme.id: programme for programme in self.files[0]}
        with self.look() as session:
            for version in () if session is None else versions.all_running(session):
                with suppress(ProgrammeFaults):
                    known[version.programme] = load_running(self.settings.schedules_dir / version.file, version.content)
        in_order = sorted(known.values(), key=lambda programme: (programme.rounds.from_, programme.file))
        return current_programme(in_order, self.now) if in_order else None

    def here(self, moment: datetime) -> datetime:
        """A moment in the programme's time zone."""
        return moment.astimezone(UTC_ZONE if self.programme is None else self.programme.zone)

    def close(self) -> None:
        """Close the database."""
        for database in filter(None, {self.database, self._on_server}):
            database.close()


def see() -> Seen:
    """Look at this installation."""
    usable = usable_settings()
    return Seen(**vars(usable))


def open_raw(file: Path) -> sqlite3.Connection:
    """Open a database's file to look only, without any of its rules."""
    return connect_to_look(file, timeout=BUSY_AT_MOST)
