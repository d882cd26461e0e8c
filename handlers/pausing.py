"""Answers organisers who pause everything, or go on.

Before they go on they see what moves. What they press for is exactly what they saw; a plan that has become another one is shown anew. The
pause ends whatever becomes of the plan.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from bot.dialogue.digests import digest_review
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning import pause_for_all, versions
from bot.dialogue.planning.going_on import first_out, lines_of_moves
from bot.dialogue.planning.pasting import pieces_to_paste
from bot.dialogue.planning.pause_for_all import weeks_in_words
from bot.dialogue.planning.plan import Item
from bot.dialogue.planning.put_in_force import put_in_force
from bot.errors import EditRefused, ProgrammeFaults, Refused
from bot.programme import Language
from bot.seam.answers import Answer, GoOnForm, PauseForAllForm, Said
from bot.seam.planning_actions import AllPaused, GoOnFormWanted, PauseForAllFormWanted, WentOn
from bot.seam.planning_answers import EditToPaste
from bot.wording import say, say_n
from bot.wording.dates import moment_in
from handlers.shared import answer_in_words

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import AfterPause, LostInPause, Proposal
    from bot.dialogue.planning.planner import Planner
    from bot.models import PauseForAll, Person
    from bot.programme import Programme
    from handlers.shared import PlanningTable


@dataclass(frozen=True, kw_only=True)
class _Shift:
    """What going on moves: the edit that does it, or the key of the sentence that says why there is none."""

    lost: LostInPause
    moves: AfterPause
    digests: tuple[int, ...]  # the numbers of those that wait
    proposal: Proposal | None = None
    obstacle: str = ""

    @property
    def is_any_moved(self) -> bool:
        """Whether a question goes out on another day that is to come."""
        return any(change.item is Item.ROUND for change in self.moves.changes)

    @property
    def fingerprint(self) -> str:
        """A hash of all that is shown, and of the edit."""
        edit = None if self.proposal is None else self.proposal.plan.fingerprint
        shown = [edit, self.obstacle, astuple(self.moves), self.lost.whole, self.lost.partly, self.digests]
        return sha256(json.dumps(shown, default=str).encode()).hexdigest()


def open_pause_form(action: PauseForAllFormWanted, session: Session, _now: datetime, programme: Programme, _planner: Planner) -> Answer:
    """Open the form for the reason (*Hold pause for alle*), or say that it is paused already."""
    organiser, pause = _who_and_pause(session, programme, action.who)
    if pause is not None:
        return _already(programme, organiser, pause)
    language = Language(organiser.language)
    return PauseForAllForm(language=language, paragraphs=tuple(say(language, "pause_all.form").split("\n\n")))


def pause_all(action: AllPaused, session: Session, now: datetime, programme: Programme, _planner: Planner) -> Answer:
    """Pause everything, for the reason in the form."""
    decision = pause_for_all.pause(session, now, programme, action.who, action.reason)
    if not decision.made:
        return replace(_already(programme, decision.by, decision.pause), is_refusal=True)
    digest_review.redraw_unposted(session, now)
    return answer_in_words(decision.by.language, "pause_all.begun")


def open_go_on_form(action: GoOnFormWanted, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Open the form that shows what going on moves (*Slut pausen*)."""
    organiser, pause = _who_and_pause(session, programme, action.who)
    if pause is None:
        return answer_in_words(organiser.language, "pause_all.none")
    return _go_on_form(Language(organiser.language), programme, _shift(session, now, programme, planner, pause))


def go_on(action: WentOn, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """End the pause and move what it cost, as it was shown."""
    organiser, pause = _who_and_pause(session, programme, action.who)
    if pause is None:
        return answer_in_words(organiser.language, "pause_all.none")
    shift = _shift(session, now, programme, planner, pause)
    if shift.fingerprint != action.fingerprint:
        form = _go_on_form(Language(organiser.language), programme, shift)
        return replace(form, paragraphs=(say(organiser.language, "pause_all.moved_on"), *form.paragraphs))
    decision = pause_for_all.end(session, now, programme, action.who, shift.lost.weeks)
    if decision is None or not decision.made:
        return answer_in_words(organiser.language, "pause_all.none")
    digest_review.redraw_unposted(session, now)
    return _end_with_thanks(session, now, planner.running(session, programme), planner, organiser, pause, shift)


def _end_with_thanks(  # noqa: PLR0913, PLR0917 - where, when, who, and what moves
    session: Session, now: datetime, programme: Programme, planner: Planner, organiser: Person, pause: PauseForAll, shift: _Shift
) -> Said | EditToPaste:
    """Save the edit and put it in force; if the file cannot be written, give the text to paste."""
    thanks, proposal = answer_in_words(organiser.language, "pause_all.ended"), shift.proposal
    if proposal is None:
        _tell_moves(session, now, pause, programme, programme, shift.moves)
        return thanks
    if not planner.save(session, programme, proposal.before, proposal.after):
        _tell_moves(session, now, pause, programme, programme, planner.after_pause(session, now, programme, programme, shift.lost))
        language, file = thanks.language, Path(programme.file).name
        paragraphs = (*thanks.paragraphs, say(language, "pause_all.ended.paste", file=file))
        return EditToPaste(language=language, paragraphs=paragraphs, pieces=pieces_to_paste(language, proposal.before, proposal.after))
    lines = _lines_of_moves(shift.moves, programme, proposal.programme)
    key, told = f"went-on:{pause.id}:plan", "pause_all.plan" if shift.is_any_moved else "pause_all.longer"
    put_in_force(session, now, programme, proposal.programme, organiser, key=key, say=told, lines=lines)
    if not shift.is_any_moved:
        return thanks
    return replace(thanks, paragraphs=(*thanks.paragraphs, say(organiser.language, "pause_all.ended.moved")))


def _tell_moves(  # noqa: PLR0913, PLR0917 - when, of which pause, and what moves
    session: Session, now: datetime, pause: PauseForAll, before: Programme, after: Programme, moves: AfterPause
) -> None:
    lines = _lines_of_moves(moves, before, after)
    if any(change.item is Item.ROUND for change in moves.changes):
        tell_organisers(session, now, before, key=f"went-on:{pause.id}:plan", say="pause_all.plan", lines="\n".join(lines))


def _lines_of_moves(moves: AfterPause, before: Programme, after: Programme) -> list[str]:
    """What goes out first and what moves, in the programme's language."""
    return [*first_out(moves, (), after, before.language), *lines_of_moves(moves, after, before, before.language)]


def _shift(session: Session, now: datetime, programme: Programme, planner: Planner, pause: PauseForAll) -> _Shift:
    """What going on moves. Whole weeks are skipped, so that the programme ends later; in a week only partly lost nothing is edited."""
    running = planner.running(session, programme)
    lost = planner.weeks_lost(session, now, running, pause.since)
    proposal, obstacle = _proposal(session, now, running, planner, lost, pause.since)
    moves = planner.after_pause(session, now, running, running if proposal is None else proposal.programme, lost)
    digests = pause_for_all.digests_waiting(session, now)
    return _Shift(lost=lost, moves=moves, digests=digests, proposal=proposal, obstacle=obstacle)


def _proposal(  # noqa: PLR0913, PLR0917 - where, when, and what was lost since when
    session: Session, now: datetime, running: Programme, planner: Planner, lost: LostInPause, since: datetime
) -> tuple[Proposal | None, Literal["", "held", "unmovable"]]:
    """The edit that skips the whole weeks, or what keeps it from being made."""
    if versions.version_held(session, running.id) is not None:
        return None, "held"
    if not lost.whole:
        return None, ""
    try:
        return planner.propose_after_pause(session, now, running, since), ""
    except (EditRefused, ProgrammeFaults, Refused):
        return None, "unmovable"


def _go_on_form(language: Language, programme: Programme, shift: _Shift) -> GoOnForm:
    lines = lines_of_moves(shift.moves, programme if shift.proposal is None else shift.proposal.programme, programme, language)
    first = first_out(shift.moves, shift.digests, programme, language)
    paragraphs = (*_what_was_lost(language, shift.lost), *first, *_what_moves(language, shift))
    return GoOnForm(language=language, paragraphs=paragraphs, lines=lines, fingerprint=shift.fingerprint)


def _what_was_lost(language: Language, lost: LostInPause) -> tuple[str, ...]:
    """Which questions did not go out, in sentences."""
    if not lost.weeks:
        return (say(language, "pause_all.go_on.nothing"),)
    said = list[str]()
    if lost.whole:
        said.append(say_n(language, "pause_all.go_on.whole", len(lost.whole), weeks=weeks_in_words(language, lost.whole)))
    if lost.partly:
        said.append(say_n(language, "pause_all.go_on.partly", len(lost.partly), weeks=weeks_in_words(language, lost.partly)))
    return tuple(said)


def _what_moves(language: Language, shift: _Shift) -> tuple[str, ...]:
    """What going on means, in the sentences before the lines."""
    if not shift.lost.weeks:
        return ()
    if shift.proposal is not None:
        return (say(language, "pause_all.go_on.moves"),) if shift.is_any_moved else ()
    places = say(language, "pause_all.go_on.held") if shift.obstacle == "held" else say(language, "pause_all.go_on.next_places")
    return (places, say(language, "pause_all.go_on.plan")) if shift.is_any_moved else (places,)


def _who_and_pause(session: Session, programme: Programme, address: str) -> tuple[Person, PauseForAll | None]:
    return pause_for_all.require_organiser(session, programme, address), pause_for_all.open_pause(session)


def _already(programme: Programme, organiser: Person, pause: PauseForAll) -> Said:
    since = moment_in(organiser.language, pause.since, programme.timezone)
    return answer_in_words(organiser.language, "pause_all.already", since=since, reason=pause.reason)


HANDLERS: Final[PlanningTable] = {
    PauseForAllFormWanted: open_pause_form,
    AllPaused: pause_all,
    GoOnFormWanted: open_go_on_form,
    WentOn: go_on,
}
