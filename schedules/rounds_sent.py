"""Logs that a round has been sent, and how long the list is that it went to.

The log gives the size of the list as it was last accepted. It never counts who is active, was asked or has answered. The time of the log
line depends on the time zones of the lists, and on whether the platform takes messages, not on who was asked last or still waits: otherwise
it would tell that the only person in a zone pauses. The line does not tell how long sending took either, because that grows with each
message.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import bindparam, select

from bot.local_time import WINDOW
from bot.models import Round
from bot.programme import Role, Slot, Week
from schedules.due import person_moments
from schedules.sending_days import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

log = structlog.get_logger(__name__)

TIME_TO_SEND: Final = timedelta(minutes=15)  # enough for some thousand messages


SELECT_NEW_ROUNDS: Final = select(Round).where(Round.programme == bindparam("programme"), Round.opens_at > bindparam("since"))


class RoundsSent:
    """Logs each round once when it has been sent. Rounds sent before this process began are not logged."""

    def __init__(self) -> None:
        self._first_seen: dict[int, datetime] = {}
        self._said: dict[str, set[int]] = {}  # programme → its rounds
        self.count = 0  # of those that were logged

    def look(self, session: Session, now: datetime, programme: Programme, list_sizes: Mapping[Role, int], zones: Collection[str]) -> None:
        """Log the rounds of a programme that have been sent since the last look. To be called while the platform takes messages.

        `list_sizes` holds the size of each list that has been read; `zones` the time zones of the participants' lists.
        """
        moments: dict[Round, datetime] = {}  # when the question is due in the last time zone
        for round_ in session.scalars(SELECT_NEW_ROUNDS, {"programme": programme.id, "since": now - 2 * WINDOW}):
            day = day_of(programme.rounds, Slot(week=Week.parse(round_.week), number=round_.day))
            moments[round_] = max(person_moments(programme, day, programme.rounds.at, zones, round_.closes_at))
        said = self._said.setdefault(programme.id, {round_.id for round_, moment in moments.items() if moment + TIME_TO_SEND <= now})
        for round_, moment in moments.items():
            begun = max(moment, self._first_seen.setdefault(round_.id, now))
            if round_.id not in said and begun + TIME_TO_SEND <= now:
                said.add(round_.id)
                self.count += 1
                roles = [Role(role) for role in round_.snapshot["by_role"]]
                size = sum(list_sizes[role] for role in roles) if all(role in list_sizes for role in roles) else None
                log.info("a round has been sent", round=f"{round_.week}:{round_.day}", entry=round_.entry, listed=size)
