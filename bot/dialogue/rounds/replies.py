"""What has a participant answered?

One reply to each round, theirs to see, change and delete. Two hundred people answer in the same minute, so that recording one is a
handful of plain statements: one that finds out whether they may, and one for each of the three tables kept apart.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import and_, bindparam, delete, insert, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import decrypt_words, session_keys
from bot.database.insert_once import insert_once, table_of
from bot.dialogue import people
from bot.dialogue.digests import quotes
from bot.dialogue.digests.quotes import Judgement, fingerprint, judge
from bot.dialogue.filtering import find_holds
from bot.dialogue.form_input import require_text
from bot.dialogue.snapshot import ask_in, theme_in
from bot.errors import Reason, Refused
from bot.models import Authorship, MessageKind, OutboxMessage, Participation, Person, PersonState, Reply, Round
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import MyReplies, MyReply, ReplyForm
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Select
    from sqlalchemy.orm import Session

    from bot.programme import Programme


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A reply has been written down: what the person is told of its round."""

    language: Language
    timezone: str
    closes_at: datetime
    changed: bool
    judged: Judgement  # as a quote, if it is marked as one


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A round that a person was asked in, and the question they were asked."""

    round: Round
    question: str


# --- one round's form ----------------------------------------------------------------------------------------------------------


def reply_form(session: Session, now: datetime, programme: Programme, address: str, round_id: int | None) -> ReplyForm:
    """The form for a round, or (`round_id` None) for the newest open one, with what the person has answered so far.

    Refuses who is not in the dialogue, a round they were not asked in (NOT_YOURS), a closed one, and that nothing is open (NOTHING_OPEN).
    """
    who = people.participant(session, programme.id, address)
    prompt = newest_open(session, now, who) if round_id is None else _prompt(session, SELECT_ASKED_IN, person=who.id, round=round_id)
    if prompt is None:
        raise Refused(Reason.NOTHING_OPEN if round_id is None else _why_not(session, round_id))
    if _is_closed(now, prompt.round):
        raise Refused(Reason.ROUND_CLOSED)
    return _reply_form(session, who, prompt, reply_to(session, who, prompt.round))


def _reply_form(session: Session, who: Person, prompt: Prompt, earlier: Reply | None) -> ReplyForm:
    language = Language(who.language)
    return ReplyForm(
        language=language,
        round=prompt.round.id,
        theme=theme_in(prompt.round, language),
        ask=ask_in(prompt.round, prompt.question, language),
        closes=moment_in(language, prompt.round.closes_at, who.timezone),
        text=decrypt_words(session, earlier) if earlier else "",
        wish=earlier is not None and earlier.wish,
        quote=earlier is not None and earlier.quote,
        replied=earlier is not None,
    )


_select_asked = select(Round, OutboxMessage.facts).join(OutboxMessage, OutboxMessage.round_id == Round.id)
_select_asked = _select_asked.where(OutboxMessage.person_id == bindparam("person"), OutboxMessage.kind == MessageKind.QUESTION)
_select_newest = _select_asked.order_by(Round.opens_at.desc(), Round.id.desc()).limit(1)
SELECT_NEWEST_OPEN = _select_newest.where(Round.closed_at.is_(None), Round.closes_at > bindparam("now"))
SELECT_ASKED_IN = _select_asked.where(Round.id == bindparam("round"))
SELECT_OWN_REPLY = (
    select(Reply)
    .join(Authorship, Authorship.reply_id == Reply.id)
    .where(Authorship.person_id == bindparam("person"), Authorship.round_id == bindparam("round"))
)


def newest_open(session: Session, now: datetime, who: Person) -> Prompt | None:
    """The newest round that a person was asked in and may answer now."""
    return _prompt(session, SELECT_NEWEST_OPEN, person=who.id, now=now)


def _prompt(session: Session, which: Select[Round, dict[str, Any]], **given: object) -> Prompt | None:
    """The round that is meant, of those a person was asked in."""
    row = session.execute(which, given).one_or_none()
    return None if row is None else Prompt(round=row[0], question=row[1]["question"])


def reply_to(session: Session, who: Person, one: Round) -> Reply | None:
    """A person's own reply to a round."""
    return session.scalars(SELECT_OWN_REPLY, {"person": who.id, "round": one.id}).one_or_none()


def _why_not(session: Session | Connection, round_id: int) -> Reason:
    """Why a person cannot answer a round that they do not seem to have been asked in: of one that is detached, nobody knows who was."""
    detached = session.scalar(select(Round.detached_at).where(Round.id == round_id))
    return Reason.NOT_YOURS if detached is None else Reason.ROUND_CLOSED


def _is_closed(now: datetime, one: Round) -> bool:
    return one.closed_at is not None or one.closes_at <= now


# --- writing down ---------------------------------------------------------------------------------------------------------------


def record(  # noqa: PLR0913, PLR0917 - where, when, who, what to, what, and two marks
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    round_id: int,
    text: str,
    *,
    wish: bool,
    quote: bool,
) -> Recorded:
    """Write down a reply and that its author has taken part; an earlier reply of theirs to the round is replaced.

    Marked as a quote, its text goes through the personal-data filter: what is held is kept like any other reply, and never quoted.

    Refuses strangers and those who have left (NOT_IN_DIALOGUE), a round they were not asked in (NOT_YOURS), a closed one (ROUND_CLOSED),
    and, naming the field `text`, an empty text (EMPTY) or one over 3,000 characters (TOO_LONG). Recording the same twice changes nothing.
    """
    plainly = session.connection()  # nothing here needs objects, and the session's own way to a statement costs a third more
    found = _may_answer(plainly, now, programme, address, round_id)
    words = require_text(text, field="text")
    verdict = judge(programme, words, find_holds(session, programme, words)) if quote else Judgement()
    cleared = fingerprint(session, words) if quote and verdict.clean else None
    row = {
        **asdict(session_keys(session).encrypt(words)),
        "wish": wish,
        "quote": quote,
        "cleared": cleared,
        "question": found.facts["question"],
    }
    if found.reply_id is None:
        _write(plainly, now, found.person_id, round_id, row)
    else:
        tombstones.request_wiping(session, now)  # of the words that stood there
        _replace(plainly, now, found.reply_id, row)
    return Recorded(
        language=Language(found.language),
        timezone=found.timezone,
        closes_at=found.closes_at,
        changed=found.reply_id is not None,
        judged=verdict,
    )


def _may_answer(plainly: Connection, now: datetime, programme: Programme, address: str, round_id: int) -> Any:
    """In one statement: who this is, what they were asked in the round, whether it is open, and their earlier reply."""
    found = plainly.execute(SELECT_WHO_MAY_ANSWER, {"programme": programme.id, "address": address, "round": round_id}).one_or_none()
    if found is None or found.role not in PARTICIPANTS or found.state is PersonState.LEFT:
        raise Refused(Reason.NOT_IN_DIALOGUE)
    if found.facts is None:
        raise Refused(_why_not(plainly, round_id))
    if found.closed_at is not None or found.closes_at <= now:
        raise Refused(Reason.ROUND_CLOSED)
    return found


_people, _rounds, _outbox, _authorships, _replies = (table_of(each) for each in (Person, Round, OutboxMessage, Authorship, Reply))
_question = and_(
    _outbox.c.round_id == bindparam("round"),
    _outbox.c.person_id == _people.c.id,
    _outbox.c.kind == MessageKind.QUESTION,
)
_authorship = and_(_authorships.c.round_id == bindparam("round"), _authorships.c.person_id == _people.c.id)
SELECT_WHO_MAY_ANSWER = (
    select(
        _people.c.id.label("person_id"),
        *(_people.c[name] for name in ("role", "state", "language", "timezone")),
        _outbox.c.facts,
        _rounds.c.closes_at,
        _rounds.c.closed_at,
        _authorships.c.reply_id,
    )
    .select_from(_people)
    .outerjoin(_outbox, _question)
    .outerjoin(_rounds, _rounds.c.id == _outbox.c.round_id)
    .outerjoin(_authorships, _authorship)
    .where(_people.c.programme == bindparam("programme"), _people.c.address == bindparam("address"))
)
INSERT_REPLY, INSERT_AUTHORSHIP = insert(_replies), insert(_authorships)
UPDATE_REPLY = update(_replies).where(_replies.c.id == bindparam("which"))
UPDATE_AUTHORSHIP = update(_authorships).where(_authorships.c.reply_id == bindparam("which"))


def _write(plainly: Connection, now: datetime, person_id: int, round_id: int, row: Mapping[str, Any]) -> None:
    """A first reply: its id is random, and only the authorship says whose it is, and when it was written."""
    reply_id, part = uuid4().hex, {"round_id": round_id, "person_id": person_id}
    plainly.execute(INSERT_REPLY, {"id": reply_id, "round_id": round_id, **row})
    plainly.execute(INSERT_AUTHORSHIP, {"reply_id": reply_id, "written_at": now, **part})
    plainly.execute(insert_once(plainly, Participation), part)


def _replace(plainly: Connection, now: datetime, reply_id: str, row: Mapping[str, Any]) -> None:
    plainly.execute(UPDATE_REPLY, {"which": reply_id, **row})
    plainly.execute(UPDATE_AUTHORSHIP, {"which": reply_id, "written_at": now})


def delete_my_reply(session: Session, now: datetime, programme: Programme, address: str, round_id: int) -> Language:
    """Delete one's own reply to a round, with its quote, and that one took part in it. Gives their language.

    Also after the close, and for who has left. Figures of a digest that has been drafted stay as they are. Refuses strangers
    (NOT_IN_DIALOGUE) and where no reply is (NO_REPLY).
    """
    who, tie = _own_authorship(session, programme, address, round_id)
    quotes.withdraw(session, now, tie.reply_id)
    tombstones.leave_tombstones(session, now, DeletedKind.REPLY, tie.reply_id)
    session.execute(delete(_authorships).where(_authorships.c.reply_id == tie.reply_id))
    session.execute(delete(table_of(Reply)).where(Reply.id == tie.reply_id))
    part = Participation.person_id == tie.person_id, Participation.round_id == round_id
    session.execute(delete(table_of(Participation)).where(*part))
    return Language(who.language)


def withdraw_quote(session: Session, now: datetime, programme: Programme, address: str, round_id: int) -> Language:
    """One's own reply to a round is not to be quoted: neither in what is to come nor where it stands already. Gives their language.

    Refuses strangers (NOT_IN_DIALOGUE) and where no reply is (NO_REPLY).
    """
    who, tie = _own_authorship(session, programme, address, round_id)
    quotes.withdraw(session, now, tie.reply_id)
    session.execute(update(table_of(Reply)).where(Reply.id == tie.reply_id).values(quote=False, cleared=None))
    return Language(who.language)


def _own_authorship(session: Session, programme: Programme, address: str, round_id: int) -> tuple[Person, Authorship]:
    """Who this is, and what ties them to their reply to a round."""
    who = people.require_known_anywhere(session, programme.id, address)
    own = select(Authorship).join(Person, Person.id == Authorship.person_id).where(Person.address == who.address)
    tie = session.scalars(own.where(Authorship.round_id == round_id)).one_or_none()
    if tie is None:
        raise Refused(Reason.NO_REPLY)
    return who, tie


# --- mine svar -----------------------------------------------------------------------------------------------------------------


def my_replies(session: Session, now: datetime, programme: Programme, address: str) -> MyReplies:
    """All a person has answered, newest first, also in earlier programmes or if they have left. Refuses strangers (NOT_IN_DIALOGUE)."""
    who = people.require_known_anywhere(session, programme.id, address)
    tied = select(Reply, Round, Person).join(Authorship, Authorship.reply_id == Reply.id).join(Round, Round.id == Reply.round_id)
    own = tied.join(Person, Person.id == Authorship.person_id).where(Person.address == who.address)
    rows = session.execute(own.order_by(Round.opens_at.desc(), Round.id.desc()))
    replies = tuple(_my_reply(session, now, author, reply, one) for reply, one, author in rows)
    language = Language(who.language)
    return MyReplies(language=language, replies=replies, note=say(language, "mine.note" if replies else "mine.none"))


def _my_reply(session: Session, now: datetime, who: Person, reply: Reply, one: Round) -> MyReply:
    language, editable = Language(who.language), not _is_closed(now, one) and who.state is not PersonState.LEFT
    closes = moment_in(language, one.closes_at, who.timezone)
    return MyReply(
        round=one.id,
        theme=theme_in(one, language),
        ask=ask_in(one, reply.question, language),
        text=decrypt_words(session, reply),
        wish=reply.wish,
        quote=reply.quote,
        editable=editable,
        state=" · ".join(_states_in_words(language, reply, "mine.open" if editable else "mine.closed", closes)),
        withdrawable=reply.quote,
    )


def _states_in_words(language: Language, reply: Reply, key: str, closes: str) -> Iterator[str]:
    yield say(language, key, closes=closes)
    if reply.quote and reply.cleared is None:
        yield say(language, "mine.not_quoted")
