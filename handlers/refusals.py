"""Says why an action was refused, with what the person needs to know of it.

A reason has one sentence; some actions have their own, because people must know what counts now, and what became of what they pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue import people
from bot.dialogue.rounds import replies
from bot.errors import Reason, Refused
from bot.models import Digest, Round
from bot.programme import Role
from bot.seam.actions import (
    Heard,
    OutcomeFormWanted,
    OutcomeTold,
    Replied,
    ReplyFormWanted,
    Responded,
    ResponseFormWanted,
    ResponseKind,
    WishQuestionProposed,
)
from bot.seam.planning_actions import AllPaused, BankPlanned
from bot.seam.quote_actions import QuoteAgreed, QuoteChoiceWanted
from bot.seam.reading_actions import PageFileWanted, PageWanted
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from bot.programme import Language, Programme
    from bot.seam.actions import Action

EMPTY_ANSWERS: Final = {ResponseKind.TAKE_UP: "refused.empty.take_up", ResponseKind.NOT_OURS: "refused.empty.not_ours"}
SHORTER_TEXTS: Final[Mapping[type[Action], str]] = {AllPaused: "refused.too_long.reason", BankPlanned: "refused.too_long.question"}
OF_POLITICIANS: Final = (Heard, ResponseFormWanted, Responded, WishQuestionProposed, OutcomeFormWanted, OutcomeTold)
PAGES_REFUSED: Final = {Reason.NO_RIGHT: "refused.no_right.page", Reason.GONE: "refused.gone.page"}


def why_refused(session: Session, programme: Programme, language: Language, action: Action, reason: Reason) -> str:
    """Why an action was refused, in a sentence or two."""
    if reason is Reason.GONE and isinstance(action, OF_POLITICIANS):
        return _what_is_gone(session, programme, language, action)
    return say(language, _key_of(session, programme, action, reason))


def _key_of(session: Session, programme: Programme, action: Action, reason: Reason) -> str:
    if reason is Reason.EMPTY and isinstance(action, Responded):
        return EMPTY_ANSWERS.get(action.kind, "refused.empty")
    if reason is Reason.TOO_LONG:
        return SHORTER_TEXTS.get(type(action), "refused.too_long")
    if reason is Reason.ROUND_CLOSED:
        return _key_of_closed_round(session, programme, action)
    if reason is Reason.NO_RIGHT and isinstance(action, OF_POLITICIANS):
        return _key_without_right(session, programme, action)
    if reason in PAGES_REFUSED and isinstance(action, PageWanted | PageFileWanted):
        return PAGES_REFUSED[reason]
    return f"refused.{reason.value}"


def _key_of_closed_round(session: Session, programme: Programme, action: Action) -> str:
    """What counts after the close: an answer from before, without a yes that came too late."""
    if isinstance(action, QuoteAgreed | QuoteChoiceWanted):
        return "refused.round_closed.quote"
    person = people.find_person_anywhere(session, programme.id, action.who)
    round_ = session.get(Round, action.round) if isinstance(action, Replied | ReplyFormWanted) and action.round is not None else None
    is_stored = person is not None and round_ is not None and replies.own_reply(session, person, round_) is not None
    return "refused.round_closed.stored" if is_stored else "refused.round_closed"


def _key_without_right(session: Session, programme: Programme, action: Action) -> str:
    """Whether somebody is no politician, or the promise is a colleague's."""
    try:
        people.require_role(session, programme.id, action.who, Role.POLITICIAN)
    except Refused:
        return "refused.no_right.politician"
    return "refused.no_right.promise"


def _what_is_gone(session: Session, programme: Programme, language: Language, action: Action) -> str:
    """What a politician cannot answer any more, by its name."""
    if isinstance(action, OutcomeFormWanted | OutcomeTold):
        return say(language, "refused.gone.promise")
    digest = (
        session.get(Digest, action.digest) if isinstance(action, Heard | ResponseFormWanted | Responded | WishQuestionProposed) else None
    )
    if digest is None or digest.programme != programme.id:
        return say(language, "refused.gone.digest_unknown")
    return say(language, "refused.gone.digest", number=digest.number)
