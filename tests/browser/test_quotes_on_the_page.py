"""Quotes can be reviewed, and a held text rewritten, on a phone and on a desktop.

The windows are the Slack side's own; behind them stands a bot of a few lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bot.platforms.slack.messages import render_message
from bot.platforms.slack.views import window
from bot.programme import Language
from bot.seam.answers import DigestPage, Objection, QuoteReviewForm, QuoteToReview, ReplyForm, Said
from bot.seam.meaning import DigestPart, DigestPost, DigestText, Line, LineKind, QuoteReview, WishOffer
from bot.seam.quote_answers import QuoteChoice, QuotedThanks, QuoteOption
from tests.support.page_visitor import PHONE, THUMBED, TOO_SMALL, wrong
from tests.support.page_world import LEADER, ORGANISER, POLITICIAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from bot.seam.meaning import Meaning
    from tests.support.page_world import PageWorld

pytestmark = pytest.mark.browser

DA = Language.DA
THEMES = (("borgeren-foerst", "Borgeren først"), ("alene", "Lederen må ikke stå alene: inddrag medarbejderne"))
LONG = "Vi spurgte forældrene først, og så blev mødet både kortere og klogere. " * 20
TEXTS = ("Vi spurgte *børnene* <b>først</b>.", LONG, "Ord\nover\nlinjer", "uden_et_eneste_blanktegn" * 12, "Mere ro.")
QUOTES = tuple(QuoteToReview(id=f"q{number}", text=text.strip()) for number, text in enumerate(TEXTS))
DECIDED = QuoteToReview(id="q9", text="Det her er afgjort.", decided="Afgjort: Må vises.")
MARKED = QuoteToReview(id="q8", text="Tove sagde det.", marks=("»Tove« kan være navn på nogen.",))
REVIEW = QuoteReviewForm(
    language=DA,
    digest=3,
    theme="borgeren-foerst",
    title="Borgeren først",
    quotes=(*QUOTES, DECIDED, MARKED),
    pages=3,
    rule=(
        "Overblikket viser kun citater, når mindst 8 har svaret, mindst 5 tekster ligger til jer samtidig, "
        "og I siger ja til mindst 3. Det viser højst 3."
    ),
    standing="2 tekster er godkendt. Der skal mindst 3 til.",
    more=(1, 6),
    next_theme=("alene", "Lederen må ikke stå alene: inddrag medarbejderne"),
)
PAGE = DigestPage(
    language=DA,
    digest=3,
    post=DigestPost(language=DA, digest=3, text=DigestText(headline="Overblik for uge 34", parts=(), foot="Nr. 3")),
    lead=("Sådan ser politikerne overblik nr. 3.", "Når du godkender, bliver det sendt fredag kl. 14.00.", "7 tekster er ikke læst."),
    fingerprint="f1",
)
FORM = ReplyForm(language=DA, round=7, theme="Borgeren først", ask="Hvad lærte du?", closes="fredag kl. 10.00")
HELD = replace(
    FORM,
    text="Tove sagde det.",
    quote=True,
    replied=True,
    objection=Objection(
        lines=(
            "Gemt uden citat:",
            "»Tove« kan være navn på nogen.",
            "Ret det, eller tryk herunder.",
        ),
        parts=(("Tove", True), (" sagde det.", False)),
        may_choose=True,
    ),
)
THANKS = Said(language=DA, title="Tak", paragraphs=("Dit svar er gemt.",))
FIRST, SECOND = (("Vi lyttede!", False),), (("Det gav ", False), ("zwixet", True), (" ro.", False))
CHOICE = QuoteChoice(
    language=DA,
    round=7,
    lead="Dit svar er gemt. Sådan kan det blive vist, uden navn. Tryk på det, du siger ja til.",
    options=tuple(
        QuoteOption(sentence=sentence, parts=parts, fingerprint="f")
        for sentence, parts in ((None, (*FIRST, (" ", False), *SECOND)), (0, FIRST), (1, SECOND))
    ),
    notes=("Understreget: »zwixet«.", "Trykker du ikke, bliver intet citeret."),
)
QUOTED = QuotedThanks(language=DA, title="Tak", paragraphs=("Dit ja er gemt.",), round=7, quoted=CHOICE.options[2], may_choose=True)
WISHED = DigestText(
    headline="Borgeren først",
    parts=(DigestPart(heading="Ønsker til jer", lines=(Line(kind=LineKind.FIGURE, text="Omtrent 15."),)),),
    foot="Nr. 3",
    wishes=tuple(WishOffer(theme=theme, title=title) for theme, title in THEMES),
)
AS_ORGANISER = f"?person={ORGANISER.id}&place=C0ORGANISERS"


def post(world: PageWorld, channel: str, meaning: Meaning) -> None:
    said = render_message(meaning)
    world.client.chat_postMessage(channel=channel, text=said.text, blocks=said.blocks)


def odd(page: Page) -> list[object]:
    """Whatever is wrong with what is shown."""
    return [*wrong(page), *page.evaluate(TOO_SMALL, THUMBED)]


@pytest.fixture
def review(world: PageWorld, visit: Callable[..., Page]) -> tuple[Page, Locator]:
    """An organiser on a phone has the texts in front of them."""
    world.windows["quote_review"] = window(REVIEW) or {}
    post(world, "C0ORGANISERS", QuoteReview(language=DA, digest=3, intro="Seks tekster kan citeres.", themes=THEMES))
    page = visit(AS_ORGANISER, viewport=PHONE)
    assert odd(page) == []
    page.get_by_role("button", name="Borgeren først: se citater").click()
    sheet = page.get_by_role("dialog", name="Citater")
    expect(sheet).to_be_visible()
    return page, sheet


def test_an_organiser_reviews_quotes_on_a_phone_each_with_one_press(world: PageWorld, review: tuple[Page, Locator]) -> None:
    page, sheet = review
    assert odd(page) == []
    world.windows |= {"quote_show": window(replace(REVIEW, notice="1 afgørelse er gemt.")) or {}, "quote_no": window(REVIEW) or {}}
    sheet.get_by_role("button", name="Tekst 1 må vises", exact=True).click()
    expect(sheet.get_by_role("alert")).to_have_text("1 afgørelse er gemt.")
    row = sheet.locator(".b-actions").nth(1)
    row.get_by_role("combobox", name="Nej til tekst 2, fordi …", exact=True).select_option("nogen kan genkendes")
    row.get_by_role("button", name="Vælg: Nej til tekst 2, fordi …", exact=True).click()
    expect(sheet.get_by_role("alert")).to_have_count(0)
    assert world.reviews == [("quote_show", "q0", None), ("quote_no", "q1", "recognisable")]
    assert odd(page) == []


def test_one_press_takes_the_page_and_the_finished_page_comes_in_the_same_window(world: PageWorld, review: tuple[Page, Locator]) -> None:
    page, sheet = review
    world.windows |= {
        "quote_show_all": window(replace(REVIEW, page=1, notice="5 afgørelser er gemt.")) or {},
        "approve": window(PAGE) or {},
    }
    sheet.get_by_role("button", name="De 5 andre på siden må vises").click()
    expect(sheet).to_contain_text("Side 2 af 3.")
    sheet.get_by_role("button", name="Se og godkend").click()
    finished = page.get_by_role("dialog", name="Se og godkend")
    expect(finished).to_contain_text("7 tekster er ikke læst.")
    assert odd(page) == []
    finished.get_by_role("button", name="Godkend", exact=True).click()
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()


def test_texts_under_review_stand_as_they_were_written_and_the_first_is_read_first(review: tuple[Page, Locator]) -> None:
    _, sheet = review
    expect(sheet.locator("blockquote").first).to_have_text("»Vi spurgte *børnene* <b>først</b>.«")
    expect(sheet.locator(".b-words").first).to_contain_text("Må disse tekster om »Borgeren først« vises for politikerne?")
    expect(sheet.locator(".b-words").first).to_be_in_viewport(ratio=1)
    expect(sheet.locator("blockquote")).to_have_count(7)
    expect(sheet.get_by_role("combobox")).to_have_count(6)
    expect(sheet.get_by_text("Afgjort: Må vises.", exact=True)).to_have_count(1)
    expect(sheet.get_by_text("Se nærmere på den: »Tove« kan være navn på nogen.")).to_have_count(1)


def send(world: PageWorld, page: Page, text: str) -> Locator:
    """Somebody sends a text that may be quoted; the window that answers."""
    world.ask()
    page.get_by_role("button", name="Svar", exact=True).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Dit svar", exact=True).fill(text)
    sheet.get_by_label("I må citere mig uden navn").check()
    sheet.get_by_role("button", name="Send svar").click()
    return sheet


@pytest.mark.parametrize("options", [{"viewport": PHONE}, {"color_scheme": "dark"}])
def test_a_held_text_stays_in_the_field_with_why_below_and_one_press_leaves_the_quote_out(
    world: PageWorld, visit: Callable[..., Page], options: dict[str, object]
) -> None:
    world.windows |= {"answer": window(FORM) or {}, "reply": window(HELD) or {}, "send_unquoted": window(THANKS) or {}}
    page = visit(f"?person={LEADER.id}", **options)
    sheet = send(world, page, "Tove sagde det.")
    alert, field = sheet.get_by_role("alert"), sheet.get_by_label("Dit svar", exact=True)
    expect(alert).to_contain_text("»Tove« kan være navn på nogen.")
    expect(alert).to_be_in_viewport(ratio=1)
    expect(field).to_be_in_viewport()
    assert (field.bounding_box() or {"y": 0})["y"] < (alert.bounding_box() or {"y": 0})["y"]
    expect(sheet.locator("strong", has_text="Tove")).to_have_text("Tove")
    expect(sheet.get_by_role("button", name="Send uden citat")).to_be_in_viewport(ratio=1)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("»Tove« kan være navn på nogen."))
    assert odd(page) == []
    world.windows["reply"] = window(HELD) or {}
    sheet.get_by_role("button", name="Send svar").click()  # the same once more
    expect(sheet.get_by_role("alert")).to_be_focused()
    field.fill("Tove sagde det igen.")
    sheet.get_by_role("button", name="Send uden citat").click()
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()
    assert world.reviews[-1][0] == "send_unquoted"
    assert [(reply["text"], reply["marks"]) for reply in world.replies] == [("Tove sagde det.", ["quote"])] * 2


@pytest.mark.parametrize("options", [{"viewport": PHONE}, {"color_scheme": "dark"}])
def test_a_text_is_quoted_by_one_press_on_it_as_it_is_printed(
    world: PageWorld, visit: Callable[..., Page], options: dict[str, object]
) -> None:
    world.windows |= {"answer": window(FORM) or {}, "reply": window(CHOICE) or {}, "quote_yes": window(QUOTED) or {}}
    page = visit(f"?person={LEADER.id}", **options)
    sheet = send(world, page, "vi  lyttede  det gav zwixet ro")
    expect(sheet.locator("u")).to_have_text(["zwixet", "zwixet"])
    assert odd(page) == []
    sheet.get_by_role("button", name="Ja, citer sætning 2: Det gav zwixet ro.", exact=True).click()
    thanks = page.get_by_role("dialog", name="Tak")
    expect(thanks).to_contain_text("»Det gav zwixet ro.«")
    expect(thanks.get_by_role("button", name="Citer mig ikke")).to_be_visible()
    assert world.reviews[-1][0] == "quote_yes"
    assert odd(page) == []


def test_politicians_see_a_button_for_the_wishes_on_each_theme(world: PageWorld, visit: Callable[..., Page]) -> None:
    post(world, "C0DIGEST", DigestPost(language=DA, digest=3, text=WISHED))
    page = visit(f"?person={POLITICIAN.id}&place=C0DIGEST", viewport=PHONE)
    for _, title in THEMES:
        expect(page.get_by_role("button", name=f"{title}: svar på ønskerne")).to_be_visible()
    assert odd(page) == []
