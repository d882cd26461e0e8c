"""The planner of the organisers' room: it works out plans and edits for the doors (`bot/dialogue/planning/planner.py`)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.list_sizes import list_sizes_of
from bot.dialogue.planning import versions
from bot.dialogue.planning.pause_for_all import open_pause
from bot.errors import ProgrammeFaults, Reason, Refused
from schedules.coming import coming_items, leave_out_unsent, weeks_ahead
from schedules.edits.after_pause import after_pause
from schedules.edits.proposal import World, content_before, proposal_of, propose_edit
from schedules.edits.save_file import save_file
from schedules.edits.skip_lost import skip_lost
from schedules.planning.age_of_file import is_file_older
from schedules.planning.lost_in_pause import find_lost
from schedules.planning.progress import load_history, load_zones
from schedules.programme_file import load_running

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import AfterPause, Coming, LostInPause, Proposal
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
        try:
            return load_running(Path(programme.file), version.content)
        except ProgrammeFaults:  # a list beside it has gone: what was loaded before runs on
            return programme

    def coming(self, session: Session, now: datetime, programme: Programme, count: int) -> tuple[Coming, ...]:
        """The next things that happen, in order.

        In a pause for all, what follows from questions that have not gone out is left out.
        """
        history, zones, sizes = load_history(session, programme), load_zones(session, programme), list_sizes_of(session, programme.id)
        pause = open_pause(session)
        if pause is None:
            return coming_items(programme, history, zones=zones, sizes=sizes, now=now)[:count]
        history = replace(history, missed=history.missed | find_lost(session, now, programme, pause.since).slots)
        return leave_out_unsent(coming_items(programme, history, zones=zones, sizes=sizes, now=now), history)[:count]

    def weeks_to_come(self, session: Session, now: datetime, programme: Programme) -> tuple[tuple[Week, tuple[str, ...]], ...]:
        """The weeks still to come, each with the ids of its entries' questions. Skipped weeks have none."""
        return weeks_ahead(programme, load_history(session, programme), zones=load_zones(session, programme), now=now)

    def has_undo(self, session: Session, programme: Programme) -> bool:
        """Whether a text ran before the one that runs."""
        ran_before = versions.content_before(session, programme.id)
        return content_before(Path(programme.file), programme.content, ran_before) is not None

    def proposal_of(self, session: Session, now: datetime, programme: Programme, version: ProgrammeVersion) -> Proposal:
        """What a held version changes, compared with the programme that runs."""
        in_its_file = replace(programme, file=str(Path(programme.file).with_name(version.file)))
        return proposal_of(in_its_file, programme.content, version.content, self.world(session, now, programme))

    def propose(self, session: Session, now: datetime, programme: Programme, edit: Edit) -> Proposal:
        """What an edit changes, checked and not made."""
        _require_no_plan_waits(session, programme)
        return propose_edit(programme, programme.content, edit, self.world(session, now, programme))

    def propose_after_pause(self, session: Session, now: datetime, programme: Programme, since: datetime) -> Proposal:
        """What it changes to skip the whole weeks lost in a pause, until each question has a day."""
        _require_no_plan_waits(session, programme)
        content = skip_lost(session, now, programme, since)
        return proposal_of(programme, programme.content, content, self.world(session, now, programme))

    def after_pause(self, session: Session, now: datetime, programme: Programme, after: Programme, lost: LostInPause) -> AfterPause:
        """What moves when a pause ends and `after` runs: compared with what `programme` planned when it began."""
        return after_pause(programme, after, load_history(session, programme), lost, now)

    def world(self, session: Session, now: datetime, programme: Programme) -> World:
        """What the database knows of a programme, for an edit of its file."""
        history, sizes = load_history(session, programme), list_sizes_of(session, programme.id)
        return World(now=now, history=history, sizes=sizes, ran_before=versions.content_before(session, programme.id))

    def save(self, session: Session, programme: Programme, before: bytes, after: bytes) -> bool:
        """Write the file anew, if it holds `before` or an older text. Done a second time it changes nothing."""
        path = Path(programme.file)
        content = _content(path)
        is_older = content is not None and content != before and is_file_older(session, programme.id, path, content)
        if content == after:  # a file that was never another, because the text to replace is on another machine, is not saved
            return is_older or content_before(path, after, None) == before
        return save_file(path, content if content is not None and is_older else before, after)

    def weeks_lost(self, session: Session, now: datetime, programme: Programme, since: datetime) -> LostInPause:
        """The weeks in which questions did not go out because everything has been paused since a moment."""
        return find_lost(session, now, programme, since)


def _require_no_plan_waits(session: Session, programme: Programme) -> None:
    if versions.version_held(session, programme.id) is not None:
        raise Refused(Reason.PLAN_WAITS)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
