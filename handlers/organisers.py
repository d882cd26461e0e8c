"""Answers what organisers do: they approve or hold digests, and review quotes, lists and politicians' responses.

Each time the database says whether the person has the right to decide. The message is drawn anew for all who see it. Somebody who comes
too late is told what was decided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.dialogue import compose, list_holds
from bot.dialogue.digests import digest_review, finished_page, quote_pages, quote_review
from bot.dialogue.responses import response_review, unanswered
from bot.programme import Language
from bot.seam.actions import (
    DigestApproved,
    DigestSentBack,
    FindingFormWanted,
    FindingPicked,
    ListConfirmed,
    PoliticiansAsked,
    PoliticiansFormWanted,
    QuoteReviewWanted,
    QuotesReviewed,
    ResponseReviewed,
    SendBackFormWanted,
)
from bot.seam.answers import Answer, FindingForm, PoliticiansForm, Redrawn, Said, SendBackForm
from bot.seam.reading_actions import NoticeWanted
from bot.seam.review_actions import DigestPageWanted, QuoteDecided, QuotesApproved
from bot.wording import say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_review import DigestDecision
    from bot.dialogue.list_holds import ListDecision
    from bot.dialogue.responses.response_review import ResponseDecision
    from bot.programme import Programme
    from bot.seam.meaning import Meaning
    from handlers.shared import HandlerTable


def show_finished_page(action: DigestPageWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Show the finished page before it is approved (*Se og godkend*)."""
    return finished_page.page_to_approve(session, now, programme, action.who, action.digest, action.start, action.seen)


def approve_digest(action: DigestApproved, session: Session, now: datetime, programme: Programme) -> Answer:
    """Approve a digest (*Godkend*), unless its page has changed since it was shown: then show the new one."""
    changed = finished_page.page_if_changed(session, now, programme, action.who, action.digest, action.seen)
    if changed is not None:
        return changed
    decision = digest_review.approve(session, now, programme, action.who, action.digest)
    return _digest_redrawn(session, programme, decision, "review.approved")


def open_send_back_form(action: SendBackFormWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Open the form for a note (*Send tilbage*). If it is too late to hold the digest, say what was decided."""
    digest, organiser = digest_review.require_reviewable(session, programme, action.who, action.digest)
    language = Language(organiser.language)
    if digest.state is not digest_review.HOLDABLE_STATE:
        status = digest_review.status(session, programme, digest, language)
        return Said(language=language, title=say(language, "review.decided"), paragraphs=(status,))
    return SendBackForm(language=language, digest=digest.id, number=digest.number)


def send_back_digest(action: DigestSentBack, session: Session, now: datetime, programme: Programme) -> Answer:
    """Hold a digest, with the note from the form."""
    decision = digest_review.send_back(session, now, programme, action.who, action.digest, action.note)
    return _digest_redrawn(session, programme, decision, "review.sent_back")


def open_finding_form(action: FindingFormWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Open the form in which an organiser picks what stands at the top of a draft."""
    return digest_review.finding_form(session, programme, action.who, action.digest)


def pick_finding(action: FindingPicked, session: Session, now: datetime, programme: Programme) -> Answer:
    """Let what an organiser picked stand at the top of a draft. If a colleague has picked since the form was opened, say what."""
    newer = digest_review.require_reviewable(session, programme, action.who, action.digest)[0].finding
    if newer is not None and newer not in {action.seen, action.finding}:
        form = digest_review.finding_form(session, programme, action.who, action.digest)
        if isinstance(form, FindingForm) and action.finding in dict(form.options):
            return replace(form, chosen=action.finding, newer=say(form.language, f"finding.{newer}"))
    decision = digest_review.pick_finding(session, now, programme, action.who, action.digest, action.finding)
    return _digest_redrawn(session, programme, decision, "review.finding_picked")


def open_quote_review(action: QuoteReviewWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Open a page of one theme's quotes (*Se citater*, *Næste tekster*, *Næste tema*)."""
    closed = quote_review.why_closed(session, programme, action.who, action.digest)
    return closed or quote_pages.quote_review_form(session, programme, action.who, action.digest, action.theme, action.page)


def decide_quote(action: QuoteDecided, session: Session, now: datetime, programme: Programme) -> Answer:
    """Decide about one quote, and show its page anew (*Må vises*, *Nej, fordi …*)."""
    decisions, closed = {action.quote: action.reason}, quote_review.why_closed(session, programme, action.who, action.digest)
    return closed or quote_pages.decide(session, now, programme, action.who, action.digest, action.theme, action.page, decisions)


def approve_page_of_quotes(action: QuotesApproved, session: Session, now: datetime, programme: Programme) -> Answer:
    """Approve what stands undecided on a page, and go on to the next (*Alle på siden må vises*)."""
    closed = quote_review.why_closed(session, programme, action.who, action.digest)
    return closed or quote_pages.approve_page(session, now, programme, action.who, action.digest, action.theme, action.page, action.quotes)


def review_quotes(action: QuotesReviewed, session: Session, now: datetime, programme: Programme) -> Answer:
    """Record the decisions about the quotes in a form of an earlier version."""
    closed = quote_review.why_closed(session, programme, action.who, action.digest)
    if closed is not None:
        return closed
    decisions = quote_review.review(session, now, programme, action.who, action.digest, action.theme, action.decisions)
    meaning = quote_review.review_as_it_stands(session, programme, decisions.digest)
    return Redrawn(language=Language(decisions.by.language), meaning=meaning, said=quote_review.summary(decisions))


def review_response(action: ResponseReviewed, session: Session, now: datetime, programme: Programme) -> Answer:
    """Release a politician's response to the participants, or decline to (*Frigiv*, *Frigiv ikke*)."""
    decision = response_review.review(session, now, programme, action.who, action.response, release=action.release)
    response, language = decision.response, decision.by.language
    thanks = say(language, "response.released" if action.release else "response.declined")
    too_late = f"{say(language, 'review.too_late')} {response_review.status(programme, response, language)}"
    return _redrawn(decision, response_review.response_as_it_stands(session, programme, response), thanks, too_late)


def open_politicians_form(action: PoliticiansFormWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Open the form in which an organiser picks politicians (*Spørg politikere*). If somebody has answered, say so."""
    digest, organiser = unanswered.require_wishes(session, programme, action.who, action.digest, action.theme)
    language = Language(organiser.language)
    meaning = unanswered.wishes_as_they_stand(session, programme, digest, action.theme)
    if not meaning.open:
        return Redrawn(language=language, meaning=meaning, said=say(language, "unanswered.answered"))
    what = unanswered.wishes_in_words(language, digest, action.theme)
    return PoliticiansForm(language=language, digest=digest.id, theme=action.theme, what=what)


def ask_politicians(action: PoliticiansAsked, session: Session, now: datetime, programme: Programme) -> Answer:
    """Ask the politicians who were picked in the form."""
    asking = unanswered.ask_politicians(session, now, programme, action.who, action.digest, action.theme, action.whom)
    meaning = unanswered.wishes_as_they_stand(session, programme, asking.digest, action.theme)
    language = asking.by.language
    said = say(language, "unanswered.thanks") if asking.made else say(language, "unanswered.answered")
    return Redrawn(language=Language(language), meaning=meaning, said=said, is_refusal=not asking.made)


def confirm_list(action: ListConfirmed, session: Session, now: datetime, programme: Programme) -> Answer:
    """Confirm a list that is held (*Ja, det er rigtigt*)."""
    decision = list_holds.confirm(session, now, programme, action.who, action.hold)
    hold, language = decision.hold, decision.by.language
    too_late = f"{say(language, 'list.decided')} {list_holds.status(programme, hold, language)}"
    return _redrawn(decision, list_holds.hold_as_it_stands(programme, hold), list_holds.thanks(programme, hold, language), too_late)


def show_notice(action: NoticeWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """Show a notice in full (*Læs hele beskeden*)."""
    return replace(compose.notice_in_full(session, programme, action.who, action.notice), start=action.start)


def _digest_redrawn(session: Session, programme: Programme, decision: DigestDecision, thanks: str) -> Answer:
    digest, language = decision.digest, decision.by.language
    too_late = f"{say(language, 'review.too_late')} {digest_review.status(session, programme, digest, language)}"
    meaning = digest_review.draft_as_it_stands(session, programme, digest)
    return _redrawn(decision, meaning, say(language, thanks, number=digest.number), too_late)


def _redrawn(decision: DigestDecision | ResponseDecision | ListDecision, meaning: Meaning, thanks: str, too_late: str) -> Answer:
    """The message drawn anew, with thanks to the person who decided or, if they came too late, with what was decided."""
    said = thanks if decision.made else too_late
    return Redrawn(language=Language(decision.by.language), meaning=meaning, said=said, is_refusal=not decision.made)


HANDLERS: Final[HandlerTable] = {
    DigestPageWanted: show_finished_page,
    DigestApproved: approve_digest,
    SendBackFormWanted: open_send_back_form,
    DigestSentBack: send_back_digest,
    FindingFormWanted: open_finding_form,
    FindingPicked: pick_finding,
    ResponseReviewed: review_response,
    ListConfirmed: confirm_list,
    NoticeWanted: show_notice,
    PoliticiansFormWanted: open_politicians_form,
    PoliticiansAsked: ask_politicians,
    QuoteReviewWanted: open_quote_review,
    QuoteDecided: decide_quote,
    QuotesApproved: approve_page_of_quotes,
    QuotesReviewed: review_quotes,
}
