"""Writes everything that is kept about a person to a file: for somebody who cannot open the chat.

It is what *Alt om mig* shows, in the person's language, under a note of its own: in a file there is no button, and others have had it. The
act is noted by day, and the person is told of it in chat. Whoever has the database and its key can read all the same without this command:
it is no lock, but the way that leaves a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import audit
from bot.dialogue.data_rights import told_of_showing
from bot.dialogue.data_rights.my_data import my_data
from bot.models import AuditAct
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.answers import MyData


def show(session: Session, now: datetime, programme: Programme, address: str) -> str:
    """The text about a person. The act is noted, and told to them."""
    text = _as_text(my_data(session, programme, address), now)
    audit.note_operator(session, now, AuditAct.PERSON_SHOWN)
    told_of_showing.tell(session, now, address)
    return text


def _as_text(data: MyData, now: datetime) -> str:
    """The parts with their headings, as they stand in the window; above them what is true of a file."""
    note = say(data.language, "show.note", day=date_in(data.language, now.date())) if data.parts else data.note
    parts = [f"{part.heading}\n" + "".join(f"- {line}\n" for line in part.lines) for part in data.parts]
    title = say(data.language, "title.my_data")
    return "\n".join([f"{title}\n{'=' * len(title)}\n", f"{note}\n", *parts])
