"""The database fits the program, and the bot refuses one that does not."""

from __future__ import annotations

import json
import sqlite3
import stat
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, String, select, text
from sqlalchemy.exc import IntegrityError

from bot.database.unit_of_work import Database
from bot.errors import WrongDatabase
from bot.migrations import SchemaState, _config, _revisions, ensure, migrate, state
from bot.models import (
    Base,
    Digest,
    LoadedProgramme,
    MissedSlot,
    OutboxMessage,
    PeopleList,
    Person,
    ProgrammeVersion,
    Quote,
    Response,
    ResponseState,
    Round,
    Tombstone,
)
from bot.programme import Role
from bot.seam.actions import ResponseKind
from tests.support.database import unit_of_work
from tests.support.faults import refuses


@pytest.fixture
def empty(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path}/new folder/new.sqlite")
    yield database
    database.close()


def _make_file(database: Database) -> None:
    assert database.file is not None
    database.file.parent.mkdir()
    database.keep_private()


def _missing(database: Database) -> str:
    with database.engine.connect() as connection:
        return _difference(connection)


def _difference(connection: Connection) -> str:
    context = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata, "compare_server_default": True})
    operations = produce_migrations(context, Base.metadata).upgrade_ops
    return "" if operations.is_empty() else render_python_code(operations)


def _mark(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database):
    assert not (missing := _missing(database)), f"the next revision must do this:\n{missing}"


def test_a_table_the_models_do_not_know_would_be_noticed(database: Database):
    with database.engine.connect() as connection:
        connection.execute(text("ALTER TABLE people ADD COLUMN shoe_size INTEGER"))
        assert "shoe_size" in _difference(connection)
        connection.rollback()


def test_every_constraint_has_the_name_the_models_give_it(database: Database):
    on_server = "SELECT 'CONSTRAINT ' || conname || ' ' FROM pg_constraint"
    made_by = on_server if database.file is None else "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
    with database.engine.connect() as connection:
        made = "\n".join(connection.execute(text(made_by)).scalars())
    named = {str(constraint.name) for table in Base.metadata.tables.values() for constraint in table.constraints}
    assert {name for name in named if f"CONSTRAINT {name} " not in made} == set()


@pytest.mark.sqlite  # a server's tables have no such number
def test_replies_keep_no_trace_of_the_order_they_came_in(database: Database):
    with database.engine.connect() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'replies'")).scalar_one()
    assert made.rstrip().endswith("WITHOUT ROWID")


def test_a_new_database_is_made_silently_with_its_folder(empty: Database):
    ensure(empty, create_silently=True)
    assert state(empty.engine) is SchemaState.CURRENT


def test_a_database_is_its_owners_alone_also_one_that_was_not(empty: Database):
    ensure(empty, create_silently=True)
    file = empty.file
    assert file is not None
    with unit_of_work(empty) as session:
        session.add(LoadedProgramme(id="p", loaded_at=datetime(2018, 8, 21, tzinfo=UTC), checksum="0"))
        assert modes(file) == {f"new.sqlite{suffix}": 0o600 for suffix in ("", "-wal", "-shm")}
        for each in file.parent.iterdir():
            each.chmod(0o644)
    ensure(empty, create_silently=True)
    assert set(modes(file).values()) == {0o600}


def modes(file: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()}


def test_a_new_database_is_refused_where_nothing_may_be_made_silently(empty: Database):
    with refuses(WrongDatabase, match="no tables yet.*bot migrate"):
        ensure(empty, create_silently=False)
    assert not Path(str(empty.url.database)).parent.exists()


def test_a_current_database_is_left_as_it_is(database: Database):
    ensure(database, create_silently=False)
    assert migrate(database.engine) is SchemaState.CURRENT


def test_a_database_from_a_newer_version_is_refused_and_not_touched(database: Database):
    _mark(database, "9999")
    with refuses(WrongDatabase, match="from a newer Eftertanke"):
        ensure(database, create_silently=True)
    with refuses(WrongDatabase, match="from a newer Eftertanke"):
        migrate(database.engine)
    assert state(database.engine) is SchemaState.NEWER


def test_a_database_with_pending_migrations_is_refused_with_the_command_that_mends_it(database: Database, monkeypatch: pytest.MonkeyPatch):
    known = _revisions()
    monkeypatch.setattr("bot.migrations._revisions", lambda: [*known, "later"])
    with refuses(WrongDatabase, match="from an older Eftertanke.*bot migrate"):
        ensure(database, create_silently=True)


def test_a_database_of_the_first_version_keeps_what_it_holds(empty: Database, now: datetime):
    _make_file(empty)
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0001")
        written = {"id": "randers-2018", "at": now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")}
        connection.execute(text("INSERT INTO programmes VALUES (:id, :at, '0', NULL)"), written)
    assert migrate(empty.engine) is SchemaState.PENDING
    with empty.look() as session:
        assert session.scalars(select(LoadedProgramme.loaded_at)).all() == [now]
    assert not _missing(empty)


def test_lists_of_an_older_database_are_held_against_those_who_take_part(empty: Database, now: datetime):
    Path(str(empty.url.database)).parent.mkdir()
    empty.keep_private()
    at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0002")
        connection.execute(text("INSERT INTO programmes VALUES ('randers-2018', :at, '0', :at)"), {"at": at})
        people = [
            *(("leader", None, "active", None) for _ in range(14)),
            ("leader", None, "left", "self"),
            ("leader", None, "left", "list"),
            ("leader", "employee_rep", "paused", None),
            ("employee_rep", None, "invited", None),
            ("organiser", None, "active", None),
        ]
        columns = "(programme, address, role, next_role, state, left_by, language, timezone, invited_at)"
        for number, (role, next_role, state_, left_by) in enumerate(people):
            values = {"who": f"U{number}", "role": role, "next": next_role, "state": state_, "by": left_by, "at": at}
            statement = f"INSERT INTO people {columns} VALUES ('randers-2018', :who, :role, :next, :state, :by, 'da', 'UTC', :at)"  # noqa: S608 - the columns are our own
            connection.execute(text(statement), values)
    migrate(empty.engine)
    with empty.look() as session:
        lists = {each.role: (each.confirmed, each.listed, each.estimated, each.trusted) for each in session.scalars(select(PeopleList))}
    assert lists == {
        Role.LEADER: (14, 14, True, False),
        Role.EMPLOYEE_REP: (2, 2, True, False),
        Role.ORGANISER: (1, 1, True, False),
    }
    assert not _missing(empty)


def test_what_an_older_database_has_traced_lasts(empty: Database, now: datetime):
    _make_file(empty)
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0003")
        at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
        for number, token in ((3, "a" * 64), (7, None)):
            connection.execute(text("INSERT INTO traces VALUES (:id, :token, :at, :at, :at)"), {"id": number, "token": token, "at": at})
        connection.execute(text("INSERT INTO traces VALUES (9, NULL, :at, :at, NULL)"), {"at": at})
    migrate(empty.engine)
    with empty.look() as session:
        traces = session.scalars(select(Tombstone).order_by(Tombstone.id)).all()
    assert [(trace.id, trace.token, trace.lasting) for trace in traces] == [(3, "a" * 64, True), (7, None, False), (9, None, False)]
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    assert [(trace.at, trace.taken_at, trace.wiped_at) for trace in traces] == [(day, day, day), (day, day, day), (now, now, None)]
    assert not _missing(empty)


def test_rounds_of_an_older_database_count_all_who_stood_on_the_lists_and_these_are_read_anew(empty: Database, now: datetime):
    _make_file(empty)
    at, later = (moment.replace(tzinfo=None).isoformat(" ", timespec="microseconds") for moment in (now, now + timedelta(days=1)))
    rounds = {"asked": {"leader": 2, "employee_rep": 3}, "of one role": {"leader": 9}}
    leaders = [("active", None, at), ("paused", None, at), ("left", "self", at), ("left", "list", at), ("invited", None, later)]
    people = [*(("leader", *values) for values in leaders), ("employee_rep", "active", None, at)]
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0003")
        connection.execute(text("INSERT INTO programmes VALUES ('p', :at, '0', :at)"), {"at": at})
        for number, values in enumerate(people):
            columns = "programme, address, language, timezone, role, state, left_by, invited_at"
            statement = f"INSERT INTO people ({columns}) VALUES ('p', ?, 'da', 'UTC', ?, ?, ?, ?)"  # noqa: S608 - the columns are our own
            connection.exec_driver_sql(statement, (f"U{number}", *values))
        for number, (entry, audience) in enumerate(rounds.items()):
            values = (number, f"2018-W3{number}", entry, at, at, json.dumps({"audience": audience, "order": ["æ"]}))
            columns = "id, programme, week, day, entry, theme, opens_at, closes_at, snapshot"
            statement = f"INSERT INTO rounds ({columns}) VALUES (?, 'p', ?, 1, ?, 't', ?, ?, ?)"  # noqa: S608 - the columns are our own
            connection.exec_driver_sql(statement, values)
    migrate(empty.engine)
    with empty.look() as session:
        snapshots = session.scalars(select(Round.snapshot).order_by(Round.id)).all()
        assert session.scalars(select(LoadedProgramme.synchronised_at)).all() == [None]
    assert [snapshot["audience"] for snapshot in snapshots] == [{"leader": 3, "employee_rep": 3}, {"leader": 9}]
    assert snapshots[0]["order"] == ["æ"]


def test_people_of_an_older_database_are_asked_at_the_programmes_hour(empty: Database, now: datetime):
    _make_file(empty)
    at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0004")
        connection.execute(text("INSERT INTO programmes VALUES ('p', :at, '0', :at)"), {"at": at})
        columns = "(programme, address, role, state, language, timezone, invited_at, welcomed_at)"
        statement = f"INSERT INTO people {columns} VALUES ('p', :who, 'leader', 'active', 'da', 'UTC', :at, :at)"  # noqa: S608 - the columns are our own
        connection.execute(text(statement), [{"who": who, "at": at} for who in ("U1", "U2")])
    assert migrate(empty.engine) is SchemaState.PENDING
    with unit_of_work(empty) as session:
        people = session.scalars(select(Person).order_by(Person.address)).all()
        assert [(person.address, person.welcomed_at, person.ask_at) for person in people] == [("U1", now, None), ("U2", now, None)]
        people[0].ask_at = time(12)
    with empty.look() as session:
        assert session.scalars(select(Person.ask_at).order_by(Person.address)).all() == [time(12), None]
    assert not _missing(empty)


def test_a_database_of_something_else_is_refused_and_not_touched(empty: Database):
    _make_file(empty)
    with empty.engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (id INTEGER)"))
    with refuses(WrongDatabase, match="tables of something else"):
        ensure(empty, create_silently=True)
    with refuses(WrongDatabase, match="tables of something else"):
        migrate(empty.engine)


def test_a_file_that_is_no_database_is_refused_by_name(tmp_path: Path):
    (tmp_path / "notes.sqlite").write_text("Dette er ikke en database, men et langt stykke tekst.\n" * 20)
    database = Database(f"sqlite:///{tmp_path}/notes.sqlite")
    with refuses(WrongDatabase, match=r"notes\.sqlite cannot be opened: file is not a database"):
        ensure(database, create_silently=True)
    database.close()


def test_two_programs_that_start_on_one_new_database_both_find_it_current(empty: Database):
    _make_file(empty)
    other = Database(empty.url)
    assert state(other.engine) is SchemaState.EMPTY
    ensure(empty, create_silently=True)
    assert migrate(other.engine) is SchemaState.CURRENT
    other.close()


def test_foreign_keys_are_kept_again_after_a_migration(empty: Database):
    ensure(empty, create_silently=True)
    with empty.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


@pytest.mark.sqlite  # a server changes a column in its place
def test_rewriting_a_table_deletes_nothing_that_points_to_it(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch):
    with unit_of_work(database) as session:
        session.add(LoadedProgramme(id="randers-2018", loaded_at=now, checksum="0"))
        session.flush()
        session.add(MissedSlot(programme="randers-2018", week="2018-W34", day=1, reason="r", noticed_at=now))
    monkeypatch.setattr("alembic.command.upgrade", _rewritten)
    migrate(database.engine)
    with database.look() as session:
        assert session.scalars(select(MissedSlot.programme)).all() == ["randers-2018"]


def _rewritten(config, _revision):
    """What Alembic does on SQLite when a column changes."""
    operations = Operations(MigrationContext.configure(config.attributes["connection"]))
    with operations.batch_alter_table("programmes", recreate="always") as table:
        table.alter_column("checksum", type_=String(128))


def test_a_migration_that_fails_leaves_nothing_behind(empty: Database, monkeypatch: pytest.MonkeyPatch):
    _make_file(empty)
    with sqlite3.connect(str(empty.url.database)) as plain:
        plain.execute("PRAGMA user_version = 1")
    monkeypatch.setattr("alembic.command.upgrade", _half_an_upgrade)
    with pytest.raises(RuntimeError):
        migrate(empty.engine)
    assert state(empty.engine) is SchemaState.EMPTY


def _half_an_upgrade(config, _revision):
    config.attributes["connection"].execute(text("CREATE TABLE people (id INTEGER)"))
    raise RuntimeError


def test_messages_digests_and_weeks_of_an_older_database_stay_tied(empty: Database, now: datetime):
    _make_file(empty)
    at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    messages = {  # key → kind and facts
        "draft:1": ("draft", {"digest": 1}),
        "quotes:1": ("quote_review", {"digest": 1}),
        "doubt:abc:x": ("draft", {"digest": 1, "doubt": True}),
        "digest:1": ("digest", {"digest": 1}),
        "digest:1:revision:2": ("digest_update", {"digest": 1}),
        "digest:2": ("digest", {}),  # only its key tells of its digest
        "alarm:review:2:2018-10-18": ("draft", {"say": "review.alarm"}),
        "digest:3": ("digest", {"digest": 3}),  # of another programme
        "digest:9": ("digest", {"digest": 9}),  # there is none
        "redrawn:draft:1": ("redrawn", {"message": 1}),
        "answer:1:1": ("answer", {"response": 1}),
    }
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0005")
        for programme in ("p", "q"):
            connection.execute(text("INSERT INTO programmes VALUES (:id, :at, '0', :at)"), {"id": programme, "at": at})
        digests = [(1, "p", "held", None), (2, "p", "held", "Ret tallet"), (3, "q", "in_review", None)]
        columns = "id, programme, state, note, week, number, content, checksum, revision, drafted_at, post_at"
        for digest in digests:
            statement = f"INSERT INTO digests ({columns}) VALUES (?, ?, ?, ?, ?, ?, '{{}}', '', 1, ?, ?)"  # noqa: S608 - the columns are our own
            connection.exec_driver_sql(statement, (*digest, f"2018-W3{digest[0]}", digest[0], at, at))
        columns = "delivery_id, programme, kind, key, address, facts, due_at, next_at, state, attempts, looks"
        for key, (kind, facts) in messages.items():
            statement = f"INSERT INTO outbox ({columns}) VALUES (?, 'p', ?, ?, 'C0', ?, ?, ?, 'sent', 1, 0)"  # noqa: S608 - the columns are our own
            connection.exec_driver_sql(statement, (key, kind, key, json.dumps(facts), at, at))
        columns = "id, programme, week, day, entry, theme, opens_at, closes_at, snapshot"
        for number, snapshot in enumerate(({"order": ["æ"], "digest_unknown": True}, {"order": []})):
            statement = f"INSERT INTO rounds ({columns}) VALUES (?, 'p', ?, 1, ?, 't', ?, ?, ?)"  # noqa: S608 - the columns are our own
            connection.exec_driver_sql(statement, (number, f"2018-W4{number}", str(number), at, at, json.dumps(snapshot)))
        connection.exec_driver_sql("INSERT INTO quotes (id, digest_id, theme, fingerprint, state) VALUES ('x', 1, 't', '', 'approved')")
    migrate(empty.engine)
    with empty.look() as session:
        tied = {message.key: message.digest_id for message in session.scalars(select(OutboxMessage))}
        kept = {message.key: (message.kind.value, message.facts) for message in session.scalars(select(OutboxMessage))}
        uncertain = {digest.id: digest.uncertain for digest in session.scalars(select(Digest))}
        weeks = {round_.id: (round_.uncertain, round_.snapshot) for round_ in session.scalars(select(Round))}
        quoted = session.scalars(select(Quote.digest_id)).all()
    first = ("draft:1", "quotes:1", "doubt:abc:x", "digest:1", "digest:1:revision:2")
    assert tied == dict.fromkeys(messages) | dict.fromkeys(first, 1) | {"digest:2": 2, "alarm:review:2:2018-10-18": 2}
    assert (kept, quoted) == (messages, [1])
    assert uncertain == {1: True, 2: False, 3: False}
    assert weeks == {0: (True, {"order": ["æ"]}), 1: (False, {"order": []})}
    assert not _missing(empty)


def test_digests_answers_and_quotes_of_an_older_database_keep_what_they_say(empty: Database, now: datetime):
    """Old promises have no day, old digests no ledger; a quote is a wish if its reply is, as far as that can be told."""
    _make_file(empty)
    at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0006")
        run = connection.exec_driver_sql
        run("INSERT INTO programmes VALUES ('p', ?, '0', ?)", (at, at))
        run(
            "INSERT INTO people VALUES (1, 'p', 'U1', 'politician', NULL, NULL, 'active', NULL, 'da', 'UTC', ?, ?, NULL, NULL, NULL)",
            (at, at),
        )
        columns = "id, programme, state, week, number, content, checksum, revision, uncertain, drafted_at, post_at"
        run(f"INSERT INTO digests ({columns}) VALUES (1, 'p', 'issued', '2018-W34', 1, '{{\"a\": 1}}', 'c', 1, 0, ?, ?)", (at, at))  # noqa: S608 - the columns are our own
        columns = "id, digest_id, person_id, kind, theme, words, state, written_at"
        run(f"INSERT INTO responses ({columns}) VALUES (1, 1, 1, 'take_up', 't', 'Ja.', 'released', ?)", (at,))  # noqa: S608 - likewise
        columns = "id, programme, week, day, entry, theme, opens_at, closes_at, snapshot, uncertain"
        run(f"INSERT INTO rounds ({columns}) VALUES (1, 'p', '2018-W34', 1, 'e', 't', ?, ?, '{{}}', 0)", (at, at))  # noqa: S608 - likewise
        for id_, wish in (("r1", 1), ("r2", 0)):
            run("INSERT INTO replies (id, round_id, question, words, wish, quote) VALUES (?, 1, 'q', x'00', ?, 1)", (id_, wish))
        for id_, reply_id in (("q1", "r1"), ("q2", "r2"), ("q3", None)):
            columns = "id, digest_id, theme, reply_id, fingerprint, state, words, checksum"
            run(f"INSERT INTO quotes ({columns}) VALUES (?, 1, 't', ?, 'f', 'approved', x'01', 'c')", (id_, reply_id))  # noqa: S608 - likewise
    assert migrate(empty.engine) is SchemaState.PENDING
    with unit_of_work(empty) as session:
        digest, promise = session.scalars(select(Digest)).one(), session.scalars(select(Response)).one()
        assert (digest.content, digest.checksum, digest.finding, digest.wishes) == ({"a": 1}, "c", None, None)
        assert (promise.words, promise.due_on, promise.signed, promise.place, promise.promise_id) == ("Ja.", None, None, None, None)
        quotes = session.execute(select(Quote.id, Quote.wish, Quote.reply_id, Quote.words, Quote.checksum).order_by(Quote.id)).all()
        assert quotes == [("q1", True, "r1", b"\1", "c"), ("q2", False, "r2", b"\1", "c"), ("q3", False, None, b"\1", "c")]
        made = session.execute(text("SELECT sql FROM sqlite_master WHERE name = 'quotes'")).scalar_one()
        assert made.rstrip().endswith("WITHOUT ROWID")  # in no order in which they came
        told = {"kind": ResponseKind.DONE, "words": "Gjort.", "state": ResponseState.STORED, "written_at": now, "promise_id": 1}
        session.add(Response(digest_id=1, person_id=1, theme="t", **told))
    assert not _missing(empty)


def test_digests_of_an_older_database_keep_their_weeks_and_all_that_points_to_them(empty: Database, now: datetime):
    """Since then a digest may have no week. Its table is rewritten for that; quotes, answers and acknowledgements stay tied to it."""
    _make_file(empty)
    at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0011")
        run = connection.exec_driver_sql
        run("INSERT INTO programmes (id, loaded_at, checksum) VALUES ('p', ?, '0')", (at,))
        columns = "id, programme, address, role, state, language, timezone, invited_at"
        run(f"INSERT INTO people ({columns}) VALUES (1, 'p', 'U1', 'politician', 'active', 'da', 'UTC', ?)", (at,))  # noqa: S608 - the columns are our own
        columns = "id, programme, state, week, number, content, wishes, checksum, revision, uncertain, drafted_at, post_at, note"
        row = "'issued', ?, ?, '{\"a\": 1}', '[\"t\"]', 'c', 2, 0, ?, ?, 'Se »her«: it''s fine'"
        for number, week in ((1, "2018-W34"), (2, "2018-W35")):
            run(f"INSERT INTO digests ({columns}) VALUES (?, 'p', {row})", (number, week, number, at, at))  # noqa: S608 - likewise
        columns = "id, digest_id, person_id, kind, theme, words, state, written_at"
        run(f"INSERT INTO responses ({columns}) VALUES (1, 2, 1, 'take_up', 't', 'Ja.', 'released', ?)", (at,))  # noqa: S608 - likewise
        run("INSERT INTO heard_by (digest_id, person_id) VALUES (2, 1)")
        columns = "id, digest_id, theme, fingerprint, state, words, checksum, wish"
        run(f"INSERT INTO quotes ({columns}) VALUES ('q1', 2, 't', 'f', 'approved', x'01', 'c', 1)")  # noqa: S608 - likewise
    assert migrate(empty.engine) is SchemaState.PENDING
    with empty.engine.connect() as connection:
        run = connection.exec_driver_sql
        assert run("SELECT week, number, wishes, revision, note FROM digests ORDER BY id").all() == [
            ("2018-W34", 1, '["t"]', 2, "Se »her«: it's fine"),
            ("2018-W35", 2, '["t"]', 2, "Se »her«: it's fine"),
        ]
        assert run(
            "SELECT digest_id FROM quotes UNION ALL SELECT digest_id FROM responses UNION ALL SELECT digest_id FROM heard_by"
        ).all() == [
            *((2,), (2,), (2,)),
        ]
        assert run("PRAGMA foreign_key_check").all() == []
        for statement in ("DELETE FROM digests WHERE id = 2", "UPDATE digests SET week = '2018-W34' WHERE id = 2"):
            with pytest.raises(IntegrityError), connection.begin_nested():
                run(statement)
        run("UPDATE digests SET week = NULL")  # a season that is made longer has several reports
    assert not _missing(empty)


@pytest.mark.parametrize("revision", ["0001", "0006", "0011"])
def test_a_database_of_any_earlier_version_is_refused_with_the_command_that_mends_it(empty: Database, revision: str):
    _make_file(empty)
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), revision)
    with refuses(WrongDatabase, match="from an older Eftertanke.*bot migrate"):
        ensure(empty, create_silently=True)
    assert state(empty.engine) is SchemaState.PENDING


def _add_rounds_as_before_bounds(empty: Database, now: datetime, *snapshots: dict[str, Any]) -> None:
    """Make a database of the revision before, with a round of each of these."""
    _make_file(empty)
    at = now.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    with empty.engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), "0008")
        connection.exec_driver_sql("INSERT INTO programmes VALUES ('p', ?, '0', ?)", (at, at))
        columns = "id, programme, week, day, entry, theme, opens_at, closes_at, snapshot, uncertain"
        for number, snapshot in enumerate(snapshots):
            statement = f"INSERT INTO rounds ({columns}) VALUES (?, 'p', ?, 1, ?, 't', ?, ?, ?, 0)"  # noqa: S608 - the columns are our own
            connection.exec_driver_sql(statement, (number, f"2018-W3{number}", str(number), at, at, json.dumps(snapshot)))


def test_rounds_of_an_older_database_keep_replies_no_longer_than_may_be_promised_now(empty: Database, now: datetime):
    promises = [
        {"detach_after_days": 7, "delete_replies_after_days": 999_999_999},
        {"detach_after_days": 28, "delete_replies_after_days": 10**12},
        {"detach_after_days": 40, "delete_replies_after_days": 90},
        {"detach_after_days": 7, "delete_replies_after_days": 90},
    ]
    _add_rounds_as_before_bounds(empty, now, *[{"order": ["æ"], "retention": promise} for promise in promises], {"order": []})
    assert migrate(empty.engine) is SchemaState.PENDING
    with empty.look() as session:
        kept = session.scalars(select(Round.snapshot).order_by(Round.id)).all()
    days = [tuple(snapshot["retention"].values()) if "retention" in snapshot else None for snapshot in kept]
    assert days == [(7, 730), (28, 730), (28, 90), (7, 90), None]
    assert [snapshot["order"] for snapshot in kept] == [["æ"]] * 4 + [[]]
    assert not _missing(empty)


def test_texts_of_an_older_database_hold_no_halves_of_signs_any_more(empty: Database, now: datetime):
    kept = {"retention": {"detach_after_days": 7, "delete_replies_after_days": 90}}
    snapshots = [
        {"title": {"da": f"Åh {sign}", "en": "\ud83d\ude00"}, "questions": {"q": {"da": f"{sign}?"}}, **kept} for sign in ("\ud800", "😀")
    ]
    _add_rounds_as_before_bounds(empty, now, *snapshots)
    shown = json.dumps({"lines": ["Åh \ud800"]})
    with empty.engine.connect() as connection, connection.begin():
        for number, (state_, plan) in enumerate({"running": None, "held": shown}.items()):
            statement = "INSERT INTO programme_versions VALUES (?, 'p', ?, 'f.yaml', 'c', x'00', '2018-08-15 07:30:00.000000', ?, 1)"
            connection.exec_driver_sql(statement, (number, state_, plan))
    assert migrate(empty.engine) is SchemaState.PENDING
    with empty.look() as session:
        broken, whole = session.scalars(select(Round.snapshot).order_by(Round.id)).all()
        plans = session.scalars(select(ProgrammeVersion.shown).order_by(ProgrammeVersion.id)).all()
    assert broken == {"title": {"da": "Åh ?", "en": "😀"}, "questions": {"q": {"da": "??"}}, **kept}
    assert whole == {"title": {"da": "Åh 😀", "en": "😀"}, "questions": {"q": {"da": "😀?"}}, **kept}
    assert plans == [None, {"lines": ["Åh ?"]}]


def test_a_revision_is_the_number_that_its_files_name_begins_with(root: Path) -> None:
    files = sorted((root / "bot" / "migrations" / "versions").glob("[0-9]*.py"))
    assert files
    for before, file in zip([None, *files], files, strict=False):
        text = file.read_text("utf-8")
        assert f'\nrevision = "{file.name[:4]}"\n' in text
        assert before is None or '\ndown_revision = "' + before.name[:4] in text
