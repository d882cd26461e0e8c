"""What did people take back after a backup was made, and how does it stay taken back once the backup is in use?

What was deleted is deleted again by `erasure`. Here: texts that were replaced since, and who has left, paused or come back since. Marks
leave no trace of their own: where nobody knows what became of them, those of all weeks that were not posted are void (`void_marks`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.tombstones import FOR_GOOD, DeletedKind
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue import people
from bot.dialogue.data_rights.erasure import delete_reply
from bot.dialogue.digests import void_marks
from bot.dialogue.outbox import PROMPT_KINDS, cancel_messages
from bot.local_time import end_of_day, today
from bot.models import Authorship, LeftBy, MessageKind, Person, PersonState, Reply
from bot.programme import PARTICIPANTS

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Traces


def delete_void_texts(session: Session, now: datetime, traces: Traces, *, tell: bool) -> int:
    """Delete the replies whose text their author has replaced by one that is lost; how many. `tell`: and tell them.

    Only while it is known who wrote a reply has it the id by which it is traced.
    """
    select_own = select(Reply, Person).join(Authorship, Authorship.reply_id == Reply.id).join(Person, Person.id == Authorship.person_id)
    deleted = 0
    for reply, author in session.execute(select_own).all():
        text = own_words(session_keys(session), reply)
        if text is not None and traces.holds(DeletedKind.VOIDED, tombstones.id_of(reply.id, text)):
            if tell:
                void_marks.tell_author(session, now, author, reply.round_id, void_marks.TEXT)
            delete_reply(session, now, reply.id)
            deleted += 1
    return deleted


def respect_absences(session: Session, now: datetime, traces: Traces) -> None:
    """Let everyone be as absent, or as present, as they last chose to be."""
    for person in session.scalars(select(Person).order_by(Person.id)).all():
        respect_absence(now, traces, person)
    session.flush()


def respect_absence(now: datetime, traces: Traces, person: Person) -> None:
    """Let them be as absent, or as present, as they last chose to be. That is written down already: nothing new is."""
    until = traces.absence(person.programme, person.address, today(now, person.timezone))
    if until is not None:
        _leave_again(person, until)
    elif traces.is_lifted(DeletedKind.AWAY, tombstones.id_of(person.programme, person.address)):
        _come_back_again(now, person)


def cancel_what_waits(session: Session, now: datetime) -> None:
    """What waits in a backup for who is away is not to be said, and its rows go: who comes back in time is asked anew."""
    for state, kinds in ((PersonState.LEFT, tuple(MessageKind)), (PersonState.PAUSED, PROMPT_KINDS)):
        cancel_messages(session, now, session.scalars(select(Person.id).where(Person.state == state)).all(), kinds)


def _leave_again(person: Person, until: date) -> None:
    if until != FOR_GOOD:
        if _decides_themselves(person):  # one that has passed ends by itself
            person.state, person.left_by, person.paused_until = PersonState.PAUSED, None, end_of_day(until, person.timezone)
    elif person.role in PARTICIPANTS:
        person.state, person.left_by = PersonState.LEFT, LeftBy.SELF
        person.paused_until = person.ask_at = None
    else:
        person.left_by = LeftBy.SELF  # they keep the rights of their new role, and are no participant when it ends


def _come_back_again(now: datetime, person: Person) -> None:
    if _decides_themselves(person):
        people.come_back(now, person)


def _decides_themselves(person: Person) -> bool:
    """Whether a participant, whom no list has put out."""
    return person.role in PARTICIPANTS and (person.state is not PersonState.LEFT or person.left_by is LeftBy.SELF)
