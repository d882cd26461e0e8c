"""Draws a digest, or the season's report, as a page that stands by itself: for a browser, for print, and for the archive.

The finding stands first, then the chart, then the rest in the order in which it is read in chat; then how the numbers are made, and the
foot. The page carries its record, so that it can be drawn anew from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_text import EVERY_WORD, answer_text, promise_text
from bot.dialogue.papers.foot import foot
from bot.dialogue.papers.html_writer import document, element
from bot.dialogue.papers.record import text_of_record
from bot.dialogue.papers.style import STYLE
from bot.seam.meaning import LineKind
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.papers.html_writer import Element
    from bot.dialogue.papers.record import Record
    from bot.programme import Language
    from bot.seam.meaning import Chart, DigestText, Line

METHOD = ("people", "floor", "finding", "not_representative", "confidential")


def page(record: Record, language: Language) -> str:
    """The page of a record."""
    text = text_of_record(record, language)
    body = (
        element("header", _sender(record, language), element("h1", text.headline)),
        element("main", *_main(record, text, language)),
        element("footer", element("dl", *_foot(record, language))),
    )
    return document(language, text.headline, STYLE, body, {"record": record})


def _sender(record: Record, language: Language) -> Element | None:
    return None if record["sender"] is None else element("p", record["sender"][language.value])


def _main(record: Record, text: DigestText, language: Language) -> Iterator[Element]:
    if text.top:
        yield element("section", *map(_line, text.top), class_="top")
    if text.chart is not None:
        yield _chart(text.chart)
    for part in text.parts:
        yield element("section", element("h2", part.heading), *map(_line, part.lines))
    for heading, lines in more_parts(record, text, language):
        yield element("section", element("h2", heading), *(element("p", line) for line in lines))


def _line(line: Line) -> Element:
    return element("p", line.text, class_=line.kind.value) if line.kind is not LineKind.TEXT else element("p", line.text)


def _chart(chart: Chart) -> Element:
    most = max(1, *(row.value for row in chart.rows))
    rows = (
        element(
            "tr",
            element("th", row.label, scope="row"),
            element("td", row.printed, element("span", class_="bar", style=f"width:{100 * row.value // most}%")),
        )
        for row in chart.rows
    )
    return element("table", element("caption", f"{chart.title} ({chart.unit})"), element("tbody", *rows), class_="chart")


def more_parts(record: Record, text: DigestText, language: Language) -> Iterator[tuple[str, list[str]]]:
    """What stands below the digest on a page: answers and promises in full if it shortens them, and how its numbers are made."""
    content = record["content"]
    if text.shortened and "ledger" in content:
        if answers := [answer_text(language, answer, EVERY_WORD) for answer in content["since_last"]]:
            yield say(language, "answers.title"), answers
        if promises := [promise_text(language, fate) for fate in content["ledger"] if fate["state"] in {"taken_up", "overdue"}]:
            yield say(language, "answers.promises"), promises
    if text.method:
        yield say(language, "method.title"), [say(language, f"method.{key}", floor=content["floor"]) for key in METHOD]


def _foot(record: Record, language: Language) -> Iterator[Element]:
    for label, value in foot(record, language):
        yield element("div", element("dt", label), element("dd", value))
