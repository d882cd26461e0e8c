"""What is answered when an organiser acts?

They approve a digest or hold it, review quotes, release what politicians answer or decline to, and say that a list is right. Whoever
presses, the right to do so is read from the database each time. The message is drawn anew for all who see it; one who came too late is told
what had been decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue import list_holds
from bot.dialogue.digests import digest_review, quote_review
from bot.dialogue.responses import response_review
from bot.programme import Language
from bot.seam.actions import (
    DigestApproved,
    DigestSentBack,
    ListConfirmed,
    QuoteReviewWanted,
    QuotesReviewed,
    ResponseReviewed,
    SendBackFormWanted,
)
from bot.seam.answers import Answer, Redrawn, Said, SendBackForm
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from bot.models import Digest, Person
    from bot.programme import Programme
    from bot.seam.actions import Action


def approve_digest(action: DigestApproved, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Godkend*."""
    decision = digest_review.approve(session, now, programme, action.who, action.digest)
    return _decision_answer(session, programme, decision, "review.approved")


def open_send_back_form(action: SendBackFormWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Send tilbage*: the form for the note, while there is anything to hold."""
    digest, organiser = digest_review.require_reviewable(session, programme, action.who, action.digest)
    if digest.state is not digest_review.HOLDABLE_STATE:
        return _status_answer(programme, digest, organiser)
    return SendBackForm(language=Language(organiser.language), digest=digest.id, number=digest.number)


def send_back_digest(action: DigestSentBack, session: Session, now: datetime, programme: Programme) -> Answer:
    """The form for the note was sent."""
    decision = digest_review.send_back(session, now, programme, action.who, action.digest, action.note)
    return _decision_answer(session, programme, decision, "review.sent_back")


def _decision_answer(session: Session, programme: Programme, decision: digest_review.DigestDecision, thanks: str) -> Answer:
    digest, language = decision.digest, decision.by.language
    if decision.made:
        sentence = say(language, thanks, number=digest.number)
    else:
        sentence = f"{say(language, 'review.too_late')} {digest_review.status(programme, digest, language)}"
    return Redrawn(language=Language(language), meaning=digest_review.draft_as_it_stands(session, programme, digest), said=sentence)


def _status_answer(programme: Programme, digest: Digest, organiser: Person) -> Answer:
    language = Language(organiser.language)
    return Said(language=language, title=say(language, "review.decided"), paragraphs=(digest_review.status(programme, digest, language),))


def open_quote_review(action: QuoteReviewWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Se citater*: the texts of one theme."""
    return quote_review.quote_review_form(session, programme, action.who, action.digest, action.theme)


def review_quotes(action: QuotesReviewed, session: Session, now: datetime, programme: Programme) -> Answer:
    """The form with the texts was sent."""
    decisions = quote_review.review(session, now, programme, action.who, action.digest, action.theme, action.decisions)
    meaning = quote_review.review_as_it_stands(session, programme, decisions.digest)
    return Redrawn(language=Language(decisions.by.language), meaning=meaning, said=quote_review.summary(decisions))


def review_response(action: ResponseReviewed, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Frigiv* or *Frigiv ikke*."""
    decision = response_review.review(session, now, programme, action.who, action.response, release=action.release)
    language = decision.by.language
    if decision.made:
        sentence = say(language, "response.released" if action.release else "response.declined")
    else:
        sentence = f"{say(language, 'review.too_late')} {response_review.status(programme, decision.response, language)}"
    return Redrawn(
        language=Language(language), meaning=response_review.response_as_it_stands(session, programme, decision.response), said=sentence
    )


def confirm_list(action: ListConfirmed, session: Session, now: datetime, programme: Programme) -> Answer:
    """*Ja, det er rigtigt*, under a list that was held."""
    decision = list_holds.confirm(session, now, programme, action.who, action.hold)
    language = decision.by.language
    if decision.made:
        sentence = list_holds.thanks(programme, decision.hold, language)
    else:
        sentence = f"{say(language, 'list.decided')} {list_holds.status(programme, decision.hold, language)}"
    return Redrawn(language=Language(language), meaning=list_holds.hold_as_it_stands(programme, decision.hold), said=sentence)


HANDLERS: Final[Mapping[type[Action], Callable[[Any, Session, datetime, Programme], Answer]]] = {
    DigestApproved: approve_digest,
    SendBackFormWanted: open_send_back_form,
    DigestSentBack: send_back_digest,
    ResponseReviewed: review_response,
    ListConfirmed: confirm_list,
    QuoteReviewWanted: open_quote_review,
    QuotesReviewed: review_quotes,
}
