"""What does the bot answer when a person acts?

One table: action → function. Each function is handed the action, the session, the moment and the programme, and gives an `Answer`. A
handler that refuses does so before it has written anything; whom it refuses is told why, in their own language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.dialogue import people
from bot.errors import Refused
from bot.programme import Language
from bot.seam.actions import Paused, Replied
from bot.seam.answers import FormErrors, Said
from bot.wording import say
from handlers import organisers, participants, politicians, rights, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action
    from bot.seam.answers import Answer

    Handler: TypeAlias = Callable[[Any, Session, datetime, Programme], Answer]

HANDLERS: Final[Mapping[type[Action], Handler]] = {
    **participants.HANDLERS,
    **rights.HANDLERS,
    **organisers.HANDLERS,
    **politicians.HANDLERS,
    **surroundings.HANDLERS,
}
FALLBACK_FIELDS: Final[Mapping[type[Action], str]] = {
    Replied: "text",
    Paused: "until",
}  # where a form tells of a refusal that names no field


def answer(action: Action, session: Session, now: datetime, programme: Programme) -> Answer:
    """The answer to an action. A refusal is an answer too: in the form it came from, with what was typed still in it, or plainly said."""
    try:
        return HANDLERS[type(action)](action, session, now, programme)
    except Refused as refused:
        return _explain_refusal(action, session, programme, refused)


def _explain_refusal(action: Action, session: Session, programme: Programme, refused: Refused) -> Answer:
    person = people.find_person(session, programme.id, action.who)
    language = Language(person.language) if person else programme.language
    sentence = say(language, f"refused.{refused.reason.value}")
    field = refused.field or FALLBACK_FIELDS.get(type(action))
    if field is not None:
        return FormErrors(language=language, errors={field: sentence})
    return Said(language=language, title=say(language, "refused.title"), paragraphs=(sentence,))
