"""The thanks and one's own book are read on a phone, and all of a page of the book is copied at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.platforms.slack.messages import render_message
from bot.platforms.slack.views import window
from bot.programme import Language
from bot.seam.meaning import Part, Thanks
from bot.seam.reading_answers import BookEntry, MyBook
from tests.support.page_visitor import THUMBED, TOO_SMALL, wrong
from tests.support.page_world import LEADER

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.page_world import PageWorld

pytestmark = pytest.mark.browser

DA = Language.DA
NARROW = {"width": 390, "height": 844}
THANKS = Thanks(
    language=DA,
    title="Tak, fordi du tænkte med",
    parts=(Part(heading="", lines=("Jeg har stillet jer 4 spørgsmål.",)), Part(heading="Dine svar", lines=("De bliver slettet.",))),
    book=True,
)
ENTRIES = tuple(BookEntry(heading=f"Uge {34 + n}: Ro", ask="Hvad giver ro?", text="Kaffe og tid.\n" * 12) for n in range(4))
OF_PAGE = "\n\n\n".join(f"{entry.heading}\n{entry.ask}\n\n{entry.text.strip()}" for entry in ENTRIES)
SELECT_ALL_OF_IT = "(page) => { getSelection().selectAllChildren(page); return String(getSelection()); }"
SCROLLS_IN_ITSELF = "(page) => page.scrollHeight > page.clientHeight + 1 && getComputedStyle(page).overflowY !== 'visible'"


def test_a_page_of_ones_book_is_shown_whole_and_copied_at_once(world: PageWorld, visit: Callable[..., Page]) -> None:
    said = render_message(THANKS)
    world.windows["my_book"] = window(MyBook(language=DA, entries=ENTRIES, note="Her er dine egne svar.")) or {}
    world.client.chat_postMessage(channel=LEADER.id, text=said.text, blocks=said.blocks)
    page = visit(f"?person={LEADER.id}", viewport=NARROW)
    assert [*wrong(page), *page.evaluate(TOO_SMALL, THUMBED)] == []
    page.get_by_role("button", name="Min bog", exact=True).click()
    book = page.get_by_role("dialog", name="Min bog").locator("pre")
    assert [*wrong(page), *page.evaluate(TOO_SMALL, THUMBED)] == []
    assert not book.evaluate(SCROLLS_IN_ITSELF)
    assert book.evaluate(SELECT_ALL_OF_IT) == OF_PAGE
