"""A page that a real browser has saved is told from one that somebody has altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.dialogue.papers.exports import Format, export
from bot.models import Digest
from bot.programme import Language
from tests.support.kept_papers import judged, record, season, withdraw
from tests.support.world import separate_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.support.world import World

pytestmark = pytest.mark.browser

WRITTEN_ANEW = "() => '<!-- saved from url=(0014)about:internet -->' + new XMLSerializer().serializeToString(document)"
AS_IT_STANDS = "() => '<!DOCTYPE html>' + document.documentElement.outerHTML"


@pytest.fixture
def archive() -> Iterator[World]:
    with separate_world() as world:
        season(world, 1)
        yield world


def _digest(world: World) -> Digest:
    return world.session.query(Digest).one()


@pytest.fixture
def opened(browser: Browser, archive: World, tmp_path: Path) -> Iterator[Page]:
    """The page of a digest, opened from its file."""
    file = tmp_path / "page.html"
    file.write_text(_page_of(archive), encoding="utf-8")
    window = browser.new_context(java_script_enabled=True, bypass_csp=True)
    page = window.new_page()
    page.goto(file.as_uri())
    yield page
    window.close()


@pytest.mark.parametrize("saved", [WRITTEN_ANEW, AS_IT_STANDS])
def test_what_a_browser_writes_anew_has_the_words_and_data_that_were_issued(opened: Page, archive: World, saved: str) -> None:
    written = opened.evaluate(saved)
    assert judged(written, archive.session) == ("partly", ["partly", "saved_by_browser"])
    for before, after in (("Omtrent 10", "Omtrent 90"), ('"floor": 5', '"floor": 6'), ('"late": false', '"late": true')):
        assert before in written
        assert judged(written.replace(before, after), archive.session)[0] == "altered"


def test_the_file_that_a_browser_fetches_is_the_one_that_was_issued(opened: Page, archive: World) -> None:
    response = opened.reload()
    assert response is not None
    assert judged(response.body(), archive.session) == ("issued", ["issued"])


def test_what_is_printed_to_pdf_is_told_to_be_no_export(opened: Page, archive: World) -> None:
    assert judged(opened.pdf(), archive.session) == ("no export", ["pdf"])


def test_a_page_saved_before_a_quote_was_withdrawn_is_still_known(opened: Page, archive: World) -> None:
    written = opened.evaluate(AS_IT_STANDS)
    withdraw(archive, _digest(archive), 0)
    assert judged(written, archive.session) == ("partly", ["partly", "saved_by_browser"])


def _page_of(world: World) -> str:
    return export(record(world, _digest(world)), Format.HTML, Language.DA)
