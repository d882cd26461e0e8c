"""Forecasts the day on which somebody who is welcomed now is asked for the first time.

They are asked with everybody else if the welcome comes before the question's hour, or a day after the welcome if a round is open then.
The forecast uses today's lists and plan: each beat updates the day in the welcomes that wait in the outbox.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from bot.dialogue.rounds import after_opening, opening
from bot.local_time import today
from bot.models import MessageKind, OutboxMessage, Person, PersonState
from schedules import due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.people import Invited
    from bot.models import Round
    from bot.programme import Entry, Programme, Role
    from schedules.due import RoundDue

SELECT_ASKED_BEFORE = (
    select(OutboxMessage.person_id)
    .join(Person, Person.id == OutboxMessage.person_id)
    .where(OutboxMessage.round_id == bindparam("round"), OutboxMessage.kind == MessageKind.QUESTION, Person.state == PersonState.INVITED)
)


def first_question_days(
    session: Session, now: datetime, programme: Programme, upcoming: Sequence[RoundDue]
) -> Callable[[Invited, datetime], date | None]:
    """Returns a function of an invited person and the moment of their welcome. It gives the day, or None if it is unknown."""

    @cache
    def roles_to_ask(entry: Entry) -> frozenset[Role]:
        return opening.roles_to_ask(session, programme, entry)

    def moments(role: Role, zone: str, welcomed_at: datetime, round_: Round | None) -> Iterator[datetime | None]:
        if round_ is not None and role in opening.roles_in(round_):
            yield after_opening.late_moment(programme, round_.closes_at, welcomed_at, zone)
        for round_due in upcoming:
            roles = roles_to_ask(round_due.entry)
            if not roles or round_due.at <= now:  # it asks nobody yet, or it will be missed: then all later rounds move
                return
            if role in roles:
                yield _moment_asked(programme, round_due, welcomed_at, zone)

    @cache
    def day(role: Role, zone: str, welcomed_at: datetime, round_: Round | None) -> date | None:
        known = (moment for moment in moments(role, zone, welcomed_at, round_) if moment is not None)
        return min((today(moment, zone) for moment in islice(known, 2)), default=None)  # the next round may come before a late question

    round_for = _find_open_round(session, now, programme)
    return lambda person, welcomed_at: day(person.role, person.timezone, welcomed_at, round_for(person))


def _find_open_round(session: Session, now: datetime, programme: Programme) -> Callable[[Invited], Round | None]:
    """Returns a function that gives the open round for an invited person; None if the round has already asked them."""

    @cache
    def round_and_asked() -> tuple[Round | None, frozenset[int | None]]:
        round_ = opening.current_round(session, now, programme.id)
        return round_, frozenset() if round_ is None else frozenset(session.scalars(SELECT_ASKED_BEFORE, {"round": round_.id}))

    def round_for(person: Invited) -> Round | None:
        round_, asked_before = round_and_asked()
        return None if person.id in asked_before else round_

    return round_for


def _moment_asked(programme: Programme, round_due: RoundDue, welcomed_at: datetime, zone: str) -> datetime | None:
    """When the round asks somebody: with the others if the welcome comes before the round opens, else late."""
    if round_due.at <= welcomed_at:
        return after_opening.late_moment(programme, round_due.closes_at, welcomed_at, zone)
    return due.person_moment(programme, round_due.day, programme.rounds.at, zone, round_due.closes_at)
