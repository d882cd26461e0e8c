"""Reads the numbers in digests, charts, reports, pages and agenda papers, and says of each why it may stand there.

What may stand there: printed figures, sums of printed figures, and what is public, such as weeks, days, and how many themes wait for an
answer. A sum is made anew here from the contents of issued digests, and not taken from the code that it tests.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from bot.confidentiality.floors import FEWEST_APPROVED, ROUND_TO
from bot.dialogue.digests.digest_text import as_text, render
from bot.programme import Language, Week
from bot.seam.meaning import MOST_CHART_ROWS
from bot.wording.dates import date_in, short_date_in, stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.seam.meaning import Chart

LONGEST_CHART_TITLE = 50
DAYS = [date(2018, 8, 1) + timedelta(days=number) for number in range(90)]
FINISHED = ("done", "dropped", "not_ours")
PUBLIC = re.compile(r"SHA-256|[0-9a-f]{12,64}|\d{4}-\d\d-\d\d(?:T[\d:.+]+)?|\d\d:\d\d")  # checksums, days and hours in figures


def answers_of(content: Any, *, all_printed: bool = True) -> tuple[int, bool] | None:
    """The sum of what an issued digest prints of its themes, and whether it is that or more; None: there is none that may stand there."""
    printed = [theme for theme in content["themes"] if theme["people"] is not None]
    or_more = any(theme.get("people_or_more", False) for theme in printed)
    is_missing = all_printed and len(printed) < len(content["themes"])
    return (sum(theme["people"] for theme in printed), or_more) if printed and not is_missing else None


def sums_in(content: Any) -> Iterator[Any]:
    """The sums over weeks in the content of a digest or a report."""
    yield from content.get("weeks", ())
    yield from content.get("report", {}).get("weeks", ())


def wrong_sums(content: Any, issued: Iterable[Any]) -> Iterator[str]:
    """The sums of a digest, or of a report, that are no sums of what was printed, and weeks that stand where they cannot be compared."""
    by_week = {earlier["week"]: earlier for earlier in issued if "report" not in earlier}
    for told in sums_in(content):
        printed = answers_of(by_week[told["week"]], all_printed="report" not in content) if told["week"] in by_week else None
        if (told["answers"], told.get("or_more", False)) != printed:
            yield f"{told} stands there, and {printed} is printed"
    weeks = [told["week"] for told in content.get("weeks", ())]
    alike = [week for week in weeks if week in by_week and len(by_week[week]["themes"]) == len(content["themes"])]
    if weeks != sorted(set(alike)) or not (weeks == [] or (weeks[-1] == content["week"] and 2 <= len(weeks) <= MOST_CHART_ROWS)):
        yield f"{weeks} stand beside one another"


def wrong_chart(content: Any, language: Language, chart: Chart) -> Iterator[str]:
    """What is wrong with the chart of a digest or a report: a bar that is not as long as what is printed, or tells something else."""
    by_label = {Week.parse(told["week"]).number: told for told in content.get("weeks", ())}
    states = Counter(fate["state"] for fate in content.get("ledger", ()))
    if not (1 <= len(chart.rows) <= MOST_CHART_ROWS and len(chart.title) <= LONGEST_CHART_TITLE):
        yield f"{len(chart.rows)} bars under {chart.title}"
    for row in chart.rows:
        told = by_label.get(int((re.findall(r"\d+", row.label) or ["0"])[0]))
        numbers = [int(number) for number in re.findall(r"\d+", row.printed)]
        if "report" in content:
            is_right = numbers in ([row.value], []) and _is_count_of_states(row.value, states)
        else:
            more = {Language.DA: "eller flere", Language.EN: "or more"}[language]
            is_right = (
                told is not None and numbers == [row.value] == [told["answers"]] and (more in row.printed) == told.get("or_more", False)
            )
        if not is_right or re.sub("^(omtrent|about) ", "", row.printed) not in chart.alternative:  # said once for all bars
            yield f"{row} in {language}: {chart.alternative}"


def _is_count_of_states(value: int, states: Mapping[str, int]) -> bool:
    """Whether a bar counts the wishes of one state, or those to whom it was said no, or who were heard or wait."""
    together = [("not_ours", "dropped"), ("waiting", "on_its_way"), ("taken_up", "overdue")]
    return value in {*states.values(), 0, *(sum(states.get(state, 0) for state in both) for both in together)}


def told_by(content: Any) -> set[int]:
    """The numbers that may be read in a digest or a report: what its content prints, sums of it, and what is public."""
    week = Week.parse(content["week"])
    shares = [int(share) for theme in content["themes"] for share in re.findall(r"\d+", theme["participation"] or "")]
    told = {week.number, week.year, ROUND_TO, FEWEST_APPROVED, *shares, *(number for _, number in numbers_in(content))}
    told |= {number for said in (*content.get("ledger", ()), *content.get("since_last", ())) for number in _public_in(said)}
    told |= {answers[0]} if (answers := answers_of(content)) else set()
    told |= {Week.parse(sum_["week"]).number for sum_ in sums_in(content)}
    return told | (_told_by_report(content) if "report" in content else set())


def _told_by_report(content: Any) -> set[int]:
    """The numbers that a report may tell besides: the sum over all weeks, how many weeks, its days, and how many wishes of each state."""
    report, states, wishes = content["report"], Counter(fate["state"] for fate in content["ledger"]), len(content["ledger"])
    finished = sum(states[state] for state in FINISHED)
    together = (states["not_ours"] + states["dropped"], states["waiting"] + states["on_its_way"], states["taken_up"] + states["overdue"])
    days = [date.fromisoformat(report[day]) for day in ("until", "as_of") if day in report]
    told = {sum(told["answers"] for told in report["weeks"]), len(report["weeks"]), wishes, finished, wishes - finished}
    return told | {*states.values(), *together} | {number for day in days for number in (day.day, day.year)}


def _public_in(said: Any) -> Iterator[int]:
    """The numbers that are public in an answer or in the fate of a wish: its week, its day, and what a politician said."""
    yield Week.parse(said["week"]).number
    yield Week.parse(said["week"]).year
    for promised in (said, *said.get("also_promised", ())):
        yield from map(int, re.findall(r"\d+", promised.get("words", "")))
        if "due" in promised:
            due = date.fromisoformat(promised["due"])
            yield from (due.day, due.year)


def untold(content: Any) -> Iterator[str]:
    """Numbers that stand in a digest or a report as people read it, though its content does not print them; and false charts."""
    for language in Language:
        text = render(content, language)
        read = as_text(replace(text, foot=""))
        if text.chart is not None:
            bars = (f"{row.label} {row.value} {row.printed}" for row in text.chart.rows)
            read = "\n".join([read, text.chart.title, text.chart.unit, text.chart.alternative, *bars])
            yield from wrong_chart(content, language, text.chart)
        yield from numbers_untold(read, told_by(content))


def untold_on_page(record: Any, paper: str) -> Iterator[str]:
    """Numbers that stand on a page, in HTML or as text, though the content of its digest does not print them."""
    read = _Reader.read(paper) if paper.startswith("<!DOCTYPE") else paper
    issued = datetime.fromisoformat(record["issued_at"])
    public = [stamp_in(language, issued, record["timezone"]) for language in Language]
    told = told_by(record["content"]) | {record["revision"], record["revision"] - 1}
    yield from numbers_untold(read, told, [*public, f"{record['programme']}:{record['number']}:{record['revision']}"])


def untold_on_agenda(contents: Sequence[Any], paper: str) -> Iterator[str]:
    """Numbers that stand in an agenda paper, and are no number of its digests, nor their sum, nor how many themes too few answered."""
    weekly = [content for content in contents if "report" not in content]
    people = [theme["people"] for content in weekly for theme in content["themes"]]
    public = [
        told for language in Language for day in DAYS for told in (date_in(language, day), short_date_in(language, day, year=day.year))
    ]
    told = {number for content in contents for number in told_by(content)}
    yield from numbers_untold(_Reader.read(paper), told | {sum(filter(None, people)), people.count(None)}, public)


class _Reader(HTMLParser):
    """Reads what a browser shows of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.texts: list[str] = []

    @classmethod
    def read(cls, page: str) -> str:
        """The texts of a page, one a line."""
        reader = cls()
        reader.feed(page)
        return "\n".join(reader.texts)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.inside):
            self.texts.append(data)


def numbers_untold(read: str, told: set[int], public: Sequence[str] = ()) -> Iterator[str]:
    """The numbers that somebody reads in a text and that nobody has printed; not in what is `public`, nor in checksums, days and hours."""
    for words in sorted(public, key=len, reverse=True):
        read = read.replace(words, " ")
    yield from (f"{number} stands there: {read}" for number in re.findall(r"\d+", PUBLIC.sub(" ", read)) if int(number) not in told)


def numbers_in(content: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Every number in a digest's content, wherever it stands, with its place."""
    if isinstance(content, int) and not isinstance(content, bool):
        yield place, content
    parts: Any = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for name, part in parts:
        yield from numbers_in(part, (*place, name))


def contents_of(issued: Mapping[int, str]) -> list[Any]:
    """The contents of issued digests, the oldest first."""
    return [json.loads(content) for _, content in sorted(issued.items())]
