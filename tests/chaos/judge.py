"""An independent judge of a storm: it reads what the platform has seen and, at the end, the database."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.app.keys import make_database, rehearsal_keys
from bot.confidentiality.encryption import decrypt_words
from bot.dialogue.outbox import KINDS_THAT_CHANGE
from bot.models import Authorship, MessageKind, MessageState, OutboxMessage, Person, Reply
from tests.chaos.worker import SEED

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tests.chaos.storm import Act


def posts(journal: Path) -> list[tuple[str, str, str]]:
    """Each message that the platform took: its address, its delivery's id, and its words."""
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    said = [line["args"] for line in lines if line["method"] == "chat.postMessage" and line["ok"]]
    return [(args["channel"], _delivery(args), json.dumps(args.get("blocks", "")) + str(args.get("text"))) for args in said]


def _delivery(args: dict[str, Any]) -> str:
    metadata = args.get("metadata") or {}
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str(metadata.get("event_payload", {}).get("delivery", ""))


def doubled(journal: Path, people: set[str]) -> list[str]:
    """What was said twice: by its delivery, and to people also by its words."""
    deliveries = Counter(delivery for _, delivery, _ in posts(journal))
    words = Counter((address, text) for address, _, text in posts(journal) if address in people)
    return [name for name, times in deliveries.items() if times > 1] + [address for (address, _), times in words.items() if times > 1]


def lost(url: str, journal: Path, participants: set[str], weeks: int) -> list[str]:
    """Whom a question has not reached; and where the database says of a message what the platform has not seen."""
    seen = {delivery for _, delivery, _ in posts(journal)}
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        columns = OutboxMessage.delivery_id, OutboxMessage.state, OutboxMessage.kind, OutboxMessage.address
        rows = [row for row in session.execute(select(*columns)) if row.kind not in KINDS_THAT_CHANGE]
    wrong = [f"{row.kind} {row.state}" for row in rows if (row.state is MessageState.SENT) != (row.delivery_id in seen)]
    asked = Counter(row.address for row in rows if row.kind is MessageKind.QUESTION and row.delivery_id in seen)
    return wrong + [f"{person} got {asked[person]} questions" for person in sorted(participants) if asked[person] != weeks]


def forgotten(url: str, acts: list[Act]) -> list[str]:
    """Answers that were accepted and do not stand with their last text."""
    told = defaultdict[tuple[str, int], list["Act"]](list)
    for act in acts:
        told[act.person, act.round_id].append(act)
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        kept = _stored(session)
    return [f"{key}: {kept.get(key)!r}" for key, of_person in told.items() if not _may_stand(kept.get(key), of_person)]


def _may_stand(text: str | None, acts: list[Act]) -> bool:
    """The last text that was accepted, or one that came after it and of which the person was told nothing better."""
    last = max((place for place, act in enumerate(acts) if act.outcome == "kept"), default=-1)
    later = [act.text for act in acts[last + 1 :]]
    return text in ([acts[last].text] if last >= 0 else [None]) + later


def _stored(session: Session) -> dict[tuple[str, int], str]:
    rows = select(Person.address, Authorship.round_id, Reply).join(Authorship, Authorship.person_id == Person.id)
    found = session.execute(rows.join(Reply, Reply.id == Authorship.reply_id)).all()
    return {(address, round_id): decrypt_words(session, reply) for address, round_id, reply in found}


def interleaved(url: str) -> list[tuple[int, int]]:
    """Claims under a lease that had been taken over before: the numbers never go back."""
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        claims = select(OutboxMessage.lease).where(OutboxMessage.lease.is_not(None)).order_by(OutboxMessage.tried_at, OutboxMessage.lease)
        numbers = [number or 0 for number in session.scalars(claims)]
    return [(before, after) for before, after in pairwise(numbers) if after < before]
