"""Voids the marks of unposted weeks after a backup was restored, and tells their authors.

Nobody knows whether an author took a mark back after the backup was made, so neither quotes nor wishes count. The authors are told in chat,
once a round: the answer counts, and while the round is open they may mark it again. Somebody whose newer text is lost is told too; the old
text is not used. Such a row tells that somebody had marks or wrote again, so it is deleted once it is final, and when the round is
detached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from bot.days_off import DaysOff
from bot.dialogue.digests import quotes
from bot.dialogue.outbox import NewMessage, NotWanted, NotYet, put_many
from bot.dialogue.snapshot import theme_in
from bot.local_time import in_sending_hours
from bot.message_facts import ReasonFacts
from bot.models import Authorship, Digest, DigestState, MessageKind, OutboxMessage, Person, PersonState, Reply, Round
from bot.programme import Language
from bot.seam.meaning import Plain
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

MARKS, TEXT = "marks", "text"  # what is void


def void_marks(session: Session, now: datetime, *, known: Collection[str] = ()) -> None:
    """Void the marks of all replies whose week's digest is not known to be posted, and tell their authors.

    `known`: the ids of replies whose marks are known to be still wanted or taken back.
    """
    is_posted = select(Digest.id).where(Digest.programme == Round.programme, Digest.week == Round.week, Digest.state == DigestState.ISSUED)
    select_marked = select(Reply, Person).join(Round, Round.id == Reply.round_id).where(or_(Reply.quote, Reply.wish), ~is_posted.exists())
    select_authors = select_marked.outerjoin(Authorship, Authorship.reply_id == Reply.id).outerjoin(
        Person, Person.id == Authorship.person_id
    )
    rows = session.execute(select_authors).all()
    for reply, author in ((reply, author) for reply, author in rows if reply.id not in known):
        quotes.withdraw(session, now, reply.id)
        reply.quote, reply.wish, reply.cleared, reply.sentence = False, False, None, None
        if author is not None:
            tell_author(session, now, author, reply.round_id, MARKS)
    session.flush()


def tell_author(session: Session, now: datetime, author: Person, round_id: int, what: str) -> None:
    """Put a message that tells an author what is void, once a round. Nobody who has left is written to."""
    if author.state is not PersonState.LEFT:
        message = NewMessage(
            kind=MessageKind.MARKS_VOID,
            address=author.address,
            due_at=now,
            facts=ReasonFacts(reason=what),
            round_id=round_id,
            person_id=author.id,
        )
        put_many(session, author.programme, [message])


def compose_void(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain | NotWanted | NotYet:
    """What the author is told, after a pause; nothing if they have left, or have marked or answered again."""
    author, round_ = session.get_one(Person, message.person_id), session.get_one(Round, message.round_id)
    paused_until = author.paused_until if author.state is PersonState.PAUSED else None
    until = in_sending_hours(max(now, paused_until or now), author.timezone, DaysOff.of(programme))
    if author.state is PersonState.LEFT or not _is_void(session, message):
        return NotWanted(reason="not needed any more")
    if until > now:
        return NotYet(until=until)
    language, what = Language(author.language), ReasonFacts.read(message.facts).reason
    is_open = round_.closed_at is None and now < round_.closes_at
    sentence = say(language, f"void.{what}", theme=theme_in(round_, language))
    closes = moment_in(language, round_.closes_at, author.timezone)
    way = say(language, f"void.{what}.open", closes=closes) if is_open else say(language, f"void.{what}.closed")
    return Plain(language=language, paragraphs=(sentence, way))


def _is_void(session: Session, message: OutboxMessage) -> bool:
    """Whether what is to be told is still true."""
    select_own = select(Reply).join(Authorship, Authorship.reply_id == Reply.id)
    reply = session.scalar(select_own.where(Authorship.round_id == message.round_id, Authorship.person_id == message.person_id))
    if ReasonFacts.read(message.facts).reason == TEXT:
        return reply is None
    return reply is not None and not (reply.quote or reply.wish)
