"""Answers what politicians do: they acknowledge a digest or respond to the participants.

Politicians may belong to another organisation, so the platform may show them buttons that are not for them. Each time our own lists say
who may act.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.dialogue.digests import quote_selection
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.form_input import clean_name, clean_text
from bot.dialogue.responses import promises, response_review
from bot.dialogue.responses.due_promises import outcomes_of
from bot.language.visible_text import cut
from bot.local_time import today
from bot.programme import Language
from bot.seam.actions import Heard, OutcomeFormWanted, OutcomeTold, Responded, ResponseFormWanted, ResponseKind, WishQuestionProposed
from bot.seam.answers import WHOLE_DIGEST, Answer, OutcomeForm, ResponseForm, Said
from bot.wording import say
from handlers.shared import answer_in_words, with_pause

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from handlers.shared import HandlerTable

LONGEST_LABEL: Final = 60  # characters of a quote in a menu


def acknowledge(action: Heard, session: Session, _now: datetime, programme: Programme) -> Said:
    """Acknowledge a digest (*Hørt*)."""
    acknowledgement = response_review.acknowledge(session, programme, action.who, action.digest)
    key = "response.heard_now" if acknowledgement.made else "response.heard_already"
    thanks = answer_in_words(acknowledgement.by.language, key, number=acknowledgement.digest.number)
    return with_pause(session, thanks) if acknowledgement.made else thanks


def open_response_form(action: ResponseFormWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Open the form for a response to a digest, or to the wishes on one theme of it (*Svar deltagerne*)."""
    digest, politician = response_review.require_answerable(session, programme, action.who, action.digest, action.theme)
    language = Language(politician.language)
    themes = {shown["theme"]: shown for shown in content_of(digest)["themes"] if shown["wishes"] is not None}
    in_ledger = themes if digest.wishes is None else digest.wishes  # what can be answered; a digest from before the ledger has none
    wishes = [(theme, say(language, "respond.about.wishes", theme=themes[theme]["title"][language.value])) for theme in in_ledger]
    quotes = [
        (f"{theme}:{quote.place}", say(language, "respond.about.quote", quote=cut(" ".join(quote.text.split()), LONGEST_LABEL)))
        for theme, of_theme in quote_selection.quotes_in_post(session, digest).items()
        for quote in of_theme.all
    ]
    day = today(now, programme.timezone)
    return ResponseForm(
        language=language,
        digest=digest.id,
        number=digest.number,
        about=((WHOLE_DIGEST, say(language, "respond.about.digest")), *wishes, *quotes),
        chosen=next((theme for theme in (action.theme, *(digest.wishes or ())) if theme in in_ledger), WHOLE_DIGEST),
        earliest=day,
        latest=day + response_review.FARTHEST,
    )


def respond(action: Responded, session: Session, now: datetime, programme: Programme) -> Answer:
    """Store the response in the form. A day that was picked counts for a promise only, and the thanks say so."""
    thanks = _store_response(action, session, now, programme)
    if action.due is None or action.kind is ResponseKind.TAKE_UP:
        return thanks
    return replace(thanks, paragraphs=(*thanks.paragraphs, say(thanks.language, "response.no_day")))


def _store_response(action: Responded, session: Session, now: datetime, programme: Programme) -> Said:
    """Store the response. The kind *heard* without a text, on the whole digest, is the same as pressing *Hørt*."""
    if action.kind is ResponseKind.HEARD and action.theme is None and not clean_text(action.text):
        return acknowledge(Heard(who=action.who, digest=action.digest), session, now, programme)
    politician = response_review.respond(
        session,
        now,
        programme,
        action.who,
        action.digest,
        action.kind,
        action.text,
        theme=action.theme,
        place=action.place,
        due=action.due,
        name=action.name,
    )
    return with_pause(session, _thanks(politician.language, "response.thanks", action.name))


def open_outcome_form(action: OutcomeFormWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Open the form in which a politician tells what became of a promise (*Gjort*, *Blev ikke til noget*)."""
    promise, politician = promises.require_promise(session, now, programme, action.who, action.promise)
    language = Language(politician.language)
    if outcomes_of(session, promise):
        return answer_in_words(language, "promise.told")
    what = promises.promise_in_words(session, language, promise)
    return OutcomeForm(language=language, promise=promise.id, kind=action.kind, what=what)


def tell_outcome(action: OutcomeTold, session: Session, now: datetime, programme: Programme) -> Answer:
    """Store what became of a promise, unless somebody has told it before."""
    telling = promises.tell(session, now, programme, action.who, action.promise, action.kind, action.text, action.name)
    language = telling.by.language
    if not telling.made:
        return replace(answer_in_words(language, "promise.told"), is_refusal=True)
    return with_pause(session, _thanks(language, "promise.thanks", action.name))


def _thanks(language: str, key: str, name: str) -> Said:
    """Thanks with what happens next, and whether it goes out with a name."""
    name_shown = clean_name(name, field="name")
    signed = say(language, "response.unsigned") if name_shown is None else say(language, "response.signed", name=name_shown)
    return answer_in_words(language, key, signed=signed)


def propose_wish_question(action: WishQuestionProposed, session: Session, now: datetime, programme: Programme) -> Answer:
    """Propose to the organisers to ask what is wished on a theme (*Spørg, hvad der ønskes*)."""
    politician = response_review.propose_wish_question(session, now, programme, action.who, action.digest, action.theme)
    return answer_in_words(politician.language, "wishes.asked.thanks")


HANDLERS: Final[HandlerTable] = {
    Heard: acknowledge,
    ResponseFormWanted: open_response_form,
    Responded: respond,
    WishQuestionProposed: propose_wish_question,
    OutcomeFormWanted: open_outcome_form,
    OutcomeTold: tell_outcome,
}
