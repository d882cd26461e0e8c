"""Asks politicians what became of what they promised, and stores what they tell.

On the day of a promise, or the next working day, its politician gets a direct message, and one reminder a week later. Then any politician
may tell. It is told once: organisers release it, and participants and the ledger have it like every other answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased

from bot.days_off import DaysOff
from bot.dialogue import people
from bot.dialogue.digests import redraw
from bot.dialogue.digests.digest_content import title_of, week_of
from bot.dialogue.digests.digest_text import period, week_number
from bot.dialogue.form_input import clean_name, require_fields, require_text
from bot.dialogue.outbox import NotWanted, make_room, put
from bot.dialogue.responses import ledger
from bot.dialogue.responses.due_promises import (
    day_asked,
    is_open_to_all,
    is_overdue,
    is_politician,
    key_of,
    moment_asked,
    outcomes_of,
    question_about,
)
from bot.dialogue.responses.response_review import put_to_review
from bot.dialogue.snapshot import programme_on_record
from bot.errors import Reason, Refused
from bot.local_time import WEEK, in_sending_hours, instant, today
from bot.message_facts import PromiseFacts
from bot.models import Digest, MessageKind, MessageState, Person, Response, ResponseState
from bot.programme import Language, Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import PromiseDue, PromiseOffer
from bot.wording import say, say_n
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.snapshot import ProgrammeOnRecord
    from bot.models import OutboxMessage
    from bot.programme import Programme

A_DAY_AHEAD: Final = timedelta(days=1)  # in other time zones the day of a promise begins earlier


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What `by` told of a promise; `made` is False if somebody had told before."""

    by: Person
    made: bool


def ask_about_promises(session: Session, now: datetime, programme: Programme) -> None:
    """Ask each politician once what became of a promise whose day has come, and remind them once."""
    for question in _questions(session, programme, until=today(now, programme.timezone) + A_DAY_AHEAD):
        promise, politician = question.promise, question.politician
        if question.at <= now and ledger.stands(session, promise):
            due_at, key = in_sending_hours(now, politician.timezone, DaysOff.of(programme)), key_of(promise, again=question.again)
            make_room(session, programme.id, [key], MessageState.CANCELLED)
            put(
                session,
                programme=programme.id,
                kind=MessageKind.PROMISE_DUE,
                address=politician.address,
                person_id=politician.id,
                facts=PromiseFacts(response=promise.id, again=question.again),
                due_at=due_at,
                expires_at=due_at + WEEK,  # who cannot be reached counts as asked then
                key=key,
            )


def next_question(session: Session, now: datetime, programme: Programme) -> datetime | None:
    """The next moment at which somebody is asked what became of a promise, or reminded."""
    return min((question.at for question in _questions(session, programme, until=date.max) if question.at > now), default=None)


def is_any_to_be_asked(session: Session, programme: Programme) -> bool:
    """Whether a politician will be asked what became of a promise, or reminded."""
    return any(
        is_politician(session.get_one(Person, promise.person_id))
        and question_about(session, programme.id, promise, again=True) is None
        and ledger.stands(session, promise)
        for promise in _untold_promises(session, programme, date.max)
    )


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What is to be asked next about a promise: the question, or its reminder (`again`), from `at` on."""

    promise: Response
    politician: Person
    again: bool
    at: datetime


def _questions(session: Session, programme: Programme, *, until: date) -> Iterator[_Question]:
    """What is to be asked next about each promise for a day up to `until` of which nobody has told what became."""
    for promise in _untold_promises(session, programme, until):
        politician = session.get_one(Person, promise.person_id)
        again = question_about(session, programme.id, promise) is not None
        if is_politician(politician) and not (again and question_about(session, programme.id, promise, again=True)):
            at = _moment(session, programme, promise, politician, again=again)
            if at is not None:
                yield _Question(promise=promise, politician=politician, again=again, at=at)


_OUTCOME = aliased(Response)
_is_told = exists().where(_OUTCOME.promise_id == Response.id, _OUTCOME.state != ResponseState.DECLINED)
# Every beat asks this, and making the statement takes longer than running it.
SELECT_UNTOLD: Final = (
    select(Response)
    .join(Digest, Digest.id == Response.digest_id)
    .where(Digest.programme == bindparam("programme"), Response.kind == ResponseKind.TAKE_UP, Response.state == ResponseState.RELEASED)
    .where(Response.due_on <= bindparam("until"), ~_is_told)
    .order_by(Response.id)
)


def _untold_promises(session: Session, programme: Programme | ProgrammeOnRecord, until: date) -> Sequence[Response]:
    """The released promises for a day up to `until` of which nobody has told what became."""
    return session.scalars(SELECT_UNTOLD, {"programme": programme.id, "until": until}).all()


def _moment(session: Session, programme: Programme, promise: Response, politician: Person, *, again: bool) -> datetime | None:
    """From when on a promise is asked about: at the programme's hour where the politician is, or a week after they were asked."""
    if again:
        asked_at = moment_asked(session, programme.id, promise)
        at = None if asked_at is None else asked_at + WEEK
    else:
        day = None if promise.due_on is None else day_asked(promise.due_on, DaysOff.of(programme))
        at = None if day is None else instant(day, programme.rounds.at, ZoneInfo(politician.timezone))
    return None if at is None else in_sending_hours(at, politician.timezone, DaysOff.of(programme))


def compose_due(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> PromiseDue | NotWanted:
    """The question what became of a promise; drawn anew, it closes once that is told.

    It is not wanted once that is told, or they are no politician now.
    """
    facts = PromiseFacts.read(message.facts)
    promise, politician = session.get_one(Response, facts.response), session.get_one(Person, message.person_id)
    told = outcomes_of(session, promise)
    is_open, is_theirs = not told and ledger.stands(session, promise), promise.person_id == politician.id
    if redraw.is_new(message) and not is_politician(politician):
        return NotWanted(reason="they are no politician any more")
    if redraw.is_new(message) and not is_open:
        return NotWanted(reason="it is told")
    language = Language(politician.language)
    what = promise_in_words(session, language, promise)
    if not is_open:
        paragraphs = [what, say(language, f"promise.due.{told[0].kind.value}" if told else "promise.due.renewed")]
    else:
        asked = question_about(session, programme.id, promise) if facts.again else None
        opening = say(language, "promise.due.declined") if facts.declined else _opening(language, asked, message.sent_at or now)
        longer = [say(language, "promise.due.longer")] if is_theirs else []
        paragraphs = [opening, what, say(language, "promise.due.how"), *longer]
    about = _about(promise) if is_theirs else {}
    return PromiseDue(language=language, promise=promise.id, paragraphs=tuple(paragraphs), open=is_open, **about)


def _about(promise: Response) -> dict[str, Any]:
    """What can be answered anew: the same wishes, or else the digest, whose form offers its quotes too."""
    return {"digest": promise.digest_id, "theme": promise.theme if promise.place is None else None}


def _opening(language: Language, asked: OutboxMessage | None, at: datetime) -> str:
    """How a question begins that is said `at` a moment; `asked`: the first one, of which this is the reminder."""
    if asked is None or asked.sent_at is None:  # nobody was reached by it
        return say(language, "promise.due")
    return say_n(language, "promise.due.again", max((at - asked.sent_at) // WEEK, 1))


def promise_in_words(session: Session, language: Language, promise: Response, *, overdue: bool = False) -> str:
    """A promise in a sentence: to what, by when, and its words."""
    digest, about = session.get_one(Digest, promise.digest_id), what_it_is_about(session, language, promise)
    if promise.due_on is None:
        return say(language, "promise.said" if promise.words else "promise.said.bare", about=about, words=promise.words)
    due = short_date_in(language, promise.due_on, year=int(week_of(digest)[:4]))
    return say(language, "promise.said.overdue" if overdue else "promise.said.due", about=about, due=due, words=promise.words)


def what_it_is_about(session: Session, language: Language, promise: Response) -> str:
    """To what somebody has promised something: a digest, the wishes on a theme, or a quote."""
    digest = session.get_one(Digest, promise.digest_id)
    title = title_of(digest, promise.theme)
    subject = "digest" if title is None else "wishes" if promise.place is None else "quote"
    theme = "" if title is None else title[language.value]
    return say(language, f"promise.about.{subject}", week=week_number(week_of(digest)), period=period(language, digest), theme=theme)


def promises_of(session: Session, politician: Person, day: date, days_off: DaysOff) -> tuple[PromiseOffer, ...]:
    """What a politician has promised and may tell of, the oldest first. What is overdue on `day` says so."""
    made = Response.person_id == politician.id, Response.kind == ResponseKind.TAKE_UP, Response.state == ResponseState.RELEASED
    promises = session.scalars(select(Response).where(*made).order_by(Response.id)).all()
    untold = [promise for promise in promises if not outcomes_of(session, promise) and ledger.stands(session, promise)]
    language = Language(politician.language)
    sentences = [promise_in_words(session, language, promise, overdue=is_overdue(promise, day, days_off)) for promise in untold]
    return tuple(
        PromiseOffer(promise=promise.id, sentence=sentence, **_about(promise)) for promise, sentence in zip(untold, sentences, strict=True)
    )


def promises_open_to(session: Session, now: datetime, politician: Person) -> tuple[PromiseOffer, ...]:
    """What others have promised, and any politician may tell of, the oldest first."""
    programme, language = programme_on_record(session, politician.programme), Language(politician.language)
    promises = _untold_promises(session, programme, until=today(now, programme.timezone))
    return tuple(
        PromiseOffer(promise=promise.id, sentence=say(language, "promise.of_another", who=who, what=what))
        for promise in promises
        if promise.person_id != politician.id
        and is_open_to_all(session, today(now, programme.timezone), now, promise)
        and ledger.stands(session, promise)
        for who in (promise.signed or say(language, "promise.another"),)
        for what in (promise_in_words(session, language, promise),)
    )


def require_promise(session: Session, now: datetime, programme: Programme, address: str, promise_id: int) -> tuple[Response, Person]:
    """The promise of which a politician is about to tell what became, and the politician.

    Refuses others (NO_RIGHT), also a politician before every politician may tell, and what is no promise or has been renewed (GONE).
    """
    politician = people.require_role(session, programme.id, address, Role.POLITICIAN)
    promise = session.get(Response, promise_id, with_for_update=True)  # two who tell at once tell one after the other
    if promise is None or promise.kind is not ResponseKind.TAKE_UP or promise.state is not ResponseState.RELEASED:
        raise Refused(Reason.GONE)
    if session.get_one(Digest, promise.digest_id).programme != programme.id:
        raise Refused(Reason.GONE)
    if promise.person_id != politician.id and not is_open_to_all(session, today(now, programme.timezone), now, promise):
        raise Refused(Reason.NO_RIGHT)
    if not outcomes_of(session, promise) and not ledger.stands(session, promise):
        raise Refused(Reason.GONE)
    return promise, politician


def tell(  # noqa: PLR0913, PLR0917 - where, when, who, of what, how, what
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    promise_id: int,
    kind: ResponseKind,
    text: str,
    name: str = "",
) -> Telling:
    """Store what became of a promise and put it to the organisers; the first telling counts.

    Refuses an empty text (EMPTY), a long one (TOO_LONG), a long name (NAME_LONG), and whatever `require_promise` refuses.
    """
    promise, politician = require_promise(session, now, programme, address, promise_id)
    if kind not in ledger.OUTCOMES:
        raise Refused(Reason.GONE)
    values = {
        "digest_id": promise.digest_id,
        "person_id": politician.id,
        "kind": kind,
        "theme": promise.theme,
        "place": promise.place,
        "wish": promise.wish,
        **require_fields(words=lambda: require_text(text, field="text"), signed=lambda: clean_name(name, field="name")),
        "promise_id": promise.id,
    }
    if (told := outcomes_of(session, promise)) and any(getattr(told[0], column) != value for column, value in values.items()):
        return Telling(by=politician, made=False)
    put_to_review(session, now, programme, values)
    return Telling(by=politician, made=True)
