"""Nothing about one to four people can be worked out from all that the weeks print.

The attack is `tests/support/number_attack.py`. It is shown what it must find before it is believed about the seasons. `make season` plays
a thousand of them.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from bot.confidentiality.disclosure import bitset
from bot.confidentiality.floors import LOWEST_FLOORS, Printed, printable, printable_part
from bot.dialogue.digests.keywords import WordUse, telling_words, words_of_wishes
from bot.language.lemmas import LEMMAS
from bot.programme import Language, Role
from bot.seam.meaning import Chart, ChartRow
from tests.support.number_attack import FEWEST, findings, isolated, play_season, play_weeks, proofs
from tests.support.numbers_read import numbers_untold, told_by, untold, wrong_chart, wrong_sums
from tests.support.planned_weeks import SHARES, WORDS_OF_WISHES, Figure, KnownList, RoundPlan, WeekPlan

if TYPE_CHECKING:
    from tests.support.planned_weeks import Group

pytestmark = pytest.mark.long  # plays whole seasons
SEASONS = 30


# --- what the attack finds


def numbered(name: str, size: int) -> Group:
    return frozenset((name, number) for number in range(size))


def test_the_attack_finds_the_three_that_no_pair_of_groups_gives_away() -> None:
    s, a, x, b = numbered("s", 3), numbered("a", 5), numbered("x", 5), numbered("b", 5)
    assert isolated([s | a | x, a | b, x | b, b]) == s
    assert isolated([s | a | x, a | b, x | b]) is None


@pytest.mark.parametrize(("part", "found"), [(16, True), (15, False), (4, True), (5, False), (20, False)])
def test_the_attack_finds_a_small_part_and_a_small_rest(part: int, found: bool) -> None:
    assert (isolated([numbered("", 20), numbered("", part)]) is not None) == found


def test_the_attack_finds_one_and_two_together_where_neither_stands_alone() -> None:
    most, one, other = numbered("most", 9), numbered("one", 1), numbered("other", 2)
    assert isolated([most | one | other, most]) == one | other


def test_the_attack_finds_a_few_although_others_have_nothing_to_do_with_them() -> None:
    groups = [numbered(name, 20) for name in "abcdef"]
    assert isolated(groups) is None
    assert isolated([*groups, numbered("e", 17)]) is not None


def figure(number: int, counted: int, *, listed: int = 100, or_more: bool = False, **more: Any) -> Figure:
    """A number as it is printed of so many people."""
    known = KnownList(group=set(numbered("", listed)))
    known.sizes[Role.LEADER] = listed
    return Figure(number=number, or_more=or_more, floor=FEWEST, group=numbered("", counted), known=known, **more)


@pytest.mark.parametrize(("listed", "number"), [(13, 15), (18, 20), (23, 25), (28, 30)])
def test_the_attack_finds_a_number_that_says_that_everybody_on_the_list_answered(listed: int, number: int) -> None:
    assert list(proofs(figure(number, listed, listed=listed)))
    assert list(proofs(figure(number, listed, listed=listed, or_more=True)))
    assert list(proofs(figure(number - 5, listed, listed=listed)))  # untrue
    assert list(proofs(figure(number - 5, listed, listed=listed, or_more=True)))  # over the cap
    assert not list(proofs(figure(number - 10, listed, listed=listed, or_more=True)))


@pytest.mark.parametrize("counted", [6, 7, 8, 9])
def test_the_attack_finds_a_number_of_a_list_of_ten_that_leaves_out_at_most_four(counted: int) -> None:
    assert list(proofs(figure((counted + 2) // 5 * 5, counted, listed=10)))
    assert not list(proofs(figure(5, counted, listed=10, or_more=True)))


@pytest.mark.parametrize(("share", "found"), [(">90", True), ("90+", False), ("90", False)])
def test_the_attack_finds_a_share_of_fifty_that_leaves_room_for_four(share: str, found: bool) -> None:
    assert bool(list(proofs(figure(45, 47, listed=50, or_more=True, share=share)))) == found


@pytest.mark.parametrize(
    ("whole", "number", "counted", "or_more", "found"),
    [(20, 15, 16, False, True), (20, 10, 12, False, False), (20, 15, 20, True, False), (20, 20, 20, True, True), (8, 5, 8, True, True)],
)
def test_the_attack_finds_a_part_of_a_printed_number_that_leaves_out_a_few(
    whole: int, number: int, counted: int, or_more: bool, found: bool
) -> None:
    answers = figure((whole + 2) // 5 * 5, whole)
    assert bool(list(proofs(figure(number, counted, or_more=or_more, part_of=answers)))) == found


def test_the_attack_finds_a_number_that_is_read_and_not_printed() -> None:
    (content,) = play_weeks([weekly(asking("trust", "half", "half"))], leaders=40)[1]
    assert not list(untold(content))
    content["themes"][0]["title"] = {"da": "Tillid (7 svar)", "en": "Trust (8 answers)"}
    assert {found[0] for found in untold(content)} == {"7", "8"}


def week_with(*people: int, week: int = 35, **more: Any) -> dict[str, Any]:
    """As much of an issued digest's content as sums of weeks are made of."""
    themes = [{"people": number, "participation": None} for number in people]
    return {"week": f"2018-W{week}", "themes": themes, **more}


def summed(week: int, answers: int, **more: Any) -> dict[str, Any]:
    """The sum of a week's answers, as a chart or a report has it."""
    return {"week": f"2018-W{week}", "answers": answers, **more}


CAP: dict[str, Any] = {"people": 20, "people_or_more": True, "participation": None}


@pytest.mark.parametrize(
    ("weeks", "found"),
    [
        ([summed(34, 30), summed(35, 15)], False),
        ([summed(34, 31), summed(35, 15)], True),
        ([summed(34, 30, or_more=True), summed(35, 15)], True),
        ([summed(33, 20), summed(35, 15)], True),  # a cap that is told as if it were exact
        ([summed(33, 20, or_more=True), summed(35, 15)], False),
        ([summed(32, 15), summed(35, 15)], True),  # a week of two themes, of which one is missing
        ([summed(31, 15), summed(35, 15)], True),  # a week that was never issued
        ([summed(35, 15)], True),
        ([summed(35, 15), summed(34, 30)], True),
    ],
)
def test_the_attack_finds_a_sum_that_is_none_of_printed_numbers_and_a_week_that_cannot_be_compared(weeks: list[Any], found: bool) -> None:
    issued = [week_with(30, week=34), {"week": "2018-W33", "themes": [CAP]}, {"week": "2018-W32", "themes": [CAP, {"people": None}]}]
    content = week_with(15, weeks=weeks)
    assert bool(list(wrong_sums(content, [*issued, content]))) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (ChartRow(label="uge 34", value=30, printed="omtrent 30"), False),
        (ChartRow(label="uge 34", value=28, printed="omtrent 28"), True),
        (ChartRow(label="uge 34", value=28, printed="omtrent 30"), True),
        (ChartRow(label="uge 33", value=20, printed="omtrent 20"), True),
        (ChartRow(label="uge 33", value=20, printed="omtrent 20 eller flere"), False),
        (ChartRow(label="uge 32", value=20, printed="omtrent 20"), True),
        (ChartRow(label="uge 34", value=30, printed="omtrent 30 (7 ledere)"), True),
    ],
)
def test_the_attack_finds_a_bar_that_is_not_what_is_printed(row: ChartRow, found: bool) -> None:
    content = week_with(30, weeks=[summed(33, 20, or_more=True), summed(34, 30)])
    chart = Chart(title="Flere end sidst", rows=(row,), unit="svar", alternative=f"I {row.label} kom {row.printed} svar.")
    assert bool(list(wrong_chart(content, Language.DA, chart))) == found
    assert list(wrong_chart(content, Language.DA, replace(chart, alternative="Et billede.")))


def test_the_attack_finds_a_number_of_a_report_that_counts_people_and_not_wishes() -> None:
    report = {"weeks": [summed(34, 30)], "themes": [], "questions": 3, "as_of": "2018-09-21"}
    fate = {"digest": 1, "digest_id": 1, "week": "2018-W34", "weeks": 5, "state": "waiting"}
    told = told_by({"week": "2018-W40", "themes": [], "number": 3, "floor": 5, "report": report, "ledger": [fate]})
    assert not list(numbers_untold("30 svar i 1 uge, 3 spørgsmål til 21. september; 1 ønske har ventet 5 uger.", told))
    assert list(numbers_untold("17 har skrevet et ønske.", told))
    assert list(numbers_untold("Nr. 17 af 4711", told, ["4711"])) == ["17 stands there: Nr. 17 af  "]


# --- on whole seasons of the real code


def asking(theme: str, answering: str, wishing: str, **more: Any) -> RoundPlan:
    """A round that asks everyone, of whom some use words of which some are nearly everybody's."""
    saying = ("all but one", "all but four", "five", "half")
    plain = {"audience": "all", "saying": saying, "first": 0, "edits": 0, "deletes": 0, "unreached": 0}
    return RoundPlan(theme=theme, answering=answering, wishing=wishing, **{**plain, **more})


def weekly(*rounds: RoundPlan, **more: int) -> WeekPlan:
    """A week in which nothing else happens."""
    nothing = dict.fromkeys(("joins", "unlisted", "leaves", "pauses", "role_changes", "edited", "deletes_later"), 0)
    return WeekPlan(rounds=rounds, **{**nothing, "floor": FEWEST, **more})


@pytest.mark.parametrize("answering", ["four", "five", "seven", "eight", "all but one", "all"])
def test_a_week_of_few_with_any_share_of_wishes_gives_away_nobody(answering: str) -> None:
    wishes = [*SHARES, "all"]
    pairs = zip(wishes[::2], wishes[1::2], strict=True)
    weeks = [weekly(asking("trust", answering, one), asking("time", answering, other)) for one, other in pairs]
    planned, contents = play_weeks(weeks)
    assert findings(planned) == []
    assert {theme["people"] is None for content in contents for theme in content["themes"]} == {answering == "four"}


def test_two_rounds_on_one_theme_one_after_the_other_give_away_nobody() -> None:
    shares = [("all", "all but one", 0), ("five", "seven", 3), ("four", "four", 4), ("half", "half", 9)]
    twice = [weekly(asking("trust", one, "half"), asking("trust", other, "all but one", first=first)) for one, other, first in shares]
    planned, contents = play_weeks(twice, leaders=14)
    assert findings(planned) == []
    assert [len(content["themes"]) for content in contents] == [1, 1, 1, 1]


def test_how_many_a_question_could_not_reach_gives_away_nobody() -> None:
    few = (0, 3, 5, 9)
    weeks = [weekly(asking("trust", "all", "half", unreached=n), asking("time", "half", "all", unreached=n + 1)) for n in few]
    planned, _ = play_weeks(weeks)
    assert findings(planned) == []
    assert sum(("unreached" in str(figure.group)) for figure in planned.figures) == 4


@pytest.mark.parametrize(("few", "floor"), [("four", 5), ("five", 6), ("seven", 8)])
@pytest.mark.parametrize("day", [1, 2])
def test_a_theme_under_its_floor_changes_no_byte_of_this_weeks_or_a_later_digest(few: str, floor: int, day: int) -> None:
    def digests(answering: str) -> list[dict[str, Any]]:
        seen = asking("trust", "all", "half", saying=("half", "half", "nobody", "nobody"))
        hidden = asking("time", answering, "all", saying=("nobody", "nobody", "nobody", "all"))
        first = weekly(*((seen, hidden) if day == 2 else (hidden, seen)), floor=floor, edited=1)
        return play_weeks([first, weekly(asking("calm", "all", "half", saying=("nobody", "nobody", "half", "half")))], leaders=30)[1]

    printed = digests(few)
    assert printed == digests("nobody")
    assert all(any(theme["words"] for theme in digest["themes"]) for digest in printed)


@pytest.mark.parametrize(("wishing", "told"), [("eight", []), ("half", ["samarbejde"]), ("five", ["samarbejde"])])
def test_a_word_of_ten_is_not_told_beside_the_wishes_of_eight_of_them(wishing: str, told: list[str]) -> None:
    planned, contents = play_weeks([weekly(asking("trust", "half", wishing, saying=("half", "nobody", "nobody", "nobody")))], leaders=40)
    assert findings(planned) == []
    assert [word["word"] for word in contents[0]["themes"][0]["words"]] == told


@pytest.mark.parametrize("wishing", ["half", "all but nine", "all but one", "all"])
def test_words_that_only_those_with_a_wish_share_give_away_nobody(wishing: str) -> None:
    """Two words each, of which one after the other would isolate a few; the theme's own words are those of nearly everybody."""
    shares = [("all", "half"), ("half", "half"), ("eight", "eight"), ("seven", "five"), ("all but four", "eight")]
    round_ = asking("trust", "all but nine", wishing, saying=("all but four", "all but one", "all", "all but four"))
    planned, contents = play_weeks([weekly(replace(round_, sharing=two)) for two in shares], leaders=70)
    assert findings(planned) == []
    words = [word for content in contents for theme in content["themes"] for word in theme.get("wish_words", ())]
    assert {word["word"] for word in words} & {*WORDS_OF_WISHES}
    assert {"or_more" in word for word in words} == {True, False}


@pytest.mark.parametrize("listed", [10, 13, 18, 23, 28, 50])
def test_a_list_of_whom_nearly_all_answer_tells_of_nobody_who_did_not(listed: int) -> None:
    planned, contents = play_weeks([weekly(asking("trust", share, "all")) for share in ("all", "all but one", "all but four")], listed)
    themes = [content["themes"][0] for content in contents]
    assert findings(planned) == []
    assert {(theme["people"], theme["people_or_more"]) for theme in themes} == {((listed - 5) // 5 * 5, True)}
    assert {theme["participation"] for theme in themes} == {"90+" if listed == 50 else None}


@pytest.mark.parametrize("seed", range(SEASONS))
def test_nothing_that_a_season_prints_gives_away_one_to_four_people(seed: int) -> None:
    assert findings(play_season(seed, most_weeks=2)) == []


def themed(dice: Random) -> list[Figure]:
    """All numbers of a theme that many answered, past the database: words are used by any share of those with a wish and of the others."""
    listed = dice.randint(30, 120)
    people = listed - dice.choice([0, 3, 5, 9, 20])
    printed = printable(people, listed, LOWEST_FLOORS)
    wishing = set(dice.sample(range(people), dice.choice([people // 2, people // 3, people - 9, people - 4, people])))
    wishes = None if printed is None else printable_part(len(wishing), people, printed, LOWEST_FLOORS)
    if printed is None or wishes is None:
        return []
    shares = {word: (dice.random() ** 2, dice.random() ** 2) for word in ("ro", "skema", "penge", "krop", "kaffe", "leder", "tid")}
    said = [" ".join(word for word, of in shares.items() if dice.random() < of[person in wishing]) for person in range(people)]
    use = WordUse(enumerate(said), LEMMAS)
    common: Any = {"people": printed, "prior": {}, "floor": FEWEST, "allowed": bool}
    told = telling_words(use, already=[] if wishes.or_more else [bitset(wishing)], **common)
    of_wishes = words_of_wishes(use, wishing, wishes=wishes, told=told, **common)

    known = KnownList(group=set(range(listed)))
    known.sizes[Role.LEADER] = listed

    def counted(number: Printed, group: set[int], **more: Any) -> Figure:
        return Figure(number=number.number, or_more=number.or_more, floor=FEWEST, group=frozenset(group), known=known, **more)

    users = {word.lemma: {person for person in range(people) if use.users_of(word.lemma) >> person & 1} for word in (*told, *of_wishes)}
    answers = counted(printed, set(range(people)))
    wished = counted(wishes, wishing, part_of=answers)
    own = [counted(word.people, users[word.lemma], part_of=answers) for word in told]
    return [answers, wished, *own, *(counted(word.people, users[word.lemma] & wishing, part_of=wished) for word in of_wishes)]


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_words_of_wishes_give_away_nobody_whoever_uses_them(first: int) -> None:
    themes = [figures for seed in range(first, first + 20) if (figures := themed(Random(seed)))]  # noqa: S311 - a theme that can be made again
    assert [proof for figures in themes for told in figures for proof in proofs(told)] == []
    for figures in themes:
        assert isolated([*(told.group for told in figures if not told.or_more), frozenset(figures[0].known.group)]) is None
    assert any(told.part_of and told.part_of.part_of for figures in themes for told in figures)
