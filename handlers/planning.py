"""Answers organisers who plan, edit the programme or pause everything.

The organisers' room is reached through the planner that the front door hands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue import people
from bot.dialogue.planning import plan_review
from bot.dialogue.planning.fault_lines import fault_lines
from bot.errors import ProgrammeFaults
from bot.programme import Language
from bot.seam.answers import Redrawn, Said
from bot.seam.planning_actions import PlanApplied, PlanDeclined, PlanWanted
from bot.seam.planning_answers import WholePlan
from bot.wording import say
from handlers import edits, pausing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan_review import PlanDecision
    from bot.dialogue.planning.planner import Planner
    from bot.programme import Programme
    from bot.seam.answers import Answer
    from handlers.shared import PlanningTable


def apply_plan(action: PlanApplied, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Put a held plan in force (*Sæt i kraft*). A plan that has faults by now, or is another one, is not."""
    try:
        decision = plan_review.apply(session, now, programme, action.who, action.version, action.fingerprint, planner)
    except ProgrammeFaults as error:
        person = people.find_person(session, programme.id, action.who)
        language = Language(person.language) if person else programme.language
        return Said(language=language, title=say(language, "held.broken"), paragraphs=(fault_lines(language, error.faults),))
    language = Language(decision.by.language)
    if decision.moved:
        return _redrawn(programme, decision, say(language, "held.moved"))
    return _redrawn(programme, decision, say(language, "held.applied") if decision.made else _too_late(programme, decision))


def decline_plan(action: PlanDeclined, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Keep what runs (*Behold det gamle*), and put its text back into the file."""
    decision = plan_review.decline(session, now, programme, action.who, action.version, planner)
    language = Language(decision.by.language)
    if not decision.made:
        return _redrawn(programme, decision, _too_late(programme, decision))
    thanks = say(language, "held.declined") if decision.saved else say(language, "held.declined.unsaved", file=decision.version.file)
    return _redrawn(programme, decision, thanks)


def show_whole_plan(action: PlanWanted, session: Session, _now: datetime, programme: Programme, _planner: Planner) -> Answer:
    """Show all lines of a held plan (*Se hele planen*)."""
    organiser, lines = plan_review.whole_plan(session, programme, action.who, action.version)
    return WholePlan(language=Language(organiser.language), version=action.version, lines=lines, start=action.start)


def _too_late(programme: Programme, decision: PlanDecision) -> str:
    language = decision.by.language
    return f"{say(language, 'list.decided')} {plan_review.status(programme, decision.version, language)}"


def _redrawn(programme: Programme, decision: PlanDecision, said: str) -> Answer:
    meaning = plan_review.plan_as_it_stands(programme, decision.version)
    return Redrawn(language=Language(decision.by.language), meaning=meaning, said=said)


HANDLERS: Final[PlanningTable] = {
    **edits.HANDLERS,
    **pausing.HANDLERS,
    PlanApplied: apply_plan,
    PlanDeclined: decline_plan,
    PlanWanted: show_whole_plan,
}
