"""Draws charts of printed numbers: the answers of the last weeks, and a season's wishes by what became of them.

The bars are as long as the numbers that have been printed, so a chart tells nothing that the digests do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.responses.ledger import WishState
from bot.programme import Week
from bot.seam.meaning import MOST_CHART_ROWS, Chart, ChartRow
from bot.wording import say, say_n

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.dialogue.digests.digest_content import Comparison, WeekAnswers
    from bot.programme import Language

FEWEST_WEEKS: Final = 2  # one alone is no picture
FATES: Final = {  # what is counted together, in a chart, at the top of the report, and in the thanks
    "done": (WishState.DONE,),
    "promised": (WishState.TAKEN_UP,),
    "overdue": (WishState.OVERDUE,),
    "nothing": (WishState.DROPPED, WishState.NOT_OURS),
    "heard": (WishState.HEARD,),
    "waiting": (WishState.WAITING, WishState.ON_ITS_WAY),
}


def weeks_chart(language: Language, weeks: Sequence[WeekAnswers], compared: Comparison | None) -> Chart | None:
    """The answers of the last weeks, of which this week is the last; None if there are too few weeks.

    The title says how this week compares with the one before, or how many answers it had.
    """
    if len(weeks) < FEWEST_WEEKS:
        return None
    shown = weeks[-MOST_CHART_ROWS:]
    rows = [_row_of_week(language, week) for week in shown]
    told = [_say_printed(language, "chart.row", week, label=row.label) for week, row in zip(shown, rows, strict=True)]
    title = say(language, f"chart.weeks.{compared or 'count'}", label=rows[-1].label, printed=rows[-1].printed)
    return Chart(
        title=title,
        rows=tuple(rows),
        unit=say(language, "chart.weeks.unit"),
        alternative=say(language, "chart.weeks.alternative", title=title, rows=", ".join(told)),
    )


def count_fates(counts: Mapping[WishState, int]) -> dict[str, int]:
    """How many wishes have met each fate, without the fates that none has met."""
    by_fate = {fate: sum(counts.get(state, 0) for state in states) for fate, states in FATES.items()}
    return {fate: n for fate, n in by_fate.items() if n}


def promises_chart(language: Language, counts: Mapping[WishState, int]) -> Chart | None:
    """The wishes of a season by what became of them; None if there were none.

    They are counted as themes of a week on which there were wishes, never as people.
    """
    by_fate = count_fates(counts)
    rows = [ChartRow(label=say(language, f"chart.wishes.{fate}"), value=n, printed=f"{n}") for fate, n in by_fate.items()]
    if not rows:
        return None
    told = [say(language, "chart.row", label=row.label, n=row.value) for row in rows]
    done = by_fate.get("done", 0)
    title = say_n(language, f"chart.wishes.{'done_of' if done else 'none_done'}", sum(by_fate.values()), done=done)
    return Chart(
        title=title,
        rows=tuple(rows),
        unit=say(language, "chart.wishes.unit"),
        alternative=say(language, "chart.wishes.alternative", title=title, rows=", ".join(told)),
    )


def _row_of_week(language: Language, week: WeekAnswers) -> ChartRow:
    label = say(language, "digest.period.week", week=Week.parse(week["week"]).number)
    return ChartRow(label=label, value=week["answers"], printed=_say_printed(language, "chart.about", week))


def _say_printed(language: Language, key: str, week: WeekAnswers, **values: object) -> str:
    return say(language, f"{key}.or_more" if week.get("or_more") else key, n=week["answers"], **values)
