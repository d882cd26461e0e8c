"""What is done when something around the dialogue changes: a channel, or the app itself?

Nobody waits for an answer here: what there is to say goes through the outbox to the organisers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.dialogue import channels
from bot.dialogue.outbox import tell_organisers
from bot.failures import SAID
from bot.seam.actions import AppRemoved, ChannelChanged
from bot.seam.answers import Answer, Nothing
from handlers.participants import request_synchronisation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action

log = structlog.get_logger(__name__)


def note_channel(action: ChannelChanged, session: Session, now: datetime, programme: Programme) -> Answer:
    """A channel was archived, came back, was shared, …: where it holds a list of people, that is read again."""
    channels.note_change(session, now, programme, action)
    if any(action.channel == source.channel for source in programme.people.sources().values()):
        request_synchronisation(action, session, now, programme)
    return Nothing(language=programme.language)


def note_removal(action: AppRemoved, session: Session, now: datetime, programme: Programme) -> Answer:  # noqa: ARG001 - all handlers are called alike
    """The app was removed, or its token withdrawn. The organisers read of it when it is back; until then only the log can tell."""
    day = now.date().isoformat()
    if tell_organisers(session, now, programme, key=f"app_removed:{day}", say="notice.app_removed") and SAID.is_due("app removed"):
        log.warning("the app was removed from the workspace, or its token withdrawn: install it again, and put its tokens into .env")
    return Nothing(language=programme.language)


HANDLERS: Final[Mapping[type[Action], Callable[[Any, Session, datetime, Programme], Answer]]] = {
    ChannelChanged: note_channel,
    AppRemoved: note_removal,
}
