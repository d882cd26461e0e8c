"""Puts another text of a programme in force: what runs then, who decided it, and what the organisers' channel hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue import audit
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning import versions
from bot.models import AuditAct

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Person
    from bot.programme import Programme


def put_in_force(  # noqa: PLR0913 - what runs then, who decided it, and how it is told
    session: Session, now: datetime, before: Programme, after: Programme, by: Person | None, *, key: str, say: str, lines: Sequence[str]
) -> None:
    """Let `after` run in the place of `before`, and tell the organisers once per `key` what changes, if anything does.

    `by` is None if it was done on the machine. Another version that is held is put aside. In the key, `{version}` stands for the number of
    the version that runs.
    """
    held = versions.version_held(session, after.id)
    if held is not None and held.content != after.content:
        versions.withdraw_held(session, now, held)
    version = versions.run_version(session, now, after)
    audit.note_plan(session, now, AuditAct.PLAN_APPLIED_ON_MACHINE if by is None else AuditAct.PLAN_APPLIED, after.id, by)
    if lines:
        tell_organisers(session, now, before, key=key.format(version=version.id), say=say, lines="\n".join(lines))
