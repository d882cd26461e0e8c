"""Which rounds have gone out, how long did it take, and how long is the list of those they went to?

For the log alone. It counts the list, as it was last accepted, and never people by what they did: who is active, was asked or has answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from sqlalchemy import func, select

from bot.local_time import WINDOW
from bot.models import MessageKind, MessageState, OutboxMessage, Round
from bot.programme import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

log = structlog.get_logger(__name__)

UNDER_WAY = (MessageState.PENDING, MessageState.SENDING, MessageState.UNKNOWN)


class RoundsSent:
    """Says of each round, once, that it has been sent. What was sent before this process began is none of its business."""

    def __init__(self) -> None:
        self._begun: dict[int, datetime] = {}  # round → when it was first seen under way
        self._said: set[int] = set()

    def look(self, session: Session, now: datetime, programme: Programme, list_sizes: Mapping[Role, int]) -> None:
        """Look at the rounds of a programme. `list_sizes` are those of its lists; they are not known before the lists have been read."""
        of_a_round = OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state.in_(UNDER_WAY)
        select_rounds = select(Round.id).join(OutboxMessage, OutboxMessage.round_id == Round.id).where(*of_a_round).distinct()
        new = Round.programme == programme.id, Round.opens_at > now - WINDOW  # a question that somebody gets later is not the round
        under_way = set(session.scalars(select_rounds.where(*new)))
        for round_id in under_way - self._said:
            self._begun.setdefault(round_id, now)
        for round_id in self._begun.keys() - under_way:
            round_, begun = session.get(Round, round_id), self._begun[round_id]
            if round_ is not None and round_.programme == programme.id:
                del self._begun[round_id]
                self._said.add(round_id)
                _say_sent(session, round_, begun, list_sizes)


def _say_sent(session: Session, round_: Round, begun: datetime, list_sizes: Mapping[Role, int]) -> None:
    questions = OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.round_id == round_.id
    last = session.scalar(select(func.max(OutboxMessage.sent_at)).where(*questions))
    roles = [Role(role) for role in round_.snapshot["by_role"]]
    size = sum(list_sizes[role] for role in roles) if all(role in list_sizes for role in roles) else None
    if last is not None:
        seconds = max(0, round((last - max(begun, round_.opens_at)).total_seconds()))
        log.info("a round has been sent", round=f"{round_.week}:{round_.day}", entry=round_.entry, list=size, seconds=seconds)
