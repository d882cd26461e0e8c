"""Nothing is kept, and nobody thanked, on a file that has gone; none is made by accident."""

from __future__ import annotations

import gc
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy import URL, select, text
from sqlalchemy.exc import OperationalError

from bot.database.unit_of_work import Database
from bot.errors import DatabaseGone
from bot.models import LoadedProgramme
from tests.support.database import second_process, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database.sqlite_store import SqliteStore

pytestmark = pytest.mark.sqlite  # of its file and its log

MEGABYTES = 24


@pytest.fixture
def file(database: Database) -> Path:
    """The file of a database that has been opened."""
    assert database.file is not None
    read(database)
    return database.file


def read(database: Database) -> list[str]:
    with database.look() as session:
        return names(session)


def names(session: Session) -> list[str]:
    return list(session.scalars(select(LoadedProgramme.id)))


def add(session: Session, now: datetime, name: str) -> str:
    session.add(LoadedProgramme(id=name, loaded_at=now, checksum="0"))
    session.flush()
    return name


def write(database: Database) -> list[str]:
    with unit_of_work(database) as session:
        return names(session)


def write_in_group(database: Database) -> list[str]:
    return database.write(names)


def wipe(database: Database) -> None:
    database.wipe()


def remove(file: Path) -> None:
    file.unlink()


def move_away(file: Path) -> None:
    file.rename(file.with_name("away.sqlite"))


def replace_by_a_copy(file: Path) -> None:
    shutil.copy(file, file.with_name("copy.sqlite"))
    file.with_name("copy.sqlite").replace(file)


def replace_by_an_empty_one(file: Path) -> None:
    file.unlink()
    file.touch()


def put_a_folder_there(file: Path) -> None:
    file.unlink()
    file.mkdir()


def take_its_folder_away(file: Path) -> None:
    file.parent.rename(file.parent.with_name(f"{file.parent.name}-away"))


LOSSES = (remove, move_away, replace_by_a_copy, replace_by_an_empty_one, put_a_folder_there, take_its_folder_away)


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("do", [read, write, write_in_group, wipe])
def test_on_a_file_that_has_gone_nothing_is_done_and_none_is_made(
    database: Database, file: Path, lose: Callable[[Path], None], do: Callable[[Database], object]
) -> None:
    lose(file)
    left = sorted(file.parent.glob("*")) if file.parent.exists() else []
    database.engine.dispose()  # a new connection must not take what stands there either
    for _ in range(2):
        with pytest.raises(DatabaseGone, match=f"{file} is not at its place any more"):
            do(database)
    assert (sorted(file.parent.glob("*")) if file.parent.exists() else []) == left


@pytest.mark.parametrize("lose", LOSSES)
def test_nobody_is_thanked_for_what_was_written_while_the_file_went(
    database: Database, file: Path, now: datetime, lose: Callable[[Path], None]
) -> None:
    def write_and_lose(session: Session) -> str:
        add(session, now, "a")
        lose(file)
        return "thanks"

    with pytest.raises(DatabaseGone):
        database.write(write_and_lose)


def test_nor_is_a_unit_of_work_taken_for_kept(database: Database, file: Path, now: datetime) -> None:
    def work() -> None:
        with unit_of_work(database) as session:
            add(session, now, "a")
            remove(file)

    with pytest.raises(DatabaseGone):
        work()


def test_of_a_group_nobody_is_thanked(database: Database, file: Path, now: datetime) -> None:
    database._batch._patience = 60.0
    with ThreadPoolExecutor(10) as people, suppress(DatabaseGone), unit_of_work(database) as session:
        names(session)
        answers = [people.submit(database.write, lambda session, name=name: add(session, now, name)) for name in "abcde"]
        while len(database._batch._waiting) < 4:
            pass
        move_away(file)
        file.with_name("away.sqlite").rename(file)  # it is there when the work ends, and gone when theirs does
        answers.append(people.submit(database.write, lambda _: move_away(file)))
        while len(database._batch._waiting) < 5:
            pass
    assert {type(answer.exception()) for answer in answers} == {DatabaseGone}


def test_when_the_same_file_is_back_all_goes_on_by_itself(database: Database, file: Path, now: datetime) -> None:
    with unit_of_work(database) as session:
        add(session, now, "before")
    move_away(file)
    with pytest.raises(DatabaseGone):
        write(database)
    file.with_name("away.sqlite").rename(file)
    assert (read(database), write(database), write_in_group(database)) == (["before"],) * 3


def test_when_a_copy_has_come_back_instead_it_says_that_the_bot_must_be_started_anew(database: Database, file: Path, now: datetime) -> None:
    database.write(lambda session: add(session, now, "before"))
    database.engine.dispose()
    replace_by_a_copy(file)
    for _ in range(2):
        with pytest.raises(DatabaseGone, match="If another one has been put there, a copy or a backup, start the bot anew"):
            write(database)
    with second_process(database) as anew:
        assert write(anew) == ["before"]


def test_opening_never_makes_a_file(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/new.sqlite", f"sqlite:///{tmp_path}/no folder/new.sqlite"):
        database = Database(url)
        for do in (read, write, write_in_group):
            with pytest.raises(OperationalError, match="unable to open database file"):
                do(database)
    assert list(tmp_path.iterdir()) == []


def test_a_path_may_hold_what_an_address_may_not(tmp_path: Path, template: Path) -> None:
    for name in ("100 % æøå?.sqlite", "a#b;c&d='e'.sqlite"):
        folder = tmp_path / f"folder of {name}"
        folder.mkdir()
        shutil.copy(template, folder / name)
        database = Database(URL.create("sqlite", database=str(folder / name)))
        assert write(database) == []
        assert database.wipe()
        database.close()
        assert [file.name for file in folder.iterdir()] == [name]


# --- its log


def log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def lose_log(file: Path) -> None:
    log_of(file).unlink()


def lose_log_and_memory(file: Path) -> None:
    """As `rm data/*.sqlite-*` does."""
    for suffix in ("-wal", "-shm"):
        file.with_name(f"{file.name}{suffix}").unlink()


def lose_memory(file: Path) -> None:
    """Other processes would make one of their own, and no longer wait for this one."""
    file.with_name(f"{file.name}-shm").unlink()


def replace_log(file: Path) -> None:
    lose_log(file)
    log_of(file).touch()


@pytest.mark.parametrize("lose", [lose_log, lose_log_and_memory, lose_memory, replace_log])
@pytest.mark.parametrize("do", [read, write, write_in_group, wipe])
def test_on_a_log_that_has_gone_nothing_is_done_until_the_bot_starts_anew_and_then_nothing_is_missing(
    database: Database, file: Path, now: datetime, lose: Callable[[Path], None], do: Callable[[Database], object]
) -> None:
    database.write(lambda session: add(session, now, "before"))
    lose(file)
    for _ in range(2):
        with pytest.raises(DatabaseGone, match=r"log of the database .*eftertanke\.sqlite is not at its place any more"):
            do(database)
    database.close()
    with second_process(database) as anew:
        assert read(anew) == write(anew) == ["before"]


def test_nobody_is_thanked_for_what_was_written_while_the_log_went(database: Database, file: Path, now: datetime) -> None:
    def write_and_lose(session: Session) -> str:
        add(session, now, "a")
        lose_log(file)
        return "thanks"

    with pytest.raises(DatabaseGone):
        database.write(write_and_lose)


def test_behind_a_link_the_log_stands_beside_the_file_itself(tmp_path: Path, template: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    file, link = tmp_path / "elsewhere" / "real.sqlite", tmp_path / "link.sqlite"
    shutil.copy(template, file)
    link.symlink_to(file)
    with closing(Database(f"sqlite:///{link}")) as database:
        assert write(database) == []
        assert log_of(file).exists()
        lose_log(file)
        with pytest.raises(DatabaseGone):
            write(database)


def test_a_log_that_was_given_up_because_nobody_was_in_the_database_is_not_missed(database: Database, file: Path, now: datetime) -> None:
    for name in "abc":
        database.write(lambda session, name=name: add(session, now, name))
        assert log_of(file).exists()
        database.engine.dispose()
        assert not log_of(file).exists()
    assert read(database) == write(database) == ["a", "b", "c"]
    assert database.wipe()
    assert write(database) == ["a", "b", "c"]


def test_nor_when_connections_are_still_out_while_the_others_are_given_back(database: Database, file: Path, now: datetime) -> None:
    with database.look() as session:
        names(session)
        database.engine.dispose()
        database.write(lambda session: add(session, now, "a"))
    database.engine.dispose()
    gc.collect()
    assert read(database) == write(database) == ["a"]


def test_a_log_stays_when_other_processes_come_and_go(database: Database, file: Path, now: datetime) -> None:
    for name in "abc":
        with second_process(database) as other:
            other.write(lambda session, name=name: add(session, now, name))
            assert name in write(database)
            assert other.wipe()
        assert log_of(file).exists()
        assert name in read(database)


def test_nobody_misses_a_log_while_many_come_and_connections_are_given_back(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(8) as people:
        answers = [people.submit(database.write, lambda session, n=n: add(session, now, f"p{n}")) for n in range(120)]
        while not all(answer.done() for answer in answers):
            database.engine.dispose()
    assert len(read(database)) == len([answer.result() for answer in answers]) == 120


def test_nor_when_somebody_opens_the_first_connection_just_after_another_has_looked(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = cast("SqliteStore", database.store)._ground
    assert ground is not None
    look_for_log = ground._find_log

    def look_and_be_overtaken() -> object:
        monkeypatch.undo()
        found = look_for_log()
        database.engine.connect().close()
        return found

    database.engine.dispose()
    assert not log_of(file).exists()
    monkeypatch.setattr(ground, "_find_log", look_and_be_overtaken)
    assert write(database) == []
    assert log_of(file).exists()


def test_a_database_that_is_made_while_it_is_open_has_no_log_at_first(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/new.sqlite")) as database:
        database.keep_private()
        for number in range(3):
            with unit_of_work(database) as session:
                session.execute(text(f"CREATE TABLE t{number} (n INTEGER)"))


# --- where it is written anew


@contextmanager
def watching() -> Iterator[dict[str, int]]:
    """The nameless files that this process writes meanwhile, by folder: the bytes of the largest. Linux shows them."""
    seen: dict[str, int] = {}
    end = threading.Event()

    def watch() -> None:
        while not end.is_set():
            for descriptor in Path("/proc/self/fd").iterdir():
                with suppress(OSError):  # it was closed meanwhile
                    folder, _, is_temporary = str(descriptor.readlink()).partition("/etilqs_")  # as SQLite calls them
                    if is_temporary:
                        seen[folder] = max(descriptor.stat().st_size, seen.get(folder, 0))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        end.set()
        thread.join()


def fill(database: Database) -> None:
    with unit_of_work(database) as session:
        session.execute(text("CREATE TABLE ballast (words BLOB, n INTEGER)"))
        session.execute(
            text(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :rows)"
                " INSERT INTO ballast SELECT randomblob(10000), random() FROM n"
            ),
            {"rows": MEGABYTES * 100},
        )


def test_a_database_is_written_anew_in_its_own_folder_and_not_in_memory(database: Database, file: Path) -> None:
    fill(database)
    with database.look() as other, watching() as seen:
        assert other.scalar(text("PRAGMA journal_mode")) == "wal"  # others stay in it meanwhile
        assert database.wipe()
    assert list(seen) == [str(file.parent)]
    assert seen[str(file.parent)] > MEGABYTES * 500_000
    assert [path.name for path in file.parent.iterdir() if "etilqs" in path.name] == []


def test_what_is_sorted_stands_in_its_own_folder_too(database: Database, file: Path) -> None:
    fill(database)
    with watching() as seen, database.look() as session:
        session.execute(text("SELECT words FROM ballast ORDER BY n, words")).fetchall()
    assert list(seen) == [str(file.parent)]
