"""The rows of a reply: read in one statement, and written in as few as the database can take.

Three tables keep person, participation and reply apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql

from bot.database.insert_once import insert_once, table_of
from bot.dialogue.planning.pause_for_all import SELECT_OPEN
from bot.models import Authorship, MessageKind, OutboxMessage, Participation, Person, Reply, Round

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Table

_people, _rounds, _outbox = (table_of(model) for model in (Person, Round, OutboxMessage))
_replies, _authorships, _participations = (table_of(model) for model in (Reply, Authorship, Participation))
_question = and_(
    _outbox.c.round_id == bindparam("round"),
    _outbox.c.person_id == _people.c.id,
    _outbox.c.kind == MessageKind.QUESTION,
)
_authorship = and_(_authorships.c.round_id == bindparam("round"), _authorships.c.person_id == _people.c.id)
SELECT_PERSON_AND_ROUND: Final = (
    select(
        _people.c.id.label("person_id"),
        *(_people.c[name] for name in ("role", "state", "language", "timezone")),
        _outbox.c.facts,
        _rounds.c.closes_at,
        _rounds.c.closed_at,
        _rounds.c.snapshot,
        SELECT_OPEN.exists().label("is_paused"),
        _authorships.c.reply_id,
        *(_replies.c[name] for name in ("id", "words", "sealed_with", "wish", "quote", "cleared", "sentence")),
    )
    .select_from(_people)
    .outerjoin(_outbox, _question)
    .outerjoin(_rounds, _rounds.c.id == _outbox.c.round_id)
    .outerjoin(_authorships, _authorship)
    .outerjoin(_replies, _replies.c.id == _authorships.c.reply_id)
    .where(_people.c.programme == bindparam("programme"), _people.c.address == bindparam("address"))
)


def _values_of(table: Table) -> dict[str, Any]:
    return {column.name: bindparam(f"{table}.{column.name}") for column in table.columns}


INSERT_REPLY, INSERT_AUTHORSHIP = insert(_replies), insert(_authorships)
UPDATE_REPLY = update(_replies).where(_replies.c.id == bindparam("reply"))
UPDATE_AUTHORSHIP = update(_authorships).where(_authorships.c.reply_id == bindparam("reply"))

INSERT_ALL: Final = (
    postgresql.insert(_participations)
    .values(_values_of(_participations))
    .on_conflict_do_nothing()
    .add_cte(*(insert(table).values(_values_of(table)).cte(f"new_{table}") for table in (_replies, _authorships)))
)


def insert_reply(connection: Connection, now: datetime, person: int, row: Mapping[str, Any]) -> None:
    """Write a new reply, whose it is, and that they have taken part; a server takes all three at once."""
    round_and_person = {"round_id": row["round_id"], "person_id": person}
    authorship = {"reply_id": row["id"], "written_at": now, **round_and_person}
    if connection.dialect.name == "postgresql":
        rows = {_replies: row, _authorships: authorship, _participations: round_and_person}
        connection.execute(INSERT_ALL, {f"{table}.{name}": value for table, values in rows.items() for name, value in values.items()})
    else:
        connection.execute(INSERT_REPLY, row)
        connection.execute(INSERT_AUTHORSHIP, authorship)
        connection.execute(insert_once(connection, Participation), round_and_person)


def update_reply(connection: Connection, now: datetime, reply: str, row: Mapping[str, Any]) -> None:
    """Write another text, and its marks, in the place of the earlier one."""
    connection.execute(UPDATE_REPLY, {"reply": reply, **row})
    connection.execute(UPDATE_AUTHORSHIP, {"reply": reply, "written_at": now})
