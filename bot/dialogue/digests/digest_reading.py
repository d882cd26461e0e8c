"""Shows people in the dialogue the digests that politicians have read.

Each digest is shown as it is now in the politicians' channel: a quote that was taken out is gone here too. Participants may read them,
also during a pause, and so may politicians and organisers, but nobody who has left or is on no list any more. Drafts are never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.dialogue import people
from bot.dialogue.digests import redraw
from bot.dialogue.digests.digest_content import content_of, is_report, was_held_long, week_of
from bot.dialogue.digests.digest_pieces import EVERY_WORD
from bot.dialogue.digests.digest_text import answer_text, period, promise_text, render
from bot.dialogue.digests.quote_selection import quotes_in_post
from bot.dialogue.season.report_text import every_wish
from bot.errors import Reason, Refused
from bot.models import Digest, DigestState, PersonState
from bot.programme import Language, Role
from bot.seam.answers import LongReading, Reading
from bot.seam.meaning import DigestPost, Part
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import Content
    from bot.models import Person
    from bot.programme import Programme
    from bot.seam.meaning import DigestText


def may_read(person: Person) -> bool:
    """Whether a person is in the dialogue. If they left by themselves, we do not know whether a list still names them."""
    return person.state is not PersonState.LEFT


def require_reader(session: Session, programme: Programme, address: str) -> Person:
    """The person with this address, if they may read digests; refuses others (NOT_IN_DIALOGUE)."""
    person = people.require_person(session, programme.id, address)
    if not may_read(person):
        raise Refused(Reason.NOT_IN_DIALOGUE)
    return person


def is_any_issued(session: Session, programme: Programme) -> bool:
    """Whether the programme has an issued digest."""
    return session.scalar(select(_select_issued(programme).exists())) is True


def digests_as_they_stand(session: Session, programme: Programme, language: Language, *, page: bool) -> tuple[DigestPost, ...]:
    """The issued digests, newest first, as they are now. `page`: as in `DigestPost`."""
    return tuple(
        DigestPost(
            language=language, digest=digest.id, text=digest_as_it_stands(session, digest, language), page=page, number=digest.number
        )
        for digest in session.scalars(_select_issued(programme))
    )


def digest_as_it_stands(session: Session, digest: Digest, language: Language) -> DigestText:
    """A digest as it was posted, without what has been withdrawn since."""
    shown, late = quotes_in_post(session, digest), was_held_long(digest)
    return render(content_of(digest), language, shown, digest.finding, digest.wishes or (), late=late)


def method_of(session: Session, programme: Programme, address: str, digest_id: int) -> Reading:
    """How the numbers of a digest are made (*Sådan er tallene lavet*).

    Its themes and questions stand there in full; the digest may shorten them.
    """
    digest, language = _require_readable(session, programme, address, digest_id)
    content = content_of(digest)
    parts = (Part(heading=name_of(digest, language), lines=method_lines(content, language)), *question_parts(content, language))
    return Reading(language=language, title=say(language, "method.title"), parts=parts)


def question_parts(content: Content, language: Language) -> Iterator[Part]:
    """The themes and questions of a digest in full."""
    for theme in content["themes"]:
        asks = tuple(say(language, "digest.quoted", text=ask[language.value]) for ask in theme["asks"])
        yield Part(heading=say(language, "method.asked", theme=theme["title"][language.value]), lines=asks)


def method_lines(content: Content, language: Language) -> tuple[str, ...]:
    """The sentences about how the numbers of a digest, or of the season's report, are made."""
    counted = ("report.answers", "report.wishes", "floor") if "report" in content else ("people", "floor", "finding")
    keys = (*counted, "not_representative", "confidential")
    return tuple(say(language, f"method.{key}", floor=content["floor"]) for key in keys)


def answers_of(session: Session, programme: Programme, address: str, digest_id: int) -> Reading:
    """All answers and open promises that a digest tells of, in full (*Læs alle svar*)."""
    digest, language = _require_readable(session, programme, address, digest_id)
    content = content_of(digest)
    if is_report(digest):
        parts_of_report = (Part(heading=name_of(digest, language), lines=()), *every_wish(content, language))
        return Reading(
            language=language, title=say(language, "answers.title"), parts=parts_of_report, of=LongReading.ANSWERS, ids=(digest_id,)
        )
    weeks = _weeks_by_number(session, programme)  # an answer from before there was a ledger tells only the number of its digest
    answers = tuple(
        answer_text(language, {"week": weeks.get(answer["digest"], week_of(digest)), **answer}, EVERY_WORD)
        for answer in content["since_last"]
    )
    promises = promise_lines(content, language)
    parts = [
        Part(heading=name_of(digest, language), lines=answers or (say(language, "answers.none"),)),
        *([Part(heading=say(language, "answers.promises"), lines=promises)] if promises else []),
    ]
    return Reading(language=language, title=say(language, "answers.title"), parts=tuple(parts), of=LongReading.ANSWERS, ids=(digest_id,))


def promise_lines(content: Content, language: Language) -> tuple[str, ...]:
    """The open promises that a digest tells of, in full."""
    return tuple(promise_text(language, fate) for fate in content.get("ledger", ()) if fate["state"] in {"taken_up", "overdue"})


def _require_readable(session: Session, programme: Programme, address: str, digest_id: int) -> tuple[Digest, Language]:
    """The digest that a person wants to know more about, and their language; refused (GONE) if they may not see it yet."""
    reader, digest = require_reader(session, programme, address), session.get(Digest, digest_id)
    if digest is None or digest.programme != programme.id or not (reader.role is Role.ORGANISER or redraw.is_posted(session, digest)):
        raise Refused(Reason.GONE)
    return digest, Language(reader.language)


def name_of(digest: Digest, language: Language) -> str:
    """The name of a digest: its number, and what it is about."""
    return say(language, "digest.name", number=digest.number, period=period(language, digest))


def _weeks_by_number(session: Session, programme: Programme) -> dict[int, str]:
    return {digest.number: week_of(digest) for digest in session.scalars(select(Digest).where(Digest.programme == programme.id))}


def numbers_of_issued(session: Session, programme: Programme) -> list[int]:
    """The numbers of the issued digests, newest first."""
    return [digest.number for digest in session.scalars(_select_issued(programme))]


def _select_issued(programme: Programme) -> Select[Digest]:
    issued = Digest.programme == programme.id, Digest.state == DigestState.ISSUED
    return select(Digest).where(*issued).order_by(Digest.number.desc())
