"""A digest is read from the top, answered with a promise, and brought to politicians' mind, on a phone and with the keyboard.

The windows are the Slack side's own; behind them stands a bot of a few lines.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bot.platforms.slack.messages import render_message
from bot.platforms.slack.views import window
from bot.programme import Language
from bot.seam.answers import WHOLE_DIGEST, FindingForm, Ledger, LedgerEntry, OutcomeForm, PoliticiansForm, ResponseForm
from bot.seam.meaning import (
    DigestDraft,
    DigestPart,
    DigestPost,
    DigestText,
    Line,
    LineKind,
    PromiseDue,
    PromiseOffer,
    WishOffer,
    WishUnanswered,
)
from tests.support.page_visitor import THUMBED, TOO_SMALL, wrong
from tests.support.page_world import ORGANISER, POLITICIAN, POLITICIANS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from bot.seam.meaning import Meaning
    from tests.support.page_world import PageWorld

pytestmark = pytest.mark.browser

DA = Language.DA
NARROW = {"width": 390, "height": 844}
TOP = ("»Vi mangler *ro* til at gøre tingene færdige.«", "Det siger en af omkring 40.", "Spørg dem, hvad der ville give ro.")
DIGEST = DigestText(
    headline="Lederen må ikke stå alene: inddrag medarbejderne · Børn- og skoleudvalget",
    top=tuple(Line(kind=kind, text=text) for kind, text in zip((LineKind.QUOTE, LineKind.TEXT, LineKind.TEXT), TOP, strict=True)),
    parts=(DigestPart(heading="Ønsker til jer", lines=(Line(kind=LineKind.FIGURE, text="Omkring 15 ønsker."),)),),
    foot="Nr. 3 · uge 36",
    wishes=(WishOffer(theme="ro", title="Ro"), WishOffer(theme="tid", title="Tid", told=False)),
    promises=(PromiseOffer(promise=8, sentence="Uge 34: »Vi ser på vagterne« til 1. september."),),
    shortened=True,
)
RESPONSE = ResponseForm(
    language=DA,
    digest=3,
    number=3,
    about=(
        (WHOLE_DIGEST, "Hele overblikket"),
        ("ro", "Ønskerne under »Ro«"),
        ("ro:0", "Citatet »Vi mangler ro til at gøre tingene færdige.«"),
    ),
    chosen="ro",
    earliest=date(2018, 8, 15),
    latest=date(2019, 8, 15),
)
ASKING = PoliticiansForm(language=DA, digest=3, theme="ro", what="Ønskerne under »Ro« fra uge 34")
FINDING = FindingForm(
    language=DA, digest=3, number=3, options=(("quote", "\n".join(TOP)), ("count", "Omkring 40 svarede.")), chosen="quote"
)
LEDGER = Ledger(
    language=DA,
    entries=tuple(
        LedgerEntry(heading=f"Uge {34 + number} · Ro", lines=("Ønsker om: ro, tid", "Venter på svar."), number=number, start=number)
        for number in range(40)
    ),
)


def post(world: PageWorld, channel: str, meaning: Meaning) -> None:
    said = render_message(meaning)
    world.client.chat_postMessage(channel=channel, text=said.text, blocks=said.blocks)


def odd(page: Page) -> list[object]:
    """Whatever is wrong with what is shown."""
    return [*wrong(page), *page.evaluate(TOO_SMALL, THUMBED)]


def test_a_politician_reads_the_finding_first_and_promises_something_for_a_day_on_a_phone(
    world: PageWorld, visit: Callable[..., Page]
) -> None:
    world.windows["respond_wishes"] = window(RESPONSE) or {}
    post(world, "C0DIGEST", DigestPost(language=DA, digest=3, text=DIGEST))
    page = visit(f"?person={POLITICIAN.id}&place=C0DIGEST", viewport=NARROW)
    assert [words.strip() for words in page.locator("article .sheet").first.inner_text().split("\n") if words.strip()][1:4] == list(TOP)
    expect(page.locator("article blockquote")).to_have_text(TOP[0])
    assert odd(page) == []
    page.get_by_role("button", name="Ro: svar på ønskerne").click()
    form = page.get_by_role("dialog", name="Svar deltagerne")
    expect(form.get_by_label("Hvad svarer du på?")).to_have_value("ro")
    assert odd(page) == []
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_label("Vi har hørt det")).to_be_focused()  # the one field that must be filled in
    form.get_by_label("Vi vil tage det op").check()
    form.get_by_label("Skriv til deltagerne").fill("Vi ser på vagterne.")
    form.get_by_label("Hvornår er det gjort?").fill("2018-10-01")
    form.get_by_label("Dit navn").fill("Bo Prøve")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()
    promise = {"kind": "take_up", "text": "Vi ser på vagterne.", "due": "2018-10-01", "name": "Bo Prøve"}
    assert world.sent == [{"about": "ro"} | promise]


def test_what_became_of_a_promise_is_written_at_once_below_the_promise(world: PageWorld, visit: Callable[..., Page]) -> None:
    for action, kind in (("promise_done", "done"), ("promise_dropped", "dropped")):
        world.windows[action] = window(OutcomeForm(language=DA, promise=8, kind=kind, what="Vi ser på vagterne.")) or {}
    post(world, "C0DIGEST", PromiseDue(language=DA, promise=8, paragraphs=("Hvad blev der af det?",)))
    page = visit(f"?person={POLITICIAN.id}&place=C0DIGEST", viewport=NARROW)
    for name, label in (("Gjort", "Hvad blev der gjort?"), ("Blev ikke til noget", "Det blev ikke til noget, fordi …")):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        form = page.get_by_role("dialog", name="Hvad blev der af det?")
        expect(form.get_by_label(label)).to_be_focused()
        expect(form.locator("blockquote")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_an_organiser_picks_politicians_to_ask_with_the_keyboard_alone(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.windows["ask_politicians"] = window(ASKING) or {}
    post(world, "C0ORGANISERS", WishUnanswered(language=DA, digest=3, theme="ro", text="Ønskerne under »Ro« venter."))
    page = visit(f"?person={ORGANISER.id}&place=C0ORGANISERS", viewport=NARROW)
    page.get_by_role("button", name="Spørg politikere").focus()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Spørg politikere")
    expect(form.get_by_role("group", name="Hvilke politikere skal jeg bede?")).to_be_visible()
    expect(form.locator("summary").first).to_be_focused()
    while "politiker (" not in (page.locator(":focus").text_content() or ""):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    assert odd(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()
    first, second, *_ = sorted(POLITICIANS, key=lambda politician: politician.name)
    assert world.sent == [{"whom": [first.id, second.id]}]


def test_what_stands_at_the_top_is_read_before_it_is_picked_and_the_ledger_opens_its_digests(
    world: PageWorld, visit: Callable[..., Page]
) -> None:
    world.windows |= {"finding": window(FINDING) or {}, "more_digests": window(LEDGER) or {}}
    post(world, "C0ORGANISERS", DigestDraft(language=DA, digest=3, text=DIGEST, intro="Et udkast.", choosable=True))
    page = visit(f"?person={ORGANISER.id}&place=C0ORGANISERS", viewport=NARROW)
    page.get_by_role("button", name="Vælg, hvad der står øverst").click()
    form = page.get_by_role("dialog", name="Hvad står øverst?")
    expect(form.locator("blockquote").first).to_be_in_viewport(ratio=1)
    assert odd(page) == []
    form.get_by_label("2. Hvor mange der har svaret").check()
    world.windows["finding"] = window(LEDGER) or {}
    form.get_by_role("button", name="Vælg", exact=True).click()
    page.get_by_role("dialog", name="Tak").get_by_role("button", name="Luk").last.click()
    page.get_by_role("button", name="Vælg, hvad der står øverst").click()
    ledger = page.get_by_role("dialog", name="Det kom der ud af det")
    assert odd(page) == []
    assert ledger.get_by_role("button", name="Læs overblikket").count() < 40
    expect(ledger.get_by_role("button", name="Vis ældre")).to_have_count(1)
    assert world.sent == [{"finding": "count"}]
