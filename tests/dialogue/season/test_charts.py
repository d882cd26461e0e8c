"""Charts keep to what has been printed, and to the room that a chart has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.responses.ledger import WishState
from bot.dialogue.season.charts import FATES, promises_chart, weeks_chart
from bot.programme import Language
from bot.seam.meaning import MOST_CHART_ROWS

if TYPE_CHECKING:
    from bot.dialogue.digests.digest_content import WeekAnswers
    from bot.seam.meaning import Chart

MOST_TITLE, MOST_LABEL = 50, 20  # characters
LANGUAGES = st.sampled_from(Language)
COMPARED = st.sampled_from([None, "more", "same", "fewer"])


def week(number: int, answers: int, *, or_more: bool = False) -> WeekAnswers:
    """The printed answers of a week of 2018."""
    answered: WeekAnswers = {"week": f"2018-W{number:02}", "answers": answers}
    return {**answered, "or_more": True} if or_more else answered


def keeps_its_room(chart: Chart) -> bool:
    """Whether title, labels and rows are as short as charts need them, and no label stands twice."""
    labels = [row.label for row in chart.rows]
    is_short = len(chart.title) <= MOST_TITLE and max(len(text) for text in (*labels, chart.unit)) <= MOST_LABEL
    return is_short and len(labels) == len(set(labels)) <= MOST_CHART_ROWS


def test_a_week_alone_has_no_chart() -> None:
    assert weeks_chart(Language.DA, [], None) is None
    assert weeks_chart(Language.DA, [week(36, 40)], "more") is None


def test_the_title_is_the_finding_and_all_is_said_in_words() -> None:
    chart = weeks_chart(Language.DA, [week(35, 20, or_more=True), week(36, 40)], "more")
    assert chart is not None
    assert chart.title == "Flere svarede end sidst"
    assert [(row.label, row.value, row.printed) for row in chart.rows] == [
        ("uge 35", 20, "omtrent 20 eller flere"),
        ("uge 36", 40, "omtrent 40"),
    ]
    assert chart.alternative == "Flere svarede end sidst. Antal svar, omtrent: uge 35 (20 eller flere), uge 36 (40)."


def test_without_a_comparison_the_title_tells_how_many() -> None:
    chart = weeks_chart(Language.EN, [week(35, 20), week(36, 40, or_more=True)], None)
    assert chart is not None
    assert chart.title == "Answers in week 36: about 40 or more"


@given(
    language=LANGUAGES,
    compared=COMPARED,
    answers=st.lists(st.tuples(st.integers(5, 99_999), st.booleans()), min_size=2, max_size=52),
)
def test_a_chart_of_any_weeks_shows_the_last_six_in_its_room(
    language: Language, compared: str | None, answers: list[tuple[int, bool]]
) -> None:
    weeks = [week(number, people, or_more=or_more) for number, (people, or_more) in enumerate(answers, 1)]
    chart = weeks_chart(language, weeks, compared)  # type: ignore[arg-type]  # one of the three words or none
    assert chart is not None
    assert keeps_its_room(chart)
    assert [row.value for row in chart.rows] == [people for people, _ in answers][-MOST_CHART_ROWS:]
    assert all(f"{row.label} ({row.value}" in chart.alternative for row in chart.rows)
    assert chart.alternative.startswith(chart.title)


def test_a_season_without_wishes_has_no_chart() -> None:
    assert promises_chart(Language.DA, {}) is None
    assert promises_chart(Language.DA, dict.fromkeys(WishState, 0)) is None


def test_every_state_of_wishes_is_counted_as_exactly_one_fate() -> None:
    assert sorted(state for states in FATES.values() for state in states) == sorted(WishState)


@given(language=LANGUAGES, counts=st.dictionaries(st.sampled_from(WishState), st.integers(1, 999), min_size=1))
def test_each_wish_is_counted_once(language: Language, counts: dict[WishState, int]) -> None:
    chart = promises_chart(language, counts)
    assert chart is not None
    assert keeps_its_room(chart)
    assert sum(row.value for row in chart.rows) == sum(counts.values())
    done = {
        Language.DA: "Ingen af" if sum(counts.values()) > 1 else "Ét ønske er ikke",
        Language.EN: "not done" if sum(counts.values()) == 1 else "None of",
    }
    assert (f" {counts[WishState.DONE]} " if WishState.DONE in counts else done[language]) in chart.title


def test_the_wishes_of_a_season_are_told_by_what_became_of_them() -> None:
    chart = promises_chart(Language.DA, {WishState.DONE: 1, WishState.DROPPED: 1, WishState.NOT_OURS: 1, WishState.WAITING: 2})
    assert chart is not None
    assert chart.alternative == "Gennemført: 1 af 5 ønsker. Ønsker: gennemført (1), blev ikke til noget (2), venter på svar (2)."
