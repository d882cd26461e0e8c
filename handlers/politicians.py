"""What is answered when a politician acts?

They acknowledge a digest or answer the participants. They may come from another organisation: the right to act is read from our own lists
each time, whoever the platform lets press.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.digests.digest_content import title_of
from bot.dialogue.form_input import clean_text
from bot.dialogue.responses import response_review
from bot.programme import Language
from bot.seam.actions import Heard, Responded, ResponseFormWanted, ResponseKind
from bot.seam.answers import Answer, ResponseForm, Said
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action


def acknowledge(action: Heard, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Hørt*."""
    acknowledgement = response_review.acknowledge(session, programme, action.who, action.digest)
    key = "response.heard_now" if acknowledgement.made else "response.heard_already"
    return _answer_in_words(acknowledgement.by.language, key, number=acknowledgement.digest.number)


def open_response_form(action: ResponseFormWanted, session: Session, _now: datetime, programme: Programme) -> Answer:
    """*Svar deltagerne*, or *Svar på ønsket*."""
    digest, politician = response_review.require_answerable(session, programme, action.who, action.digest, action.theme)
    language, title = Language(politician.language), title_of(digest, action.theme)
    return ResponseForm(
        language=language,
        digest=digest.id,
        number=digest.number,
        theme=action.theme,
        title=None if title is None else title[language.value],
    )


def respond(action: Responded, session: Session, now: datetime, programme: Programme) -> Answer:
    """The form was sent. Who only acknowledges is answered as if they had pressed *Hørt*."""
    if action.kind is ResponseKind.HEARD and not clean_text(action.text):
        return acknowledge(Heard(who=action.who, digest=action.digest), session, now, programme)
    kind_and_text = action.kind, action.text
    politician = response_review.respond(session, now, programme, action.who, action.digest, *kind_and_text, theme=action.theme)
    return _answer_in_words(politician.language, "response.thanks")


def _answer_in_words(language: str, key: str, **values: object) -> Said:
    return Said(language=Language(language), title=say(language, key), paragraphs=(say(language, f"{key}.text", **values),))


HANDLERS: Final[Mapping[type[Action], Callable[[Any, Session, datetime, Programme], Answer]]] = {
    Heard: acknowledge,
    ResponseFormWanted: open_response_form,
    Responded: respond,
}
