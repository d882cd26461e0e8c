"""Replies: a participant's one reply to each round, which they can see, change and delete.

Two hundred people may answer in the same minute. So recording a reply takes few plain statements: one that checks whether they may, and
one for each of the three tables that keep person, participation and reply apart.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, select, update

from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import own_words, session_keys
from bot.database.insert_once import table_of
from bot.database.row_ids import new_id
from bot.dialogue import people
from bot.dialogue.digests import quotes
from bot.dialogue.form_input import require_text
from bot.dialogue.rounds.quote_choice import QuotePart, QuoteReading, read_for_quote
from bot.dialogue.rounds.reply_rows import SELECT_PERSON_AND_ROUND, insert_reply, update_reply
from bot.dialogue.snapshot import about_in, ask_in, may_be_quoted_in, source_in, theme_in
from bot.errors import Overtaken, Reason, Refused
from bot.message_facts import QuestionFacts
from bot.models import Authorship, MessageKind, OutboxMessage, Participation, Person, PersonState, Reply, Round
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import MyReplies, MyReply, ReplyForm
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Select
    from sqlalchemy.orm import Session

    from bot.confidentiality.encryption import Keys
    from bot.programme import Programme


LETTERS_OF_STATE: Final = 16


@dataclass(frozen=True, kw_only=True)
class ReplyReceipt:
    """What the person is told about their recorded reply."""

    language: Language
    timezone: str
    closes_at: datetime
    person: int
    round: int
    snapshot: dict[str, Any]  # of the round
    is_paused: bool  # whether everything is
    changed: bool = False
    unquoted: bool = False  # they have left the quote out, and changed nothing else
    reading: QuoteReading | None = None  # what of it may be quoted
    quoted: QuotePart | None = None  # what they have said yes to


@dataclass(frozen=True, kw_only=True)
class RoundQuestion:
    """A round that a person was asked in, and the question they were asked."""

    round: Round
    question: str


# --- one round's form ----------------------------------------------------------------------------------------------------------


def reply_form(session: Session, now: datetime, programme: Programme, address: str, round_id: int | None) -> ReplyForm:
    """The form for a round, filled with the person's answer so far; `round_id` None means the newest open round.

    Refuses strangers (NOT_IN_DIALOGUE), a round they were not asked in (NOT_YOURS), a closed one (ROUND_CLOSED), and none (NOTHING_OPEN).
    """
    person = people.require_participant(session, programme.id, address)
    round_question = (
        newest_open_question(session, now, person)
        if round_id is None
        else _read_round_question(session, SELECT_QUESTION_IN_ROUND, person=person.id, round=round_id)
    )
    if round_question is None:
        raise Refused(Reason.NOTHING_OPEN if round_id is None else _refusal_reason(session, round_id))
    if _is_closed(now, round_question.round):
        raise Refused(Reason.ROUND_CLOSED)
    language, earlier = Language(person.language), own_reply(session, person, round_question.round)
    return ReplyForm(
        language=language,
        round=round_question.round.id,
        theme=theme_in(round_question.round, language),
        ask=ask_in(round_question.round, round_question.question, language),
        closes=moment_in(language, round_question.round.closes_at, person.timezone),
        text=(own_words(session_keys(session), earlier) if earlier else None) or "",
        wish=earlier is not None and earlier.wish,
        quote=earlier is not None and earlier.quote,
        replied=earlier is not None,
        seen=_state_of(session_keys(session), earlier),
        may_quote=may_be_quoted_in(programme, round_question.round),
        quotes_in=programme.language if programme.language is not language else None,
    )


def _state_of(keys: Keys, reply: Any) -> str:
    """A fingerprint of a stored reply as its form shows it, or of its row; empty if there is none."""
    return "" if reply is None else keys.fingerprint(*_what_is_seen(keys, reply))[:LETTERS_OF_STATE]


def _what_is_seen(keys: Keys, reply: Any) -> tuple[str, ...]:
    return "seen", str(reply.id), own_words(keys, reply) or "", str(reply.wish), str(reply.quote)


_select_questions = select(Round, OutboxMessage.facts).join(OutboxMessage, OutboxMessage.round_id == Round.id)
_select_questions = _select_questions.where(OutboxMessage.person_id == bindparam("person"), OutboxMessage.kind == MessageKind.QUESTION)
_select_newest_question = _select_questions.order_by(Round.opens_at.desc(), Round.id.desc()).limit(1)
SELECT_NEWEST_OPEN_QUESTION = _select_newest_question.where(Round.closed_at.is_(None), Round.closes_at > bindparam("now"))
SELECT_QUESTION_IN_ROUND = _select_questions.where(Round.id == bindparam("round"))
SELECT_OWN_REPLY = (
    select(Reply)
    .join(Authorship, Authorship.reply_id == Reply.id)
    .where(Authorship.person_id == bindparam("person"), Authorship.round_id == bindparam("round"))
)


def newest_open_question(session: Session, now: datetime, person: Person) -> RoundQuestion | None:
    """The newest round that a person was asked in and may answer now, or None."""
    return _read_round_question(session, SELECT_NEWEST_OPEN_QUESTION, person=person.id, now=now)


def _read_round_question(session: Session, statement: Select[Round, dict[str, Any]], **parameters: object) -> RoundQuestion | None:
    row = session.execute(statement, parameters).one_or_none()
    return None if row is None else RoundQuestion(round=row[0], question=row[1]["question"])


def about_question(session: Session, person: Person, round_id: int) -> tuple[str, ...]:
    """The lines that explain a round to a person: theme, background, source and question. Refuses others' rounds (NOT_YOURS)."""
    round_, language = session.get(Round, round_id), Language(person.language)
    if round_ is None or round_.programme != person.programme:
        raise Refused(Reason.NOT_YOURS)
    asked, source = _read_round_question(session, SELECT_QUESTION_IN_ROUND, person=person.id, round=round_id), source_in(round_, language)
    lines = (
        say(language, "why.theme", theme=theme_in(round_, language)),
        about_in(round_, language),
        None if source is None else say(language, "why.source", source=source),
        None if asked is None else say(language, "why.question", question=ask_in(round_, asked.question, language)),
    )
    return tuple(line for line in lines if line is not None)


def own_reply(session: Session, person: Person, round_: Round) -> Reply | None:
    """A person's own reply to a round, or None."""
    return session.scalars(SELECT_OWN_REPLY, {"person": person.id, "round": round_.id}).one_or_none()


def _refusal_reason(session: Session | Connection, round_id: int) -> Reason:
    """The reason to refuse a round without a question to this person: once it is detached, nobody knows who was asked."""
    detached = session.scalar(select(Round.detached_at).where(Round.id == round_id))
    return Reason.NOT_YOURS if detached is None else Reason.ROUND_CLOSED


def _is_closed(now: datetime, round_: Round) -> bool:
    return round_.closed_at is not None or round_.closes_at <= now


# --- writing down ---------------------------------------------------------------------------------------------------------------


def record(  # noqa: PLR0913, PLR0917 - the reply's fields, and where it belongs
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    round_id: int,
    text: str,
    *,
    wish: bool,
    quote: bool,
    seen: str | None = None,
) -> ReplyReceipt:
    """Record a reply and that its author has taken part, replacing an earlier reply of theirs to the round.

    With the mark, a text that was typed as it is printed may be quoted, if nothing speaks against it: its author has seen it so. Any other
    is kept like every reply, and quoted only after `agree_to_quote`. A yes to the same text stays. Where nobody is quoted a mark is none: a
    form opened before an upgrade may still ask for it.

    Refuses strangers and those who have left (NOT_IN_DIALOGUE), a round they were not asked in (NOT_YOURS), a closed one (ROUND_CLOSED),
    and, naming the field `text`, an empty text (EMPTY) or one over 3,000 characters (TOO_LONG). Recording the same twice changes nothing.
    A form that showed something older (`seen`) than what is stored overwrites nothing: Overtaken.
    """
    connection = session.connection()  # nothing here needs objects, and executing on the session costs a third more
    question_row = _require_open_question(connection, now, programme, address, round_id)
    words, quote = require_text(text, field="text"), quote and may_be_quoted_in(programme, question_row)
    _require_newest(session_keys(session), question_row, (words, wish, quote), seen)
    stored = own_words(session_keys(session), question_row), question_row.wish, question_row.quote
    reading = read_for_quote(session, programme, words) if quote else None
    quoted = None if reading is None else _find_earlier_yes(session, question_row, words, reading) or reading.part_to_clear
    reply_id = question_row.reply_id or new_id(session)  # random: only the authorship tells who wrote it, and when
    row = {
        **asdict(session_keys(session).encrypt(words, reply_id)),
        "wish": wish,
        "quote": quote,
        **_yes_to(quoted),
        "question": QuestionFacts.read(question_row.facts).question,
    }
    if question_row.reply_id is None:
        insert_reply(connection, now, question_row.person_id, {"id": reply_id, "round_id": round_id, **row})
    else:
        tombstones.replace_text(session, now, reply_id, before=own_words(session_keys(session), question_row), after=words)
        update_reply(connection, now, reply_id, row)
    changed, unquoted = question_row.reply_id is not None, stored == (words, wish, True) and not quote
    return replace(_receipt(question_row, round_id), changed=changed, unquoted=unquoted, reading=reading, quoted=quoted)


def agree_to_quote(  # noqa: PLR0913, PLR0917 - what exactly was agreed to, and by whom
    session: Session, now: datetime, programme: Programme, address: str, round_id: int, sentence: int | None, seen: str
) -> tuple[ReplyReceipt, QuoteReading]:
    """Note a person's yes to a part of their own reply: one sentence of its printed form, or the whole. `seen`: its fingerprint.

    A part that was changed since, or that the filter holds now, is not agreed to: the receipt says so. Refuses like `own_choice`.
    """
    receipt, reading = own_choice(session, now, programme, address, round_id)
    part = reading.part(sentence, seen, session_keys(session))
    if part is not None:
        tombstones.request_wiping(session, now)  # so that no earlier yes comes back with an older file
        select_own = select(Authorship.reply_id).where(Authorship.person_id == receipt.person, Authorship.round_id == round_id)
        session.execute(update(table_of(Reply)).where(Reply.id == select_own.scalar_subquery()).values(quote=True, **_yes_to(part)))
    return replace(receipt, quoted=part), reading


def own_choice(session: Session, now: datetime, programme: Programme, address: str, round_id: int) -> tuple[ReplyReceipt, QuoteReading]:
    """What of a person's own reply may be quoted, and their yes. Refuses like `record`, and where no reply can be read (NO_REPLY)."""
    question_row = _require_open_question(session.connection(), now, programme, address, round_id)
    words = own_words(session_keys(session), question_row) if question_row.reply_id is not None else None
    if words is None:
        raise Refused(Reason.NO_REPLY)
    reading = read_for_quote(session, programme, words)
    return replace(_receipt(question_row, round_id), quoted=_find_earlier_yes(session, question_row, words, reading)), reading


def _find_earlier_yes(session: Session, question_row: Any, words: str, reading: QuoteReading) -> QuotePart | None:
    """The part of an earlier reply with the same words to which its author has said yes."""
    is_same = bool(question_row.quote) and own_words(session_keys(session), question_row) == words
    return reading.part(question_row.sentence, str(question_row.cleared), session_keys(session)) if is_same else None


def _yes_to(part: QuotePart | None) -> dict[str, Any]:
    return {"cleared": part and part.fingerprint, "sentence": part and part.sentence}


def _receipt(question_row: Any, round_id: int) -> ReplyReceipt:
    return ReplyReceipt(
        language=Language(question_row.language),
        timezone=question_row.timezone,
        closes_at=question_row.closes_at,
        person=question_row.person_id,
        round=round_id,
        snapshot=question_row.snapshot,
        is_paused=question_row.is_paused,
    )


def _require_newest(keys: Keys, row: Any, sent: tuple[str, bool, bool], seen: str | None) -> None:
    """Raise Overtaken if a reply is stored that is neither what the form showed nor what was sent."""
    if seen is None or row.reply_id is None:
        return
    states = {state[:LETTERS_OF_STATE] for state in keys.fingerprints(*_what_is_seen(keys, row))}  # the key may be newer than the form
    if seen not in states and (own_words(keys, row), row.wish, row.quote) != sent:
        raise Overtaken


def _require_open_question(connection: Connection, now: datetime, programme: Programme, address: str, round_id: int) -> Any:
    """The row of a person who may answer the round: person, question, closing time and earlier reply, read in one statement."""
    row = connection.execute(SELECT_PERSON_AND_ROUND, {"programme": programme.id, "address": address, "round": round_id}).one_or_none()
    if row is None or row.role not in PARTICIPANTS or row.state is PersonState.LEFT:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    if row.facts is None:
        raise Refused(_refusal_reason(connection, round_id))
    if row.closed_at is not None or row.closes_at <= now:
        raise Refused(Reason.ROUND_CLOSED)
    return row


def delete_my_reply(session: Session, now: datetime, programme: Programme, address: str, round_id: int) -> Language:
    """Delete a person's own reply to a round, its quote, and the record that they took part; returns their language.

    Works also after the close, and for people who have left. Figures of a drafted digest stay as they are. Refuses strangers
    (NOT_IN_DIALOGUE) and people without a reply (NO_REPLY).
    """
    person, authorship = _own_authorship(session, programme, address, round_id)
    quotes.withdraw(session, now, authorship.reply_id)
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, authorship.reply_id)
    session.execute(delete(table_of(Authorship)).where(Authorship.reply_id == authorship.reply_id))
    session.execute(delete(table_of(Reply)).where(Reply.id == authorship.reply_id))
    conditions = Participation.person_id == authorship.person_id, Participation.round_id == round_id
    session.execute(delete(table_of(Participation)).where(*conditions))
    return Language(person.language)


def withdraw_quote(session: Session, now: datetime, programme: Programme, address: str, round_id: int) -> Language:
    """Take back the quote of a person's own reply, also where it was printed; returns their language.

    Refuses strangers (NOT_IN_DIALOGUE) and people without a reply (NO_REPLY).
    """
    person, authorship = _own_authorship(session, programme, address, round_id)
    quotes.withdraw(session, now, authorship.reply_id)
    tombstones.request_wiping(session, now)  # moves the tombstone file on, so that an older database is recognised as older
    session.execute(update(table_of(Reply)).where(Reply.id == authorship.reply_id).values(quote=False, cleared=None, sentence=None))
    return Language(person.language)


def _own_authorship(session: Session, programme: Programme, address: str, round_id: int) -> tuple[Person, Authorship]:
    """The person, and the authorship of their reply to a round."""
    person = people.require_person_anywhere(session, programme.id, address)
    select_own = select(Authorship).join(Person, Person.id == Authorship.person_id).where(Person.address == person.address)
    authorship = session.scalars(select_own.where(Authorship.round_id == round_id)).one_or_none()
    if authorship is None:
        raise Refused(Reason.NO_REPLY)
    return person, authorship


# --- my answers ----------------------------------------------------------------------------------------------------------------


def my_replies(session: Session, now: datetime, programme: Programme, address: str) -> MyReplies:
    """All replies of a person, newest first, also from earlier programmes or if they have left.

    Refuses strangers (NOT_IN_DIALOGUE).
    """
    person = people.require_person_anywhere(session, programme.id, address)
    select_replies = select(Reply, Round, Person).join(Authorship, Authorship.reply_id == Reply.id).join(Round, Round.id == Reply.round_id)
    select_own = select_replies.join(Person, Person.id == Authorship.person_id).where(Person.address == person.address)
    rows = session.execute(select_own.order_by(Round.opens_at.desc(), Round.id.desc()))
    replies = tuple(_my_reply(session, now, author, reply, round_) for reply, round_, author in rows)
    language = Language(person.language)
    return MyReplies(language=language, replies=replies, note=say(language, "mine.note" if replies else "mine.none"))


def _my_reply(session: Session, now: datetime, author: Person, reply: Reply, round_: Round) -> MyReply:
    language, editable = Language(author.language), not _is_closed(now, round_) and author.state is not PersonState.LEFT
    state = say(language, "mine.open" if editable else "mine.closed", closes=moment_in(language, round_.closes_at, author.timezone))
    keys = session_keys(session)
    words = own_words(keys, reply)
    quoted = bound_text(keys, words, reply.cleared, reply.sentence) if reply.quote else None
    return MyReply(
        round=round_.id,
        theme=theme_in(round_, language),
        ask=ask_in(round_, reply.question, language),
        text=words or say(language, "mine.unreadable"),
        wish=reply.wish,
        quote=reply.quote,
        editable=editable,
        state=state,
        withdrawable=reply.quote,
        quoted=_what_is_quoted(language, quoted, editable=editable) if reply.quote else "",
    )


def _what_is_quoted(language: Language, quoted: str | None, *, editable: bool) -> str:
    """What may be quoted of a reply with the mark, in words."""
    if quoted is not None:
        return say(language, "mine.quoted", text=quoted)
    return say(language, "mine.not_quoted.yet" if editable else "mine.not_quoted")
