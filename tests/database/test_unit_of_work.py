"""A unit of work begins and ends where it says, and the database keeps what it has promised."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.database.insert_once import table_of
from bot.database.unit_of_work import Database
from bot.models import Authorship, LoadedProgramme, Participation, Reply, Round
from tests.support.database import LOCKED, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """The same file, opened by another process."""
    other = Database(database.url)
    yield other
    other.close()


def _programme(now: datetime, name: str = "randers-2018") -> LoadedProgramme:
    return LoadedProgramme(id=name, loaded_at=now, checksum="0" * 64)


def _names(session: Session) -> list[str]:
    return list(session.scalars(select(LoadedProgramme.id)))


def test_work_is_kept_when_its_block_ends(database: Database, now: datetime):
    with unit_of_work(database) as session:
        session.add(_programme(now))
    with database.look() as session:
        assert _names(session) == ["randers-2018"]


def test_nothing_is_kept_when_the_block_raises(database: Database, now: datetime):
    def fail() -> None:
        with unit_of_work(database) as session:
            session.add(_programme(now))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.look() as session:
        assert _names(session) == []


def test_what_was_read_can_be_used_after_the_work_has_ended(database: Database, now: datetime):
    with unit_of_work(database) as session:
        session.add(_programme(now))
    with unit_of_work(database) as session:
        found = session.get_one(LoadedProgramme, "randers-2018")
    assert found.loaded_at == now


@pytest.fixture
def patient(database: Database) -> Database:
    """A database whose line does not grow impatient while a test fills it, on however busy a machine."""
    database._batch._patience = 60.0
    return database


def test_who_waits_to_write_shares_a_commit_and_one_that_fails_keeps_its_neighbours(patient: Database, now: datetime):
    commits: list[object] = []
    event.listen(patient.engine, "commit", commits.append)
    with ThreadPoolExecutor(20) as people, unit_of_work(patient):
        said = [people.submit(patient.write, partial(_add, now, name)) for name in ("a", "b", "bad", "c")]
        until(lambda: len(patient._batch._waiting) == 3)  # one of them leads: it waits for the work, and the others for it
    assert [each.exception() and type(each.exception()) for each in said] == [None, None, IntegrityError, None]
    with patient.look() as session:
        assert sorted(_names(session)) == ["a", "b", "c"]
    assert len(commits) == 4  # the block's and, as one of them failed, each one's own


def test_who_waits_together_is_kept_by_one_commit(patient: Database, now: datetime):
    commits: list[object] = []
    event.listen(patient.engine, "commit", commits.append)
    with ThreadPoolExecutor(20) as people, unit_of_work(patient):
        said = [people.submit(patient.write, partial(_add, now, str(number))) for number in range(20)]
        until(lambda: len(patient._batch._waiting) == 19)
    assert [each.result() for each in said] == [str(number) for number in range(20)]
    assert len(commits) == 2  # the block's, and theirs


@pytest.fixture
def _late(database: Database) -> Iterator[None]:
    """A table whose rule is looked at only at the commit."""
    with unit_of_work(database) as session:
        session.execute(text("CREATE TABLE late (person INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED)"))
    yield
    with unit_of_work(database) as session:
        session.execute(text("DROP TABLE late"))


@pytest.mark.usefixtures("_late")
def test_when_the_commit_of_several_fails_nothing_of_theirs_is_kept_and_each_is_told(patient: Database, now: datetime):
    with ThreadPoolExecutor(20) as people, unit_of_work(patient):
        said = [people.submit(patient.write, partial(_add, now, name)) for name in ("a", "late", "c")]
        until(lambda: len(patient._batch._waiting) == 2)
    assert {type(each.exception()) for each in said} == {IntegrityError}
    assert patient.write(_names) == []


def test_who_shares_a_transaction_reads_with_a_session_of_their_own(patient: Database, now: datetime):
    with unit_of_work(patient) as session:
        session.add(_programme(now))
    with ThreadPoolExecutor(20) as people, unit_of_work(patient):
        said = [people.submit(patient.write, _rename) for _ in range(3)]
        until(lambda: len(patient._batch._waiting) == 2)
    assert [each.result().checksum for each in said] == ["x", "xx", "xxx"]


def _add(now: datetime, name: str, session: Session) -> str:
    """`bad` breaks a rule at once, `late` only at the commit."""
    if name == "late":
        session.execute(text("INSERT INTO late VALUES (1)"))
    elif name == "bad":
        session.add(Participation(round_id=1, person_id=1))
    else:
        session.add(_programme(now, name))
    return name


def _rename(session: Session) -> LoadedProgramme:
    """Past the session: one that had read it already would not see it."""
    session.execute(update(table_of(LoadedProgramme)).values(checksum=text("ltrim(checksum, '0') || 'x'")))
    return session.scalars(select(LoadedProgramme)).one()


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.001)


def test_looking_keeps_nothing(database: Database, now: datetime):
    with database.look() as session:
        session.add(_programme(now))
    with database.look() as session:
        assert _names(session) == []


def test_looking_never_waits_for_a_writer_and_sees_what_was_there_before(database: Database, other: Database, now: datetime):
    with unit_of_work(database) as writing:
        writing.add(_programme(now))
        writing.flush()
        with other.look() as session:
            assert _names(session) == []


def test_a_writer_takes_its_lock_before_it_reads_so_that_a_second_one_never_reads_what_is_about_to_change(
    database: Database,
    other: Database,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("bot.database.patience.PATIENCE", 0.02)
    with unit_of_work(database) as first:
        _names(first)
        with pytest.raises(OperationalError, match=LOCKED):
            _read_as_a_writer(other)


def _read_as_a_writer(database: Database) -> None:
    with unit_of_work(database) as session:
        _names(session)


@pytest.mark.sqlite  # a pragma
def test_a_writer_gives_up_waiting_while_there_is_time_left_to_say_so(database: Database):
    with database.look() as session:
        assert session.execute(text("PRAGMA busy_timeout")).scalar_one() == 2000  # of the platform's 3 s


def test_a_moment_without_a_zone_is_refused(database: Database, now: datetime):
    with pytest.raises(StatementError, match="a moment needs a time zone"), unit_of_work(database) as session:
        session.add(_programme(now.replace(tzinfo=None)))


def test_what_points_to_nothing_is_refused(database: Database):
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), unit_of_work(database) as session:
        session.add(Participation(round_id=1, person_id=1))


def test_a_reply_can_outlive_its_author_being_forgotten_but_not_the_other_way_round(database: Database, now: datetime):
    with unit_of_work(database) as session:
        _a_reply(session, now)
    with unit_of_work(database) as session:
        session.delete(session.get_one(Authorship, "r"))
    with unit_of_work(database) as session:
        assert session.get_one(Reply, "r").words == b"ord"
        session.add(Authorship(reply_id="r", round_id=1, person_id=1, written_at=now))
    with unit_of_work(database) as session:
        session.delete(session.get_one(Reply, "r"))
    with database.look() as session:
        assert session.scalars(select(Authorship)).all() == []


def _a_reply(session: Session, now: datetime) -> None:
    session.add(_programme(now))
    session.flush()
    session.execute(
        text(
            "INSERT INTO people (id, programme, address, role, state, language, timezone, invited_at)"
            " VALUES (1, 'randers-2018', 'U1', 'leader', 'active', 'da', 'Europe/Copenhagen', '2018-08-15 06:00:00')",
        ),
    )
    round_ = Round(id=1, programme="randers-2018", week="2018-W34", day=1, entry="e", theme="t", opens_at=now, closes_at=now, snapshot={})
    session.add(round_)
    session.flush()
    session.add(Reply(id="r", round_id=1, question="e", words=b"ord", wish=False, quote=False))
    session.flush()
    session.add(Authorship(reply_id="r", round_id=1, person_id=1, written_at=now))


@pytest.mark.sqlite  # a pragma
def test_deleted_words_are_overwritten_in_the_file(database: Database):
    with database.look() as session:
        assert session.execute(text("PRAGMA secure_delete")).scalar_one() == 1


@pytest.mark.sqlite  # its file
def test_once_the_file_is_wiped_nothing_that_was_deleted_stands_in_it(database: Database):
    dice = Random(1)  # noqa: S311 - it only has to be the same each time
    keys = [f"{dice.getrandbits(128):032x}" for _ in range(3000)]
    with unit_of_work(database) as session:
        session.execute(text("CREATE TABLE deeds (key TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID"))
    for some in range(0, len(keys), 20):  # pages fill and are split, and a page that was split keeps what it gave away
        with unit_of_work(database) as session:
            rows = [{"key": key, "words": key * dice.choice([1, 3, 9, 30])} for key in keys[some : some + 20]]
            session.execute(text("INSERT INTO deeds VALUES (:key, :words)"), rows)
    gone = dice.sample(keys, 1000)
    with unit_of_work(database) as session:
        session.execute(text("DELETE FROM deeds WHERE key = :key"), [{"key": key} for key in gone])
    before = _bytes(database)
    assert any(key.encode() in before for key in gone)
    assert database.wipe()
    after = _bytes(database)
    assert not any(key.encode() in after for key in gone)
    assert all(key.encode() in after for key in set(keys) - set(gone))


def _bytes(database: Database) -> bytes:
    assert database.file is not None
    return b"".join(file.read_bytes() for file in database.file.parent.glob(f"{database.file.name}*"))


@pytest.mark.sqlite  # a server wipes while others are in it
def test_wiping_gives_up_at_once_where_somebody_writes_or_reads_and_says_so(database: Database, other: Database):
    with unit_of_work(other) as session:
        _names(session)
        assert not database.wipe()
    with other.look() as session:
        _names(session)
        assert not database.wipe()
    assert database.wipe()
    with database.look() as session:
        assert session.execute(text("PRAGMA busy_timeout")).scalar_one() == 2000


def test_a_database_in_memory_has_nothing_to_wipe():
    memory = Database("sqlite://")
    assert (memory.file, memory.wipe()) == (None, True)
    memory.close()


@pytest.mark.sqlite  # its pragmas
@pytest.mark.usefixtures("disk")
def test_an_acknowledged_reply_survives_a_power_cut(database: Database):
    with database.look() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
