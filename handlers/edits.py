"""Answers organisers on their own page, and those who change the plan there.

The organisers' room is reached through the planner that the front door hands in.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.dialogue import people
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.form_input import require_fields, require_text
from bot.dialogue.planning import organisers_page, versions
from bot.dialogue.planning.edit_texts import edit_in_words, question_options, week_options, why_refused
from bot.dialogue.planning.pasting import pieces_to_paste
from bot.dialogue.planning.plan import HoldReason
from bot.dialogue.planning.plan_text import plan_lines
from bot.dialogue.planning.put_in_force import put_in_force
from bot.dialogue.responses import response_review
from bot.errors import EditRefused, ProgrammeFaults, Reason, Refused
from bot.models import PersonState
from bot.programme import LONGEST_ASK, Language, Role
from bot.seam.actions import HomeWanted
from bot.seam.answers import Answer, FormErrors, Home, HomeChoice, Said
from bot.seam.edits import AddQuestion, MoveQuestion, SkipWeeks, Undo
from bot.seam.planning_actions import BankFormWanted, BankPlanned, EditApplied, EditPlanned, MoveFormWanted, SkipFormWanted
from bot.seam.planning_answers import BankForm, EditDone, EditPlan, EditToPaste, MoveForm, SkipForm
from bot.wording import say
from handlers.home import home
from handlers.shared import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Proposal
    from bot.dialogue.planning.planner import Planner
    from bot.models import Person
    from bot.programme import Programme, Week
    from bot.seam.edits import Edit
    from handlers.shared import PlanningTable

NEXT: Final = 3  # things that the page tells of
PAUSING: Final = (HomeChoice.PAUSE_FOR_ALL, HomeChoice.GO_ON)  # the page of each organiser has one of them
FIELDS: Final[Mapping[type[Edit], str]] = {MoveQuestion: "week", SkipWeeks: "week", AddQuestion: "da"}  # where a form says what is wrong


# --- the page ------------------------------------------------------------------------------------------------------------------


def show_page(action: HomeWanted, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Show a person's own page. An organiser's tells what comes and what waits, and is where they plan."""
    page, person = home(session, now, programme, action.who), people.find_person(session, programme.id, action.who)
    if person is None or person.role is not Role.ORGANISER or person.state is PersonState.LEFT:
        return page
    return _organisers_page(session, now, programme, planner, page)


def _organisers_page(session: Session, now: datetime, programme: Programme, planner: Planner, page: Home) -> Home:
    running = replace(planner.running(session, programme), language=page.language)
    coming = planner.coming(session, now, running, NEXT)
    waiting, more = organisers_page.what_waits(session, running)
    planning = (
        *((HomeChoice.MOVE, HomeChoice.SKIP) if _weeks(session, now, running, planner) else ()),
        *((HomeChoice.UNDO,) if planner.has_undo(session, running) else ()),
        *(choice for choice in page.choices if choice in PAUSING),
    )
    parts = (*organisers_page.page_parts(session, now, running, coming), organisers_page.waiting_part(running, waiting, more))
    choices = tuple(choice for choice in page.choices if choice not in planning)
    return replace(page, choices=choices, parts=parts, waiting=waiting, planning=planning)


# --- forms for edits -----------------------------------------------------------------------------------------------------------


def open_move_form(action: MoveFormWanted, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Open the form in which an organiser moves a question (*Flyt et spørgsmål*)."""
    language, running = _who_changes(session, programme, planner, action.who)
    weeks = _weeks(session, now, running, planner)
    if not weeks:
        return _nothing_to_come(language)
    questions = question_options(language, running, weeks)
    return MoveForm(language=language, questions=questions, weeks=week_options(language, running, weeks))


def open_skip_form(action: SkipFormWanted, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Open the form in which an organiser skips a week (*Spring en uge over*)."""
    language, running = _who_changes(session, programme, planner, action.who)
    weeks = _weeks(session, now, running, planner)
    return SkipForm(language=language, weeks=week_options(language, running, weeks)) if weeks else _nothing_to_come(language)


def open_bank_form(action: BankFormWanted, session: Session, _now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Open the form in which an organiser puts a politician's question in the bank (*Sæt det i banken*)."""
    language, running = _who_changes(session, programme, planner, action.who)
    digest, response, language_of_answer = response_review.require_question_back(session, programme, action.response)
    if response_review.is_in_programme(running, response):
        return refusal(language, say(language, "edit.already_there"))
    themes = tuple((theme.id, theme.title.in_(language)) for theme in running.themes)
    about = [response.theme, *(figures["theme"] for figures in content_of(digest)["themes"])]
    chosen = next((theme for theme in about if theme in dict(themes)), themes[0][0])
    words = " ".join(response.words.split())
    da, en = (words if language_of_answer is field else "" for field in (Language.DA, Language.EN))
    return BankForm(language=language, response=response.id, themes=themes, chosen=chosen, da=da, en=en)


def _weeks(session: Session, now: datetime, programme: Programme, planner: Planner) -> dict[Week, tuple[str, ...]]:
    """The weeks to come in which something goes out."""
    return {week: questions for week, questions in planner.weeks_to_come(session, now, programme) if questions}


def _require_organiser(session: Session, programme: Programme, address: str) -> Person:
    return people.require_role(session, programme.id, address, Role.ORGANISER)


def _who_changes(session: Session, programme: Programme, planner: Planner, address: str) -> tuple[Language, Programme]:
    """The language of an organiser who wants to change a programme, and how it runs; PLAN_WAITS while another plan is held."""
    organiser = _require_organiser(session, programme, address)
    if versions.version_held(session, programme.id) is not None:
        raise Refused(Reason.PLAN_WAITS)
    return Language(organiser.language), planner.running(session, programme)


def _nothing_to_come(language: Language) -> Said:
    return refusal(language, say(language, "edit.nothing_to_come"))


# --- edits: planned, and put in force ------------------------------------------------------------------------------------------


def plan_edit(action: EditPlanned, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Show what an edit changes, before it is made."""
    return _plan(session, now, programme, planner, _require_organiser(session, programme, action.who), action.edit)


def plan_for_bank(action: BankPlanned, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Show what it changes to put a politician's question in the bank."""
    organiser = _require_organiser(session, programme, action.who)
    _, response, _ = response_review.require_question_back(session, programme, action.response)
    texts = require_fields(
        da=lambda: require_text(" ".join(action.da.split()), field="da", longest=LONGEST_ASK),
        en=lambda: require_text(" ".join(action.en.split()), field="en", longest=LONGEST_ASK),
    )
    edit = AddQuestion(question=response_review.id_of_proposal(response), theme=action.theme, **texts)
    return _plan(session, now, programme, planner, organiser, edit)


def _plan(  # noqa: PLR0913, PLR0917 - where, when, who, what
    session: Session, now: datetime, programme: Programme, planner: Planner, organiser: Person, edit: Edit
) -> Answer:
    language, running = Language(organiser.language), planner.running(session, programme)
    try:
        proposal = planner.propose(session, now, running, edit)
    except (EditRefused, ProgrammeFaults) as error:
        return _refusal(language, edit, why_refused(language, error))
    return _plan_window(language, running, edit, proposal)


def _refusal(language: Language, edit: Edit, why: str) -> Answer:
    """Why an edit cannot be made: at the field of its form, if it has one."""
    field = FIELDS.get(type(edit))
    if field is None:
        return refusal(language, why)
    return FormErrors(language=language, errors={field: why})


def _plan_window(language: Language, running: Programme, edit: Edit, proposal: Proposal, *, moved: bool = False) -> EditPlan:
    """The plan of an edit for an organiser. `moved`: it is another plan than the one that they wanted to put in force."""
    changes = bool(proposal.plan.changes)
    soon = [say(language, "edit.soon")] if HoldReason.COMING_WEEK in proposal.plan.held else []
    return EditPlan(
        language=language,
        intro=" ".join([*([say(language, "edit.moved")] if moved else []), edit_in_words(language, running, edit), *soon]),
        lines=_lines(language, running, proposal) if changes else (say(language, "edit.no_change"),),
        edit=edit if changes else None,
        fingerprint=proposal.plan.fingerprint,
    )


def words_of_edit(edit: Edit) -> tuple[str, ...]:
    """The words of an edit that an organiser typed, so that they can be copied if it is refused."""
    return (edit.da, edit.en) if isinstance(edit, AddQuestion) else ()


def _lines(language: Language, running: Programme, proposal: Proposal) -> tuple[str, ...]:
    """What an edit changes in what runs."""
    return plan_lines(proposal.plan, proposal.programme, language, before=running, short=True, whole=True)


def put_edit_in_force(action: EditApplied, session: Session, now: datetime, programme: Programme, planner: Planner) -> Answer:
    """Put an edit in force that was shown (*Sæt i kraft*).

    If the world has moved since, the new plan is shown. It may run twice for one press: the same bytes are saved then, and the same
    version runs.
    """
    organiser = _require_organiser(session, programme, action.who)
    language, running = Language(organiser.language), planner.running(session, programme)
    try:
        proposal = planner.propose(session, now, running, action.edit)
    except (EditRefused, ProgrammeFaults) as error:
        return refusal(language, why_refused(language, error), *words_of_edit(action.edit))
    if proposal.plan.fingerprint != action.fingerprint:
        return _plan_window(language, running, action.edit, proposal, moved=True)
    if not planner.save(session, running, proposal.before, proposal.after):
        return _to_paste(language, running, proposal)
    _put_in_force(session, now, running, organiser, proposal)
    if isinstance(action.edit, Undo):
        return EditDone(language=language, paragraphs=(say(language, "edit.undone"),))
    return EditDone(language=language, paragraphs=(edit_in_words(language, running, action.edit), say(language, "edit.done")))


def _put_in_force(session: Session, now: datetime, programme: Programme, organiser: Person, proposal: Proposal) -> None:
    """Store that the new text runs, who put it in force, and what the organisers' channel hears."""
    after, lines = proposal.programme, _lines(programme.language, programme, proposal)
    key = f"edit-in-chat:{after.checksum[:16]}:{now.isoformat()}"
    put_in_force(session, now, programme, after, organiser, key=key, say="notice.edit_in_chat", lines=lines)


def _to_paste(language: Language, running: Programme, proposal: Proposal) -> EditToPaste:
    file, pieces = PurePath(running.file).name, pieces_to_paste(language, proposal.before, proposal.after)
    return EditToPaste(language=language, paragraphs=(say(language, "edit.paste", file=file),), pieces=pieces)


HANDLERS: Final[PlanningTable] = {
    HomeWanted: show_page,
    MoveFormWanted: open_move_form,
    SkipFormWanted: open_skip_form,
    BankFormWanted: open_bank_form,
    BankPlanned: plan_for_bank,
    EditPlanned: plan_edit,
    EditApplied: put_edit_in_force,
}
