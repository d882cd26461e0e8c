"""The planner: what the organisers' room can work out for people who plan in chat.

Handlers are handed one; the front door makes it (`schedules/planner.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import AfterPause, Coming, LostInPause, Proposal
    from bot.models import ProgrammeVersion
    from bot.programme import Programme, Week
    from bot.seam.edits import Edit


class Planner(Protocol):
    """Works out plans and edits of programmes. ProgrammeFaults: the text that would follow has faults, each with its place."""

    def running(self, session: Session, programme: Programme) -> Programme:
        """The programme as it runs, also if its file has just been changed and not been loaded yet."""
        ...

    def coming(self, session: Session, now: datetime, programme: Programme, count: int) -> tuple[Coming, ...]:
        """The next things that happen, in order.

        In a pause for all, what follows from questions that have not gone out is left out.
        """
        ...

    def weeks_to_come(self, session: Session, now: datetime, programme: Programme) -> tuple[tuple[Week, tuple[str, ...]], ...]:
        """The weeks still to come, each with the ids of its entries' questions. Skipped weeks have none."""
        ...

    def has_undo(self, session: Session, programme: Programme) -> bool:
        """Whether a text ran before the one that runs."""
        ...

    def proposal_of(self, session: Session, now: datetime, programme: Programme, version: ProgrammeVersion) -> Proposal:
        """What a held version changes, compared with the programme that runs."""
        ...

    def propose(self, session: Session, now: datetime, programme: Programme, edit: Edit) -> Proposal:
        """What an edit changes. Refused while another plan is held (PLAN_WAITS) or without anything to undo (NOTHING_TO_UNDO).

        EditRefused: what it names is not there, or cannot be moved any more.
        """
        ...

    def save(self, session: Session, programme: Programme, before: bytes, after: bytes) -> bool:
        """Write the programme's file anew, if it still holds `before`, or a text that is older than what runs.

        False: the folder cannot be written, or the file is another by now.
        """
        ...

    def weeks_lost(self, session: Session, now: datetime, programme: Programme, since: datetime) -> LostInPause:
        """The weeks in which questions did not go out because everything has been paused since a moment."""
        ...

    def propose_after_pause(self, session: Session, now: datetime, programme: Programme, since: datetime) -> Proposal:
        """What it changes to skip the whole weeks lost in a pause, until each question has a day.

        Refused like `propose`.
        """
        ...

    def after_pause(self, session: Session, now: datetime, programme: Programme, after: Programme, lost: LostInPause) -> AfterPause:
        """What moves when a pause ends and `after` runs: compared with what `programme` planned when it began."""
        ...
