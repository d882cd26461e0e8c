"""Can a whole week be lived on the page, in all three roles, on a desktop and on a phone?

Behind the page stands the wired bot itself. One world serves the module: a walk on the desktop lives the first week, one on the phone
the second, and looks at all that has been drawn go along.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator

pytestmark = pytest.mark.browser

TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), textarea, select, button, a[href]')]
  .filter((one) => one.checkVisibility())
  .filter((one) => !one.labels?.length && !one.ariaLabel && !one.innerText?.trim())
  .map((one) => one.outerHTML.slice(0, 90))"""
TWICE = """() => [...document.querySelectorAll('[id]')].map((one) => one.id)
  .filter((id, place, all) => all.indexOf(id) !== place)"""
FAINT = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const over = (below, colour) => { canvas.fillStyle = below; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data; return `rgb(${r}, ${g}, ${b})`; };
  const behind = (one) => one ? over(behind(one.parentElement), getComputedStyle(one).backgroundColor) : 'rgb(255, 255, 255)';
  const light = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
  const words = [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && !one.closest(':disabled')
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return words.map((one) => { const below = behind(one), above = over(below, getComputedStyle(one).color);
      const [low, high] = [light(below), light(above)].sort((a, b) => a - b);
      return [(high + .05) / (low + .05), one.outerHTML.slice(0, 90)]; })
    .filter(([contrast]) => contrast < 4.5);
}"""


class Visitor:
    """Somebody at the page, who can be anybody there. `odd` collects whatever is wrong with what they are shown."""

    def __init__(self, browser: Browser, world: RunningWorld, **options: Any) -> None:
        self.world = world
        self.odd: list[Any] = []
        self.window: BrowserContext = browser.new_context(**options)
        self.page = self.window.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda said: self.odd.append(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.odd.append(str(error)))

    def be(self, person: str, place: str = "direct") -> None:
        """Open the page as somebody, and look it over."""
        self.page.goto(f"{self.world.local_bot.workspace.address}?person={person}&place={place}")
        self.look()

    def look(self) -> None:
        """Everything has a name and can be read, nothing sticks out, nothing is there twice."""
        self.odd += [*self.page.evaluate(NAMELESS), *self.page.evaluate(TWICE), *self.page.evaluate(FAINT)]
        if (much := self.page.evaluate(TOO_WIDE)) > 0:
            self.odd.append(f"{much} px too wide at {self.page.url}")

    def to_next(self, shown: str) -> None:
        """Let the clock go to the next moment that something is due, until it shows `shown`."""
        bar = self.page.locator(".clock .bar")
        if bar.is_visible():
            bar.click()
        face = self.page.locator("#clock time")
        while shown not in (before := face.get_attribute("datetime") or ""):
            self.page.get_by_role("button", name="Til næste").click()
            expect(face).not_to_have_attribute("datetime", before, timeout=20_000)
            expect(self.page.get_by_role("button", name="Til næste")).to_be_visible(timeout=20_000)
        self.look()
        if bar.is_visible():
            bar.click()

    def message(self, said: str) -> Locator:
        """The newest message in which something is said."""
        return self.page.locator("article", has_text=said).last

    def press(self, said: str, button: str, title: str) -> Locator:
        """Press a button of a message; the window that opens."""
        self.message(said).get_by_role("button", name=button, exact=True).click()
        return self.dialog(title)

    def dialog(self, title: str) -> Locator:
        """A window with a title that has opened."""
        dialog = self.page.get_by_role("dialog", name=title)
        expect(dialog).to_be_visible()
        self.look()
        return dialog

    def close(self, dialog: Locator) -> None:
        """Close a window by its button."""
        dialog.get_by_role("button", name="Luk").last.click()
        expect(dialog).to_have_count(0)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    with running_world(tmp_path_factory.mktemp("world")) as world:
        world.player.settle()
        yield world


@pytest.fixture(params=["light", "dark"])
def visitor(browser: Browser, world: RunningWorld, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """The light week is lived at a desk, the dark one on a phone."""
    size = DESKTOP if request.param == "light" else PHONE
    visitor = Visitor(browser, world, viewport=size, color_scheme=request.param)
    yield visitor
    visitor.window.close()


WEEKS = {
    "light": ("Hvor skal vi hen?", "Hvem skal med?", ("2018-10-09T08:30", "2018-10-12T08", "2018-10-12T12", "2018-10-23T07:30")),
    "dark": ("Hvem skal med?", "Hvornår er vi der?", ("2018-10-23T08:30", "2018-10-26T08", "2018-10-26T12", "2018-10-30T08:30")),
}


def test_a_week_in_all_three_roles(visitor: Visitor, world: RunningWorld, request: pytest.FixtureRequest) -> None:
    question, following, (asked, closes, posts, again) = WEEKS[request.node.callspec.params["visitor"]]
    answer = f"Vi lytter, når nogen spørger: {question}"
    _answer_and_change(visitor, world, question, asked)
    for person in world.participants[2:21]:  # with hers, twenty
        assert world.reply(person, "Et svar fra landsbyen").ok
    _approve(visitor, world, closes)
    _hear_and_answer(visitor, world, posts, answer)
    _release(visitor, world, answer)

    visitor.be(world.leaders[1])
    visitor.to_next(again)
    expect(visitor.message(following)).to_contain_text(answer)
    assert visitor.odd == []


def _answer_and_change(visitor: Visitor, world: RunningWorld, question: str, asked: str) -> None:
    visitor.be(world.leaders[1])
    visitor.to_next(asked)
    expect(visitor.page.get_by_role("heading", name="Velkommen til Eftertanke")).to_have_count(1)
    form = visitor.press(question, "Svar", "Dit svar")
    form.get_by_label("Dit svar", exact=True).fill("Mod skoven")
    form.get_by_label("Det her er et ønske til politikerne").check()
    form.get_by_role("button", name="Send svar").click()
    visitor.close(visitor.dialog("Tak for dit svar"))

    form = visitor.press(question, "Svar", "Dit svar")
    expect(form.get_by_label("Dit svar", exact=True)).to_have_value("Mod skoven")
    expect(form.get_by_label("Det her er et ønske til politikerne")).to_be_checked()
    form.get_by_label("Dit svar", exact=True).fill("Mod søen")
    form.get_by_role("button", name="Send svar").click()
    visitor.close(visitor.dialog("Dit svar er rettet"))

    mine = visitor.press(question, "Mine svar", "Mine svar")
    expect(mine).to_contain_text("Mod søen")
    expect(mine).not_to_contain_text("Mod skoven")
    visitor.close(mine)

    visitor.page.get_by_label("Skriv til Eftertanke").fill("Kan jeg svare her?")
    visitor.page.get_by_role("button", name="Send", exact=True).click()
    expect(visitor.message("Svar i formularen")).to_contain_text("Slet selv beskeden")
    visitor.look()


def _approve(visitor: Visitor, world: RunningWorld, closes: str) -> None:
    visitor.be(world.organiser, ORGANISERS_CHANNEL)
    visitor.to_next(closes)
    draft = visitor.message("Udkast til overblik")
    expect(draft).to_contain_text("Omtrent 20 personer")
    expect(draft).not_to_contain_text("søen")
    visitor.close(visitor.press("Udkast til overblik", "Godkend", "Tak"))
    expect(draft).to_contain_text("Godkendt")
    expect(draft.get_by_role("button", name="Godkend", exact=True)).to_have_count(0)
    visitor.be(world.organiser, ORGANISERS_CHANNEL)


def _hear_and_answer(visitor: Visitor, world: RunningWorld, posts: str, answer: str) -> None:
    visitor.be(world.politician, DIGEST_CHANNEL)
    visitor.to_next(posts)
    visitor.close(visitor.press("Omtrent 20 personer", "Hørt", "Tak"))
    form = visitor.press("Omtrent 20 personer", "Svar deltagerne", "Svar deltagerne")
    form.get_by_label("Noget andet").check()
    form.get_by_label("Skriv til deltagerne").fill(answer)
    form.get_by_role("button", name="Send", exact=True).click()
    visitor.close(visitor.dialog("Tak for dit svar"))
    world.player.settle()


def _release(visitor: Visitor, world: RunningWorld, answer: str) -> None:
    visitor.be(world.organiser, ORGANISERS_CHANNEL)
    review = visitor.message(answer)
    visitor.close(visitor.press(answer, "Frigiv", "Tak"))
    expect(review.get_by_role("button", name="Frigiv", exact=True)).to_have_count(0)
    expect(review).to_contain_text(re.compile("frigivet", re.IGNORECASE))
    world.player.settle()


def test_the_form_needs_no_mouse(visitor: Visitor, world: RunningWorld) -> None:
    visitor.be(world.reps[-1])
    page, keys = visitor.page, visitor.page.keyboard
    visitor.message("Hvornår er vi der?").get_by_role("button", name="Svar", exact=True).focus()
    keys.press("Enter")
    form = visitor.dialog("Dit svar")
    field = form.get_by_label("Dit svar", exact=True)
    expect(field).to_be_focused()
    field.fill("")
    keys.type("Om lidt")
    keys.press("Tab")
    keys.press("Space")
    expect(form.get_by_label("Det her er et ønske til politikerne")).to_be_focused()
    for _ in range(9):
        if form.get_by_role("button", name="Send svar").evaluate("(one) => one === document.activeElement"):
            break
        keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("dialog", name=re.compile("Tak|rettet"))).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.message("Hvornår er vi der?").get_by_role("button", name="Svar", exact=True)).to_be_focused()
    assert visitor.odd == []
