"""An organiser sees what an edit changes before it is made, and can take it back; the file differs in nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

import handlers
from bot.dialogue.planning import versions
from bot.dialogue.responses import response_review
from bot.models import AuditAct, AuditEntry, Digest, MessageKind, PersonState, Response
from bot.platforms.slack.form_metadata import FormMetadata
from bot.programme import LONGEST_ASK, Language, Week
from bot.seam.actions import HomeWanted, ResponseKind
from bot.seam.answers import FormErrors, Home, HomeChoice, Said
from bot.seam.edits import AddQuestion, MoveQuestion, SkipWeeks, Undo, write_edit
from bot.seam.planning_actions import BankFormWanted, BankPlanned, EditApplied, EditPlanned, MoveFormWanted, SkipFormWanted
from bot.seam.planning_answers import BankForm, EditDone, EditPlan, EditToPaste, MoveForm, SkipForm
from schedules.planner import ProgrammePlanner
from schedules.programme_file import load_file
from tests.support.programme import write_programme
from tests.support.world import World, lists

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.seam.edits import Edit

NOW = datetime(2018, 10, 3, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
PLANNER = ProgrammePlanner()
MOVED = MoveQuestion(question="hvornaar", week=Week(year=2018, number=43))
SKIPPED = SkipWeeks(weeks=(Week(year=2018, number=43),))
ANNA, BOB = "O0", "O1"
MOST_IN_METADATA = 3_000  # characters that a window of Slack remembers


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_programme(tmp_path)


@pytest.fixture
def village(session: Session, file: Path) -> World:
    """A programme that runs from a file, with two organisers, of whom the second reads English."""
    village = World(session, load_file(file))
    village.read(lists(organisers=2), NOW)
    village.person(BOB).language = "en"
    versions.run_version(session, NOW, village.programme)
    return village


def answered(village: World, action: Action, now: datetime = NOW) -> Answer:
    return handlers.answer(action, village.session, now, village.programme, PLANNER)


def planned(village: World, edit: Edit, who: str = ANNA) -> EditPlan:
    plan = answered(village, EditPlanned(who=who, edit=edit))
    assert isinstance(plan, EditPlan)
    return plan


def applied(village: World, edit: Edit, who: str = ANNA) -> Answer:
    return answered(village, EditApplied(who=who, edit=edit, fingerprint=planned(village, edit, who).fingerprint))


def changed_lines(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    pairs = list(zip(before.splitlines(), after.splitlines(), strict=True))
    return [(old, new) for old, new in pairs if old != new]


# --- forms


def test_a_question_is_chosen_by_its_week_and_text_and_so_is_the_week(village: World) -> None:
    form = answered(village, MoveFormWanted(who=ANNA))
    assert isinstance(form, MoveForm)
    assert form.questions[:2] == (("hvorhen", "Uge 41: Hvor skal vi hen?"), ("hvem-med", "Uge 43: Hvem skal med?"))
    assert form.weeks[1] == ("2018-W43", "Uge 43 (fra 22. oktober): Hvem skal med?")  # week 42 is skipped


def test_a_question_of_the_bank_can_be_moved_to_a_week(village: World) -> None:
    assert isinstance(applied(village, AddQuestion(question="hvorfor", theme="retning", da="Hvorfor?", en="Why?")), EditDone)
    form = answered(village, MoveFormWanted(who=BOB))
    assert isinstance(form, MoveForm)
    assert form.questions[-1] == ("hvorfor", "The bank: Why?")


def test_a_week_is_chosen_to_be_skipped(village: World) -> None:
    form = answered(village, SkipFormWanted(who=BOB))
    assert isinstance(form, SkipForm)
    assert form.weeks[0] == ("2018-W41", "Week 41 (from 8 October): Where are we going?")


def test_once_the_programme_is_over_there_is_nothing_to_move(village: World) -> None:
    later = datetime(2018, 12, 1, tzinfo=NOW.tzinfo)
    for wanted in (MoveFormWanted(who=ANNA), SkipFormWanted(who=ANNA)):
        said = answered(village, wanted, later)
        assert isinstance(said, Said)
        assert said.paragraphs == ("Der er ikke flere uger at ændre i.",)


@pytest.mark.parametrize("who", ["L0", "P0", "U0NOBODY"])
@pytest.mark.parametrize(
    "wanted",
    [
        lambda who: MoveFormWanted(who=who),
        lambda who: SkipFormWanted(who=who),
        lambda who: BankFormWanted(who=who, response=1),
        lambda who: BankPlanned(who=who, response=1, theme="retning", da="Hvad?", en="What?"),
        lambda who: EditPlanned(who=who, edit=SKIPPED),
        lambda who: EditApplied(who=who, edit=SKIPPED, fingerprint=""),
    ],
)
def test_only_organisers_plan(village: World, file: Path, who: str, wanted) -> None:
    before = file.read_bytes()
    assert isinstance(answered(village, wanted(who)), Said)
    assert (file.read_bytes(), village.count(AuditEntry)) == (before, 0)


@pytest.mark.parametrize(("who", "theme"), [(ANNA, "no-theme"), ("L0", "retning"), ("U0NOBODY", "retning")])
def test_a_typed_question_that_cannot_be_put_in_force_any_more_stands_in_the_window(village: World, who: str, theme: str) -> None:
    typed = AddQuestion(question="hvorfor", theme=theme, da="Hvorfor så travlt?", en="Why so busy?")
    said = answered(village, EditApplied(who=who, edit=typed, fingerprint="seen before"))
    assert isinstance(said, Said)
    assert said.is_refusal
    assert said.paragraphs[1:] == ("Hvorfor så travlt?", "Why so busy?")


# --- plans, and edits in force


def test_a_plan_is_shown_and_nothing_is_written(village: World, file: Path) -> None:
    before = file.read_bytes()
    plan = planned(village, MOVED)
    assert plan.intro == "»Hvornår er vi der?« flyttes til uge 43."
    assert plan.lines
    assert file.read_bytes() == before
    assert village.messages(MessageKind.NOTICE) == []


def test_an_edit_that_was_seen_is_made_in_its_line_only_and_stored_told_and_audited(village: World, file: Path) -> None:
    before = file.read_bytes()
    done = applied(village, MOVED)
    assert isinstance(done, EditDone)
    changed = [(b"  order: [hvorhen, hvem-med, hvornaar, hvad-nu]", b"  order: [hvorhen, hvornaar, hvem-med, hvad-nu]")]
    assert changed_lines(before, file.read_bytes()) == changed
    running = versions.version_running(village.session, village.programme.id)
    assert running is not None
    assert (running.content, running.file) == (file.read_bytes(), file.name)
    (entry,) = village.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.by) == (AuditAct.PLAN_APPLIED, village.person(ANNA).id)
    (notice,) = village.messages(MessageKind.NOTICE)
    assert "»Hvornår er vi der?« flyttes fra tirsdag den 30. oktober" in notice.facts["values"]["lines"]


def test_what_was_just_made_is_seen_at_once_though_the_file_was_not_loaded_anew(village: World) -> None:
    applied(village, MOVED)
    form = answered(village, MoveFormWanted(who=ANNA))
    assert isinstance(form, MoveForm)
    assert form.questions[1] == ("hvornaar", "Uge 43: Hvornår er vi der?")


def test_fortryd_brings_every_byte_back_and_once_more_the_edit(village: World, file: Path) -> None:
    before = file.read_bytes()
    applied(village, MOVED)
    after = file.read_bytes()
    assert isinstance(applied(village, Undo()), EditDone)
    assert file.read_bytes() == before
    assert isinstance(applied(village, Undo(), BOB), EditDone)
    assert file.read_bytes() == after


def test_whoever_reads_another_language_than_the_programme_changes_no_language(village: World, file: Path) -> None:
    plans = [planned(village, MOVED, who) for who in (ANNA, BOB)]
    assert plans[0].fingerprint == plans[1].fingerprint
    assert plans[1].intro == "“When do we arrive?” moves to week 43."
    assert not any("language" in line for line in plans[1].lines)
    assert isinstance(applied(village, MOVED, BOB), EditDone)
    (notice,) = village.messages(MessageKind.NOTICE)
    assert "»Hvornår er vi der?«" in notice.facts["values"]["lines"]


def test_without_an_edit_there_is_nothing_to_undo(village: World) -> None:
    said = answered(village, EditPlanned(who=ANNA, edit=Undo()))
    assert isinstance(said, Said)
    assert said.paragraphs == ("Der er ikke noget at fortryde.",)


def test_a_press_that_runs_twice_makes_the_edit_once(village: World, file: Path) -> None:
    action = EditApplied(who=ANNA, edit=MOVED, fingerprint=planned(village, MOVED).fingerprint)
    with village.session.begin_nested() as first:
        assert isinstance(answered(village, action), EditDone)
        first.rollback()  # the file is written, and the database was busy
    after = file.read_bytes()
    assert isinstance(answered(village, action), EditDone)
    assert file.read_bytes() == after
    running = versions.version_running(village.session, village.programme.id)
    assert running is not None
    assert running.content == after


def test_undoing_that_runs_twice_undoes_once(village: World, file: Path) -> None:
    before = file.read_bytes()
    applied(village, MOVED)
    action = EditApplied(who=ANNA, edit=Undo(), fingerprint=planned(village, Undo()).fingerprint)
    with village.session.begin_nested() as first:
        assert isinstance(answered(village, action), EditDone)
        first.rollback()
    assert isinstance(answered(village, action), EditDone)
    assert file.read_bytes() == before


def test_if_somebody_else_was_first_the_new_plan_is_shown_and_nothing_is_made(village: World, file: Path) -> None:
    seen = planned(village, MOVED)
    applied(village, SKIPPED, BOB)
    before = file.read_bytes()
    again = answered(village, EditApplied(who=ANNA, edit=MOVED, fingerprint=seen.fingerprint))
    assert isinstance(again, EditPlan | Said)
    assert file.read_bytes() == before


def test_of_two_who_make_the_same_edit_the_second_sees_that_it_is_made(village: World, file: Path) -> None:
    fingerprints = {who: planned(village, MOVED, who).fingerprint for who in (ANNA, BOB)}
    first, second = (answered(village, EditApplied(who=who, edit=MOVED, fingerprint=fingerprints[who])) for who in (ANNA, BOB))
    assert isinstance(first, EditDone)
    assert isinstance(second, EditPlan)
    assert (second.edit, second.lines) == (None, ("That changes nothing.",))
    assert len(village.messages(MessageKind.NOTICE)) == 1


def test_an_edit_of_the_coming_week_says_so(village: World) -> None:
    plan = planned(village, MoveQuestion(question="hvem-med", week=Week(year=2018, number=41)))
    assert plan.intro.endswith("Læg mærke til, at det ændrer noget, der sker inden for de næste syv dage.")


def test_if_the_lists_have_changed_meanwhile_the_new_plan_says_that_the_world_has_moved(village: World, file: Path) -> None:
    before, seen = file.read_bytes(), planned(village, MOVED)
    village.read(lists(leaders=14, organisers=2), NOW)
    again = answered(village, EditApplied(who=ANNA, edit=MOVED, fingerprint=seen.fingerprint))
    assert isinstance(again, EditPlan)
    assert again.intro.startswith("Noget er ændret, siden du så planen, så intet er sat i kraft.")
    assert file.read_bytes() == before
    assert isinstance(answered(village, EditApplied(who=ANNA, edit=MOVED, fingerprint=again.fingerprint)), EditDone)


def test_while_another_plan_is_held_nobody_edits(village: World, file: Path) -> None:
    versions.hold_version(village.session, NOW, replace(village.programme, content=b"held", checksum="0"))
    edits = EditPlanned(who=ANNA, edit=MOVED), EditApplied(who=ANNA, edit=MOVED, fingerprint="")
    forms = MoveFormWanted(who=ANNA), SkipFormWanted(who=ANNA), BankFormWanted(who=ANNA, response=1)
    for wanted in (*edits, *forms):  # also before a form is filled in
        said = answered(village, wanted)
        assert isinstance(said, Said)
        assert said.paragraphs == (
            "En anden ændring venter på jer i jeres kanal. Sæt den i kraft, eller behold det gamle, før du ændrer mere.",
        )


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (MoveQuestion(question="hvem-med", week=Week(year=2018, number=42)), "week"),
        (SkipWeeks(weeks=(Week(year=2018, number=42),)), "week"),
        (AddQuestion(question="hvem-med", theme="retning", da="Hvem?", en="Who?"), "da"),
    ],
)
def test_what_cannot_be_done_is_said_at_a_field_of_the_form_in_the_readers_language(village: World, edit: Edit, field: str) -> None:
    answers = [answered(village, EditPlanned(who=who, edit=edit)) for who in (ANNA, BOB)]
    assert all(isinstance(answer, FormErrors) for answer in answers)
    assert [list(answer.errors) for answer in answers if isinstance(answer, FormErrors)] == [[field], [field]]
    danish, english = (answer.errors[field] for answer in answers if isinstance(answer, FormErrors))
    assert danish != english


def test_an_edit_that_changes_nothing_cannot_be_put_in_force(village: World) -> None:
    plan = planned(village, MoveQuestion(question="hvem-med", week=Week(year=2018, number=43)))
    assert (plan.edit, plan.lines) == (None, ("Det ændrer ikke noget.",))


def test_where_the_file_cannot_be_written_its_new_lines_are_shown_and_nothing_is_in_force(village: World, file: Path) -> None:
    number = file.read_text("utf-8").splitlines().index("  order: [hvorhen, hvem-med, hvornaar, hvad-nu]") + 1
    file.unlink()
    shown = applied(village, MOVED)
    assert isinstance(shown, EditToPaste)
    assert file.name in shown.paragraphs[0]
    ((where, lines),) = shown.pieces
    assert where == f"Linje {number - 2} til {number + 2} i filen bliver til:"
    assert lines.splitlines()[2] == "  order: [hvorhen, hvornaar, hvem-med, hvad-nu]"
    assert (village.count(AuditEntry), list(file.parent.glob("*.yaml"))) == (0, [])
    running = versions.version_running(village.session, village.programme.id)
    assert running is not None
    assert running.checksum == village.programme.checksum


def test_a_file_that_was_edited_meanwhile_is_not_written_over(village: World, file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "# en note\n", "utf-8")
    before = file.read_bytes()
    assert isinstance(applied(village, MOVED), EditToPaste)
    assert file.read_bytes() == before


# --- a politician's question


@pytest.fixture
def asked(village: World) -> Response:
    """What a politician asks back about a digest."""
    village.answer(village.add_round(1), village.add_people(10))
    issued = village.issue(1)
    response_review.respond(village.session, NOW, village.programme, "P0", issued.id, ResponseKind.QUESTION_BACK, "Hvad er vigtigst?")
    return village.session.scalars(select(Response)).one()


def test_a_question_back_opens_a_form_with_the_politicians_words_in_their_language(village: World, asked: Response) -> None:
    form = answered(village, BankFormWanted(who=ANNA, response=asked.id))
    assert isinstance(form, BankForm)
    assert (form.da, form.en, dict(form.themes)["retning"]) == ("Hvad er vigtigst?", "", "Retning")


def test_a_question_back_goes_into_the_bank_of_the_file_and_then_offers_it_no_more(village: World, asked: Response, file: Path) -> None:
    assert response_review.response_as_it_stands(village.session, village.programme, asked).bankable
    wanted = BankPlanned(who=ANNA, response=asked.id, theme="retning", da="Hvad er\nvigtigst?", en="What matters most?")
    plan = answered(village, wanted)
    assert isinstance(plan, EditPlan)
    assert isinstance(plan.edit, AddQuestion)
    assert isinstance(answered(village, EditApplied(who=ANNA, edit=plan.edit, fingerprint=plan.fingerprint)), EditDone)
    question = load_file(file).question(f"politisk-spoergsmaal-{asked.id}")
    assert (question.ask.da, question.ask.en, question.theme, question.reserve) == (
        "Hvad er vigtigst?",
        "What matters most?",
        "retning",
        True,
    )
    said = answered(village, BankFormWanted(who=ANNA, response=asked.id))
    assert isinstance(said, Said)
    assert said.paragraphs == ("Spørgsmålet står allerede i programmet.",)
    assert not response_review.response_as_it_stands(village.session, load_file(file), asked).bankable


@pytest.mark.parametrize(
    ("da", "en", "fields"),
    [(" ", "What?", ["da"]), ("Hvad?", "x" * (LONGEST_ASK + 1), ["en"]), ("", "", ["da", "en"]), ("x" * 301, "x" * 301, ["da", "en"])],
)
def test_a_question_without_a_text_or_longer_than_its_file_takes_is_refused_at_each_field(
    village: World, asked: Response, da: str, en: str, fields: list[str]
) -> None:
    refused = answered(village, BankPlanned(who=ANNA, response=asked.id, theme="retning", da=da, en=en))
    assert isinstance(refused, FormErrors)
    assert list(refused.errors) == fields


def test_too_long_a_question_is_told_how_much_room_there_is(village: World, asked: Response) -> None:
    refused = answered(village, BankPlanned(who=ANNA, response=asked.id, theme="retning", da="x" * (LONGEST_ASK + 1), en="What?"))
    assert isinstance(refused, FormErrors)
    assert refused.errors == {"da": f"Spørgsmålet er for langt. Der er plads til {LONGEST_ASK} tegn."}


def test_the_longest_question_fits_into_its_file_and_the_form_remembers_it(village: World, asked: Response) -> None:
    longest = '"' * (LONGEST_ASK - 1) + "?"
    plan = answered(village, BankPlanned(who=ANNA, response=asked.id, theme="retning", da=longest, en=longest))
    assert isinstance(plan, EditPlan)
    assert plan.edit is not None
    assert len(str(FormMetadata(language=Language.DA, edit=write_edit(plan.edit), fingerprint=plan.fingerprint))) < MOST_IN_METADATA


def test_a_released_question_can_still_be_put_in_the_bank_and_organisers_hear_so(village: World, asked: Response) -> None:
    response_review.review(village.session, NOW, village.programme, ANNA, asked.id, release=True)
    assert isinstance(answered(village, BankFormWanted(who=ANNA, response=asked.id)), BankForm)
    shown = response_review.response_as_it_stands(village.session, village.programme, asked)
    assert (shown.open, shown.bankable) == (False, True)
    assert village.notices() == ["response.asks_back"]


def test_a_declined_question_or_another_kind_of_answer_is_not_put_in_the_bank(village: World, asked: Response) -> None:
    response_review.review(village.session, NOW, village.programme, ANNA, asked.id, release=False)
    digest = village.session.get_one(Digest, asked.digest_id)
    others = [asked, village.add_response(digest, NOW)]
    assert all(isinstance(answered(village, BankFormWanted(who=ANNA, response=other.id)), Said) for other in others)
    assert not any(response_review.response_as_it_stands(village.session, village.programme, other).bankable for other in others)


# --- the page


def page(village: World, who: str = ANNA, now: datetime = NOW) -> Home:
    home = answered(village, HomeWanted(who=who), now)
    assert isinstance(home, Home)
    return home


def told(home: Home) -> dict[str, tuple[str, ...]]:
    return {part.heading: part.lines for part in home.parts}


def test_the_page_tells_the_next_three_things_with_dates_and_questions(village: World) -> None:
    home = page(village)
    assert told(home)["Det næste"] == (
        "• Tirsdag den 9. oktober kl. 09.30: Spørgsmålet »Hvor skal vi hen?« går ud. Der står 24 på listerne.",
        "• Torsdag den 11. oktober kl. 13.00: De, der ikke har svaret på »Hvor skal vi hen?«, får en påmindelse.",
        "• Fredag den 12. oktober kl. 10.00: Ugen med »Hvor skal vi hen?« lukker, og I får et udkast til overblik.",
    )
    assert home.planning == (HomeChoice.MOVE, HomeChoice.SKIP, HomeChoice.PAUSE_FOR_ALL)
    assert HomeChoice.PAUSE_FOR_ALL not in home.choices
    assert told(home)["Venter på jer"] == ("Der er ikke noget, I skal tage stilling til.",)


def test_the_page_is_in_the_organisers_language(village: World) -> None:
    home = page(village, BOB)
    assert home.language is Language.EN
    assert told(home)["What comes next"][0].startswith("• Tuesday 9 October at 09:30: The question “Where are we going?” goes out.")


def test_the_page_tells_at_once_what_was_just_changed_and_offers_the_way_back(village: World) -> None:
    applied(village, MoveQuestion(question="hvornaar", week=Week(year=2018, number=41)))
    home = page(village)
    assert "»Hvornår er vi der?«" in told(home)["Det næste"][0]
    assert HomeChoice.UNDO in home.planning


def test_others_have_the_page_that_they_had(village: World) -> None:
    assert [(page(village, who).parts, page(village, who).planning) for who in ("L0", "P0")] == [((), ()), ((), ())]


def test_a_former_organiser_has_no_organisers_page(village: World) -> None:
    village.person(BOB).state = PersonState.LEFT
    assert (page(village, BOB).parts, page(village, BOB).planning) == ((), ())


def test_once_all_is_over_the_page_says_so_and_offers_no_planning(village: World) -> None:
    home = page(village, now=datetime(2018, 12, 1, tzinfo=NOW.tzinfo))
    assert told(home)["Det næste"] == ("Der kommer ikke mere i programmet.",)
    assert not {HomeChoice.MOVE, HomeChoice.SKIP, HomeChoice.UNDO}.intersection(home.planning)
