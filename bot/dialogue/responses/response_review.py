"""Politicians acknowledge or answer a digest, and organisers release their answers.

A released answer goes to all participants, never to an author: with each person's next question, or as a message of its own when no
question is to come. Politicians speak in public and are counted exactly; an answer names its author only if they have signed it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, or_, select, update

from bot.database.insert_once import decide_first, write_once
from bot.days_off import DaysOff
from bot.dialogue import audit, filtering, people
from bot.dialogue.digests import redraw
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_review import require_digest
from bot.dialogue.digests.digest_text import period
from bot.dialogue.form_input import clean_name, clean_text, require_fields, require_text
from bot.dialogue.outbox import NotWanted, put, put_reminder, tell_organisers
from bot.dialogue.responses import ledger
from bot.dialogue.responses.due_promises import is_politician, key_of, outcomes_of
from bot.dialogue.responses.echoes import PostedQuotes
from bot.dialogue.responses.to_participants import response_sentence
from bot.errors import Reason, Refused
from bot.local_time import WEEK, in_sending_hours, start_of_day, today
from bot.message_facts import PromiseFacts, ResponseReviewFacts
from bot.models import AuditAct, Digest, HeardBy, MessageKind, Person, Quote, Response, ResponseState
from bot.programme import Language, Role
from bot.seam.actions import ANSWER_KINDS, ResponseKind
from bot.seam.meaning import ResponseReview
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage
    from bot.programme import Programme

FARTHEST: Final = timedelta(days=365)  # a promise is for a day within a year
LONGEST_THEME: Final = 45  # characters of a theme in the id of a question about it


@dataclass(frozen=True, kw_only=True)
class ResponseDecision:
    """A response after a decision; `made` is False if someone else had decided before `by`."""

    response: Response
    by: Person
    made: bool


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """The acknowledgement of a digest by `by`; `made` is False if they had done so before."""

    digest: Digest
    by: Person
    made: bool


def require_answerable(  # noqa: PLR0913, PLR0917 - where, who, what
    session: Session, programme: Programme, address: str, digest_id: int, theme: str | None = None, place: int | None = None
) -> tuple[Digest, Person]:
    """The posted digest that a politician acts on, and the politician.

    Refuses others (NO_RIGHT), what is not posted, a `theme` for which the digest prints no wishes, and a quote that is not there (GONE).
    """
    politician = people.require_role(session, programme.id, address, Role.POLITICIAN)
    digest = require_digest(session, programme, digest_id)
    themes_with_wishes = {shown["theme"] for shown in content_of(digest)["themes"] if shown["wishes"] is not None}
    if place is not None:
        is_there = _is_quote_a_wish(session, digest_id, theme, place) is not None
    else:
        is_there = theme is None or theme in themes_with_wishes
    if not redraw.is_posted(session, digest) or not is_there:
        raise Refused(Reason.GONE)
    return digest, politician


def _is_quote_a_wish(session: Session, digest_id: int, theme: str | None, place: int) -> bool | None:
    """Whether the quote at a place is a wish; None if none is there."""
    return session.scalar(select(Quote.wish).where(Quote.digest_id == digest_id, Quote.theme == theme, Quote.place == place))


def acknowledge(session: Session, programme: Programme, address: str, digest_id: int) -> Acknowledgement:
    """Acknowledge a digest for a politician; several presses count once."""
    digest, politician = require_answerable(session, programme, address, digest_id)
    is_new = write_once(session, HeardBy, [{"digest_id": digest.id, "person_id": politician.id}]) == 1
    return Acknowledgement(digest=digest, by=politician, made=is_new)


def respond(  # noqa: PLR0913, PLR0917 - where, when, who, to what, how, what
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    digest_id: int,
    kind: ResponseKind,
    text: str,
    *,
    theme: str | None = None,
    place: int | None = None,
    due: date | None = None,
    name: str = "",
) -> Person:
    """Store a politician's answer and put it to the organisers, once however often it is sent. Returns the politician.

    With a `theme` it answers the wishes on it, with a `place` besides one quote. Refuses an empty text (EMPTY), unless wishes are only
    heard, and a long one (TOO_LONG); a promise without a day (DAY_MISSING), or for a day that has passed (DATE_PAST) or is too far off
    (PROMISE_FAR); and a long name (NAME_LONG). All of it is refused at once.
    """
    digest, politician = require_answerable(session, programme, address, digest_id, theme, place)
    if kind not in ANSWER_KINDS:
        raise Refused(Reason.GONE)
    says_enough = kind is ResponseKind.HEARD and theme is not None and not clean_text(text)
    values = {
        "digest_id": digest.id,
        "person_id": politician.id,
        "kind": kind,
        "theme": theme,
        "place": place,
        "wish": None if place is None else _is_quote_a_wish(session, digest.id, theme, place),
        **require_fields(
            words=lambda: "" if says_enough else require_text(text, field="text"),
            due_on=lambda: _require_day(now, programme, due) if kind is ResponseKind.TAKE_UP else None,
            signed=lambda: clean_name(name, field="name"),
        ),
    }
    put_to_review(session, now, programme, values)
    return politician


def _require_day(now: datetime, programme: Programme, due: date | None) -> date:
    """The day of a promise: from today, in the programme's time zone, to a year ahead."""
    day = today(now, programme.timezone)
    if due is None or due < day:
        raise Refused(Reason.DAY_MISSING if due is None else Reason.DATE_PAST, field="due")
    if due > day + FARTHEST:
        raise Refused(Reason.PROMISE_FAR, field="due")
    return due


def put_to_review(session: Session, now: datetime, programme: Programme, values: dict[str, Any]) -> Response:
    """Store what a politician says, unless the same is stored already, and put it to the organisers."""
    same = session.scalars(select(Response).filter_by(**values).where(Response.state != ResponseState.DECLINED)).all()
    response = next((said for said in same if not _is_closed_promise(session, said)), None)
    if response is None:
        repeats_quote = PostedQuotes(session, programme.id).are_repeated_in(values["words"])
        response = Response(**values, repeats_quote=repeats_quote, state=ResponseState.STORED, written_at=now)
        session.add(response)
        session.flush()
        redraw.queue_redraws_of_unanswered(session, now, programme.id, response)
        redraw.queue_redraws_of_promise(session, now, programme.id, response)
    put(
        session,
        programme=programme.id,
        kind=MessageKind.RESPONSE_REVIEW,
        address=programme.people.organisers_channel,
        facts=ResponseReviewFacts(response=response.id),
        due_at=now,
        key=f"response:{response.id}",
    )
    return response


def _is_closed_promise(session: Session, response: Response) -> bool:
    """Whether it is a promise of which somebody has told what became, or which was renewed: it may be made anew."""
    is_released = response.kind is ResponseKind.TAKE_UP and response.state is ResponseState.RELEASED
    return is_released and (bool(outcomes_of(session, response)) or not ledger.stands(session, response))


_is_stored = Response.state == ResponseState.STORED, Response.written_at <= bindparam("written_before")
_of_programme = select(Response).join(Digest, Digest.id == Response.digest_id).where(Digest.programme == bindparam("programme"))
SELECT_STORED = _of_programme.where(*_is_stored).order_by(Response.id)


def remind_reviewers(session: Session, now: datetime, programme: Programme, *, written_before: datetime) -> None:
    """Remind the organisers, once a day, of every answer that was written by then and waits for its release."""
    day = today(now, programme.timezone)
    for response in session.scalars(SELECT_STORED, {"programme": programme.id, "written_before": written_before}).all():
        put_reminder(
            session,
            now,
            programme,
            kind=MessageKind.RESPONSE_REVIEW,
            facts=ResponseReviewFacts(response=response.id, again=True),
            since=start_of_day(day, programme.timezone),
            key=f"alarm:response:{response.id}:{day}",
        )


def is_any_younger(session: Session, programme: Programme, *, than: datetime) -> bool:
    """Whether a politician has written an answer, or an organiser has released one, after a moment."""
    of_programme = select(Response.id).join(Digest, Digest.id == Response.digest_id).where(Digest.programme == programme.id)
    is_younger = or_(Response.written_at > than, Response.released_at > than)
    return session.scalar(of_programme.where(is_younger).limit(1)) is not None


def review(  # noqa: PLR0913 - where, when, who, what, how
    session: Session, now: datetime, programme: Programme, address: str, response_id: int, *, release: bool
) -> ResponseDecision:
    """Release an answer to the participants, or decline it; the first decision counts."""
    organiser = people.require_role(session, programme.id, address, Role.ORGANISER)
    response = session.get(Response, response_id)
    if response is None:
        raise Refused(Reason.GONE)
    digest = require_digest(session, programme, response.digest_id)
    values = {"state": ResponseState.RELEASED, "released_at": now} if release else {"state": ResponseState.DECLINED}
    decision = update(Response).where(Response.id == response.id, Response.state == ResponseState.STORED)
    act = AuditAct.RESPONSE_RELEASED if release else AuditAct.RESPONSE_DECLINED
    is_first = decide_first(session, response, decision.values(**values))
    if is_first:
        audit.note(session, now, act, digest, organiser)
        redraw.queue_redraws_of_response(session, now, programme.id, response)
        redraw.queue_redraws_of_unanswered(session, now, programme.id, response)
        redraw.queue_redraws_of_promise(session, now, programme.id, response)
    if is_first and not release and response.promise_id is not None:
        _ask_again(session, now, programme, response)
    if is_first and release and response.kind is ResponseKind.QUESTION_BACK:
        tell_organisers(session, now, programme, key=f"proposed:{response.id}", say="response.asks_back")
    is_second_press = response.state is values["state"] and audit.has_done(session, act, digest, organiser)
    return ResponseDecision(response=response, by=organiser, made=is_first or is_second_press)


def _ask_again(session: Session, now: datetime, programme: Programme, outcome: Response) -> None:
    """Ask once more what became of a promise: whoever told what was not released, or whoever made it."""
    promise = session.get_one(Response, outcome.promise_id)
    asked = (session.get_one(Person, id_) for id_ in (outcome.person_id, promise.person_id))
    politician = next(filter(is_politician, asked), None)
    if politician is not None:
        due_at = in_sending_hours(now, politician.timezone, DaysOff.of(programme))
        put(
            session,
            programme=programme.id,
            kind=MessageKind.PROMISE_DUE,
            address=politician.address,
            person_id=politician.id,
            facts=PromiseFacts(response=promise.id, declined=True),
            due_at=due_at,
            expires_at=due_at + WEEK,
            key=f"{key_of(promise)}:declined:{outcome.id}",
        )


def id_of_proposal(response: Response) -> str:
    """The id of a question back in the programme, as it is proposed to the organisers."""
    return f"politisk-spoergsmaal-{response.id}"


def id_of_wish_question(digest: Digest, theme: str) -> str:
    """The id of the proposed question what is wished on a theme; `check` takes at most 60 characters."""
    return f"oensker-om-{theme[:LONGEST_THEME].rstrip('-')}-{digest.number}"


def require_question_back(session: Session, programme: Programme, response_id: int) -> tuple[Digest, Response, Language]:
    """A politician's question back that nobody has declined, its digest, and the politician's language; else refused (GONE)."""
    response = session.get(Response, response_id)
    if response is None or response.kind is not ResponseKind.QUESTION_BACK or response.state is ResponseState.DECLINED:
        raise Refused(Reason.GONE)
    digest, politician = require_digest(session, programme, response.digest_id), session.get_one(Person, response.person_id)
    return digest, response, Language(politician.language)


def is_in_programme(programme: Programme, response: Response) -> bool:
    """Whether a question back stands in the programme already, in the bank or in the order."""
    return id_of_proposal(response) in {question.id for question in programme.questions}


def question_snippet(question_id: str, theme: str, *, da: str, en: str) -> str:
    """A question as YAML, to be pasted into the programme's bank. A JSON string is a YAML string once what cannot be seen is escaped."""
    asks = (
        f"{language}: " + "".join(sign if sign.isprintable() else f"\\U{ord(sign):08X}" for sign in json.dumps(ask, ensure_ascii=False))
        for language, ask in (("da", da), ("en", en))
    )
    return f"  - id: {question_id}\n    theme: {theme}\n    ask: {{{', '.join(asks)}}}\n    reserve: true"


def propose_wish_question(  # noqa: PLR0913, PLR0917 - where, when, who, about what
    session: Session, now: datetime, programme: Programme, address: str, digest_id: int, theme: str
) -> Person:
    """Propose to the organisers, once, to ask what is wished on a theme whose printed wishes do not say it. Returns the politician.

    Refuses others (NO_RIGHT), and a theme of which the digest tells the wishes, or prints none (GONE).
    """
    digest, politician = require_answerable(session, programme, address, digest_id, theme)
    if digest.wishes is None or theme in digest.wishes:
        raise Refused(Reason.GONE)
    title = next(shown["title"] for shown in content_of(digest)["themes"] if shown["theme"] == theme)
    da, en = say("da", "wishes.asked.question", theme=title["da"]), say("en", "wishes.asked.question", theme=title["en"])
    snippet = question_snippet(id_of_wish_question(digest, theme), theme, da=da, en=en)
    values = {"number": digest.number, "theme": title[programme.language.value], "snippet": snippet}
    tell_organisers(session, now, programme, key=f"wishes:{digest.id}:{theme}", say="wishes.asked", **values)
    return politician


def response_as_it_stands(session: Session, programme: Programme, response: Response) -> ResponseReview:
    """An answer as the organisers see it now: what participants will read, and its status."""
    digest, language = session.get_one(Digest, response.digest_id), programme.language
    return ResponseReview(
        language=language,
        response=response.id,
        intro=say(language, "response.intro", number=digest.number, period=period(language, digest)),
        words=response_sentence(language, digest, response),
        notes=tuple(_notes(session, programme, response)),
        status=status(programme, response, language),
        open=response.state is ResponseState.STORED,
        bankable=_is_bankable(programme, response),
    )


def _is_bankable(programme: Programme, response: Response) -> bool:
    """Whether an answer asks something back that is not in the programme yet."""
    is_wanted = response.kind is ResponseKind.QUESTION_BACK and response.state is not ResponseState.DECLINED
    return is_wanted and not is_in_programme(programme, response)


def _notes(session: Session, programme: Programme, response: Response) -> Iterator[str]:
    """What organisers should know of an answer before they release it."""
    language = programme.language
    if response.promise_id is not None and session.get_one(Response, response.promise_id).person_id != response.person_id:
        yield say(language, "response.by_another")
    if response.signed is not None:
        is_unlisted = filtering.is_name_unlisted(session, programme, response.signed)
        yield say(language, "response.name_unlisted" if is_unlisted else "response.name_unchecked")


def status(programme: Programme, response: Response, language: str) -> str:
    """The status of an answer, in a sentence."""
    released = "" if response.released_at is None else moment_in(language, response.released_at, programme.timezone)
    return say(language, f"response.status.{response.state.value}", released=released)


def compose_review(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> ResponseReview | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The review's message as it is when it is sent. A reminder is not wanted once the answer is decided."""
    facts = ResponseReviewFacts.read(message.facts)
    response = session.get_one(Response, facts.response)
    if redraw.is_new(message) and facts.again and response.state is not ResponseState.STORED:
        return NotWanted(reason="nothing waits any more")
    return response_as_it_stands(session, programme, response)
