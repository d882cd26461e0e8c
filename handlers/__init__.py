"""The handlers: they answer what people do, by one table of action → function.

Each function gets the action, the session, the moment and the programme, and returns an `Answer`. A handler that refuses does so before it
writes anything. The person is told why, in their own language.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bot.dialogue import people
from bot.errors import Refused
from bot.programme import Language
from bot.seam.answers import FormErrors
from bot.seam.planning_actions import EditApplied
from handlers import edits, organisers, participants, planning, politicians, quoting, rights, surroundings
from handlers.refusals import why_refused
from handlers.shared import refusal

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.planner import Planner
    from bot.programme import Programme
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from handlers.shared import HandlerTable

HANDLERS: Final[HandlerTable] = {
    **participants.HANDLERS,
    **quoting.HANDLERS,
    **rights.HANDLERS,
    **organisers.HANDLERS,
    **politicians.HANDLERS,
    **surroundings.HANDLERS,
}


def answer(action: Action, session: Session, now: datetime, programme: Programme, planner: Planner | None = None) -> Answer:
    """The answer to an action. A refusal is an answer too: an error at a field of the form, or a sentence.

    Without a `planner` nobody can plan.
    """
    try:
        if planner is not None and type(action) in planning.HANDLERS:
            return planning.HANDLERS[type(action)](action, session, now, programme, planner)
        return HANDLERS[type(action)](action, session, now, programme)
    except Refused as refused:
        person = people.find_person(session, programme.id, action.who)
        language = Language(person.language) if person else programme.language
        why = partial(why_refused, session, programme, language, action)
        if refused.field is not None:
            reasons = {refused.field: refused.reason, **refused.more}
            return FormErrors(language=language, errors={name: why(reason) for name, reason in reasons.items()})
        return refusal(language, why(refused.reason), *_words_typed_before(action))


def _words_typed_before(action: Action) -> tuple[str, ...]:
    """What was typed in the form before this window, which only shows what it changes."""
    return edits.words_of_edit(action.edit) if isinstance(action, EditApplied) else ()
