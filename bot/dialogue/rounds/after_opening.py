"""What follows the opening of a round: late questions, one reminder, and the close.

The reminders together are a list of those who have not answered. They are deleted after the close, so that no such list is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.floors import effective_floors, printable
from bot.database.insert_once import table_of
from bot.days_off import DaysOff
from bot.dialogue.list_sizes import sizes_asked_in
from bot.dialogue.outbox import WAITS, NewMessage, has_notice, put_many, tell_organisers
from bot.dialogue.own_hour import moment_without_choice, own_moment
from bot.dialogue.reasons import is_refused, words_of
from bot.dialogue.rounds.opening import current_round, new_question
from bot.dialogue.snapshot import floors_in, lower_audience, size_of_lists, theme_in
from bot.local_time import WINDOW, in_sending_hours, today
from bot.message_facts import QuestionFacts
from bot.models import (
    FINAL_STATES,
    IS_REMINDER,
    Digest,
    MessageKind,
    MessageState,
    OutboxMessage,
    Participation,
    Person,
    PersonState,
    Round,
)
from bot.programme import Role, Week
from bot.states import UNDELIVERED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme

NEVER_SENT_STATES = (MessageState.MISSED, MessageState.FAILED)
UNENDED_STATES = tuple(state for state in MessageState if state not in FINAL_STATES)
STATES_IN_DOUBT = (MessageState.SENDING, MessageState.UNKNOWN)


_has_question = select(OutboxMessage.person_id).where(  # read once, not again for each of 20,000 people
    OutboxMessage.round_id == bindparam("round"), OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.person_id.is_not(None)
)
_is_active = Person.programme == bindparam("programme"), Person.state == PersonState.ACTIVE, Person.welcomed_at.is_not(None)
_is_asked = Person.role.in_(bindparam("roles", expanding=True))
SELECT_LATE = select(Person).where(*_is_active, _is_asked, Person.id.not_in(_has_question)).order_by(Person.id)


def queue_late_questions(session: Session, now: datetime, programme: Programme) -> int:
    """Queue the newest open round's question for those who became active after it opened; returns how many were new.

    It goes out 24 h after their welcome, if 24 h then remain before the close; on that day not before the hour they have chosen.
    """
    round_ = current_round(session, now, programme.id)
    if round_ is None or round_.closes_at - now < WINDOW:
        return 0
    questions = {Role(role): question_id for role, question_id in round_.snapshot["by_role"].items()}
    messages = []
    for person in session.scalars(SELECT_LATE, {"round": round_.id, "programme": round_.programme, "roles": [*questions]}):
        planned = late_moment(programme, round_.closes_at, person.welcomed_at or now, person.timezone, not_before=now)
        if planned is not None:
            moment = own_moment(planned, person.ask_at, today(planned, person.timezone), person.timezone, round_.closes_at)
            messages.append(new_question(round_, person.id, person.address, questions[person.role], moment))
    return put_many(session, programme.id, messages)


def late_moment(
    programme: Programme, closes_at: datetime, welcomed_at: datetime, zone: str, *, not_before: datetime | None = None
) -> datetime | None:
    """The moment at which a round's question goes to somebody who was welcomed too late for its hour.

    None: too little time is left before the close, so they do not get it.
    """
    moment = in_sending_hours(max(not_before or welcomed_at, welcomed_at + WINDOW), zone, DaysOff.of(programme))
    return moment if closes_at - moment >= WINDOW else None


def move_waiting_questions(session: Session, now: datetime, programme: Programme, person: Person) -> None:
    """Move a person's waiting question of an open round to the hour they have just chosen, unless that has passed."""
    waits = OutboxMessage.kind == MessageKind.QUESTION, WAITS, OutboxMessage.person_id == person.id
    select_waiting = select(OutboxMessage.id, OutboxMessage.due_at, Round.closes_at).join(Round, Round.id == OutboxMessage.round_id)
    for message_id, due_at, closes_at in session.execute(select_waiting.where(*waits)).all():
        a_day_after_welcome = min(due_at, (person.welcomed_at or now) + WINDOW)
        planned = max(moment_without_choice(programme, due_at, person.timezone), a_day_after_welcome, now)
        moment = own_moment(planned, person.ask_at, today(due_at, person.timezone), person.timezone, closes_at)
        if max(due_at, moment) > now:
            still_waits = update(table_of(OutboxMessage)).where(OutboxMessage.id == message_id, *waits)
            session.execute(still_waits.values(due_at=moment, next_at=moment, expires_at=min(moment + WINDOW, closes_at)))


def queue_reminders(session: Session, now: datetime, programme: Programme, round_: Round, moment_for: Callable[[str], datetime]) -> int:
    """Queue one reminder for each active participant who got the question a day ago and has not answered.

    Returns how many were new. `moment_for` gives the moment (UTC) of the reminder in a time zone. Whether a day has passed is counted
    from the programme's hour, also for people who chose a later one: their choice changes nothing about the reminder.
    """
    if round_.closed_at is not None or round_.closes_at <= now:
        return 0
    answered = select(Participation.person_id).where(Participation.round_id == round_.id)
    is_reminder = OutboxMessage.round_id == round_.id, OutboxMessage.kind == MessageKind.REMINDER, OutboxMessage.person_id.is_not(None)
    told = answered.union_all(select(OutboxMessage.person_id).where(*is_reminder))
    question_reached = (
        OutboxMessage.round_id == round_.id,
        OutboxMessage.kind == MessageKind.QUESTION,
        OutboxMessage.state == MessageState.SENT,
    )
    select_silent = (
        select(Person.id, Person.address, Person.timezone, OutboxMessage.sent_at, OutboxMessage.due_at, OutboxMessage.facts)
        .join(OutboxMessage, OutboxMessage.person_id == Person.id)
        .where(*question_reached, Person.state == PersonState.ACTIVE, Person.id.not_in(told))
    )
    rows = session.execute(select_silent.order_by(Person.id)).all()
    moments = {zone: moment_for(zone) for zone in {row.timezone for row in rows}}
    messages = [
        NewMessage(
            kind=MessageKind.REMINDER,
            address=address,
            facts=QuestionFacts.read(facts),
            due_at=moments[zone],
            expires_at=min(moments[zone] + WINDOW, round_.closes_at),
            round_id=round_.id,
            person_id=person_id,
            of_round=round_,
        )
        for person_id, address, zone, sent_at, due_at, facts in rows
        if moments[zone] - sent_at + due_at - moment_without_choice(programme, due_at, zone) >= WINDOW
    ]
    return put_many(session, programme.id, messages)


def close_next_round(session: Session, now: datetime, programme_id: str | None = None) -> bool:
    """Close the earliest round whose close has come, of one programme or of any; False if there is none."""
    of_programme = () if programme_id is None else (Round.programme == programme_id,)
    rounds_over = select(Round).where(Round.closed_at.is_(None), Round.closes_at <= now, *of_programme)
    round_ = session.scalar(rounds_over.order_by(Round.closes_at, Round.id).limit(1))
    return round_ is not None and close_round(session, now, round_)


def close_round(session: Session, now: datetime, round_: Round) -> bool:
    """Close a round, so that nobody can answer it any more; False if it was closed already.

    Questions that have not gone out are missed, and reminders cancelled.
    """
    if round_.closed_at is not None:
        return False
    round_.closed_at = now
    lower_audience(round_, sizes_asked_in(session, round_.programme, round_.week))
    conditions = OutboxMessage.round_id == round_.id, OutboxMessage.state == MessageState.PENDING
    for kind, state in ((MessageKind.QUESTION, MessageState.MISSED), (MessageKind.REMINDER, MessageState.CANCELLED)):
        waiting_of_kind = update(table_of(OutboxMessage)).where(*conditions, OutboxMessage.kind == kind)
        why = func.coalesce(OutboxMessage.reason, "the round had closed")  # an earlier reason says more: it stays
        session.execute(waiting_of_kind.values(state=state, reason=why))
    return True


def delete_reminders(session: Session, now: datetime) -> None:
    """Delete the finished reminders of closed rounds, also from the file on the disk."""
    closed_rounds = select(Round.id).where(Round.closed_at <= now)
    final_reminders = (
        IS_REMINDER,
        OutboxMessage.state.not_in(UNENDED_STATES),  # not `in_`: SQLite would read by their states all messages that have gone out
        OutboxMessage.round_id.in_(closed_rounds),
    )
    if tombstones.delete_rows(session, OutboxMessage, and_(*final_reminders)):
        tombstones.request_wiping(session, now)


_has_digest = select(Digest.id).where(Digest.programme == Round.programme, Digest.week == Round.week).exists()
_is_lost = Round.detached_at.is_not(None), ~_has_digest
SELECT_LOST_WEEKS = select(Round.programme, Round.week).where(*_is_lost).distinct().order_by(Round.week)


def tell_weeks_without_digest(session: Session, now: datetime, programme: Programme) -> None:
    """Tell the organisers of each week that was detached without a digest: it will never have one.

    They are told once, whichever programme runs then.
    """
    for programme_id, week_text in session.execute(SELECT_LOST_WEEKS).all():
        key, week = f"undrafted:{programme_id}:{week_text}", Week.parse(week_text)
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)) is None:
            values = {"week": week.number, "year": week.year, "of": programme_id}
            tell_organisers(session, now, programme, key=key, say="notice.undrafted", **values)


# Every beat asks this, and making the statement takes longer than running it.
_IN_DOUBT = aliased(OutboxMessage)
_of_a_round_in_doubt = _IN_DOUBT.round_id == Round.id, _IN_DOUBT.kind == MessageKind.QUESTION, _IN_DOUBT.state.in_(STATES_IN_DOUBT)
_is_certain = or_(Round.closed_at <= bindparam("a_day_ago"), ~select(_IN_DOUBT.id).where(*_of_a_round_in_doubt).exists())
SELECT_UNDELIVERED = (
    select(Round, func.count())
    .join(OutboxMessage, OutboxMessage.round_id == Round.id)
    .where(OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state.in_(UNDELIVERED))
    .where(Round.programme == bindparam("programme"), Round.closed_at.is_not(None), _is_certain)
    .group_by(Round.id)
)
_refused_for_a_day = and_(is_refused(), OutboxMessage.due_at <= bindparam("a_day_ago"))
SELECT_UNWELCOMED = (
    select(Person.id, Person.invited_at, OutboxMessage.reason)
    .join(Person, Person.id == OutboxMessage.person_id)
    .where(OutboxMessage.kind == MessageKind.WELCOME, or_(OutboxMessage.state.in_(NEVER_SENT_STATES), _refused_for_a_day))
    .where(Person.state == PersonState.INVITED, Person.programme == bindparam("programme"))
)


def report_unreached(session: Session, now: datetime, programme: Programme) -> int:
    """Tell the organisers how many people nothing reached, and why; returns the number of new notices.

    The numbers stay under the floors, and no name is told. A round's question is reported once, after its close, so that its number never
    changes; while a delivery is in doubt, the report waits a day at most. People may wait for a welcome from week to week. Two numbers of
    them would tell of the few by whom they differ, so we tell only whether they are few, and tell it again when somebody invited in
    another week is among them.
    """
    closed = session.execute(SELECT_UNDELIVERED, {"programme": programme.id, "a_day_ago": now - WINDOW}).all()
    new_notices = [_tell_undelivered_question(session, now, programme, round_, n) for round_, n in closed]
    return sum([*new_notices, _tell_undelivered_welcomes(session, now, programme)])


def _tell_undelivered_question(session: Session, now: datetime, programme: Programme, round_: Round, n: int) -> bool:
    """Tell of a round's `n` undelivered questions, under the floors that its digest is shown under."""
    lowest, listed, key = floors_in(programme, round_), size_of_lists(round_), f"unsaid:{round_.id}"
    if has_notice(session, programme, key):
        return False
    of_round = OutboxMessage.round_id == round_.id, OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state.in_(UNDELIVERED)
    why = words_of(session.scalars(select(OutboxMessage.reason).where(*of_round).distinct()))
    number = printable(n, listed, lowest)
    sentence = "round.unsaid.few" if number is None else "round.unsaid.or_more" if number.or_more else "round.unsaid.many"
    if printable(listed, listed, lowest) is None:  # a list so short that no number of it could ever be printed
        sentence = "round.unsaid.some"
    values = {"number": lowest.people if number is None else number.number, "theme": theme_in(round_, programme.language), "reasons": why}
    return tell_organisers(session, now, programme, key=key, say=sentence, **values)


def _tell_undelivered_welcomes(session: Session, now: datetime, programme: Programme) -> bool:
    """Tell of people whose welcome has failed or been refused for a day: they are never asked anything, so an organiser must know."""
    rows = session.execute(SELECT_UNWELCOMED, {"programme": programme.id, "a_day_ago": now - WINDOW}).all()
    if not rows:
        return False
    newest = max(invited_at for _, invited_at, _ in rows)
    floor, week = effective_floors(programme.floors).people, Week.of(today(newest, programme.timezone))
    sentence_key = f"people.unwelcomed.{'few' if len({person for person, *_ in rows}) < floor else 'many'}"
    values = {"number": floor, "reasons": words_of(reason for *_, reason in rows)}
    return tell_organisers(session, now, programme, key=f"{sentence_key}:{week}", say=sentence_key, **values)
