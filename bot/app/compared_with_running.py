"""Compares a programme's file with what runs in the installation's database, for the commands that plan and edit.

No key, token or network is needed. Where nothing runs yet, everything in the file is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.age_of_database import require_current
from bot.app.installation import current_time
from bot.app.keys import require_ours, use_database
from bot.app.versions_of_installation import running_texts
from bot.database.unit_of_work import Database
from bot.dialogue.planning.plan_text import plan_lines
from bot.dialogue.planning.put_in_force import put_in_force
from bot.dialogue.planning.versions import version_running
from bot.errors import ProgrammeFaults
from schedules.checking.fault_messages import WrongKind
from schedules.due import History, ends_at
from schedules.planning.age_of_file import is_file_older
from schedules.planning.plan_of_edit import plan_of_edit
from schedules.planning.progress import plan_as_things_are
from schedules.programme_file import load_running, source_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.app.versions_of_installation import KeptText
    from bot.dialogue.planning.plan import Plan
    from bot.programme import Programme
    from bot.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A programme as it runs (None: not yet), as its file has it, and what differs. `is_older`: its file only is older."""

    before: Programme | None
    after: Programme
    plan: Plan
    is_older: bool = False


def compare_with_running(settings: Settings, after: Programme) -> Comparison:
    """What a programme changes in what runs. ProgrammeFaults: what runs cannot be loaded, or the file has lost the id of what runs."""
    texts = running_texts(settings)
    text = next((text for text in texts if text.programme == after.id), None)
    if text is None:
        _require_own_id(settings, texts, after)
        plan = plan_of_edit(None, after, History(), {}, current_time(settings))
        return Comparison(before=None, after=after, plan=plan)
    with use_database(Database(settings.database_url), settings) as database, database.look() as session:
        return _compare(session, current_time(settings), after, text.file, text.content)


def apply_as_shown(settings: Settings, shown: Comparison) -> Comparison:
    """Put in force what was shown, and return it.

    If files, lists or what has gone out have changed since, nothing is done, and the new comparison is returned.
    """
    require_ours(settings)
    now = current_time(settings)

    def apply(session: Session) -> Comparison:
        running = version_running(session, shown.after.id)
        assert running is not None  # noqa: S101 - the comparison was with what runs
        fresh = _compare(session, now, shown.after, running.file, running.content)
        if fresh.before is None or fresh.plan.fingerprint != shown.plan.fingerprint:
            return fresh
        _apply(session, now, fresh.before, fresh)
        return shown

    with use_database(Database(settings.database_url), settings) as database:
        with database.look() as session:
            require_current(session, database)
        return database.write(apply, alone=True)


def _apply(session: Session, now: datetime, before: Programme, fresh: Comparison) -> None:
    """Put the file in force, where no organiser presses a button; they are told in their channel what changes."""
    lines = plan_lines(fresh.plan, fresh.after, before.language, before=before, short=True, whole=True)
    key = f"plan-on-machine:{{version}}:{now.isoformat()}"
    put_in_force(session, now, before, fresh.after, None, key=key, say="notice.plan_on_machine", lines=lines)


def _compare(session: Session, now: datetime, after: Programme, file: str, content: bytes) -> Comparison:
    before = load_running(Path(after.file).with_name(file), content)
    plan = plan_as_things_are(session, now, before, after)
    return Comparison(before=before, after=after, plan=plan, is_older=is_file_older(session, after.id, Path(after.file), after.content))


def _require_own_id(settings: Settings, texts: Sequence[KeptText], after: Programme) -> None:
    """ProgrammeFaults if a programme that runs came from this file under another id: it would be lost."""
    path = Path(after.file)
    for text in texts if path.parent.resolve() == settings.schedules_dir.resolve() else ():
        if text.file == path.name and ends_at(load_running(path, text.content)) >= current_time(settings):
            source = source_of(path, after.content)
            raise ProgrammeFaults([source.fault(source.value_at(("programme",)), WrongKind.RUNNING_RENAMED, value=text.programme)])
