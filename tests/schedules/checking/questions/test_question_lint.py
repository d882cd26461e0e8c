"""The lint of questions finds what is hard to answer, and leaves good questions and their follow-ups alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.programme import Language
from bot.wording import say
from schedules.checking.file_model import Ask, Question
from schedules.checking.questions.question_lint import MOST_WORDS, LintKind, lint_question, question_remarks
from schedules.programme_file import load_file
from tests.support.remarks import said

RANDERS = Path(__file__).parents[4] / "schedules" / "randers-2018.yaml"
DA, EN = Language.DA, Language.EN


def labelled_questions() -> list[tuple[str, Language, str]]:
    """Questions by label, `good` or a kind, in the file beside this one."""
    lines = Path(__file__).with_name("questions.txt").read_text("utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if not line.startswith("#"))
    return [(label, Language(language), text) for label, language, text in rows]


def test_at_least_seventeen_in_twenty_bad_questions_are_flagged_and_at_most_two_in_twenty_good_ones():
    flagged = {"good": [], "bad": []}
    for label, language, text in labelled_questions():
        flagged["good" if label == "good" else "bad"].append(bool(lint_question(text, language)))
    assert len(flagged["good"]) >= 40
    assert len(flagged["bad"]) >= 40
    assert sum(flagged["bad"]) >= 17 / 20 * len(flagged["bad"])
    assert sum(flagged["good"]) <= 2 / 20 * len(flagged["good"])


def test_most_bad_questions_are_flagged_for_the_right_reason():
    right = [LintKind(label) in lint_question(text, language) for label, language, text in labelled_questions() if label != "good"]
    assert sum(right) >= 17 / 20 * len(right)


def test_no_question_of_the_bank_is_flagged():
    questions = load_file(RANDERS).questions
    assert len(questions) == 28
    asked = [(question.ask.in_(language), language) for question in questions for language in Language]
    assert [text for text, language in asked if lint_question(text, language)] == []


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Hvad gør I godt, og hvilket kursus vil du på?", DA, LintKind.TWO_IN_ONE),
        ("What do you do well, and which course would you like to attend?", EN, LintKind.TWO_IN_ONE),
        ("Er det ikke rart med færre møder?", DA, LintKind.LEADING),
        ("Vi ved, at tillid virker. Hvordan viser du den?", DA, LintKind.LEADING),
        ("Many leaders feel that meetings are dull. Where do you notice it?", EN, LintKind.LEADING),
        ("Hvordan undgår du, at nye kolleger ikke får besked?", DA, LintKind.DOUBLE_NEGATION),
        ("Which employees rarely lack information?", EN, LintKind.DOUBLE_NEGATION),
        ("Hvem støtter dig, og hvem lukker om aftenen?", DA, LintKind.TWO_IN_ONE),
        ("Don’t you think meetings are too long?", EN, LintKind.LEADING),
        ("Har du talt med din leder?", DA, LintKind.YES_NO),
        ("Do you talk to your leader?", EN, LintKind.YES_NO),
        ("Hvad gør I " + "meget " * MOST_WORDS + "godt?", DA, LintKind.TOO_LONG),
        ("Hvilken opgave er det ikke umuligt at give videre?", DA, LintKind.DOUBLE_NEGATION),
        ("Which task is not unimportant?", EN, LintKind.DOUBLE_NEGATION),
        ("Hvordan faciliterer du møder?", DA, LintKind.JARGON),
        ("Hvad viser jeres KPI'er?", DA, LintKind.JARGON),
        ("Hvad er en medarbejderudviklingssamtale for dig?", DA, LintKind.JARGON),
        ("Which stakeholders matter to you?", EN, LintKind.JARGON),
    ],
)
def test_each_kind_is_found_in_both_languages(text, language, kind):
    assert kind in lint_question(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvad har I lært af hinanden, og hvordan opstod det?", DA),
        ("Hvornår ændrede du noget? Hvad ændrede du?", DA),
        ("Hvad skal vi ikke gøre mere?", DA),
        ("Hvem spørger du, og er det nok? (uden navne)", DA),
        ("Hvad gør I, hvis en plan ikke holder?", DA),
        ("Fortæl om en dag, der lykkedes.", DA),
        ("Hvordan får TR plads på jeres MED-møder?", DA),
        ("Hvordan oplever du overgangen mellem børnehave og skole?", DA),
        ("Du har en plads ved bordet. Hvordan bruger du den?", DA),
        ("Tænk på din seneste svære samtale. Hvad ville du gøre om?", DA),
        ("Hvad gjorde du? ?", DA),
        ("Nogle kan lide faste møder, andre vil hellere tale løbende. Hvad passer bedst til jer?", DA),
        ("Hvilken samtale har du udskudt, og hvad venter du på?", DA),
        ("Hvordan siger du nej, når ingen andre gør det?", DA),
        ("What did you learn, and how did it come about?", EN),
        ("How do you avoid promises you cannot keep?", EN),
        ("How have you helped a new colleague?", EN),
        ("What should we no longer do?", EN),
        ("What would you do if nobody asked?", EN),
        ("Hvornår i løbet af ugen har du bedst tid til børnene?", DA),
        ("Når du og din leder er uenige, hvordan kommer I så videre?", DA),
    ],
)
def test_follow_ups_and_simple_negations_are_left_alone(text, language):
    assert lint_question(text, language) == ()


def test_a_remark_names_question_languages_trouble_and_cure_once_for_each_kind():
    ask = Ask(da="Har du talt med jeres stakeholders?", en="Have you talked to your people?")
    remarks = list(question_remarks(Question(id="tal", theme="moeder", ask=ask)))
    assert [remark.split(":")[0] for remark in said(remarks)] == [
        'the question "tal" (Danish and English) can be answered with yes or no',
        'the question "tal" (Danish) has a word that only offices use',
    ]
    assert [remark.split(":")[0] for remark in said(remarks, "da")] == [
        "spørgsmålet »tal« (dansk og engelsk) kan besvares med ja eller nej",
        "spørgsmålet »tal« (dansk) har et ord, som man kun bruger på kontoret",
    ]


@pytest.mark.parametrize("kind", LintKind)
def test_each_kind_of_trouble_has_a_remark_in_both_languages(kind):
    for language in Language:
        assert "»tal«" in say(language, f"remark.question.{kind.value}", question="»tal«", languages="", most=MOST_WORDS)
