"""The stops of a rehearsal: what comes next and what came last, in people's terms.

Time stops where there is something new to see: a welcome, a question, a reminder, a close, a draft, a posting, a political answer, the
season's report, the thanks, or another message. Beats and readings of lists are no stops; nor is the rest of what has begun, such as the
same question in other time zones an hour later. What waits for the person that the visitor is now is always one. What came is told by what
has been said, not by the plan.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from bot.dialogue.digests.digest_content import is_report
from bot.models import Digest, DigestState, MessageKind, MessageState, OutboxMessage, Round
from schedules import season_end
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
    MessageKind.THANKS: "thanks",
    MessageKind.RESPONSE_REVIEW: "release",
    MessageKind.LIST_REVIEW: "notice",
    MessageKind.NOTICE: "notice",
}
OTHER: Final = "message"
HELD: Final = "held"  # a digest that nobody has approved yet
UNDECIDED: Final = (DigestState.IN_REVIEW, DigestState.HELD)
OF_REPORT: Final = {"draft": "draft_report", "post": "post_report", HELD: "held_report"}  # the same of the season's report
MAY_BE: Final = {
    "close": ("draft", "close"),
    "post": ("post", HELD),
    HELD: ("post", HELD),
    "draft_report": ("draft_report", HELD),
    "post_report": ("post_report", "held_report"),
    "held_report": ("post_report", "held_report"),
}  # what may come of a plan, the best to see first
CHANGES: Final = (MessageKind.DIGEST_UPDATE, MessageKind.REDRAWN)  # what stands is changed; nobody is shown anything new
TO_ONE: Final = (MessageKind.QUOTE_DECLINED, MessageKind.MARKS_VOID, MessageKind.SHOWN)  # only one person sees it
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
        due, at = engine.heartbeat.next_due(), engine.delivery.next_moment()
        with engine.database.look() as session:
            stops = [] if at is None else [(max(moment, at), name) for moment, name in self._messages(session)]
            if due is not None:
                is_held = isinstance(due, PostDue) and _is_undecided(_newest_digest(session))
                stops.append((due.at, HELD if is_held else DUE_NAMES[type(due)]))
            stops += _end_of_season(session, engine, now)
        return min((stop for stop in stops if stop[0] > now), default=None)

    def last(self, engine: Engine | None = None) -> Stop | None:
        """The last thing that came; None: nothing has come yet. A digest that was waited for has come once it is issued."""
        if self._last_name in (HELD, OF_REPORT[HELD]) and engine is not None:
            with engine.database.look() as session:
                digest = _newest_digest(session)
            if digest is None or not _is_undecided(digest):
                return None if digest is None or digest.issued_at is None else (digest.issued_at, _name("post", digest))
        return None if self._last_at is None else (self._last_at, self._last_name)

    def begin(self, engine: Engine) -> None:
        """A play begins: from here on look at what is reached."""
        self._engine, self._awaited = engine, self.next(engine)

    def reach(self, now: datetime) -> None:
        """The play has come to this moment."""
        if self._engine is not None and self._awaited is not None and self._awaited[0] <= now:
            at, planned = self._awaited
            with self._engine.database.look() as session:
                came = _what_came(session, at, planned)
            if came is not None:
                self._last_at, self._last_name = at, came
                self._store.save_text(_NAME, json.dumps([at.isoformat(), came]))
            self._awaited = self.next(self._engine)

    def forget(self) -> None:
        """Nothing has come yet."""
        self._last_at = self._awaited = self._engine = None

    def _messages(self, session: Session) -> Iterator[Stop]:
        """What waits in the outbox: the first of each kind and round, if none of them has been said; and the visitor's own."""
        waits = OutboxMessage.state == MessageState.PENDING, OutboxMessage.kind.not_in(CHANGES)
        kind, round_id, at = OutboxMessage.kind, OutboxMessage.round_id, func.min(OutboxMessage.next_at)
        digest = _newest_digest(session)
        for kind_, round_, first in session.execute(select(kind, round_id, at).where(*waits, kind.not_in(TO_ONE)).group_by(kind, round_id)):
            if not _has_begun(session, first, kind == kind_, round_id == round_ if round_ else round_id.is_(None)):
                yield first, _name(MESSAGE_NAMES.get(kind_, OTHER), digest)
        own = OutboxMessage.address == self._visitor.person
        for kind_, first in session.execute(select(kind, at).where(*waits, own).group_by(kind)):
            yield first, _name(MESSAGE_NAMES.get(kind_, OTHER), digest)


def _has_begun(session: Session, first: datetime, *of_kind: ColumnElement[bool]) -> bool:
    """Whether the rest of what was said within hours is what still waits."""
    was_said = OutboxMessage.state == MessageState.SENT, OutboxMessage.sent_at > first - HELD_TOGETHER
    return session.scalar(select(OutboxMessage.id).where(*of_kind, *was_said).limit(1)) is not None


def _newest_digest(session: Session) -> Digest | None:
    return session.scalar(select(Digest).order_by(Digest.drafted_at.desc(), Digest.id.desc()).limit(1))


def _is_undecided(digest: Digest | None) -> bool:
    return digest is not None and digest.state in UNDECIDED


def _name(name: str, digest: Digest | None) -> str:
    """What is drafted or posted has a name of its own if the newest digest is the season's report."""
    return OF_REPORT.get(name, name) if digest is not None and is_report(digest) else name


def _end_of_season(session: Session, engine: Engine, now: datetime) -> Iterator[Stop]:
    """The next step of a season that has ended: the thanks, the report's draft, and its posting."""
    programme, digest = engine.programme_store.current(now), _newest_digest(session)
    at = season_end.next_moment(session, now, programme) if season_end.season_has_ended(session, programme) else None
    if digest is not None and is_report(digest):
        if at is not None:
            yield at, OF_REPORT[HELD if _is_undecided(digest) else "post"]
        elif digest.state is DigestState.APPROVED:  # after its hour
            yield engine.heartbeat.next_beat(), OF_REPORT["post"]
    elif at is not None:
        is_thanked = session.scalar(select(OutboxMessage.id).where(OutboxMessage.kind == MessageKind.THANKS).limit(1)) is not None
        yield at, OF_REPORT["draft"] if is_thanked else MESSAGE_NAMES[MessageKind.THANKS]


def _what_came(session: Session, at: datetime, planned: str) -> str | None:
    """What has come since a moment: what was planned if it has come, else something else that was said, such as why not."""
    said = OutboxMessage.state == MessageState.SENT, OutboxMessage.sent_at >= at, OutboxMessage.kind.not_in(CHANGES)
    came = {MESSAGE_NAMES.get(kind, OTHER) for kind in session.scalars(select(OutboxMessage.kind).where(*said).distinct())}
    if session.scalar(select(Round.id).where(Round.closed_at >= at).limit(1)) is not None:
        came.add("close")
    digest = _newest_digest(session)
    if _is_undecided(digest):
        came.add(HELD)
    names = {_name(name, digest) for name in came}
    others = (_name(name, digest) for name in MESSAGE_NAMES.values())
    return next((name for name in (*MAY_BE.get(planned, (planned,)), *others) if name in names), None)
