"""Exported pages are read in a real browser by everybody, at any width, and print well."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import axe_playwright_python
import pytest

from bot.dialogue.papers.page import page
from bot.programme import Language
from tests.support import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from bot.dialogue.papers.record import Record

pytestmark = pytest.mark.browser

AXE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES: Final = {
    name: make
    for name, make in vars(records).items()
    if name in {"full", "plain_week", "silent_week", "draft", "from_before_the_ledger", "report"}
}
WIDTHS: Final = {"light": 1280, "dark": 320}  # 320: a small phone, and 1280 at 400 %
SHEET: Final = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def read(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a record's page from a file, as people do; whatever it asks for besides, or complains about, fails the test."""
    contexts, asked = [], []

    def open_page(record: Record, language: Language = Language.DA, **options: object) -> Page:
        file = tmp_path / "page.html"
        file.write_text(page(record, language), encoding="utf-8")
        contexts.append(browser.new_context(**options))
        opened = contexts[-1].new_page()
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda said: asked.append(said.text))
        opened.goto(file.as_uri())
        assert asked == [file.as_uri()]
        asked.clear()
        return opened

    yield open_page
    for context in contexts:
        context.close()
    assert asked == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong_and_nobody_scrolls_sideways(read: Callable[..., Page], name: str, language: Language):
    for scheme, width in WIDTHS.items():
        opened = read(PAGES[name](), language, viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.evaluate(AXE)
        found = opened.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"] + found["incomplete"]] == []
        assert len(found["passes"]) > 20
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_in_high_contrast_the_bars_are_there(read: Callable[..., Page]):
    opened = read(records.full(), forced_colors="active")
    bar, ground = (
        opened.locator(of).first.evaluate(f"(it) => getComputedStyle(it).{what}")
        for of, what in ((".bar", "borderBottomColor"), ("body", "backgroundColor"))
    )
    assert bar != ground
    assert opened.locator(".bar").last.bounding_box()["height"] > 8


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", [name for name in PAGES if name != "report"])
def test_a_digest_prints_on_one_sheet(read: Callable[..., Page], name: str, language: Language):
    printed = read(PAGES[name](), language, color_scheme="dark").pdf(prefer_css_page_size=True)
    assert len(SHEET.findall(printed)) == 1


def test_a_page_with_little_on_it_is_printed_in_larger_letters(read: Callable[..., Page]):
    sizes = []
    for make in (records.full, records.plain_week):
        opened = read(make())
        opened.emulate_media(media="print")
        sizes.append(opened.locator("main p").last.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)"))
    assert sizes[0] < sizes[1]


def test_a_long_report_prints_on_as_many_sheets_as_it_needs_and_its_head_stands_on_each(read: Callable[..., Page]):
    opened = read(records.report(40))
    assert 2 <= len(SHEET.findall(opened.pdf(prefer_css_page_size=True))) <= 6
    opened.emulate_media(media="print")
    assert opened.locator(".wishes thead").evaluate("(it) => getComputedStyle(it).display") == "table-header-group"
    assert opened.locator(".wishes tbody tr").first.evaluate("(it) => getComputedStyle(it).breakInside") == "avoid"
