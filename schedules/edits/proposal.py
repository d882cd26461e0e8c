"""Works out what an edit of a programme's file would change, and makes nothing of it yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue.planning.plan import Proposal
from bot.errors import Reason, Refused
from bot.seam.edits import Undo
from schedules.agenda import first_day
from schedules.edits.apply_edit import apply_edit
from schedules.edits.save_file import bytes_before
from schedules.planning.plan_of_edit import plan_of_edit
from schedules.programme_file import load_among, source_of
from schedules.slots import History

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.programme import Programme, Role
    from bot.seam.edits import Edit


@dataclass(frozen=True, kw_only=True)
class World:
    """What is known beside the files.

    It is the moment, what has gone out, how long the lists are, and the text that ran before.
    """

    now: datetime
    history: History = field(default_factory=History)
    sizes: Mapping[Role, int] = field(default_factory=dict)
    ran_before: bytes | None = None


def propose_edit(running: Programme, content: bytes, edit: Edit, world: World) -> Proposal:
    """What an edit of these bytes, which stand in the programme's file, changes compared with what runs.

    Refused without anything to undo. EditRefused and ProgrammeFaults as of `apply_edit`.
    """
    path = Path(running.file)
    if isinstance(edit, Undo):
        after = content_before(path, content, world.ran_before)
        if after is None:
            raise Refused(Reason.NOTHING_TO_UNDO)
    else:
        after = apply_edit(source_of(path, content), edit, world.history, first_day(running, world.now))
    return proposal_of(running, content, after, world)


def content_before(path: Path, content: bytes, ran_before: bytes | None) -> bytes | None:
    """What stood in a file before these bytes; None if nobody knows.

    Its folder may remember it; else it is what ran before. The folder may also remember these very bytes, if the file was written and the
    database was not.
    """
    return next((before for before in (bytes_before(path, content), ran_before) if before not in {None, content}), None)


def proposal_of(running: Programme, before: bytes, after: bytes, world: World) -> Proposal:
    """What it changes, compared with what runs, if the programme's file holds other bytes than before."""
    programme = load_among(Path(running.file), after)
    plan = plan_of_edit(running, programme, world.history, world.sizes, world.now)
    return Proposal(before=before, after=after, programme=programme, plan=plan)
