"""Puts a held plan to the organisers, and takes their decision about it.

What they are shown is kept with the version, with the plan's fingerprint. Only that very plan can be put in force: if files, lists or what
has gone out are others by then, nothing is applied and the new plan is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue import audit, people
from bot.dialogue.digests import redraw
from bot.dialogue.outbox import NotWanted, put, put_reminder, tell_organisers
from bot.dialogue.planning import versions
from bot.dialogue.planning.plan_text import is_any_shortened, lines_to_decide, plan_lines, why_held
from bot.errors import Reason, Refused
from bot.local_time import start_of_day, today
from bot.message_facts import PlanFacts
from bot.models import AuditAct, MessageKind, ProgrammeVersion, VersionState
from bot.programme import Role
from bot.seam.meaning import PlanReview
from bot.wording import say
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Plan
    from bot.dialogue.planning.planner import Planner
    from bot.models import OutboxMessage, Person
    from bot.programme import Programme

MOST_LINES: Final = 12  # in a message; a window shows all


@dataclass(frozen=True, kw_only=True)
class PlanDecision:
    """The decision about a held plan.

    `made` is False if it was over before, or the plan is another by now (`moved`). `saved`: the old text is in its file again.
    """

    version: ProgrammeVersion
    by: Person
    made: bool
    moved: bool = False
    saved: bool = True


# --- what organisers are shown


def show_anew(session: Session, now: datetime, version: ProgrammeVersion, shown: dict[str, Any]) -> None:
    """Show organisers what a plan has become, wherever it stands."""
    if version.shown is None or version.shown["fingerprint"] != shown["fingerprint"]:
        version.shown = shown
        redraw.queue_redraws_of_plan(session, now, version)


def what_is_shown(before: Programme, after: Programme, plan: Plan) -> dict[str, Any]:
    """A plan as organisers are shown it, to be kept with its version: `after` instead of `before`, which runs."""
    language = before.language
    first, rest = lines_to_decide(plan, after, language, before)
    whole = plan_lines(plan, after, language, before=before, whole=True)
    why = why_held(plan, language) if plan.held else say(language, "held.past")
    return {"lines": [*first, *rest], "first": len(first), "whole": list(whole), "why": why, "fingerprint": plan.fingerprint}


def ask(session: Session, now: datetime, programme: Programme, version: ProgrammeVersion) -> None:
    """Put a held plan to the organisers at once: one of them has just saved the file."""
    put(
        session,
        programme=programme.id,
        kind=MessageKind.PLAN_REVIEW,
        address=programme.people.organisers_channel,
        facts=PlanFacts(version=version.id),
        due_at=now,
        key=f"plan:{version.id}",
    )


def tell_in_force(session: Session, now: datetime, before: Programme, after: Programme, plan: Plan, key: str) -> None:  # noqa: PLR0913, PLR0917 - what it changes
    """Tell organisers by name what an edit has changed, once per `key`; nothing if it changed nothing."""
    if plan.changes:
        changes = "\n".join(plan_lines(plan, after, after.language, before=before, short=True, whole=True))
        tell_organisers(session, now, after, key=f"edit:{key}", say="notice.edit_in_force", changes=changes)


def remind_organisers(session: Session, now: datetime, programme: Programme, held: ProgrammeVersion) -> bool:
    """Remind the organisers, once a day, of a plan that is held; False if that is not needed."""
    day = today(now, programme.timezone)
    return put_reminder(
        session,
        now,
        programme,
        kind=MessageKind.PLAN_REVIEW,
        facts=PlanFacts(version=held.id, again=True),
        since=start_of_day(day, programme.timezone),
        key=f"alarm:plan:{held.id}:{day}",
    )


def compose_review(session: Session, now: datetime, programme: Programme, message: OutboxMessage) -> PlanReview | NotWanted:  # noqa: ARG001 - all kinds are composed alike
    """A held plan with its buttons; not wanted if nobody need decide any more."""
    facts = PlanFacts.read(message.facts)
    version = session.get_one(ProgrammeVersion, facts.version)
    if redraw.is_new(message) and version.state is not VersionState.HELD:
        return NotWanted(reason="nothing waits any more")
    return plan_as_it_stands(programme, version, again=facts.again)


def plan_as_it_stands(programme: Programme, version: ProgrammeVersion, *, again: bool = False) -> PlanReview:
    """A plan as it was last shown, and what was decided."""
    language, is_open = programme.language, version.state is VersionState.HELD
    kept = version.shown or {"lines": [], "why": "", "fingerprint": ""}
    lines, whole = _first_lines(kept["lines"], kept.get("first", 0), language), all_lines(version)
    return PlanReview(
        language=language,
        version=version.id,
        fingerprint=kept["fingerprint"],
        intro=say(language, "held.intro.again" if again else "held.intro", why=kept["why"]),
        lines=lines,
        more=len(whole) > len(lines) or is_any_shortened(lines, whole),
        status=None if is_open else status(programme, version, language),
        open=is_open,
    )


def _first_lines(lines: Sequence[str], first: int, language: str) -> tuple[str, ...]:
    """The lines that fit in a message, and how many more there are; the first are never left out."""
    most = max(MOST_LINES, first)
    if len(lines) <= most + 1:
        return tuple(lines)
    return (*lines[:most], say(language, "held.more", n=len(lines) - most))


def all_lines(version: ProgrammeVersion) -> tuple[str, ...]:
    """All lines of a plan, as it was last shown."""
    kept = version.shown or {"lines": []}
    return tuple(kept.get("whole", kept["lines"]))


def whole_plan(session: Session, programme: Programme, address: str, version_id: int) -> tuple[Person, tuple[str, ...]]:
    """The organiser who wants to see a whole plan, and its lines. Refuses like `apply`."""
    organiser, version = _require(session, programme, address, version_id)
    return organiser, all_lines(version)


def status(programme: Programme, version: ProgrammeVersion, language: str) -> str:
    """What has become of a plan, with day and time."""
    return say(language, f"held.status.{version.state.value}", at=moment_in(language, version.since, programme.timezone))


# --- what an organiser decides


def apply(  # noqa: PLR0913, PLR0917 - whose word it is, about what
    session: Session, now: datetime, programme: Programme, address: str, version_id: int, fingerprint: str, planner: Planner
) -> PlanDecision:
    """Put a held plan in force, if it is still the one that was shown; else show the new one.

    Refuses people who are no organisers (NO_RIGHT), and a version that this programme does not have (GONE). ProgrammeFaults: the text has
    become faulty.
    """
    organiser, version = _require(session, programme, address, version_id)
    if version.state is not VersionState.HELD:
        return PlanDecision(version=version, by=organiser, made=False)
    proposal = planner.proposal_of(session, now, programme, version)
    if proposal.plan.fingerprint != fingerprint:
        show_anew(session, now, version, what_is_shown(programme, proposal.programme, proposal.plan))
        return PlanDecision(version=version, by=organiser, made=False, moved=True)
    made = versions.apply_held(session, now, version)
    if made:
        audit.note_organiser(session, now, AuditAct.PLAN_APPLIED, programme.id, organiser)
    return PlanDecision(version=version, by=organiser, made=made)


def decline(  # noqa: PLR0913, PLR0917 - likewise
    session: Session, now: datetime, programme: Programme, address: str, version_id: int, planner: Planner
) -> PlanDecision:
    """Keep what runs, and put its text back into the file. Refuses like `apply`."""
    organiser, version = _require(session, programme, address, version_id)
    running = versions.version_running(session, programme.id)
    made, saved = versions.decline_held(session, now, version), True
    if made:
        audit.note_organiser(session, now, AuditAct.PLAN_DECLINED, programme.id, organiser)
        in_its_file = replace(programme, file=str(Path(programme.file).with_name(version.file)))
        saved = running is not None and planner.save(session, in_its_file, version.content, running.content)
    return PlanDecision(version=version, by=organiser, made=made, saved=saved)


def _require(session: Session, programme: Programme, address: str, version_id: int) -> tuple[Person, ProgrammeVersion]:
    organiser, version = people.require_role(session, programme.id, address, Role.ORGANISER), session.get(ProgrammeVersion, version_id)
    if version is None or version.programme != programme.id:
        raise Refused(Reason.GONE)
    return organiser, version
