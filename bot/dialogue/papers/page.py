"""Draws a digest, or the season's report, as a page.

It stands by itself, for a browser, for print, and for the archive. The finding stands first, then the chart, then the rest in the order in
which it is read in chat. The page carries its record, so that it can be drawn anew from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.papers.foot import foot
from bot.dialogue.papers.html_writer import document, element
from bot.dialogue.papers.page_parts import parts_below, parts_of, text_of_page
from bot.dialogue.papers.page_style import STYLE
from bot.dialogue.papers.seal import seal
from bot.dialogue.papers.wish_rows import wish_rows
from bot.seam.meaning import LineKind
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content
    from bot.dialogue.papers.html_writer import Element
    from bot.dialogue.papers.record import Record
    from bot.dialogue.papers.wish_rows import WishRow
    from bot.programme import Language
    from bot.seam.meaning import Chart, DigestText, Line

ROOMY: Final = 2_300  # signs; a sheet takes 4,000 in small letters
SIGNS_OF_LINE: Final = 40  # what a line's end and the blank below it take besides


def page(record: Record, language: Language) -> str:
    """The page of a record."""
    text = text_of_page(record, language)
    body = (
        element("header", *_head(record, text, language), **({"class_": "roomy"} if _is_roomy(record, text, language) else {})),
        element("main", *_main(record["content"], text, language)),
        element("footer", element("dl", *_foot(record, language))),
    )
    return seal(document(language, text.headline, STYLE, body, {"record": record}))


def _is_roomy(record: Record, text: DigestText, language: Language) -> bool:
    """Whether so little stands on a page that it is printed in larger letters and still fits one sheet."""
    *parts, _ = parts_of(record, text, language)
    return sum(len(line) + SIGNS_OF_LINE for part in parts for line in (part.heading, *part.lines) if line) <= ROOMY


def _head(record: Record, text: DigestText, language: Language) -> Iterator[Element]:
    if record["sender"] is not None:
        yield element("p", record["sender"][language.value])
    yield element("h1", text.headline)
    yield element("p", text.foot)
    if record["issued_at"] is None:
        yield element("p", element("strong", say(language, "page.draft")))


def _main(content: Content, text: DigestText, language: Language) -> Iterator[Element]:
    if text.top:
        yield element("div", *map(_line, text.top), class_="top")
    if text.chart is not None:
        yield _chart(text.chart)
    if "report" in content and content.get("ledger"):
        yield _table_of_wishes(content, language)
    for part in text.parts:
        yield element("section", element("h2", part.heading), *map(_line, part.lines))
    for below in parts_below(content, text, language):
        yield element("section", element("h2", below.heading), *_paragraphs(below.lines), class_="below")


def _line(line: Line) -> Element:
    return element("p", line.text) if line.kind is LineKind.TEXT else element("p", line.text, class_=line.kind.value)


def _paragraphs(lines: tuple[str, ...]) -> Iterator[Element]:
    return (element("p", line) for line in lines)


def _chart(chart: Chart) -> Element:
    """A table that says it all, with a bar beside each number."""
    longest = max((row.value for row in chart.rows), default=0) or 1
    rows = (
        element(
            "tr",
            element("th", row.label, scope="row"),
            element("td", row.printed),
            element("td", element("span", class_="bar", style=f"width:{100 * row.value // longest}%"), aria_hidden="true"),
        )
        for row in chart.rows
    )
    unit = element("tr", element("td"), element("th", chart.unit, scope="col", colspan="2"))
    caption = element("caption", element("strong", chart.title))
    return element("table", caption, element("thead", unit), element("tbody", *rows), class_="chart")


def _table_of_wishes(content: Content, language: Language) -> Element:
    """Every wish of the season: what it is about, what became of it, and how long it waited."""
    columns = (element("th", say(language, f"page.wishes.{column}"), scope="col") for column in ("about", "fate", "weeks"))
    rows = (element("tr", *_cells(row)) for row in wish_rows(content, language))
    caption = element("caption", element("strong", say(language, "page.wishes.caption")))
    return element("table", caption, element("thead", element("tr", *columns)), element("tbody", *rows), class_="wishes")


def _cells(row: WishRow) -> Iterator[Element]:
    yield element("th", *_paragraphs(row.about), scope="row")
    yield element("td", *_paragraphs(row.fate))
    yield element("td", row.weeks)


def _foot(record: Record, language: Language) -> Iterator[Element]:
    for label, value in foot(record, language):
        yield element("div", element("dt", label), element("dd", value))
