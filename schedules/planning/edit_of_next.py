"""Tells organisers what an edit changes in a programme that has not begun yet: it follows its file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning.plan_text import plan_lines
from schedules.planning.plan_of_edit import plan_of_edit
from schedules.slots import History

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from schedules.programme_store import FolderChange


def tell_of_next(session: Session, now: datetime, programme: Programme, edit: FolderChange) -> None:
    """Tell the organisers of the current programme, by name, what an edit of the folder changes in those to come."""
    for before, after in edit.to_come:
        plan = plan_of_edit(before, after, History(), {}, now)
        changes = "\n".join(plan_lines(plan, after, programme.language, before=before, short=True, whole=True))
        if changes:
            key, title = f"edit-next:{after.id}:{edit.name}", after.title.in_(programme.language)
            tell_organisers(session, now, programme, key=key, say="notice.edit_of_next", title=title, changes=changes)
