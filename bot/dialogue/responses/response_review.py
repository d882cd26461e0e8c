"""Politicians acknowledge or answer a digest, and organisers release their answers.

A released answer goes to all participants, never to an author: with each person's next question, or as a message of its own when no
question is to come. Politicians speak in public and are counted exactly, but no answer names anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.database.insert_once import decide_first, write_once
from bot.dialogue import audit, people
from bot.dialogue.digests import redraw
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_review import require_digest
from bot.dialogue.digests.digest_text import week_number
from bot.dialogue.form_input import clean_text, require_text
from bot.dialogue.outbox import NotWanted, put, put_reminder, tell_organisers
from bot.dialogue.responses.to_participants import response_sentence
from bot.errors import Reason, Refused
from bot.local_time import start_of_day, today
from bot.message_facts import ResponseReviewFacts
from bot.models import AuditAct, Digest, DigestState, HeardBy, MessageKind, Response, ResponseState
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import ResponseReview
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import OutboxMessage, Person
    from bot.programme import Programme

KIND_WITHOUT_WORDS = ResponseKind.TAKE_UP  # this says enough without a text


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


def require_answerable(
    session: Session, programme: Programme, address: str, digest_id: int, theme: str | None = None
) -> tuple[Digest, Person]:
    """The issued digest that a politician acts on, and the politician.

    Refuses others (NO_RIGHT), what is not issued, and a `theme` for which the digest prints no wishes (GONE).
    """
    politician = people.require_role(session, programme.id, address, Role.POLITICIAN)
    digest = require_digest(session, programme, digest_id)
    themes_with_wishes = {shown["theme"] for shown in content_of(digest)["themes"] if shown["wishes"] is not None}
    if digest.state is not DigestState.ISSUED or (theme is not None and theme not in themes_with_wishes):
        raise Refused(Reason.GONE)
    return digest, politician


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
) -> Person:
    """Store a politician's answer and put it to the organisers, once however often it is sent. Returns the politician.

    With a `theme` it answers the wishes on it. Refuses an empty text (EMPTY) unless the kind says enough by itself, and a long one
    (TOO_LONG).
    """
    digest, politician = require_answerable(session, programme, address, digest_id, theme)
    words = "" if kind is KIND_WITHOUT_WORDS and not clean_text(text) else require_text(text, field="text")
    values = {"digest_id": digest.id, "person_id": politician.id, "kind": kind, "theme": theme, "words": words}
    response = session.scalar(select(Response).filter_by(**values).where(Response.state != ResponseState.DECLINED))
    if response is None:
        response = Response(**values, state=ResponseState.STORED, written_at=now)
        session.add(response)
        session.flush()
    put(
        session,
        programme=programme.id,
        kind=MessageKind.RESPONSE_REVIEW,
        address=programme.people.organisers_channel,
        facts=ResponseReviewFacts(response=response.id),
        due_at=now,
        key=f"response:{response.id}",
    )
    return politician


def remind_reviewers(session: Session, now: datetime, programme: Programme, *, written_before: datetime) -> None:
    """Remind the organisers, once a day, of every answer that was written by then and waits for its release."""
    waiting = select(Response).join(Digest, Digest.id == Response.digest_id).where(Digest.programme == programme.id)
    still_stored = waiting.where(Response.state == ResponseState.STORED, Response.written_at <= written_before)
    day = today(now, programme.timezone)
    for response in session.scalars(still_stored.order_by(Response.id)).all():
        put_reminder(
            session,
            now,
            programme,
            kind=MessageKind.RESPONSE_REVIEW,
            facts=ResponseReviewFacts(response=response.id, again=True),
            since=start_of_day(day, programme.timezone),
            key=f"alarm:response:{response.id}:{day}",
        )


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
    is_first = decide_first(session, response, decision.values(**values))
    if is_first:
        act = AuditAct.RESPONSE_RELEASED if release else AuditAct.RESPONSE_DECLINED
        audit.note(session, now, act, digest, organiser)
        redraw.queue_redraws_of_response(session, now, programme.id, response)
    if is_first and release and response.kind is ResponseKind.QUESTION_BACK:
        snippet = question_snippet(digest, response)
        tell_organisers(session, now, programme, key=f"proposed:{response.id}", say="response.proposed", snippet=snippet)
    return ResponseDecision(response=response, by=organiser, made=is_first)


def question_snippet(digest: Digest, response: Response) -> str:
    """The YAML of a question back, to be pasted into the programme's bank; it is not in the order yet.

    Its theme is the one whose wishes the response answers, else the digest's first. A JSON string is a YAML string once what cannot be seen
    is escaped.
    """
    ask = "".join(
        character if character.isprintable() else f"\\U{ord(character):08X}" for character in json.dumps(response.words, ensure_ascii=False)
    )
    theme = response.theme or content_of(digest)["themes"][0]["theme"]
    return f"  - id: politisk-spoergsmaal-{response.id}\n    theme: {theme}\n    ask: {{da: {ask}, en: {ask}}}\n    reserve: true"


def response_as_it_stands(session: Session, programme: Programme, response: Response) -> ResponseReview:
    """An answer as the organisers see it now: what participants will read, and its status."""
    digest, language = session.get_one(Digest, response.digest_id), programme.language
    return ResponseReview(
        language=language,
        response=response.id,
        intro=say(language, "response.intro", number=digest.number, week=week_number(digest.week)),
        words=response_sentence(language, digest, response),
        status=status(programme, response, language),
        open=response.state is ResponseState.STORED,
    )


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
