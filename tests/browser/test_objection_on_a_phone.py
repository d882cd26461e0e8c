"""An objection stands in three lines on a phone, whatever the filter has found in a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from bot.confidentiality.personal_data import Filter
from bot.dialogue.rounds.quote_choice import QuoteReading
from bot.platforms.slack.views import window
from bot.programme import Language
from bot.seam.answers import ReplyForm
from handlers.quoting import _form_with_objection
from tests.support.labelled_texts import named, pointing
from tests.support.page_world import LEADER

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.page_world import PageWorld

pytestmark = pytest.mark.browser

FORM: Final = ReplyForm(language=Language.DA, round=7, theme="Tid", ask="Hvad lærte du?", closes="fredag kl. 10.00")
FILTER: Final = Filter(is_on_roster=lambda _: False, extra=frozenset())
MOST_LINES: Final = 3
LINES: Final = """(words, texts) => texts.map((text) => { // how many each takes in the place where an objection stands
  const range = document.createRange();
  words.textContent = text;
  range.selectNodeContents(words);
  return [text, new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size]; })"""


def objections(language: Language) -> list[ReplyForm]:
    """What answers each of our labelled texts in which something is found, one that is too long and one in another language."""
    readings = [QuoteReading(found=FILTER.read(it.text), foreign=False, as_typed=True, parts=()) for it in [*named(), *pointing("tuned")]]
    foreign = QuoteReading(found=FILTER.read("Ja."), foreign=True, as_typed=True, parts=())
    held = [reading for reading in readings if reading.found.holds]
    return [
        _form_with_objection(reading, replace(FORM, language=language)) for reading in [*held, foreign, replace(foreign, foreign=False)]
    ]


@pytest.mark.parametrize("language", Language)
def test_an_objection_stands_in_three_lines_on_a_phone(world: PageWorld, visit: Callable[..., Page], language: Language) -> None:
    forms = objections(language)
    world.windows["answer"] = window(forms[0]) or {}
    world.ask()
    page = visit(f"?person={LEADER.id}", viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Svar", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    texts = sorted({" ".join(form.objection.lines) for form in forms if form.objection})
    lines = dict(alert.locator("p").evaluate(LINES, texts))
    assert len(lines) > 100
    assert {text: number for text, number in lines.items() if number > MOST_LINES} == {}
