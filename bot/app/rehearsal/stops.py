"""What comes next in a rehearsal, in people's terms, and what came last?

Time stops where there is something new to see: a welcome, a question, a reminder, a close, a draft, a posting, a political answer, or
another message. Beats and readings of lists are no stops; nor is the rest of what has begun, such as the same question in other time zones
an hour later. What waits for the person that the visitor is now is always one.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from bot.models import MessageKind, MessageState, OutboxMessage
from schedules.due import CloseDue, PostDue, ReminderDue, RoundDue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.app.engine import Engine
    from bot.workspace.simulation.visitor import Visitor
    from bot.workspace.state.message_store import MessageStore

Stop = tuple[datetime, str]  # when, and what in a short name

DUE_NAMES: Final = {RoundDue: "round", ReminderDue: "reminder", CloseDue: "close", PostDue: "post"}
MESSAGE_NAMES: Final = {
    MessageKind.WELCOME: "welcome",
    MessageKind.QUESTION: "round",
    MessageKind.REMINDER: "reminder",
    MessageKind.DRAFT: "draft",
    MessageKind.QUOTE_REVIEW: "draft",
    MessageKind.DIGEST: "post",
    MessageKind.ANSWER: "answer",
}
OTHER: Final = "message"
CHANGES: Final = (MessageKind.DIGEST_UPDATE, MessageKind.REDRAWN)  # what stands is changed; nobody is shown anything new
TO_ONE: Final = (MessageKind.QUOTE_DECLINED, MessageKind.MARKS_VOID)  # only one person sees it
HELD_TOGETHER: Final = timedelta(hours=12)  # what is of one kind and follows within so long is the rest of it
_NAME: Final = "happened"  # under which the workspace keeps what came last


class Stops:
    """The stops of one local bot. What came last is kept with the workspace's messages."""

    def __init__(self, store: MessageStore, visitor: Visitor) -> None:
        self._store, self._visitor = store, visitor
        at, self._last_name = json.loads(store.load_text(_NAME) or "[null, null]")
        self._last_at = None if at is None else datetime.fromisoformat(at)
        self._awaited: Stop | None = None
        self._engine: Engine | None = None  # whose play is looked at

    def next(self, engine: Engine) -> Stop | None:
        """The next stop; None: there is none any more."""
        now = engine.clock.now()
        due = engine.heartbeat.next_due()
        stops = [] if due is None else [(due.at, DUE_NAMES[type(due)])]
        if (at := engine.delivery.next_moment()) is not None:
            with engine.database.look() as session:
                stops += [(max(moment, at), name) for moment, name in self._messages(session)]
        return min((stop for stop in stops if stop[0] > now), default=None)

    def last(self) -> Stop | None:
        """The last stop that was reached; None: nothing has come yet."""
        return None if self._last_at is None else (self._last_at, self._last_name)

    def begin(self, engine: Engine) -> None:
        """A play begins: from here on look at what is reached."""
        self._engine, self._awaited = engine, self.next(engine)

    def reach(self, now: datetime) -> None:
        """The play has come to this moment."""
        if self._engine is not None and self._awaited is not None and self._awaited[0] <= now:
            self._last_at, self._last_name = self._awaited
            self._store.save_text(_NAME, json.dumps([self._last_at.isoformat(), self._last_name]))
            self._awaited = self.next(self._engine)

    def forget(self) -> None:
        """Nothing has come yet."""
        self._last_at = self._awaited = self._engine = None

    def _messages(self, session: Session) -> Iterator[Stop]:
        """What waits in the outbox: the first of each kind and round, if none of them has been said; and the visitor's own."""
        waits = OutboxMessage.state == MessageState.PENDING, OutboxMessage.kind.not_in(CHANGES)
        kind, round_id, at = OutboxMessage.kind, OutboxMessage.round_id, func.min(OutboxMessage.next_at)
        for kind_, round_, first in session.execute(select(kind, round_id, at).where(*waits, kind.not_in(TO_ONE)).group_by(kind, round_id)):
            if not _has_begun(session, first, kind == kind_, round_id == round_ if round_ else round_id.is_(None)):
                yield first, MESSAGE_NAMES.get(kind_, OTHER)
        own = OutboxMessage.address == self._visitor.person
        for kind_, first in session.execute(select(kind, at).where(*waits, own).group_by(kind)):
            yield first, MESSAGE_NAMES.get(kind_, OTHER)


def _has_begun(session: Session, first: datetime, *of_kind: ColumnElement[bool]) -> bool:
    """Whether the rest of what was said within hours is what still waits."""
    was_said = OutboxMessage.state == MessageState.SENT, OutboxMessage.sent_at > first - HELD_TOGETHER
    return session.scalar(select(OutboxMessage.id).where(*of_kind, *was_said).limit(1)) is not None
