"""A visitor of the page who looks at all that is drawn, and checks what can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.support.running_world import RunningWorld

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
THUMBED = (
    "button, .places a, .pill, .link, .brand, select, textarea, .tick, summary, input:not([type=hidden], [type=checkbox], [type=radio])"
)
TOO_SMALL = """(thumbed) => [...document.querySelectorAll(thumbed)]
  .filter((one) => one.checkVisibility())
  .filter((one) => Math.min(one.offsetHeight, one.offsetWidth) < 44)  // as laid out, also while a window is still rising
  .map((one) => one.outerHTML.slice(0, 90))"""
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), textarea, select, button, a[href]')]
  .filter((one) => one.checkVisibility())
  .filter((one) => !one.labels?.length && !one.ariaLabel && !one.innerText?.trim())
  .map((one) => one.outerHTML.slice(0, 90))"""
TWICE = """() => [...document.querySelectorAll('[id]')].map((one) => one.id)
  .filter((id, place, all) => all.indexOf(id) !== place)"""
UNEVEN = """() => { // headings: one of the first kind, and none that skips one
  const levels = [...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.checkVisibility())
    .map((one) => Number(one.tagName[1]));
  return levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1 || (level === 1 && place > 0)).map((level) => `h${level}`);
}"""
MUTE = """() => [...document.querySelectorAll('main, aside, section, nav, [role=log], [role=group], dialog')]
  .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY === 'auto')
  .filter((one) => one.tabIndex < 0 && !one.querySelector('button:not(:disabled), a, input, textarea'))
  .map((one) => one.outerHTML.slice(0, 90))"""
FAINT = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const mixed = {}, seen = new Map(); // looking at a canvas, and up through all parents, is what takes time
  const over = (below, colour) => mixed[below + colour] ??= (() => { canvas.fillStyle = below; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data; return `rgb(${r}, ${g}, ${b})`; })();
  const behind = (one) => { if (!one) return 'rgb(255, 255, 255)';
    if (!seen.has(one)) seen.set(one, over(behind(one.parentElement), getComputedStyle(one).backgroundColor));
    return seen.get(one); };
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


def wrong(page: Page) -> list[Any]:
    """Whatever is wrong with what is shown: nameless, twice, faint, too wide, headings out of order, out of the keys' reach."""
    found = [odd for look in (NAMELESS, TWICE, FAINT, UNEVEN, MUTE) for odd in page.evaluate(look)]
    much = page.evaluate(TOO_WIDE)
    return [*found, f"{much} px too wide at {page.url}"] if much > 0 else found


def form(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Dit svar")


def press_answer(page: Page) -> Locator:
    page.get_by_role("button", name="Svar", exact=True).click()
    expect(form(page)).to_be_visible()
    return form(page)


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
        """Be somebody from now on, and look their page over."""
        self.world.local_bot.controls.pick(person)
        self.page.goto(f"{self.world.local_bot.workspace.address}?person={person}&place={place}")
        self.look()

    def look(self) -> None:
        """Everything has a name and can be read, nothing sticks out, nothing is there twice."""
        self.odd += wrong(self.page)

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
