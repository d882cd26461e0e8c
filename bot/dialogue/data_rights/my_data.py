"""Shows a person everything that is kept about them, in words and without internal ids.

That is: who they are here, their answers and quotes, the rounds they took part in, the messages to them and, for politicians and
organisers, what they did in public. Nothing about others is shown. Nobody can find what has been detached from them, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue import audit, own_hour, welcome
from bot.dialogue.digests.digest_text import week_number
from bot.dialogue.snapshot import ask_in, theme_in
from bot.models import (
    AuditEntry,
    Authorship,
    Digest,
    HeardBy,
    MessageKind,
    MessageState,
    OutboxMessage,
    Participation,
    Person,
    Quote,
    Reply,
    Response,
    Round,
)
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import MyData
from bot.seam.meaning import Part
from bot.wording import say
from bot.wording.dates import date_in, hour_in, stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

KINDS_TO_PEOPLE = (
    MessageKind.WELCOME,
    MessageKind.QUESTION,
    MessageKind.REMINDER,
    MessageKind.ANSWER,
    MessageKind.QUOTE_DECLINED,
    MessageKind.MARKS_VOID,
    MessageKind.PROMISE_DUE,
    MessageKind.WISH_ASKED,
    MessageKind.PAUSE_FOR_ALL,
    MessageKind.SHOWN,
    MessageKind.THANKS,
)
UNDER_WAY_STATES = (MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN, MessageState.HELD)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """The person as they read their data: their row in each programme, newest first, and their language and time zone."""

    own: Sequence[Person]
    language: Language

    @property
    def ids(self) -> list[int]:
        return [person.id for person in self.own]

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def at(self, moment: datetime | None) -> str:
        return "" if moment is None else stamp_in(self.language, moment, self.own[0].timezone)


def my_data(session: Session, programme: Programme, address: str, *, start: int = 0) -> MyData:
    """Everything kept about the person with this address, to be shown from part number `start` on."""
    people = session.scalars(select(Person).where(Person.address == address).order_by(Person.id.desc())).all()
    if not people:
        note = "data.erased" if tombstones.is_erased(session, address) else "data.none"
        return MyData(language=programme.language, parts=(), note=say(programme.language, note))
    current = next((person for person in people if person.programme == programme.id), people[0])
    reader = _Reader(own=people, language=Language(current.language))
    programmes = {person.programme for person in people}
    last = session.scalar(select(func.max(Round.closes_at)).where(Round.programme.in_(programmes), Round.detached_at.is_not(None)))
    parts = [
        *(_person_part(reader, programme, person) for person in people),
        *_reply_parts(session, reader),
        *_lines_in_parts(reader, "data.rounds", _round_lines(session, reader)),
        *_lines_in_parts(reader, "data.messages", _message_lines(session, reader, address)),
        *_lines_in_parts(reader, "data.public", _public_lines(session, reader), together=5),
        *_lines_in_parts(reader, "data.detached", [reader.say("data.detached.until", at=reader.at(last))] if last else []),
        *_lines_in_parts(reader, "data.besides", [reader.say("data.besides.names"), reader.say("data.besides.places")]),
        *welcome.right_to_know(programme, reader.language),
    ]
    note = "data.note" if current.role in PARTICIPANTS else "data.note.public"
    return MyData(language=reader.language, parts=tuple(parts), note=reader.say(note), start=start)


def _lines_in_parts(reader: _Reader, heading: str, lines: Iterable[str], *, together: int = 25) -> list[Part]:
    """The lines in parts of at most `together`, so that each fits on a screen."""
    all_lines = tuple(lines)
    groups = [all_lines[first : first + together] for first in range(0, len(all_lines), together)]
    return [Part(heading=reader.say(heading), lines=group) for group in groups]


def _person_part(reader: _Reader, programme: Programme, person: Person) -> Part:
    lines = [
        reader.say("data.address", address=person.address),
        reader.say("data.role", role=reader.say(f"data.role.{person.role.value}")),
        reader.say(f"data.state.{person.state.value}"),
        reader.say("data.language", language=reader.say(f"data.language.{person.language}"), timezone=person.timezone),
        reader.say("data.invited_at", at=reader.at(person.invited_at)),
    ]
    moments = {name: getattr(person, name) for name in ("welcomed_at", "paused_until", "heard_until")}
    lines += [reader.say(f"data.{name}", at=reader.at(moment)) for name, moment in moments.items() if moment is not None]
    if (hour := own_hour.hour_of(person, programme)) is not None:
        lines.append(reader.say("data.ask_at", hour=hour_in(reader.language, hour)))
    if person.left_by is not None:
        lines.append(reader.say(f"data.left_by.{person.left_by.value}"))
    if person.next_role is not None:
        lines.append(reader.say("data.next_role", at=reader.at(person.role_from), role=reader.say(f"data.role.{person.next_role.value}")))
    key = "data.who" if person.programme == programme.id else "data.who.earlier"
    return Part(heading=reader.say(key, title=programme.title.in_(reader.language)), lines=tuple(lines))


def _reply_parts(session: Session, reader: _Reader) -> list[Part]:
    """Their replies, newest first, each with its time, its marks and the state of its quote."""
    select_replies = select(Reply, Round, Authorship.written_at, Quote, Digest).join(Authorship, Authorship.reply_id == Reply.id)
    select_replies = select_replies.join(Round, Round.id == Reply.round_id).outerjoin(Quote, Quote.reply_id == Reply.id)
    rows = session.execute(
        select_replies.outerjoin(Digest, Digest.id == Quote.digest_id)
        .where(Authorship.person_id.in_(reader.ids))
        .order_by(Round.opens_at.desc(), Round.id.desc())
    )
    keys = session_keys(session)
    parts = []
    for reply, round_, written_at, quote, digest in rows:
        words = own_words(keys, reply)
        lines = [words or reader.say("mine.unreadable"), reader.say("data.written_at", at=reader.at(written_at))]
        if reply.wish:
            lines.append(reader.say("data.wish"))
        if reply.quote:
            lines.append(_quote_line(reader, bound_text(keys, words, reply.cleared, reply.sentence), reply.sentence))
        if quote is not None and digest is not None:
            state = "shown" if quote.place is not None else quote.state.value
            lines.append(reader.say(f"data.quote.{state}", number=digest.number))
        heading = f"{theme_in(round_, reader.language)}: {ask_in(round_, reply.question, reader.language)}"
        parts.append(Part(heading=heading, lines=tuple(lines)))
    return parts


def _quote_line(reader: _Reader, text: str | None, sentence: int | None) -> str:
    """What of a marked reply may be quoted, as it is printed: one sentence, or the whole."""
    if text is None:
        return reader.say("data.quote.held")
    return reader.say("data.quote" if sentence is None else "data.quote.sentence", text=text)


def _round_lines(session: Session, reader: _Reader) -> list[str]:
    select_rounds = select(Round).join(Participation, Participation.round_id == Round.id).where(Participation.person_id.in_(reader.ids))
    rounds = session.scalars(select_rounds.order_by(Round.opens_at.desc(), Round.id.desc()))
    return [reader.say("data.round", theme=theme_in(round_, reader.language), week=week_number(round_.week)) for round_ in rounds]


def _message_lines(session: Session, reader: _Reader, address: str) -> Iterator[str]:
    select_messages = select(OutboxMessage, Round).outerjoin(Round, Round.id == OutboxMessage.round_id)
    own_messages = select_messages.where(or_(OutboxMessage.person_id.in_(reader.ids), OutboxMessage.address == address))
    for message, round_ in session.execute(own_messages.order_by(OutboxMessage.due_at.desc(), OutboxMessage.id.desc())):
        sentence = reader.say(f"data.message.{message.kind.value}" if message.kind in KINDS_TO_PEOPLE else "data.message.other")
        if round_ is not None:
            sentence = reader.say("data.message.about", what=sentence, theme=theme_in(round_, reader.language))
        standing = "sent" if message.sent_at else "under_way" if message.state in UNDER_WAY_STATES else "unsent"
        yield reader.say(f"data.message.{standing}", at=reader.at(message.sent_at or message.due_at), what=sentence)


def _public_lines(session: Session, reader: _Reader) -> Iterator[str]:
    """What they answered and acknowledged as politicians, and what they decided and noted as organisers."""
    select_responses = select(Response, Digest.number).join(Digest, Digest.id == Response.digest_id)
    own_responses = select_responses.where(Response.person_id.in_(reader.ids)).order_by(Response.id.desc())
    for response, number in session.execute(own_responses):
        key = "data.response" if response.words else "data.response.bare"
        said = reader.say(key, at=reader.at(response.written_at), number=number, words=response.words)
        if response.due_on is not None:
            said = reader.say("data.response.due", said=said, due=date_in(reader.language, response.due_on))
        yield said if response.signed is None else reader.say("data.response.signed", said=said, name=response.signed)
    select_numbers = select(Digest.number).join(HeardBy, HeardBy.digest_id == Digest.id).where(HeardBy.person_id.in_(reader.ids))
    for number in session.scalars(select_numbers.order_by(Digest.number.desc())):
        yield reader.say("data.heard", number=number)
    for entry in reversed(audit.entries(session, AuditEntry.by.in_(reader.ids))):
        is_day_only = entry.act in audit.DAY_ONLY_ACTS  # of these the log keeps only the day
        at = date_in(reader.language, entry.at.date()) if is_day_only else reader.at(entry.at)
        yield reader.say(f"data.act.{entry.act.value}", at=at, number=entry.digest)
    notes = session.execute(select(Digest.number, Digest.note).where(Digest.decided_by.in_(reader.ids), Digest.note.is_not(None)))
    for number, note in notes:
        yield reader.say("data.digest_note", number=number, note=note)
