"""Which rounds have gone out, and how long is the list of those they went to?

For the log alone. It counts the list, as it was last accepted, and never people by what they did: who is active, was asked or has answered.
When a round is said to have been sent is judged by the time zones of the lists, and not by who was asked last: who is alone in a zone, and
pauses, would be told of by that. Nor does it say how long that took: one message more is a moment more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import func, select

from bot.confidentiality.floors import effective_floors
from bot.local_time import WINDOW
from bot.models import MessageKind, MessageState, OutboxMessage, Round
from bot.programme import Role, Slot, Week
from schedules.due import person_moments
from schedules.sending_days import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

log = structlog.get_logger(__name__)

UNDER_WAY: Final = (MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN)
TIME_TO_SEND: Final = timedelta(minutes=15)  # some thousand messages


class RoundsSent:
    """Says of each round, once, that it has been sent. What was sent before this process began is none of its business."""

    def __init__(self) -> None:
        self._first_seen: dict[int, datetime] = {}
        self._said: dict[str, set[int]] = {}  # programme → its rounds

    def look(self, session: Session, now: datetime, programme: Programme, list_sizes: Mapping[Role, int], zones: Collection[str]) -> None:
        """Look at the rounds of a programme. `list_sizes` are those of its lists; they are not known before the lists have been read.

        `zones`: the time zones of the participants' lists.
        """
        is_new = Round.programme == programme.id, Round.opens_at > now - 2 * WINDOW
        moments = {round_: _latest_moment(programme, round_, zones) for round_ in session.scalars(select(Round).where(*is_new))}
        said = self._said.setdefault(programme.id, {round_.id for round_, moment in moments.items() if moment + TIME_TO_SEND <= now})
        for round_, moment in moments.items():
            begun = max(moment, self._first_seen.setdefault(round_.id, now))
            if round_.id not in said and begun + TIME_TO_SEND <= now and not _is_under_way(session, now, programme, round_):
                said.add(round_.id)
                _say_sent(round_, list_sizes)


def _latest_moment(programme: Programme, round_: Round, zones: Collection[str]) -> datetime:
    """When its question is due where that is last."""
    day = day_of(programme.rounds, Slot(week=Week.parse(round_.week), number=round_.day))
    return max(person_moments(programme, day, programme.rounds.at, zones, round_.closes_at))


def _is_under_way(session: Session, now: datetime, programme: Programme, round_: Round) -> bool:
    """Whether many still wait for what is due. For whom that is late alone, the log does not wait: a few are never counted."""
    waits = OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state.in_(UNDER_WAY), OutboxMessage.due_at <= now
    count = session.scalar(select(func.count()).where(*waits, OutboxMessage.round_id == round_.id)) or 0
    return count >= effective_floors(programme.floors).people


def _say_sent(round_: Round, list_sizes: Mapping[Role, int]) -> None:
    roles = [Role(role) for role in round_.snapshot["by_role"]]
    size = sum(list_sizes[role] for role in roles) if all(role in list_sizes for role in roles) else None
    log.info("a round has been sent", round=f"{round_.week}:{round_.day}", entry=round_.entry, list=size)
