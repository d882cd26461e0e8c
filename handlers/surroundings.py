"""Handles changes around the dialogue: a channel changes, or the app is removed.

Nobody waits for an answer to these. Organisers are told by a message in the outbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from bot.dialogue import channels
from bot.dialogue.outbox import tell_organisers
from bot.failures import SAID
from bot.seam.actions import AppRemoved, ChannelChanged
from bot.seam.answers import Answer, Nothing
from handlers.participants import request_synchronisation

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from handlers.shared import HandlerTable

log = structlog.get_logger(__name__)


def note_channel(action: ChannelChanged, session: Session, now: datetime, programme: Programme) -> Answer:
    """Note a change of a channel. If a list of people comes from it, the lists are read again."""
    channels.note_change(session, now, programme, action)
    if any(action.channel == source.channel for source in programme.people.sources().values()):
        request_synchronisation(action, session, now, programme)
    return Nothing(language=programme.language)


def note_removal(action: AppRemoved, session: Session, now: datetime, programme: Programme) -> Answer:  # noqa: ARG001 - all handlers are called alike
    """Note that the app was removed or lost its token. Organisers read it when the app is back; until then only the log tells."""
    day = now.date().isoformat()
    is_new = tell_organisers(session, now, programme, key=f"app_removed:{day}", say="notice.app_removed")
    if is_new and SAID.is_due("app removed"):  # what is written may be undone and written again
        log.warning("the app was removed from the workspace, or its token withdrawn: install it again")
    return Nothing(language=programme.language)


HANDLERS: Final[HandlerTable] = {
    ChannelChanged: note_channel,
    AppRemoved: note_removal,
}
