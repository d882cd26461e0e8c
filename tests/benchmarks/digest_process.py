"""The digest of a very large week in a process of its own, so that its memory can be measured.

Started with the number of replies, and the address of an empty database if it is not to be a new file. Prints one line of JSON: CPU and
wall seconds of drafting (numbers, words, texts for review), of choosing and placing the quotes, and of a bare pass that only opens every
sealed reply; and peak MB before and after.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update

from bot.confidentiality.encryption import TEXT, Keys, session_keys
from bot.dialogue.digests import quote_selection
from bot.dialogue.digests.digest_content import content_of
from bot.migrations import migrate
from bot.models import Authorship, MessageKind, MessageState, OutboxMessage, Person, PersonState, Quote, QuoteState, Reply
from bot.programme import Role
from tests.benchmarks.words_process import peak
from tests.support.database import open_database, unit_of_work
from tests.support.many_texts import many_texts
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from bot.models import Digest


def main() -> None:
    replies = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        database = open_database((sys.argv[2:] or [f"sqlite:///{Path(folder) / 'week.sqlite'}"])[0])
        database.keep_private()
        migrate(database.engine)
        with unit_of_work(database) as session:
            world = World(session)
            rounds = [world.add_round(week, listed=2 * replies).id for week in (1, 2)]
            for round_id in rounds:  # the second week is drafted with everything loaded
                write_week(world, round_id, replies)
        with unit_of_work(database) as session:
            print(json.dumps(measured(World(session), rounds)))
        database.close()


def measured(world: World, rounds: list[int]) -> dict[str, Any]:
    before, figures = peak(), {}
    bare = took(lambda: opened(world.session, rounds[0]))
    for name, week in (("first", 1), ("again", 2)):
        drafted: list[Digest] = []
        figures[name] = took(lambda week=week, drafted=drafted: drafted.append(world.draft(week)))
        figures[f"quotes {name}"] = took(lambda drafted=drafted: quoted(world, drafted[0]))
    return {**figures, "bare": bare, "before": before, "peak": peak()}


def opened(session: Session, round_id: int) -> None:
    keys = session_keys(session)
    for id_, words, sealed_with in session.execute(select(Reply.id, Reply.words, Reply.sealed_with).where(Reply.round_id == round_id)):
        keys.decrypt(words, sealed_with, id_)


def quoted(world: World, digest: Digest) -> None:
    """All texts that wait are approved, and those that are shown take their places."""
    world.session.execute(update(Quote).where(Quote.digest_id == digest.id).values(state=QuoteState.APPROVED))
    quote_selection.assign_places(world.session, world.programme, digest)
    (theme,) = content_of(digest)["themes"]
    assert len(theme["words"]) == 4
    assert len(quote_selection.quotes_in_post(world.session, digest)["trust"].quotes) == 2


def took(work: Callable[[], None]) -> list[float]:
    """CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return [time.process_time() - cpu, time.perf_counter() - wall]


def write_week(world: World, round_id: int, replies: int) -> None:
    """Every reply sealed; every third marked as a quote and let pass by the filter, every other one a wish."""
    keys = session_keys(world.session)
    if world.session.get(Person, 1) is None:
        write(world.session, Person, (person(world, key) for key in range(1, replies + 1)))
    write(world.session, OutboxMessage, (question(world, round_id, key) for key in range(1, replies + 1)))
    written = [(uuid4().hex, key, text) for key, text in enumerate(many_texts(replies, seed=round_id), 1)]
    write(world.session, Reply, (reply(keys, round_id, *each) for each in written))
    ties = ({"reply_id": id_, "round_id": round_id, "person_id": key, "written_at": OPENS} for id_, key, _ in written)
    write(world.session, Authorship, ties)


def write(session: Session, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """In pieces, so that the writing does not count in the memory that is measured afterwards."""
    piece: list[dict[str, Any]] = []
    for row in rows:
        piece.append(row)
        if len(piece) == 1000:
            session.execute(insert(table), piece)
            piece = []
    if piece:
        session.execute(insert(table), piece)


def person(world: World, key: int) -> dict[str, Any]:
    return {
        "id": key,
        "programme": world.programme.id,
        "address": f"U{key:08}",
        "role": Role.LEADER,
        "state": PersonState.ACTIVE,
        "language": "da",
        "timezone": "Europe/Copenhagen",
        "invited_at": OPENS,
    }


def question(world: World, round_id: int, key: int) -> dict[str, Any]:
    return {
        "delivery_id": uuid4().hex,
        "programme": world.programme.id,
        "kind": MessageKind.QUESTION,
        "round_id": round_id,
        "person_id": key,
        "address": f"U{key:08}",
        "facts": {},
        "due_at": OPENS,
        "next_at": OPENS,
        "state": MessageState.SENT,
    }


def reply(keys: Keys, round_id: int, id_: str, key: int, text: str) -> dict[str, Any]:
    sealed, quote = keys.encrypt(text, id_), key % 3 == 0
    return {
        "id": id_,
        "round_id": round_id,
        "question": "q",
        "words": sealed.words,
        "sealed_with": sealed.sealed_with,
        "wish": key % 2 == 0,
        "quote": quote,
        "cleared": keys.fingerprint(TEXT, text) if quote else None,
    }


if __name__ == "__main__":
    main()
