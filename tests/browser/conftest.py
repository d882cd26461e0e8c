"""A real Chromium, and a page to visit with it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.support.page_visitor import DESKTOP
from tests.support.page_world import PageWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the machine's browser is. Without one its tests skip, but not in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"no browser: none of {', '.join(NAMES)} is installed")
    return found or pytest.skip("no browser is installed: the page was not tried in one")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIETLY.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def standing() -> Iterator[PageWorld]:
    """The page and its bot for all tests; they take `world`."""
    world = PageWorld()
    world.open()
    yield world
    world.shut()


@pytest.fixture
def world(standing: PageWorld) -> PageWorld:
    standing.begin_again()
    return standing


@pytest.fixture
def visit(browser: Browser, world: PageWorld) -> Iterator[Callable[..., Page]]:
    """Opens the page in a window of its own. Whatever the browser complains about fails the test."""
    windows: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            complaints.append(said.text)

    def open_page(path: str = "", **options: object) -> Page:
        windows.append(browser.new_context(**{"viewport": DESKTOP, **options}))
        page = windows[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(world.workspace.address + path)
        return page

    yield open_page
    for window in windows:
        window.close()
    assert complaints == []
