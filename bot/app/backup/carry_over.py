"""Carries over to a restored backup what the replaced database knows.

What politicians have seen: digests as they were posted, with their quotes, messages, answers and the log of decisions. Else the same week
would be made up once more, from fewer answers, and posted under the same number. Which of them were asked about a promise or wishes: else
they would be asked twice. What people chose: whether they are here, and the last version of each answer that the backup has, with its
marks. What was deleted. And what organisers have said of the lists of people, and of the texts of programmes. It is taken over only from a
database that knows all that the backup knows: the backup was made of no other. One of an older revision is brought up to date first, in a
copy.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot import migrations
from bot.confidentiality.encryption import session_keys
from bot.database.unit_of_work import Database
from bot.dialogue.people import AWAY_STATES
from bot.errors import ForeignWords, KeyFault
from bot.models import AuditEntry, HeardBy, ListHold, PauseForAll, PeopleList, ProgrammeVersion, Quote, Reply, Response, Tombstone
from bot.states import MessageKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    Row = dict[str, Any]
    Rows = Mapping[str, list[Row]]

LISTS: Final = ("lists", "list_holds")
PUBLIC: Final = ("programmes", "rounds", "digests", "quotes", "responses", "heard_by", "audit")
WHOLE_TABLES: Final = ("alembic_version", *PUBLIC, *LISTS, "programme_versions", "pauses_for_all", "people", "replies", "traces")
WORDS: Final = ("words", "sealed_with")
ROUND_COLUMNS: Final = ("id", "programme", "week", "day", "entry")
DIGEST_COLUMNS: Final = ("id", "programme", "week", "number")
CARRIED_KINDS: Final = (
    *(MessageKind.DRAFT, MessageKind.DIGEST, MessageKind.DIGEST_UPDATE, MessageKind.QUOTE_REVIEW, MessageKind.LIST_REVIEW),
    MessageKind.PLAN_REVIEW,
    *(MessageKind.PROMISE_DUE, MessageKind.WISH_UNANSWERED, MessageKind.WISH_ASKED),
    MessageKind.SHOWN,
)
SELECT_CARRIED_MESSAGES: Final = f"SELECT * FROM outbox WHERE kind IN {tuple(kind.value for kind in CARRIED_KINDS)}"  # noqa: S608 - our own kinds
KINDS_KEYED_BY_PERSON: Final = (  # their keys end with the id of their person
    *(MessageKind.ANSWER, MessageKind.WISH_ASKED, MessageKind.SHOWN),
    MessageKind.THANKS,
)
SELECT_QUESTIONS_AND_ANSWERS: Final = "SELECT * FROM outbox WHERE kind IN ('question', 'reminder', 'answer', 'thanks')"


def read_rows(connection: sqlite3.Connection | None) -> Rows | None:
    """What may be taken over; None if it cannot be read. The rows are as SQLite stores them."""
    if connection is None:
        return None
    try:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
        if not migrations.is_earlier_revision(revision):
            return _select_rows(connection)
        with closing(Database("sqlite://")) as copy:  # the file itself stays as it is, as long as the restore may fail
            driver: Any = copy.engine.raw_connection().driver_connection
            driver.deserialize(connection.serialize())
            migrations.migrate(copy.engine)
            return _select_rows(driver)
    except (sqlite3.DatabaseError, SQLAlchemyError):
        return None


def _select_rows(connection: sqlite3.Connection) -> Rows:
    statements = {table: f"SELECT * FROM {table} ORDER BY 1" for table in WHOLE_TABLES}  # noqa: S608 - our own tables
    statements |= {"outbox": SELECT_CARRIED_MESSAGES, "questions_and_answers": SELECT_QUESTIONS_AND_ANSWERS}
    connection.row_factory = sqlite3.Row
    try:
        return {name: [dict(row) for row in connection.execute(statement)] for name, statement in statements.items()}
    finally:
        connection.row_factory = None


def take_over(session: Session, rows: Rows) -> None:
    """Write it into the backup."""
    session.flush()
    _insert(session, "programmes", rows["programmes"], otherwise="DO NOTHING")
    _follow_addresses(session, rows["people"])
    _insert(session, "rounds", rows["rounds"], otherwise="DO NOTHING")
    people = _carry_people_over(session, rows["people"], _people_named(rows))
    _carry_replies_over(session, rows["replies"])
    _carry_questions_and_answers_over(session, rows["questions_and_answers"], people)
    _carry_traces_over(session, rows["traces"])
    digests = [{**row, "decided_by": people.get(row["decided_by"])} for row in rows["digests"]]
    _insert(session, "digests", digests, otherwise=_on_conflict_update("(id)", digests))
    messages = [_message_here(row, people) for row in rows["outbox"]]
    _insert(session, "outbox", messages, otherwise=_on_conflict_update("(programme, key)", messages))
    for table in (Quote, Response, HeardBy, AuditEntry, PeopleList, ListHold, ProgrammeVersion, PauseForAll):
        session.execute(delete(table).execution_options(synchronize_session=False))
    _insert(session, "quotes", _quotes_to_carry_over(session, rows["quotes"]))
    for name in ("responses", "heard_by"):  # in the order of their ids: what became of a promise comes after it
        _insert(session, name, [{**row, "person_id": people[row["person_id"]]} for row in rows[name]])
    _insert(session, "audit", [{**row, "by": people.get(row["by"])} for row in rows["audit"]])
    _insert(session, "lists", [{**row, "trusted": True} for row in rows["lists"]])  # the backup knows other people by them
    _insert(session, "list_holds", rows["list_holds"])
    _insert(session, "programme_versions", rows["programme_versions"])
    _insert(session, "pauses_for_all", rows["pauses_for_all"])
    session.expire_all()


def is_later_state(session: Session, rows: Rows) -> bool:
    """Whether the database that these rows are from knows all that the backup knows, at the same revision."""
    comparisons = (("alembic_version", ("version_num",)), ("rounds", ROUND_COLUMNS), ("digests", DIGEST_COLUMNS))
    return all(_values_of(_select_all(session, name), columns) <= _values_of(rows[name], columns) for name, columns in comparisons)


def _values_of(rows: Sequence[Row], columns: Sequence[str]) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def _select_all(session: Session, name: str) -> list[Row]:
    return [dict(row) for row in session.execute(text(f"SELECT * FROM {name}")).mappings()]  # noqa: S608 - our own tables


def _follow_addresses(session: Session, rows: Sequence[Row]) -> None:
    """Give people the new addresses that the replaced database has for them, so that they keep what they wrote.

    The moment of the invitation must be the same too: the id may have been given anew to somebody who was invited later.
    """
    here, there = ({(row["programme"], row["address"]) for row in people} for people in (_select_all(session, "people"), rows))
    addresses = {(row["programme"], row["id"], row["invited_at"]): row["address"] for row in rows}
    for row in _select_all(session, "people"):
        address = addresses.get((row["programme"], row["id"], row["invited_at"]))
        if address is not None and (row["programme"], row["address"]) not in there and (row["programme"], address) not in here:
            values = {"id": row["id"], "address": address}
            session.execute(text("UPDATE people SET address = :address WHERE id = :id"), values)
            session.execute(text("UPDATE outbox SET address = :address WHERE person_id = :id"), values)


def _carry_people_over(session: Session, rows: Sequence[Row], named: Collection[int]) -> dict[int | None, int]:
    """Everybody as they stood there, by their old ids. Who came since, if they are named, were welcomed, or are away.

    Whoever else is new is invited when the lists are next read.
    """
    known = {(row["programme"], row["address"]) for row in _select_all(session, "people")}
    stay = [
        row
        for row in rows
        if row["id"] in named
        or (row["programme"], row["address"]) in known
        or row["welcomed_at"] is not None
        or row["state"] in AWAY_STATES
    ]
    people = [{name: value for name, value in row.items() if name != "id"} for row in stay]
    _insert(session, "people", people, otherwise=_on_conflict_update("(programme, address)", people))
    ids = {(row["programme"], row["address"]): row["id"] for row in _select_all(session, "people")}
    return {row["id"]: ids[row["programme"], row["address"]] for row in stay}


def _people_named(rows: Rows) -> frozenset[int]:
    """The old ids of those whom something that is taken over names: they acted in public, or were asked about a promise or wishes."""
    places = (("responses", "person_id"), ("heard_by", "person_id"), ("outbox", "person_id"), ("digests", "decided_by"), ("audit", "by"))
    return frozenset(row[column] for table, column in places for row in rows[table] if row[column] is not None)


def _carry_replies_over(session: Session, rows: Sequence[Row]) -> None:
    """Of each reply that the backup has, its author's last version: a yes to an earlier text must never come back.

    Of one whose words are broken, all but the words.
    """
    known = set(session.scalars(select(Reply.id)))
    for row in rows:
        if row["id"] in known:
            names = [name for name in row if name != "id" and (name not in WORDS or _can_be_read(session, row))]
            assignments = ", ".join(f'"{name}" = :{name}' for name in names)
            session.execute(text(f"UPDATE replies SET {assignments} WHERE id = :id"), row)  # noqa: S608 - our own columns


def _can_be_read(session: Session, row: Row) -> bool:
    try:
        session_keys(session).decrypt(row["words"], row["sealed_with"], row["id"])
    except (KeyFault, ForeignWords):
        return False
    return True


def _carry_questions_and_answers_over(session: Session, rows: Sequence[Row], people: Mapping[int | None, int]) -> None:
    """That somebody was asked, told a political answer or thanked since the backup: nobody shall be asked or told twice."""
    rounds = {None, *(row["id"] for row in _select_all(session, "rounds"))}
    stay = [row for row in rows if row["round_id"] in rounds and row["person_id"] in people]
    _insert(session, "outbox", [_message_here(row, people) for row in stay], otherwise="DO NOTHING")


def _message_here(row: Row, people: Mapping[int | None, int]) -> Row:
    """A message with the id that its person has here, also at the end of its key."""
    here = {name: value for name, value in row.items() if name != "id"} | {"person_id": people.get(row["person_id"])}
    if row["kind"] in KINDS_KEYED_BY_PERSON:
        here["key"] = f"{row['key'].rpartition(':')[0]}:{here['person_id']}"
    return here


def _carry_traces_over(session: Session, rows: Sequence[Row]) -> None:
    """What was deleted and lifted: the database that gives way knows best."""
    session.execute(delete(Tombstone).where(Tombstone.token.is_not(None)))
    _insert(session, "traces", [row for row in rows if row["token"] is not None])


def _quotes_to_carry_over(session: Session, quotes: Sequence[Row]) -> list[Row]:
    """Quotes that were posted, and those whose replies the backup has. What is not there any more cannot be tied to its author."""
    replies = set(session.scalars(select(Reply.id)))
    rows = [{**row, "reply_id": row["reply_id"] if row["reply_id"] in replies else None} for row in quotes]
    return [row for row in rows if row["reply_id"] is not None or row["place"] is not None]


def _insert(session: Session, table: str, rows: Sequence[Row], otherwise: str = "") -> None:
    """Insert rows as they are; `otherwise`: what is done where one is there already."""
    if rows:
        names = list(rows[0])
        columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
        conflict = f" ON CONFLICT {otherwise}" if otherwise else ""
        session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values}){conflict}"), rows)  # noqa: S608 - our own tables and columns


def _on_conflict_update(conflict: str, rows: Sequence[Row]) -> str:
    names = [name for name in (rows[0] if rows else ()) if name != "id"]
    return f"{conflict} DO UPDATE SET " + ", ".join(f'"{name}" = excluded."{name}"' for name in names)
