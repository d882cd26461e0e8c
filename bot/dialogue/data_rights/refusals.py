"""After a restore, applies again what people had taken back since the backup was made.

`erasure` deletes again what was deleted. Here: texts that were replaced, and people who left, paused or came back. Marks for quotes have
no tombstone. So where nobody knows whether they were taken back, `void_marks` voids those of all weeks that were not posted.
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
from bot.dialogue.outbox import STOPPED_BY_PAUSE, cancel_messages
from bot.local_time import end_of_day, today
from bot.models import Authorship, LeftBy, MessageKind, Person, PersonState, Reply
from bot.programme import PARTICIPANTS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.deletion.tombstones import Traces


def delete_void_texts(session: Session, now: datetime, traces: Traces, *, tell: bool) -> None:
    """Delete replies whose text their author later replaced by one that is lost.

    With `tell`, the authors are told. Detached replies are passed over: the id that the tombstone was made from is only known together
    with the author.
    """
    select_own = select(Reply, Person).join(Authorship, Authorship.reply_id == Reply.id).join(Person, Person.id == Authorship.person_id)
    for reply, author in session.execute(select_own).all():
        text = own_words(session_keys(session), reply)
        if text is not None and traces.holds(DeletedKind.VOIDED, tombstones.id_of(reply.id, text)):
            if tell:
                void_marks.tell_author(session, now, author, reply.round_id, void_marks.TEXT)
            delete_reply(session, now, reply.id)


def respect_absences(session: Session, now: datetime, traces: Traces) -> None:
    """Apply each person's last choice to leave, pause or come back."""
    for person in session.scalars(select(Person).order_by(Person.id)).all():
        respect_absence(now, traces, person)
    session.flush()


def respect_absence(now: datetime, traces: Traces, person: Person) -> None:
    """Apply a person's last choice to leave, pause or come back. No tombstone is written: there is one already."""
    is_participant = person.role in PARTICIPANTS
    may_choose = is_participant and (person.state is not PersonState.LEFT or person.left_by is LeftBy.SELF)  # no list put them out
    until = traces.absence(person.programme, person.address, today(now, person.timezone))
    if until is None:
        if may_choose and traces.is_lifted(DeletedKind.AWAY, tombstones.id_of(person.programme, person.address)):
            people.come_back(now, person)
    elif until != FOR_GOOD:
        if may_choose:  # a pause that is over ends by itself
            person.state, person.left_by, person.paused_until = PersonState.PAUSED, None, end_of_day(until, person.timezone)
    elif is_participant:
        person.state, person.left_by = PersonState.LEFT, LeftBy.SELF
        person.paused_until = person.ask_at = None
    else:
        person.left_by = LeftBy.SELF  # they keep the rights of their new role, and are no participant when it ends


def cancel_what_waits(session: Session, now: datetime) -> None:
    """Cancel messages that wait in a backup for people who are away. People who come back in time are asked again."""
    for state, kinds in ((PersonState.LEFT, tuple(MessageKind)), (PersonState.PAUSED, STOPPED_BY_PAUSE)):
        cancel_messages(session, now, session.scalars(select(Person.id).where(Person.state == state)).all(), kinds)
