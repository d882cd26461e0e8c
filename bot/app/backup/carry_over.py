"""What does a restored backup take over from the database that gives way?

What politicians have seen: digests as they were posted, with their quotes, messages, answers and the log of decisions. Else the same week
would be made up once more, from fewer answers, and posted under the same number. It is taken over only from a database that knows all that
the backup knows, at the same revision: any other is none that the backup was made of.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, text

from bot.models import AuditEntry, HeardBy, Quote, Reply, Response
from bot.states import MessageKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    Row = dict[str, Any]
    Rows = Mapping[str, list[Row]]

TABLES: Final = ("alembic_version", "programmes", "rounds", "digests", "quotes", "responses", "heard_by", "audit")
ROUNDS: Final = ("id", "programme", "week", "day", "entry")
DIGESTS: Final = ("id", "programme", "week", "number")
KINDS: Final = (MessageKind.DRAFT, MessageKind.DIGEST, MessageKind.DIGEST_UPDATE, MessageKind.QUOTE_REVIEW)
MESSAGES: Final = "SELECT * FROM outbox WHERE person_id IS NULL AND round_id IS NULL"
PEOPLE: Final = """
SELECT * FROM people WHERE id IN (
    SELECT person_id FROM responses UNION SELECT person_id FROM heard_by UNION SELECT decided_by FROM digests UNION SELECT "by" FROM audit)
"""


def read(held: sqlite3.Connection | None) -> Rows | None:
    """What may be taken over; None if it cannot be read. The rows are as SQLite stores them."""
    if held is None:
        return None
    held.row_factory = sqlite3.Row
    statements = {**{each: f"SELECT * FROM {each}" for each in TABLES}, "outbox": MESSAGES, "people": PEOPLE}  # noqa: S608 - our own tables
    try:
        return {name: [dict(row) for row in held.execute(statement)] for name, statement in statements.items()}
    except sqlite3.DatabaseError:
        return None
    finally:
        held.row_factory = None


def take_over(session: Session, rows: Rows | None) -> bool:
    """Write it into the backup; False, and nothing is written, if these are not the rows of a database that knows all the backup knows."""
    if rows is None or not _is_older(session, rows):
        return False
    session.flush()
    _insert(session, "programmes", rows["programmes"], otherwise="DO NOTHING")
    people = _people(session, rows["people"])
    digests = [{**row, "decided_by": people.get(row["decided_by"])} for row in rows["digests"]]
    _insert(session, "digests", digests, otherwise=_updated("(id)", digests))
    messages = [{name: value for name, value in row.items() if name != "id"} for row in rows["outbox"] if row["kind"] in KINDS]
    _insert(session, "outbox", messages, otherwise=_updated("(programme, key)", messages))
    for table in (Quote, Response, HeardBy, AuditEntry):
        session.execute(delete(table).execution_options(synchronize_session=False))
    _insert(session, "quotes", _standing(session, rows["quotes"]))
    for name in ("responses", "heard_by"):
        _insert(session, name, [{**row, "person_id": people[row["person_id"]]} for row in rows[name]])
    _insert(session, "audit", [{**row, "by": people.get(row["by"])} for row in rows["audit"]])
    session.expire_all()
    return True


def _is_older(session: Session, rows: Rows) -> bool:
    """Whether the backup is an older state of the database that these rows are from."""
    known = (("alembic_version", ("version_num",)), ("rounds", ROUNDS), ("digests", DIGESTS))
    return all(_of(_select(session, name), columns) <= _of(rows[name], columns) for name, columns in known)


def _of(rows: Sequence[Row], columns: Sequence[str]) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}


def _select(session: Session, name: str) -> list[Row]:
    return [dict(row) for row in session.execute(text(f"SELECT * FROM {name}")).mappings()]  # noqa: S608 - our own tables


def _people(session: Session, rows: Sequence[Row]) -> dict[int | None, int]:
    """Who acted in public, by their old ids: as they stand in the backup, or as they stood, if they came later."""
    _insert(session, "people", [{**row, "id": None} for row in rows], otherwise="DO NOTHING")
    there = {(row["programme"], row["address"]): row["id"] for row in _select(session, "people")}
    return {row["id"]: there[row["programme"], row["address"]] for row in rows}


def _standing(session: Session, quotes: Sequence[Row]) -> list[Row]:
    """Quotes that were posted, and those whose replies the backup has. What is not there any more cannot be tied to its author."""
    replies = set(session.scalars(select(Reply.id)))
    known = [{**row, "reply_id": row["reply_id"] if row["reply_id"] in replies else None} for row in quotes]
    return [row for row in known if row["reply_id"] is not None or row["place"] is not None]


def _insert(session: Session, table: str, rows: Sequence[Row], otherwise: str = "") -> None:
    """Insert rows as they are; `otherwise`: what is done where one is there already."""
    if rows:
        names = list(rows[0])
        columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
        conflict = f" ON CONFLICT {otherwise}" if otherwise else ""
        session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values}){conflict}"), rows)  # noqa: S608 - our own tables and columns


def _updated(conflict: str, rows: Sequence[Row]) -> str:
    names = [name for name in (rows[0] if rows else ()) if name != "id"]
    return f"{conflict} DO UPDATE SET " + ", ".join(f'"{name}" = excluded."{name}"' for name in names)
