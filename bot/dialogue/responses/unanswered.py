"""The clock of the first answer: organisers hear of wishes that nobody has answered, and pick politicians to ask.

They hear of them once, in working hours, a fortnight after they were posted. The message names the wishes by week, theme and shared words,
and is closed once somebody has answered. Each politician is asked about the same wishes once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from bot.days_off import DaysOff
from bot.dialogue import people
from bot.dialogue.digests import redraw
from bot.dialogue.digests.digest_content import title_of, week_of
from bot.dialogue.digests.digest_review import require_digest
from bot.dialogue.digests.digest_text import week_number
from bot.dialogue.organisers_channel import IS_ANSWER_TO_WISHES, are_wishes_answered
from bot.dialogue.outbox import NewMessage, NotWanted, is_about_wishes, make_room, put, put_many
from bot.dialogue.responses.due_promises import is_politician
from bot.dialogue.responses.ledger import words_of_wishes
from bot.errors import Reason, Refused
from bot.local_time import WEEK, in_sending_hours, today
from bot.message_facts import WishFacts
from bot.models import Digest, DigestState, MessageKind, MessageState, OutboxMessage, Person, Response
from bot.programme import Language, Role
from bot.seam.meaning import WishAsked, WishUnanswered
from bot.states import NOT_REACHED
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

PATIENCE: Final = timedelta(days=14)
IS_ABOUT_UNANSWERED: Final = OutboxMessage.kind == MessageKind.WISH_UNANSWERED


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The wishes about which `by` asked politicians; `made` is False if somebody had answered before."""

    digest: Digest
    by: Person
    made: bool


def tell_organisers_of_unanswered(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers once, in working hours, of all wishes that have waited for a fortnight."""
    if in_sending_hours(now, programme.timezone, DaysOff.of(programme)) == now:
        for digest_id, theme, at in _untold_wishes(session, programme):
            if at <= now:
                make_room(session, programme.id, [key_of_told(digest_id, theme)], MessageState.CANCELLED)
                put(
                    session,
                    programme=programme.id,
                    kind=MessageKind.WISH_UNANSWERED,
                    address=programme.people.organisers_channel,
                    facts=WishFacts(digest=digest_id, theme=theme),
                    due_at=now,
                    key=key_of_told(digest_id, theme),
                )


def next_telling(session: Session, now: datetime, programme: Programme) -> datetime | None:
    """The next moment at which organisers hear of wishes, if nobody answers those before."""
    return min((at for _, _, at in _untold_wishes(session, programme) if at > now), default=None)


def is_any_untold(session: Session, programme: Programme) -> bool:
    """Whether organisers will hear of wishes, if nobody answers those before."""
    return any(_untold_wishes(session, programme))


def _untold_wishes(session: Session, programme: Programme) -> Iterator[tuple[int, str, datetime]]:
    """The wishes that nobody has answered and of which organisers have not heard, and when they do."""
    posted = Digest.programme == programme.id, Digest.state == DigestState.ISSUED
    digests = session.execute(select(Digest.id, Digest.wishes, Digest.issued_at).where(*posted).order_by(Digest.number)).all()
    if not any(themes for _, themes, _ in digests):
        return
    to_channel = OutboxMessage.programme == programme.id, OutboxMessage.person_id.is_(None)
    is_told = *to_channel, IS_ABOUT_UNANSWERED, OutboxMessage.state != MessageState.CANCELLED
    told = set(session.scalars(select(OutboxMessage.key).where(*is_told)))
    answered = {tuple(row) for row in session.execute(select(Response.digest_id, Response.theme).where(IS_ANSWER_TO_WISHES).distinct())}
    for digest_id, themes, posted_at in ((digest_id, themes, at) for digest_id, themes, at in digests if at is not None):
        at = in_sending_hours(posted_at + PATIENCE, programme.timezone, DaysOff.of(programme))
        for theme in themes or ():
            if key_of_told(digest_id, theme) not in told and not answered & {(digest_id, theme), (digest_id, None)}:
                yield digest_id, theme, at


def key_of_told(digest_id: int, theme: str) -> str:
    """The key of the message that tells organisers of wishes without an answer."""
    return f"unanswered:{digest_id}:{theme}"


def compose_unanswered(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> WishUnanswered | NotWanted:
    """The message about wishes as it is when it is sent; not wanted any more once somebody has answered."""
    digest, theme = session.get_one(Digest, message.digest_id), WishFacts.read(message.facts).theme
    meaning = wishes_as_they_stand(session, programme, digest, theme, now)
    return meaning if meaning.open or not redraw.is_new(message) else NotWanted(reason="they are answered")


def wishes_as_they_stand(session: Session, programme: Programme, digest: Digest, theme: str, now: datetime | None = None) -> WishUnanswered:
    """The message about wishes as it is now: whether they still wait, and whether politicians have been asked.

    It tells for how long they had waited when it was said; it is said `now`, if it was not before.
    """
    language, is_answered = programme.language, are_wishes_answered(session, digest.id, theme)
    asked = OutboxMessage.programme == programme.id, OutboxMessage.key.startswith(_key_of_asked(digest.id, theme), autoescape=True)
    is_asked = session.scalar(select(OutboxMessage.id).where(*asked, OutboxMessage.state.not_in(NOT_REACHED)).limit(1)) is not None
    about = OutboxMessage.digest_id == digest.id, IS_ABOUT_UNANSWERED, is_about_wishes(theme)
    posted_at, said_at = digest.issued_at or digest.post_at, session.scalar(select(func.max(OutboxMessage.sent_at)).where(*about)) or now
    waited = timedelta() if said_at is None else today(said_at, programme.timezone) - today(posted_at, programme.timezone)
    status = "unanswered.answered" if is_answered else "unanswered.asked" if is_asked else None
    return WishUnanswered(
        language=language,
        digest=digest.id,
        theme=theme,
        text=say(language, "unanswered.told", wishes=wishes_in_words(language, digest, theme), days=max(waited, PATIENCE).days),
        status=None if status is None else say(language, status),
        open=not is_answered,
    )


def wishes_in_words(language: Language, digest: Digest, theme: str) -> str:
    """The wishes on a theme of a digest, named by theme, week and shared words."""
    title = title_of(digest, theme)
    named = {"theme": theme if title is None else title[language.value], "week": week_number(week_of(digest))}
    words = words_of_wishes(digest, theme)
    return (
        say(language, "unanswered.wishes.words", words=", ".join(words), **named) if words else say(language, "unanswered.wishes", **named)
    )


def require_wishes(session: Session, programme: Programme, address: str, digest_id: int, theme: str) -> tuple[Digest, Person]:
    """The digest about whose wishes an organiser acts, and the organiser; refuses others (NO_RIGHT) and what is no entry (GONE)."""
    organiser = people.require_role(session, programme.id, address, Role.ORGANISER)
    digest = require_digest(session, programme, digest_id)
    if digest.state is not DigestState.ISSUED or theme not in (digest.wishes or ()):
        raise Refused(Reason.GONE)
    return digest, organiser


def ask_politicians(  # noqa: PLR0913, PLR0917 - where, when, who, about what, whom
    session: Session, now: datetime, programme: Programme, address: str, digest_id: int, theme: str, whom: Collection[str]
) -> Asking:
    """Ask these politicians to answer the wishes on a theme, each once; nobody is asked once the wishes are answered.

    Refuses an empty choice (EMPTY) and people who are no politicians on the list (NOT_POLITICIAN), at the field `whom`.
    """
    digest, organiser = require_wishes(session, programme, address, digest_id, theme)
    if not whom:
        raise Refused(Reason.EMPTY, field="whom")
    known = {person.address: person for picked in whom if (person := people.find_person(session, programme.id, picked)) is not None}
    politicians = [person for person in known.values() if is_politician(person)]
    if len(politicians) < len(set(whom)):
        raise Refused(Reason.NOT_POLITICIAN, field="whom")
    if are_wishes_answered(session, digest.id, theme):
        return Asking(digest=digest, by=organiser, made=False)
    questions = [_question(now, programme, digest, theme, politician) for politician in politicians]
    make_room(session, programme.id, [str(question.key) for question in questions], *NOT_REACHED)
    put_many(session, programme.id, questions)
    return Asking(digest=digest, by=organiser, made=True)


def _question(now: datetime, programme: Programme, digest: Digest, theme: str, politician: Person) -> NewMessage:
    due_at = in_sending_hours(now, politician.timezone, DaysOff.of(programme))
    return NewMessage(
        kind=MessageKind.WISH_ASKED,
        address=politician.address,
        person_id=politician.id,
        facts=WishFacts(digest=digest.id, theme=theme),
        due_at=due_at,
        expires_at=due_at + WEEK,
        key=f"{_key_of_asked(digest.id, theme)}{politician.id}",
    )


def _key_of_asked(digest_id: int, theme: str) -> str:
    return f"asked:{digest_id}:{theme}:"


def compose_asked(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> WishAsked | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The question to a politician about wishes; not wanted once that is vain. Drawn anew, it is closed then."""
    digest, theme = session.get_one(Digest, message.digest_id), WishFacts.read(message.facts).theme
    politician, is_answered = session.get_one(Person, message.person_id), are_wishes_answered(session, digest.id, theme)
    if redraw.is_new(message) and not is_politician(politician):
        return NotWanted(reason="they are no politician any more")
    if redraw.is_new(message) and is_answered:
        return NotWanted(reason="they are answered")
    language = Language(politician.language)
    key = "unanswered.question.answered" if is_answered else "unanswered.question"
    text = say(language, key, wishes=wishes_in_words(language, digest, theme))
    return WishAsked(language=language, digest=digest.id, theme=theme, paragraphs=tuple(text.split("\n\n")), open=not is_answered)
