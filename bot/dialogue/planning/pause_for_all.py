"""A pause for all: an organiser stops everything that goes out, until one of them goes on.

It holds for all programmes, also for one that begins meanwhile: whoever ends it ends it for all. Nothing new is put for participants,
politicians or their channel, and what waits in the outbox waits on. Participants are told once, with the organiser's reason. What they do
themselves is hindered by nothing, and organisers still read what is for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, literal, or_, select, update

from bot.database.insert_once import decide_first, table_of, write_once
from bot.database.look_ahead import once_in_a_look
from bot.days_off import DaysOff
from bot.dialogue import audit, people
from bot.dialogue.form_input import require_text
from bot.dialogue.outbox import IS_POSTABLE, KINDS_HELD_BACK, NewMessage, NotWanted, put_many, tell_organisers
from bot.dialogue.reasons import PAUSED
from bot.local_time import DAY, WEEK, WINDOW, in_sending_hours, today
from bot.message_facts import PauseFacts
from bot.models import AuditAct, Digest, DigestState, MessageKind, MessageState, OutboxMessage, PauseForAll, Person, PersonState, Round
from bot.programme import PARTICIPANTS, Language, Role
from bot.seam.meaning import Plain
from bot.wording import say
from bot.wording.dates import moment_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme, Week

LONGEST_REASON: Final = 300  # characters
KINDS_WITH_A_WEEK: Final = (MessageKind.PROMISE_DUE, MessageKind.WISH_ASKED, MessageKind.THANKS)  # or more; a pause takes none of it


@dataclass(frozen=True, kw_only=True)
class PauseDecision:
    """A pause for all that somebody began or ended; `made`: it was them, and nobody before."""

    pause: PauseForAll
    by: Person
    made: bool


# Asked before each step and each call, so they are built once.
SELECT_OPEN: Final = select(PauseForAll).where(PauseForAll.ended_at.is_(None)).order_by(PauseForAll.id).limit(1)
SELECT_OPEN_ID: Final = SELECT_OPEN.with_only_columns(PauseForAll.id)


@once_in_a_look
def open_pause(session: Session) -> PauseForAll | None:
    """The pause that lasts, whichever programme it began in; or None."""
    return session.scalars(SELECT_OPEN).first()


def was_paused_between(session: Session, begin: datetime, end: datetime) -> bool:
    """Whether everything was paused at some moment from `begin` to `end`."""
    is_then = PauseForAll.since < end, or_(PauseForAll.ended_at.is_(None), PauseForAll.ended_at > begin)
    return session.scalar(select(PauseForAll.id).where(*is_then).limit(1)) is not None


def is_held_back(session: Session, message: OutboxMessage) -> bool:
    """Whether a message may not go out now because everything is paused."""
    return message.kind in KINDS_HELD_BACK and session.scalar(SELECT_OPEN_ID) is not None


def digests_waiting(session: Session, now: datetime) -> tuple[int, ...]:
    """The numbers of the approved digests, in all programmes, that would have been posted if nothing were paused."""
    is_late = Digest.state == DigestState.APPROVED, Digest.post_at <= now
    return tuple(session.scalars(select(Digest.number).where(*is_late).order_by(Digest.post_at)))


def require_organiser(session: Session, programme: Programme, address: str) -> Person:
    """The organiser who acts; others are refused (NO_RIGHT)."""
    return people.require_role(session, programme.id, address, Role.ORGANISER)


# --- pausing -------------------------------------------------------------------------------------------------------------------


def pause(session: Session, now: datetime, programme: Programme, address: str, reason: str) -> PauseDecision:
    """Pause everything, and tell participants and organisers. Nothing changes if it is paused already.

    Refuses people who are no organisers (NO_RIGHT), no reason (EMPTY) and one that is too long (TOO_LONG).
    """
    organiser = require_organiser(session, programme, address)
    words = " ".join(require_text(reason, field="reason", longest=LONGEST_REASON).split())
    row = {"programme": programme.id, "reason": words, "since": now}
    made = open_pause(session) is None and write_once(session, PauseForAll, [row]) == 1
    begun = open_pause(session)
    if begun is None:
        raise RuntimeError("a pause that was just written is not there")
    if made:
        audit.note_organiser(session, now, AuditAct.PAUSED_FOR_ALL, programme.id, organiser)
        put_many(session, programme.id, _messages_to_participants(session, now, programme, begun))
        keep_their_week(session)
        tell_organisers(session, now, programme, key=f"paused:{begun.id}", say="pause_all.notice", reason=words)
    return PauseDecision(pause=begun, by=organiser, made=made or begun.reason == words)  # or it was sent twice


def _messages_to_participants(session: Session, now: datetime, programme: Programme, pause_: PauseForAll) -> list[NewMessage]:
    """A message to each active participant, at an hour at which they may be written to."""
    active = Person.programme == programme.id, Person.state == PersonState.ACTIVE, Person.role.in_(PARTICIPANTS)
    return [
        NewMessage(
            kind=MessageKind.PAUSE_FOR_ALL,
            address=person.address,
            person_id=person.id,
            facts=PauseFacts(pause=pause_.id),
            due_at=in_sending_hours(now, person.timezone, DaysOff.of(programme)),
            key=f"pause:{pause_.id}:{person.id}",
        )
        for person in session.scalars(select(Person).where(*active).order_by(Person.id))
    ]


def compose_pause(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> Plain | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """The message to a participant that everything is paused. It is not wanted once it goes on, nor by somebody who is away."""
    pause_, person = session.get_one(PauseForAll, PauseFacts.read(message.facts).pause), session.get_one(Person, message.person_id)
    if pause_.ended_at is not None:
        return NotWanted(reason="it goes on")
    if person.state is not PersonState.ACTIVE:
        return NotWanted(reason=person.state.value)
    language = Language(person.language)
    return Plain(language=language, paragraphs=tuple(say(language, "pause_all.told", reason=pause_.reason).split("\n\n")))


def keep_their_week(session: Session) -> None:
    """Let no question to a politician and no thanks run out of time while everything is paused."""
    asked = OutboxMessage.kind.in_(KINDS_WITH_A_WEEK), IS_POSTABLE
    session.execute(update(table_of(OutboxMessage)).where(*asked).values(expires_at=None))


def bring_to_mind(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers weekly, once in each channel, how long a pause has lasted that is longer than a week."""
    pause_ = open_pause(session)
    if pause_ is None:
        return
    keep_their_week(session)
    day, zone, days_off = today(now, programme.timezone), programme.timezone, DaysOff.of(programme)
    is_first = all(days_off.name(day - DAY * back) is not None for back in range(1, day.weekday() + 1))  # working day of its week
    if now - pause_.since > WEEK and is_first and in_sending_hours(now, zone, days_off) == now:
        key, channel = f"pause-lasts:{pause_.id}:{day}", programme.people.organisers_channel
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key, OutboxMessage.address == channel).limit(1)) is not None:
            return  # told for another programme
        days = (day - today(pause_.since, zone)).days
        values = {"reason": pause_.reason, "since": moment_in(programme.language, pause_.since, zone), "days": days}
        tell_organisers(session, now, programme, key=key, say="pause_all.lasts", **values)


# --- going on ------------------------------------------------------------------------------------------------------------------


def end(session: Session, now: datetime, programme: Programme, address: str, lost: Sequence[Week] = ()) -> PauseDecision | None:
    """End the pause for all; None if nothing is paused. What waited is woken, and organisers hear which weeks it cost.

    Refuses people who are no organisers (NO_RIGHT).
    """
    organiser, pause_ = require_organiser(session, programme, address), open_pause(session)
    if pause_ is None:
        return None
    still_lasts = update(PauseForAll).where(PauseForAll.id == pause_.id, PauseForAll.ended_at.is_(None))
    made = decide_first(session, pause_, still_lasts.values(ended_at=now))
    if made:
        _wake(session, now, programme)
        audit.note_organiser(session, now, AuditAct.WENT_ON, programme.id, organiser)
        _tell_of_going_on(session, now, programme, pause_, lost)
    return PauseDecision(pause=pause_, by=organiser, made=made)


def _wake(session: Session, now: datetime, programme: Programme) -> None:
    """Let what waited be looked at now, or at its own moment; a digest goes to its channel in working hours."""
    messages, civil = table_of(OutboxMessage), in_sending_hours(now, programme.timezone, DaysOff.of(programme))
    waits = OutboxMessage.kind.in_(KINDS_HELD_BACK), IS_POSTABLE
    first = case(
        (messages.c.kind == MessageKind.DIGEST, literal(civil, messages.c.next_at.type)), else_=literal(now, messages.c.next_at.type)
    )
    session.execute(update(messages).where(*waits).values(next_at=case((messages.c.due_at > first, messages.c.due_at), else_=first)))
    asked = OutboxMessage.kind.in_(KINDS_WITH_A_WEEK), OutboxMessage.expires_at.is_(None)
    session.execute(update(messages).where(*waits, *asked).values(expires_at=now + WEEK))
    _ask_after_all(session, now)


def _ask_after_all(session: Session, now: datetime) -> None:
    """Ask those whose question ran out of time during the pause, if a day is left before its round closes."""
    lost = OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state == MessageState.MISSED, OutboxMessage.reason == PAUSED
    has_time = Round.closed_at.is_(None), Round.closes_at >= now + WINDOW
    for round_ in session.scalars(select(Round).where(*has_time)):
        again = update(table_of(OutboxMessage)).where(*lost, OutboxMessage.round_id == round_.id)
        session.execute(again.values(state=MessageState.PENDING, next_at=now, expires_at=round_.closes_at))


def _tell_of_going_on(session: Session, now: datetime, programme: Programme, pause_: PauseForAll, lost: Sequence[Week]) -> None:
    key = f"went-on:{pause_.id}"
    if not lost:
        tell_organisers(session, now, programme, key=key, say="pause_all.over")
        return
    values = {"n": len(lost), "weeks": weeks_in_words(programme.language, lost)}
    tell_organisers(session, now, programme, key=key, say="pause_all.over.lost", **values)


def weeks_in_words(language: Language, weeks: Sequence[Week]) -> str:
    """Weeks by their numbers, in a sentence: `42`, `42 og 43`, `42, 43 og 44`."""
    return join(language, [str(week.number) for week in weeks])
