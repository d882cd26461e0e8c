"""Writes everything that is kept about a person to a file: for somebody who cannot open the chat.

It is what *Alt om mig* shows, in the person's language. The act is noted by day, and the person is told of it in chat. Whoever has the
database and its key can read all the same without this command: it is no lock, but the way that leaves a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import audit
from bot.dialogue.data_rights import told_of_showing
from bot.dialogue.data_rights.my_data import my_data
from bot.models import AuditAct
from bot.wording import say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.answers import MyData


def show(session: Session, now: datetime, programme: Programme, address: str, *, can_be_told: bool) -> str:
    """The text about a person. The act is noted, and told to them if they can be reached."""
    text = _as_text(my_data(session, programme, address))
    audit.note_operator(session, now, AuditAct.PERSON_SHOWN)
    if can_be_told:
        told_of_showing.tell(session, now, address)
    return text


def _as_text(data: MyData) -> str:
    """The parts with their headings, as they stand in the window."""
    parts = [f"{part.heading}\n" + "".join(f"- {line}\n" for line in part.lines) for part in data.parts]
    title = say(data.language, "title.my_data")
    return "\n".join([f"{title}\n{'=' * len(title)}\n", f"{data.note}\n", *parts])
