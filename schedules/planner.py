"""The planner of the organisers' room: it works out plans and edits for the doors (`bot/dialogue/planning/planner.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.list_sizes import list_sizes_of
from bot.dialogue.planning import versions
from bot.dialogue.planning.plan import Proposal
from bot.errors import Reason, Refused
from bot.seam.edits import Undo
from schedules.coming import coming_items, weeks_ahead
from schedules.edits.apply_edit import apply_edit
from schedules.edits.save_file import bytes_before, save_file
from schedules.jobs import load_history, load_zones
from schedules.plan_of_edit import plan_of_edit
from schedules.programme_file import load_among, load_content, source_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Coming, Plan
    from bot.models import ProgrammeVersion
    from bot.programme import Programme, Week
    from bot.seam.edits import Edit


class ProgrammePlanner:
    """Plans and edits programmes whose files lie in one folder."""

    def running(self, session: Session, programme: Programme) -> Programme:
        """The programme as it runs, also if its file has just been changed and not been loaded yet."""
        version = versions.version_running(session, programme.id)
        if version is None or version.content == programme.content:
            return programme
        return load_content(Path(programme.file), version.content)

    def coming(self, session: Session, now: datetime, programme: Programme, count: int) -> tuple[Coming, ...]:
        """The next things that happen, in order."""
        history, zones, sizes = load_history(session, programme), load_zones(session, programme), list_sizes_of(session, programme.id)
        return coming_items(programme, history, zones=zones, sizes=sizes, now=now)[:count]

    def weeks_to_come(self, session: Session, now: datetime, programme: Programme) -> tuple[tuple[Week, tuple[str, ...]], ...]:
        """The weeks still to come, each with the ids of its entries' questions. Skipped weeks have none."""
        return weeks_ahead(programme, load_history(session, programme), zones=load_zones(session, programme), now=now)

    def has_undo(self, session: Session, programme: Programme) -> bool:
        """Whether a text ran before the one that runs."""
        return self._content_before(session, programme) is not None

    def proposal_of(self, session: Session, now: datetime, programme: Programme, version: ProgrammeVersion) -> Proposal:
        """What a held version changes, compared with the programme that runs."""
        after = load_content(Path(programme.file).with_name(version.file), version.content)
        return Proposal(before=programme.content, after=version.content, programme=after, plan=self._plan(session, now, programme, after))

    def propose(self, session: Session, now: datetime, programme: Programme, edit: Edit) -> Proposal:
        """What an edit changes, checked and not made."""
        if versions.version_held(session, programme.id) is not None:
            raise Refused(Reason.PLAN_WAITS)
        path = Path(programme.file)
        if isinstance(edit, Undo):
            content = self._content_before(session, programme)
            if content is None:
                raise Refused(Reason.NOTHING_TO_UNDO)
        else:
            today = now.astimezone(programme.zone).date()
            content = apply_edit(source_of(path, programme.content), edit, load_history(session, programme), today)
        after = load_among(path, content)
        return Proposal(before=programme.content, after=content, programme=after, plan=self._plan(session, now, programme, after))

    def save(self, programme: Programme, before: bytes, after: bytes) -> bool:
        """Write the programme's file anew, if it still holds `before`; done a second time it changes nothing."""
        return _holds(Path(programme.file), after) or save_file(Path(programme.file), before, after)

    def _content_before(self, session: Session, programme: Programme) -> bytes | None:
        """What ran before: as the file's folder remembers it, if the file holds what runs, else as the database does."""
        path = Path(programme.file)
        return (bytes_before(path) if _holds(path, programme.content) else None) or versions.content_before(session, programme.id)

    def _plan(self, session: Session, now: datetime, programme: Programme, after: Programme) -> Plan:
        return plan_of_edit(programme, after, load_history(session, programme), list_sizes_of(session, programme.id), now)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
