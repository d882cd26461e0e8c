"""Puts a programme's text in force on the machine, where no organiser presses a button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue import audit
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning import versions
from bot.dialogue.planning.plan_text import plan_lines
from bot.models import AuditAct

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Plan
    from bot.programme import Programme


def apply_on_machine(session: Session, now: datetime, before: Programme, after: Programme, plan: Plan) -> None:
    """Let `after` run in the place of `before`. The organisers are told in their channel what changes.

    Another version that is held is put aside.
    """
    held = versions.version_held(session, after.id)
    if held is not None and held.content != after.content:
        versions.withdraw_held(session, now, held)
    version = versions.run_version(session, now, after.id, Path(after.file).name, after.content, after.checksum)
    audit.note_plan(session, now, AuditAct.PLAN_APPLIED_ON_MACHINE, after.id)
    changes = "\n".join(plan_lines(plan, after, before.language, before=before, short=True))
    key = f"plan-on-machine:{version.id}:{now.isoformat()}"
    tell_organisers(session, now, before, key=key, say="notice.plan_on_machine", changes=changes)
