"""How long does the digest of a very large week take?"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert

from bot.dialogue.digest_content import content_of
from bot.models import Authorship, MessageKind, MessageState, OutboxMessage, Person, PersonState, Reply
from bot.programme import Role
from tests.benchmarks.report import figure
from tests.dialogue.season import FIRST, Season

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

REPLIES = 100_000
AT_MOST = 2.0  # seconds


def test_a_digest_over_100_000_replies_takes_under_two_seconds(session: Session):
    town = Season(session)
    one = town.round(1)
    ids = range(1, REPLIES + 1)
    write(session, Person, [person(town, key) for key in ids])
    write(session, OutboxMessage, [question(town, one.id, key) for key in ids])
    write(session, Reply, [reply(one.id, key) for key in ids])
    write(session, Authorship, [{"reply_id": f"{key:032}", "round_id": one.id, "person_id": key, "written_at": FIRST} for key in ids])

    begun = time.perf_counter()
    drafted = town.draft(1)
    took = time.perf_counter() - begun

    figure(f"a digest over {REPLIES:,} replies", f"{took:.2f} s", f"under {AT_MOST:g} s", met=took < AT_MOST)
    (theme,) = content_of(drafted)["themes"]
    assert (theme["people"], theme["wishes"], theme["participation"]) == (REPLIES, REPLIES // 2, ">90")


def write(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    session.execute(insert(table), rows)


def person(town: Season, key: int) -> dict[str, Any]:
    return {
        "id": key,
        "programme": town.programme.id,
        "address": f"U{key:08}",
        "role": Role.LEADER,
        "state": PersonState.ACTIVE,
        "language": "da",
        "timezone": "Europe/Copenhagen",
        "invited_at": FIRST,
    }


def question(town: Season, round_id: int, key: int) -> dict[str, Any]:
    return {
        "delivery_id": uuid4().hex,
        "programme": town.programme.id,
        "kind": MessageKind.QUESTION,
        "round_id": round_id,
        "person_id": key,
        "address": f"U{key:08}",
        "facts": {},
        "due_at": FIRST,
        "next_at": FIRST,
        "state": MessageState.SENT,
    }


def reply(round_id: int, key: int) -> dict[str, Any]:
    return {"id": f"{key:032}", "round_id": round_id, "question": "q", "words": b"..." * 50, "wish": key % 2 == 0, "quote": False}
