from __future__ import annotations

import difflib
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.errors import EditReason, EditRefused, ProgrammeFaults
from bot.programme import Programme, Slot, Week
from bot.seam.edits import AddQuestion, Edit, MoveQuestion, SetQuestion, SkipWeeks, Undo
from schedules.edits.apply_edit import apply_edit
from schedules.edits.replacements import content_end
from schedules.programme_file import load_content, source_of
from schedules.slots import History, assignment
from tests.support.odd_programmes import BANK, THEME_OF, odd_files
from tests.support.odd_programmes import TEXTS as ODD_TEXTS

pytestmark = pytest.mark.long  # it makes hundreds of edits

FILE = Path("odd.yaml")
RANDERS = Path(__file__).parents[3] / "schedules" / "randers-2018.yaml"
NOTHING_SENT = History()
NOT_SHRINKING = [phase for phase in Phase if phase is not Phase.shrink]  # a file is long: shrinking takes minutes
odd = settings(max_examples=25, phases=NOT_SHRINKING, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def edited(content: bytes, edit: Edit, history: History = NOTHING_SENT, today: date | None = None) -> bytes:
    return apply_edit(source_of(FILE, content), edit, history, today)


def week(number: int, year: int = 2018) -> Week:
    return Week(year=year, number=number)


def weeks_of(programme: Programme, history: History = NOTHING_SENT) -> dict[str, Week]:
    """The week of each question that goes out."""
    placed = assignment(programme, history).items()
    return {question: slot.week for slot, entry in placed for question in entry.question_ids}


def comments(content: bytes) -> Counter[str]:
    return Counter(re.findall(r"# k\d+: \[x\], \{y\} 'z\"", content.decode()))


def changed_lines(before: bytes, after: bytes) -> list[str]:
    """The lines that go and come, each with its sign."""
    pair = (before.decode("utf-8-sig").splitlines(), after.decode("utf-8-sig").splitlines())
    return [line for line in difflib.unified_diff(*pair, n=0, lineterm="") if not re.match(r"---|\+\+\+|@@", line)]


def around(content: bytes, *path) -> tuple[str, str]:
    """What stands before and after the value at a path."""
    source = source_of(FILE, content)
    return source.text[: source.values[path].start], source.text[content_end(source, path) :]


def assert_keeps_comments_and_marks(before: bytes, after: bytes) -> None:
    assert comments(before) == comments(after)
    assert before.startswith(b"\xef\xbb\xbf") == after.startswith(b"\xef\xbb\xbf")
    assert before.endswith(b"\n") == after.endswith(b"\n")


# --- every file that people may write


@odd
@given(odd_files(), st.sampled_from([name for name in THEME_OF if name not in BANK]), st.data())
def test_a_move_touches_only_the_order_and_moving_back_gives_the_same_bytes(before, name, data) -> None:
    programme = load_content(FILE, before)
    from_week = weeks_of(programme)[name]
    to_week = data.draw(st.sampled_from(sorted(set(weeks_of(programme).values()))))
    after = edited(before, MoveQuestion(question=name, week=to_week))
    assert weeks_of(load_content(FILE, after))[name] == to_week
    assert around(before, "rounds", "order")[0] == around(after, "rounds", "order")[0]
    assert_keeps_comments_and_marks(before, after)
    assert (after == before) == (to_week == from_week)
    assert edited(after, MoveQuestion(question=name, week=from_week)) == before


@odd
@given(odd_files(), st.sampled_from([*THEME_OF]), st.sampled_from(["da", "en"]), ODD_TEXTS)
def test_another_text_touches_only_the_text_and_setting_it_again_changes_nothing(before, name, language, text) -> None:
    after = edited(before, SetQuestion(question=name, **{language: text}))
    path = ("questions", [*THEME_OF].index(name), "ask", language)
    (start, end), (new_start, new_end) = around(before, *path), around(after, *path)
    comment = re.match(r"[|>]-?(  # k\d+: \[x\], \{y\} 'z\")", before.decode("utf-8-sig")[len(start) :])
    assert (start, end) == (new_start, new_end.removeprefix(comment[1] if comment else ""))
    assert load_content(FILE, after).question(name).ask.in_(language) == text
    assert_keeps_comments_and_marks(before, after)
    assert edited(after, SetQuestion(question=name, **{language: text})) == after


@odd
@given(odd_files(), st.sampled_from([*THEME_OF]), ODD_TEXTS)
def test_setting_a_text_in_quotes_and_setting_it_back_gives_the_same_bytes(before, name, text) -> None:
    was = load_content(FILE, before).question(name).ask.da
    quoted = edited(edited(before, SetQuestion(question=name, da='a: "b" # c')), SetQuestion(question=name, da=was))
    there = edited(quoted, SetQuestion(question=name, da=text))
    assert edited(there, SetQuestion(question=name, da=was)) == quoted


@odd
@given(odd_files(), st.data())
def test_a_skipped_week_touches_only_the_days_to_skip_and_the_end(before, data) -> None:
    programme = load_content(FILE, before)
    going_out = sorted(set(weeks_of(programme).values()))
    skipped = data.draw(st.lists(st.sampled_from(going_out), min_size=1, max_size=3, unique=True))
    after = edited(before, SkipWeeks(weeks=tuple(skipped)))
    then = load_content(FILE, after)
    assert set(then.rounds.skip.weeks) == {*programme.rounds.skip.weeks, *(each.number for each in skipped)}
    assert list(then.rounds.skip.weeks) == sorted(then.rounds.skip.weeks)
    assert (len(weeks_of(then)), then.rounds.order) == (7, programme.rounds.order)
    for line in changed_lines(before, after):
        assert re.search(r"until: |skip: |weeks: |^.\s*-\s+\d+", line), line
    assert_keeps_comments_and_marks(before, after)


@odd
@given(odd_files(), st.sampled_from(["first", "second"]), ODD_TEXTS, ODD_TEXTS)
def test_a_new_question_is_one_piece_more_in_the_shape_of_its_neighbour(before, theme, da, en) -> None:
    programme = load_content(FILE, before)
    after = edited(before, AddQuestion(question="brand-new", theme=theme, da=da, en=en))
    then = load_content(FILE, after)
    place = [question.id for question in then.questions].index("brand-new")
    assert (then.questions[place].ask.da, then.questions[place].ask.en, then.questions[place].reserve) == (da, en, True)
    assert then.questions[place - 1].theme == theme
    assert tuple(question for question in then.questions if question.id != "brand-new") == programme.questions
    assert len(re.findall(rb"[:,] \r?\n", before)) == len(re.findall(rb"[:,] \r?\n", after))
    common = next((at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(before))
    assert any(after.endswith(before[at:]) and after.startswith(before[:at]) for at in range(common, max(common - 200, -1), -1))


@odd
@given(odd_files(), st.sampled_from(BANK), st.sampled_from([35, 37, 39]))
def test_a_question_of_the_bank_goes_out_in_its_week_and_the_programme_ends_later(before, name, number) -> None:
    programme = load_content(FILE, before)
    after = edited(before, MoveQuestion(question=name, week=week(number)))
    then = load_content(FILE, after)
    assert weeks_of(then)[name] == week(number)
    assert (len(then.rounds.order), then.question(name).reserve) == (7, False)
    assert then.rounds.until > programme.rounds.until
    assert [entry for entry in then.rounds.order if entry.all != name] == list(programme.rounds.order)
    assert_keeps_comments_and_marks(before, after)


# --- the programme of Randers


def randers(edit: Edit, history: History = NOTHING_SENT, today: date | None = None) -> list[str]:
    before = RANDERS.read_bytes()
    return changed_lines(before, edited(before, edit, history, today))


def randers_with(*changes: tuple[str, str]) -> bytes:
    """The file of Randers, in which each of these pieces is exchanged where it first stands."""
    text = RANDERS.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def refusal(edit: Edit, history: History = NOTHING_SENT, today: date | None = None) -> tuple[EditReason, dict]:
    with pytest.raises(EditRefused) as caught:
        randers(edit, history, today)
    return caught.value.why, caught.value.values


def sent(*keys: str) -> History:
    """These entries have gone out, one a week from the first on."""
    return History(sent={key: Slot(week=week(34 + place), number=1) for place, key in enumerate(keys)})


def test_a_move_changes_one_line_and_takes_both_variants_along() -> None:
    line = "    - {leader: saetning-travl-dag, employee_rep: sige-hoejt}"
    assert randers(MoveQuestion(question="sige-hoejt", week=week(40))) == [f"-{line}", f"+{line}"]
    assert randers(MoveQuestion(question="saetning-travl-dag", week=week(35))) == []


def test_a_comment_above_an_entry_stays_in_its_place_when_others_move() -> None:
    before = randers_with(("    - hvor-traaden-mistes\n", "    # efter ferien\n\n    - hvor-traaden-mistes  # svært\n"))
    after = edited(before, MoveQuestion(question="hvor-traaden-mistes", week=week(36))).decode()
    assert "    - hvor-traaden-mistes  # svært\n    # efter ferien\n\n    - flere-med-fra-begyndelsen\n" in after
    assert Counter(before.decode().splitlines()) == Counter(after.splitlines())


def test_a_comment_behind_the_mark_of_the_bank_stays_when_its_question_leaves_the_bank() -> None:
    before = randers_with(("    reserve: true\n", "    reserve: true  # byrådets ønske\n"))
    taken = changed_lines(before, edited(before, MoveQuestion(question="regne-med-dig", week=week(51))))
    assert taken[:2] == ["-    reserve: true  # byrådets ønske", "+    # byrådets ønske"]


def test_a_programme_that_would_not_end_within_three_years_is_refused() -> None:
    all_but_eight = ", ".join(str(number) for number in range(1, 54) if number not in range(34, 42))
    before = randers_with(("weeks: [42]", f"weeks: [{all_but_eight}]"), ("until: 2018-12-11", "until: 2019-10-08"))
    with pytest.raises(EditRefused) as caught:
        edited(before, SkipWeeks(weeks=(week(36), week(37), week(38))))
    assert (caught.value.why, caught.value.values) == (EditReason.TOO_LATE, {})


def test_what_has_been_sent_keeps_its_place() -> None:
    history = sent("laert-af-et-barn", "saetning-travl-dag+sige-hoejt")
    assert refusal(MoveQuestion(question="sige-hoejt", week=week(40)), history) == (EditReason.SENT, {"question": "sige-hoejt"})
    assert refusal(MoveQuestion(question="holde-op-med", week=week(35)), history) == (EditReason.WEEK_SENT, {"week": 35})
    assert randers(MoveQuestion(question="holde-op-med", week=week(36)), history) == ["+    - holde-op-med", "-    - holde-op-med"]


def test_a_missed_week_takes_nothing_any_more() -> None:
    history = History(sent={"laert-af-et-barn": Slot(week=week(34), number=1)}, missed=frozenset({Slot(week=week(35), number=1)}))
    assert refusal(MoveQuestion(question="holde-op-med", week=week(35)), history)[0] is EditReason.PAST
    assert randers(MoveQuestion(question="holde-op-med", week=week(36)), history)[0] == "+    - holde-op-med"
    after = edited(RANDERS.read_bytes(), MoveQuestion(question="holde-op-med", week=week(36)), history)
    assert weeks_of(load_content(FILE, after), history)["holde-op-med"] == week(36)


def test_days_that_are_over_count_as_gone_out() -> None:
    today = date(2018, 9, 5)  # the third tuesday was yesterday
    assert refusal(MoveQuestion(question="holde-op-med", week=week(36)), today=today)[0] is EditReason.PAST
    assert refusal(MoveQuestion(question="flere-med-fra-begyndelsen", week=week(40)), today=today)[0] is EditReason.SENT
    assert refusal(SkipWeeks(weeks=(week(36),)), today=today) == (EditReason.PAST, {"week": 36})
    assert randers(SkipWeeks(weeks=(week(37),)), today=today)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (MoveQuestion(question="holde-op-med", week=week(42)), (EditReason.SKIPPED, {"week": 42})),
        (MoveQuestion(question="holde-op-med", week=week(52)), (EditReason.NOTHING_GOES_OUT, {"week": 52})),
        (
            MoveQuestion(question="holde-op", week=week(40)),
            (EditReason.NO_QUESTION_BUT, {"question": "holde-op", "guess": "holde-op-med"}),
        ),
        (MoveQuestion(question="1234", week=week(40)), (EditReason.NO_QUESTION, {"question": "1234"})),
        (SetQuestion(question="1234", da="x"), (EditReason.NO_QUESTION, {"question": "1234"})),
        (SkipWeeks(weeks=(week(42),)), (EditReason.SKIPPED, {"week": 42})),
        (SkipWeeks(weeks=(week(40), week(40))), (EditReason.SKIPPED, {"week": 40})),
        (SkipWeeks(weeks=(week(2, 2019),)), (EditReason.NOTHING_GOES_OUT, {"week": 2})),
        (
            AddQuestion(question="", theme="borgeren-forst", da="x", en="y"),
            (EditReason.NO_THEME_BUT, {"theme": "borgeren-forst", "guess": "borgeren-foerst"}),
        ),
        (AddQuestion(question="holde-op-med", theme="ikke-alene", da="x", en="y"), (EditReason.ID_TAKEN, {"question": "holde-op-med"})),
        (AddQuestion(question="Æ", theme="ikke-alene", da="x", en="y"), (EditReason.BAD_ID, {"question": "Æ"})),
        (AddQuestion(question="", theme="ikke-alene", da=" ", en="y"), (EditReason.NO_TEXT, {})),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(edit, why) -> None:
    assert refusal(edit) == why


def test_an_unknown_theme_is_told_with_those_there_are() -> None:
    why, values = refusal(AddQuestion(question="", theme="xyz", da="x", en="y"))
    assert (why, values["themes"].split(", ")[0]) == (EditReason.NO_THEME, "borgeren-foerst")


def test_a_skipped_week_moves_the_end_past_holidays() -> None:
    assert randers(SkipWeeks(weeks=(week(50), week(36)))) == [
        "-  until: 2018-12-11",
        "-  skip: {holidays: DK, weeks: [42]}            # helligdage og efterårsferien",
        "+  until: 2019-01-08",
        "+  skip: {holidays: DK, weeks: [36, 42, 50]}            # helligdage og efterårsferien",
    ]


def test_a_question_of_the_bank_can_follow_the_last_one() -> None:
    assert randers(MoveQuestion(question="regne-med-dig", week=week(51))) == [
        "-    reserve: true",
        "-  until: 2018-12-11",
        "+  until: 2018-12-18",
        "+    - regne-med-dig",
    ]


def test_a_text_is_cleaned_to_one_line_and_keeps_its_quotes() -> None:
    (old, new) = randers(SetQuestion(question="sige-hoejt", da='Hvad er "god\n  ledelse"?\0'))
    assert new == old.replace("-", "+", 1).replace(
        "Hvad skal en leder sige højt om sin ledelse, for at det bliver lettere at samarbejde?", r"Hvad er \"god ledelse\"?"
    )


def test_a_text_that_is_too_long_is_a_fault_with_its_place() -> None:
    with pytest.raises(ProgrammeFaults, match=r"fault\.long_text"):
        randers(SetQuestion(question="sige-hoejt", da="x" * 301))


def test_a_new_question_gets_an_id_from_its_danish_text() -> None:
    assert randers(AddQuestion(question="", theme="ikke-alene", da="Hvad ændrer sig på mandag, når vi mødes?", en="What?")) == [
        "+    reserve: true",
        "+  - id: hvad-aendrer-sig-paa-mandag",
        "+    theme: ikke-alene",
        '+    ask: {da: "Hvad ændrer sig på mandag, når vi mødes?", en: "What?"}',
    ]
    twice = edited(RANDERS.read_bytes(), AddQuestion(question="", theme="ikke-alene", da="Nyt?", en="New?"))
    twice = edited(twice, AddQuestion(question="", theme="ikke-alene", da="Nyt!", en="New!"))
    assert load_content(FILE, twice).question("nyt-2").ask.da == "Nyt!"


def test_a_file_with_what_no_edit_understands_is_refused_before_it_is_edited() -> None:
    before = RANDERS.read_text("utf-8").replace("  order:\n    - laert", "  order: !!seq\n    - laert").encode()
    with pytest.raises(ProgrammeFaults):
        edited(before, MoveQuestion(question="laert-af-et-barn", week=week(40)))


def test_an_undo_is_no_edit_of_the_text() -> None:
    with pytest.raises(TypeError):
        randers(Undo())
