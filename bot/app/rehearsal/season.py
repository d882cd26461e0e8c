"""The season of a programme, week by week, for the timeline of the page.

All of them from the first sending day to the last, in order, as `preview` lists them: with the theme that is asked about, if one is. Then
the week of the season's report.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.programme import Language, Week
from bot.wording import say
from bot.workspace.page.clock_controls import SeasonWeek
from schedules.agenda import agenda
from schedules.due import History, end_of_season

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.programme import Programme
    from schedules.agenda import AgendaLine


@lru_cache(maxsize=4)
def season_of(programme: Programme) -> tuple[SeasonWeek, ...]:
    """The weeks of a programme's season, those in which no question goes out among them."""
    lines_by_week: dict[Week, list[AgendaLine]] = {}
    for line in agenda(programme):
        if line.kind == "round":
            lines_by_week.setdefault(Week.of(line.at.date()), []).append(line)
    weeks = _weeks_between(min(lines_by_week), max(lines_by_week))
    return (*(_season_week(programme, week, lines_by_week.get(week, ())) for week in weeks), *_last_week(programme))


def _weeks_between(first: Week, last: Week) -> Iterator[Week]:
    monday = date.fromisocalendar(first.year, first.number, 1)
    while (week := Week.of(monday)) <= last:
        yield week
        monday += timedelta(weeks=1)


def _last_week(programme: Programme) -> Iterator[SeasonWeek]:
    """The week of the report, unless nothing is asked."""
    end = end_of_season(programme, History())
    if end is not None:
        titles = {language.value: say(language, "report.headline") for language in Language}
        yield SeasonWeek(label=str(Week.of(end.draft.astimezone(programme.zone).date())), opens=end.draft, ends=True, titles=titles)


def _season_week(programme: Programme, week: Week, lines: Sequence[AgendaLine]) -> SeasonWeek:
    first = next((line for line in lines if line.skipped is None), None)
    if first is None:
        return SeasonWeek(label=str(week), opens=None)
    title = programme.theme(str(first.theme)).title
    titles = {language.value: title.in_(language) for language in Language}
    return SeasonWeek(label=str(week), opens=first.at.astimezone(UTC), titles=titles)
