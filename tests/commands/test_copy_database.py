"""A dialogue moves to another database, of either kind: every row goes along, or nothing, and nobody is asked twice."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, select, text, update

from bot import migrations
from bot.app.backup import moving
from bot.app.backup.sight import FURTHER, note_sight
from bot.app.keys import make_database
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.confidentiality.encryption import Keys
from bot.database import copy_rows, places
from bot.database.copy_rows import NotTheSame
from bot.database.places import place_of, url_of
from bot.database.server_faults import name_of
from bot.database.unit_of_work import Database
from bot.dialogue.outbox import put
from bot.errors import SetupFault, WrongDatabase
from bot.message_facts import DigestFacts
from bot.models import Base, MessageKind, PauseForAll, Person, Reply
from bot.models import Lease as LeaseRow
from bot.sending.lease import Lease
from tests.commands.test_backup import LATER, MADE, SlackInstallation, first_week, host
from tests.support.command_line import call
from tests.support.database import KEY, open_database, unit_of_work
from tests.support.faults import refuses
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME
from tests.support.server_databases import give_back, is_on_server, take_database
from tests.support.world import World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["host"]
WRITTEN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=30)
NEW = "sqlite:///new.sqlite"


def old_address(host: SlackInstallation) -> str:
    return os.environ.get("DATABASE_URL") or "sqlite:///data/eftertanke.sqlite"


def database_at(address: str) -> Database:
    return make_database(address, Keys.read(KEY))


def rows_in(address: str) -> dict[str, list[str]]:
    """All rows as the models read them, but who delivers."""
    with closing(database_at(address)) as database, database.look() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table)))) for table in Base.metadata.sorted_tables if table.name != "leases"
        }


def stored_in(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a file as SQLite stores them, byte for byte, but who delivers."""
    names = [table.name for table in Base.metadata.sorted_tables if table.name != "leases"]
    with closing(sqlite3.connect(file)) as connection:
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608 - our own tables


def move(source: str, target: str) -> None:
    with closing(Database(source)) as old, closing(Database(target)) as new:
        moving.move(old, new)


# --- what goes along


@pytest.mark.postgres
@settings(max_examples=8)
@given(texts=st.lists(WRITTEN, min_size=12, max_size=12), reason=WRITTEN, name=WRITTEN)
def test_from_a_file_to_a_server_and_back_every_row_stays_the_same_byte_for_byte(
    template: Path, texts: list[str], reason: str, name: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, back, server = Path(folder) / "old.sqlite", Path(folder) / "back.sqlite", take_database()
        shutil.copy(template, file)
        with closing(open_database(url_of(file))) as database, unit_of_work(database) as session:
            first_week(session)
            world = World(session)
            round_ = world.add_round(2)
            world.answer(round_, session.scalars(select(Person)).all(), texts=texts)
            world.add_person(name)
            session.add(PauseForAll(programme=world.programme.id, reason=reason, since=MADE))
            tombstones.request_wiping(session, MADE)
        move(url_of(file), server)
        move(server, url_of(back))
        assert stored_in(back) == stored_in(Path(folder) / "old.sqlite.moved")
        place_of(server).with_name(f"{place_of(server).name}.erased").unlink(missing_ok=True)
        give_back(server)


@pytest.mark.postgres
def test_the_list_of_deletions_goes_along_from_the_folder_of_the_settings(
    host: SlackInstallation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    host.run("erase", str(host.rows(Person.address)[0][0]), at=LATER)
    address = old_address(host)
    listed = tombstone_file_for(place_of(address)).read_text()
    monkeypatch.setattr(places, "FOLDER", tmp_path / "elsewhere")  # as in a process that has read no settings yet
    assert host.run("copy-database", address, NEW).exit_code == 0
    assert tombstone_file_for(place_of(NEW)).read_text() == listed
    assert not (tmp_path / "elsewhere").exists()


def test_everything_goes_along_and_the_old_file_has_another_name(host: SlackInstallation) -> None:
    host.run("erase", str(host.rows(Person.address)[0][0]), at=LATER)
    address = old_address(host)
    before, listed = rows_in(address), tombstone_file_for(place_of(address)).read_text()
    done = host.run("copy-database", address, NEW)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "each compared with the old one" in done.stdout
    assert "Write the new address into DATABASE_URL" in done.stdout
    assert "gone after its time" in done.stdout
    assert rows_in(NEW) == before
    assert Path("new.sqlite.erased").read_text() == listed
    assert [Path(name).stat().st_mode & 0o077 for name in ("new.sqlite", "new.sqlite.erased")] == [0, 0]
    if not is_on_server():
        assert "eftertanke.sqlite.moved" in done.stdout
        assert sorted(file.name for file in (host.folder / "data").iterdir()) == ["eftertanke.sqlite.erased", "eftertanke.sqlite.moved"]


def test_afterwards_a_bot_goes_on_and_who_delivered_before_claims_nothing(host: SlackInstallation) -> None:
    address = old_address(host)
    with closing(host.database()) as database:
        before = Lease(database.write, database.look, workspace="slack", monotonic=lambda: 0.0)
        assert before.keep()
    done = host.run("copy-database", address, NEW)
    assert (done.exit_code, "A bot has had the database lately" in done.stderr) == (0, is_on_server())
    with closing(database_at(NEW)) as database:
        before._write = database.write
        with unit_of_work(database) as session:
            assert not before.prove(session)
        now = Lease(database.write, database.look, workspace="slack", monotonic=lambda: 0.0)
        assert now.keep()
        with unit_of_work(database) as session:
            world = World(session)
            facts = {"facts": DigestFacts(digest=1), "address": ORGANISERS_CHANNEL, "due_at": LATER}
            assert not put(session, programme=PROGRAMME.id, kind=MessageKind.DIGEST, key="digest:1", **facts), "it was said"
            world.add_person("U0NEW")
            assert max(session.scalars(select(Person.id))) == 13, "the ids go on where they were"


def test_the_key_of_made_up_people_goes_along(host: SlackInstallation) -> None:
    place_of(old_address(host)).with_suffix(".key").parent.mkdir(exist_ok=True)
    place_of(old_address(host)).with_suffix(".key").write_text("the key")
    assert host.run("copy-database", old_address(host), NEW).exit_code == 0
    assert Path("new.key").read_text() == "the key"
    assert Path("new.key").stat().st_mode & 0o077 == 0


# --- what is refused, or goes wrong


def killed(host: SlackInstallation, module: object, where: str) -> None:
    """The command in a process of its own, killed where it would call this."""
    child = os.fork()
    if child == 0:
        setattr(module, where, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        try:
            host.run("copy-database", old_address(host), NEW)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("where", ["raise_leases", "copy_list", "copy_key_file"])
def test_killed_in_the_middle_nothing_is_at_the_new_place_and_it_can_be_tried_again(host: SlackInstallation, where: str) -> None:
    host.run("erase", str(host.rows(Person.address)[0][0]), at=LATER)
    before = rows_in(old_address(host))
    killed(host, moving, where)
    assert set(map(len, rows_in(NEW).values())) == {0}
    assert rows_in(old_address(host)) == before
    assert host.run("copy-database", old_address(host), NEW).exit_code == 0
    assert rows_in(NEW) == before


def test_a_row_that_comes_out_otherwise_undoes_everything(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    compare = copy_rows._compare

    def compare_spoilt(read, written, kept):
        if kept.name == "replies":
            written.execute(update(Reply).values(wish=True).execution_options(synchronize_session=False))
        compare(read, written, kept)

    monkeypatch.setattr(copy_rows, "_compare", compare_spoilt)
    with pytest.raises(NotTheSame, match="a row of the table replies"):
        host.run("copy-database", old_address(host), NEW)
    assert set(map(len, rows_in(NEW).values())) == {0}
    assert not is_on_server() or host.said()


def test_a_place_that_is_not_empty_is_refused(host: SlackInstallation) -> None:
    with refuses(WrongDatabase, match="There is a database already in"):
        host.run("copy-database", old_address(host), old_address(host))
    with closing(sqlite3.connect("other.sqlite")) as other, other:
        other.execute("CREATE TABLE notes (words)")
    with refuses(WrongDatabase, match=r"other\.sqlite"):
        host.run("copy-database", old_address(host), "sqlite:///other.sqlite")
    Path("new.sqlite.erased").write_text(f"2018-08-24 {'a' * 64}\nnewest 7\n")
    with refuses(WrongDatabase, match=r"Beside the new place is new\.sqlite\.erased, of another database"):
        host.run("copy-database", old_address(host), NEW)
    assert not Path("new.sqlite").exists()
    assert host.said()


def test_the_list_of_a_database_in_use_is_not_to_be_moved_away(host: SlackInstallation) -> None:
    assert host.run("copy-database", old_address(host), NEW).exit_code == 0
    shutil.copy("new.sqlite", "other.sqlite")
    Path("new.sqlite.erased").write_text(f"2018-08-24 {'a' * 64}\nnewest 7\n")
    with refuses(WrongDatabase, match="There is a database already in"):
        host.run("copy-database", "sqlite:///other.sqlite", NEW)


def test_what_is_missing_or_no_address_is_refused_and_no_password_is_shown(host: SlackInstallation) -> None:
    with refuses(SetupFault, match=r"There is no file gone\.sqlite"):
        host.run("copy-database", "sqlite:///gone.sqlite", NEW)
    with refuses(SetupFault, match=r"^TO: must start with sqlite:/// or postgresql://"):
        host.run("copy-database", old_address(host), "mysql://me:geheim@host/db")
    assert not Path("new.sqlite").exists()


def test_while_a_bot_runs_nothing_is_copied(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    target = take_database(empty=True) if is_on_server() else NEW
    with host.beating(monkeypatch), refuses(SetupFault, match="A bot or another program has .* open: end it first, copy-database"):
        host.run("copy-database", old_address(host), target)
    with refuses(WrongDatabase, match="has no tables yet"), closing(database_at(target)) as unmade:
        migrations.ensure(unmade, create_silently=False)  # or a bot would begin there anew, and welcome everybody
    assert is_on_server() or not Path("new.sqlite").exists()


def test_what_was_noted_of_another_database_at_the_new_place_raises_no_alarm(host: SlackInstallation) -> None:
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.add(LeaseRow(workspace="slack", holder="", number=2, counter=5))
    note_sight(Path("new.sqlite"), (7, 100))
    host.run("copy-database", old_address(host), NEW)
    with closing(database_at(NEW)) as copy, copy.look() as session:
        assert session.scalars(select(LeaseRow.number)).all() == [7 + FURTHER]


def test_what_was_put_back_is_not_copied_before_a_bot_has_brought_it_in_line(host: SlackInstallation) -> None:
    with closing(host.database()) as database, unit_of_work(database) as session:
        session.add(LeaseRow(workspace="slack", holder="", number=2, counter=5))
    note_sight(host.place, (2, 6))
    with refuses(WrongDatabase, match="has been put back to an earlier moment. Nothing was copied"):
        host.run("copy-database", old_address(host), NEW)
    assert not Path("new.sqlite").exists()


@pytest.mark.sqlite  # a server's database gets no other name
def test_an_earlier_move_is_not_written_over(host: SlackInstallation) -> None:
    Path("data/eftertanke.sqlite.moved").write_text("earlier")
    with refuses(SetupFault, match=r"eftertanke\.sqlite\.moved is there already"):
        host.run("copy-database", old_address(host), NEW)
    assert (Path("data/eftertanke.sqlite.moved").read_text(), Path("new.sqlite").exists()) == ("earlier", False)


@pytest.mark.postgres
def test_what_somebody_writes_meanwhile_is_not_lost_silently(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_first(*places: Path) -> None:
        with closing(host.database()) as database, unit_of_work(database) as session:
            session.execute(update(Reply).values(wish=True))

    monkeypatch.setattr(moving, "raise_leases", write_first)
    with refuses(SetupFault, match="Somebody has written in .* meanwhile. Nothing was copied"):
        host.run("copy-database", old_address(host), NEW)
    assert set(map(len, rows_in(NEW).values())) == {0}


# --- a server that refuses the new address


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("wrong", "cure"),
    [
        ({"username": "nobody_here"}, "or mend the name in the address"),
        ({"database": "not_there"}, "or mend its name in the address"),
        ({"query": {"options": "-csearch_path=not_there"}}, "or mend the name after search_path in the address"),
        ({"port": 1}, "name and port stand in the address"),
    ],
    ids=str,
)
def test_what_is_wrong_with_the_new_address_is_not_said_of_the_one_in_the_settings(
    host: SlackInstallation, wrong: dict[str, Any], cure: str
) -> None:
    target = make_url(old_address(host)).set(**wrong)
    refused = call("--language", "en", "copy-database", old_address(host), target.render_as_string(hide_password=False))
    assert refused.stderr.startswith(f"The database {name_of(target.render_as_string())} cannot be used: ")
    assert f"{cure} (DATABASE_URL, or what copy-database was given)" in refused.stderr


@pytest.mark.postgres
def test_a_server_that_refuses_in_the_middle_is_named_and_not_the_one_of_the_settings(
    host: SlackInstallation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_no_more(session: Session, *_: object) -> None:
        session.execute(text("SET TRANSACTION READ ONLY"))
        session.add(LeaseRow(workspace="local", holder="", number=2, counter=5))
        session.flush()

    target = take_database(empty=True)
    monkeypatch.setattr(moving, "raise_leases", write_no_more)
    refused = call("--language", "en", "copy-database", old_address(host), target)
    give_back(target)
    assert refused.stderr.startswith(f"The database {name_of(target)} cannot be used: cannot execute INSERT in a read-only transaction")
    assert "(DATABASE_URL, or what copy-database was given)" in refused.stderr
