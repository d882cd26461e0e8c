"""A database of any earlier revision comes up to date with all that is in it, also as a backup."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.app.backup.copying import copy_to_file
from bot.commands.migrate import migrate
from bot.commands.restore import restore
from bot.confidentiality import encryption
from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.confidentiality.printed_form import as_printed
from bot.database.places import place_of
from bot.database.unit_of_work import Database
from tests.stored.stored import KEY, LEFT, columns, database, deliver, installation, rows
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, running_world
from tests.support.server_databases import is_on_server, take_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long  # plays whole weeks
# How its rows are brought up to date is tested in tests/test_migrations.py.
MIGRATED_TABLES = {"traces", "programmes", "rounds"}
REVISIONS = {"first.sql": "0001", "today.sql": "0002"}
FIRST_LEFT = datetime(2018, 11, 1, 12, 0, tzinfo=UTC)  # a Thursday: when the first version's bot stopped
SEALED_MEANWHILE = {"words", "sealed_with"}  # of replies from before there were keys
STATES = {  # of the first revision: table.column → what stands there
    "outbox.kind": "answer digest draft notice question reminder response_review welcome",
    "outbox.state": "cancelled failed missed pending sending sent unknown",
    "people.state": "active invited left paused",
    "digests.state": "approved held in_review issued",
    "responses.kind": "free_text heard not_ours question_back take_up",
    "responses.state": "declined released stored",
}
AUTHOR, WRITTEN = "U0EDB041FF3", "vi talte om tillid på mødet, og det hjalp os alle nu 100"
ERASED, ERASED_LATER = "U0D7EC3278A", "U0B54B2CAB7"
MARKED_AS_A_BACKUP = "PRAGMA application_id = 1164342373"  # "Efte"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run commands in, for the database of the local workspace."""
    folder = installation(tmp_path / "here")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/local.sqlite")
    monkeypatch.setenv("EFTERTANKE_KEY", KEY)
    return folder


def replaced(folder: Path, dump: str) -> Path:
    """The database of an earlier revision in the place of the folder's own."""
    file = folder / "data" / "local.sqlite"
    for each in (file, file.with_name("local.sqlite-wal"), file.with_name("local.sqlite-shm")):
        each.unlink(missing_ok=True)
    return database(dump, file)


def everything(file: Path, tables: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of these tables, in these columns."""
    return {table: sorted(columns(file, table, *names), key=repr) for table, names in tables.items()}


def tables_of(file: Path) -> dict[str, list[str]]:
    """The tables of a database file and their columns, but for what a migration is there to change."""
    tables = [name for (name,) in rows(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'")]
    found = {table: [row[1] for row in rows(file, f"PRAGMA table_info({table})")] for table in tables}
    return {table: [each for each in names if table != "replies" or each not in SEALED_MEANWHILE] for table, names in found.items()}


def said_in(file: Path) -> set[str]:
    """What the answers in a database say."""
    keys = encryption.Keys.read(KEY)
    return {keys.decrypt(words, sealed_with, id_) for id_, words, sealed_with in columns(file, "replies", "id", "words", "sealed_with")}


def test_the_first_revisions_database_has_rows_in_every_state_that_it_allowed(tmp_path: Path) -> None:
    file = database("first.sql", tmp_path / "first.sqlite")
    for column, values in STATES.items():
        table, name = column.split(".")
        assert sorted({value for (value,) in columns(file, table, name)}) == values.split()


@pytest.mark.parametrize("dump", REVISIONS)
def test_a_database_of_an_earlier_revision_is_migrated_with_all_its_rows(settings: Path, dump: str) -> None:
    file = replaced(settings, dump)
    assert columns(file, "alembic_version", "version_num") == [(REVISIONS[dump],)]
    tables = tables_of(file)
    before, said = everything(file, tables), said_in(file)
    migrate()
    after = everything(file, tables)
    assert {table for table in tables if before[table] != after[table]} <= MIGRATED_TABLES
    assert said_in(file) == said
    assert (None,) not in columns(file, "replies", "sealed_with")


@pytest.mark.parametrize("dump", REVISIONS)
def test_what_was_promised_before_a_sentence_could_be_chosen_is_promised_of_the_whole_text(settings: Path, dump: str) -> None:
    file, keys = replaced(settings, dump), encryption.Keys.read(KEY)
    promised = columns(file, "replies", "id", "cleared") if dump != "first.sql" else []
    migrate()
    after = columns(file, "replies", "id", "words", "sealed_with", "cleared", "sentence")
    assert {sentence for *_, sentence in after} == {None}
    assert sorted((id_, cleared) for id_, _, _, cleared, _ in after) == sorted(promised) or dump == "first.sql"
    bound = {id_: bound_text(keys, keys.decrypt(words, by, id_), cleared, None) for id_, words, by, cleared, _ in after if cleared}
    said = {id_: keys.decrypt(words, by, id_) for id_, words, by, *_ in after}
    assert len(bound) >= 13 or dump == "first.sql"
    assert all(text in {None, said[id_], as_printed(said[id_])} for id_, text in bound.items())
    assert sum(text is not None for text in bound.values()) >= 13 or dump == "first.sql"


@pytest.mark.sqlite  # of an earlier revision there is none on a server
def test_a_database_of_the_first_revision_is_lived_on_in(settings: Path) -> None:
    file = replaced(settings, "first.sql")
    migrate()
    with closing(sqlite3.connect(settings / "data" / "workspace.sqlite", isolation_level=None)) as said:
        said.execute("DELETE FROM messages")
        said.execute("UPDATE kept SET text = ? WHERE name = 'clock'", (FIRST_LEFT.isoformat(),))
    waited = rows(file, "SELECT delivery_id FROM outbox WHERE state IN ('pending', 'sending', 'unknown')")
    with running_world(settings) as world:
        deliver(world, minutes=20)
        posted = [each.metadata["event_payload"]["delivery"] for each in world.local_bot.chat.state.store.since("0") if each.metadata]
        assert {delivery: posted.count(delivery) for (delivery,) in waited} == {delivery: 1 for (delivery,) in waited}
        assert world.local_bot.chat.command(AUTHOR, "/eftertanke", "mine").ok
        assert WRITTEN in world.window(AUTHOR)
        world.play("2018-11-02 10:05")
        assert any("Udkast til overblik nr. 5" in each.text for each in world.posts(ORGANISERS_CHANNEL))
        assert ["Overblik nr. 3" in post.text for post in world.posts(DIGEST_CHANNEL)] == [True]


def test_what_is_written_anew_has_the_shape_of_what_was_stored(settings: Path) -> None:
    file = settings / "data" / "local.sqlite"
    with running_world(settings) as world:
        world.play("2018-11-20 10:40")
    for table, name in (("rounds", "snapshot"), ("digests", "content")):
        old, *_, new = [json.loads(text) for _, text in columns(file, table, "id", name)]
        assert (old.keys() - new.keys(), old != new) == (set(), True)


def texts_under_review(world: RunningWorld) -> int:
    """How many texts stand in the window about quotes, page after page."""
    chat, organiser, count = world.local_bot.chat, world.organiser, 0
    while (said := world.window(organiser)) and chat.press(organiser, "quote_page", view_id=world.view(organiser).id).ok:
        count += said.count(" nu 1")
        if "Side 1 af" in world.window(organiser):
            return count
    return count + said.count(" nu 1")


@pytest.mark.sqlite  # likewise
def test_what_was_sealed_and_traced_yesterday_is_known_today(settings: Path) -> None:
    file = settings / "data" / "local.sqlite"
    names = columns(file, "roster_names", "token")
    with running_world(settings) as world:
        assert world.local_bot.chat.press(world.organiser, "quote_review", channel=ORGANISERS_CHANNEL).ok
        assert texts_under_review(world) == 13  # those whose fingerprints fit their texts
        world.play("2018-11-16 09:00")  # the lists are read anew
        assert ERASED in world.leaders
    assert (ERASED,) not in columns(file, "people", "address")
    assert set(names) <= set(columns(file, "roster_names", "token"))


@pytest.mark.parametrize("dump", REVISIONS)
def test_a_backup_of_an_earlier_revision_is_restored_without_whom_the_list_beside_it_names(
    settings: Path, dump: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = database(dump, settings / "copy.sqlite")
    made = FIRST_LEFT if dump == "first.sql" else LEFT - timedelta(hours=1)
    with closing(sqlite3.connect(backup)) as copy:
        copy.execute(MARKED_AS_A_BACKUP)
        copy.execute(f"PRAGMA user_version = {int(made.timestamp()) // 60}")
    token = encryption.Keys.read(KEY).fingerprint("person", ERASED_LATER)
    file, url = settings / "data" / "local.sqlite", take_database() if is_on_server() else "sqlite:///data/local.sqlite"
    monkeypatch.setenv("DATABASE_URL", url)
    names = tombstone_file_for(file).read_text()
    tombstone_file_for(place_of(url)).write_text(f"{names}\n{(LEFT - timedelta(minutes=5)).isoformat()} {token}\n")
    file.unlink()
    restore(backup)
    if is_on_server():
        file.touch()
        with closing(Database(url)) as on_server:
            copy_to_file(on_server, file)
    before, after = columns(backup, "people", "address"), columns(file, "people", "address")
    assert set(before) - set(after) == {(each,) for each in (ERASED, ERASED_LATER) if (each,) in before} != set()
    assert (None,) not in columns(file, "replies", "sealed_with")
    assert set() != said_in(file) <= said_in(backup)
    assert columns(file, "digests", "id", "number") == columns(backup, "digests", "id", "number")
    assert not list(file.parent.glob("*.restoring*"))
