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
from bot.models import Authorship, MessageKind, MessageState, OutboxMessage, Person, Reply, Response
from schedules.troubles import BEGUN
from tests.chaos.worker import SEED
from tests.support.programme import DIGEST_CHANNEL

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


def lost(url: str, journal: Path, sent: dict[str, tuple[Any, ...]], participants: list[str], due: dict[MessageKind, int]) -> list[str]:
    """Who got another number of a kind than is due; and where the database says of a message what the platform has not seen."""
    seen = {delivery for _, delivery, _ in posts(journal)}
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        columns = OutboxMessage.delivery_id, OutboxMessage.state, OutboxMessage.kind, OutboxMessage.key
        rows = [row for row in session.execute(select(*columns)) if row.kind not in KINDS_THAT_CHANGE]
    rows = [row for row in rows if not (row.key or "").startswith(BEGUN)]  # said without the outbox, while the database was away
    wrong = [f"{row.kind} {row.state}" for row in rows if (row.state is MessageState.SENT) != (row.delivery_id in seen)]
    got = Counter((address, kind) for delivery, (kind, address, *_) in sent.items() if delivery in seen)
    people = [(person, kind, number) for person in sorted(participants) for kind, number in due.items()]
    return wrong + [f"{person} got {got[person, kind]} x {kind}" for person, kind, number in people if got[person, kind] != number]


def digests(journal: Path, weeks: int) -> list[str]:
    """Digests that politicians have not got, or more than once."""
    shown = Counter(words for address, _, words in posts(journal) if address == DIGEST_CHANNEL and "heard" in words)
    return [f"{len(shown)} digests, {shown.total()} messages"] if (len(shown), shown.total()) != (weeks, weeks) else []


def unheard(url: str, journal: Path, said: list[Act], participants: list[str], *, is_over: bool) -> list[str]:
    """Politicians' accepted answers that do not stand once; and, once a season is over, those that each participant has not got once."""
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        stored = Counter(session.scalars(select(Response.words)))
        released = set(session.scalars(select(Response.words).where(Response.released_at.is_not(None))))
    got = Counter((address, text) for address, _, words in posts(journal) for text in released if text in words)
    wrong = [f"{text}: stored {stored[text]} times" for text in {act.text for act in said} if stored[text] > 1]
    wrong += [f"{act.text}: forgotten" for act in said if act.outcome == "kept" and not stored[act.text]]
    fit = {1} if is_over else {0, 1}
    return wrong + [
        f"{who} got {got[who, text]} x {text}" for who in sorted(participants) for text in released if got[who, text] not in fit
    ]


def forgotten(url: str, acts: list[Act]) -> list[str]:
    """Answers that were accepted and do not stand with their last text, alone and as their author's."""
    told = defaultdict[tuple[str, int], list["Act"]](list)
    for act in acts:
        told[act.person, act.round_id].append(act)
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        kept = _stored(session)
    found = {key: [act.text for act in of_key if act.text in kept] for key, of_key in told.items()}
    wrong = [f"{key}: {found[key]}" for key, of_key in told.items() if not _may_stand(found[key], of_key)]
    return wrong + [f"{act.text} is {kept[act.text]}'s" for act in acts if kept.get(act.text) not in {None, act.person}]


def _may_stand(found: list[str], acts: list[Act]) -> bool:
    """The last text that was accepted, or one that came after it and of which the person was told nothing better; no other."""
    last = max((place for place, act in enumerate(acts) if act.outcome == "kept"), default=-1)
    may = [act.text for act in acts[max(last, 0) :]]
    return len(found) == 1 and found[0] in may if found else last < 0


def _stored(session: Session) -> dict[str, str | None]:
    """Each text, and whose it is: None once it is detached."""
    rows = select(Reply, Person.address).outerjoin(Authorship, Authorship.reply_id == Reply.id)
    return {decrypt_words(session, reply): who for reply, who in session.execute(rows.outerjoin(Person, Person.id == Authorship.person_id))}


def interleaved(url: str) -> list[tuple[int, int]]:
    """Claims under a lease that had been taken over before: the numbers never go back.

    What is detached, or was drawn anew, tells no more when it was.
    """
    with closing(make_database(url, rehearsal_keys(SEED))) as database, database.look() as session:
        claims = (
            select(OutboxMessage.lease)
            .where(OutboxMessage.lease.is_not(None), OutboxMessage.kind.not_in(KINDS_THAT_CHANGE))
            .order_by(OutboxMessage.tried_at, OutboxMessage.lease)
        )
        numbers = [number or 0 for number in session.scalars(claims)]
    return [(before, after) for before, after in pairwise(numbers) if after < before]
