"""The page loses nothing typed, shows the season, and is in order on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.page_visitor import form, press_answer, wrong
from tests.support.page_world import LEADER, ORGANISER, POLITICIAN, START, question, said
from tests.support.page_world import form as reply_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.page_world import PageWorld

pytestmark = pytest.mark.browser

AS_LEADER = f"?person={LEADER.id}"
AS_POLITICIAN = f"?person={POLITICIAN.id}"
READABLE = """() => Array.from({ length: innerHeight }, (_, y) => document.elementFromPoint(innerWidth / 2, y))
  .filter((one) => one?.closest('#log')).length"""


def test_what_is_typed_outlives_closing_reloading_a_silent_bot_and_an_old_page(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    field.fill("Halvt skrevet")
    form(page).get_by_label("Det her er et ønske til politikerne").check()
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    press_answer(page)
    expect(field).to_have_value("Halvt skrevet")
    page.reload()
    expect(field).to_have_value("Halvt skrevet")
    page.evaluate("document.querySelectorAll('[name=token]').forEach((one) => { one.value = 'old'; })")
    with page.expect_navigation():
        form(page).get_by_role("button", name="Send svar").click()
    expect(field).to_have_value("Halvt skrevet")
    expect(form(page).get_by_label("Det her er et ønske til politikerne")).to_be_checked()
    form(page).get_by_role("button", name="Send svar").click()
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()
    assert world.replies == [{"who": LEADER.id, "text": "Halvt skrevet", "marks": ["wish"]}]
    page.keyboard.press("Escape")
    press_answer(page)
    expect(field).to_have_value("")  # what was sent is forgotten


def test_what_is_typed_is_gone_with_an_answer_that_is_deleted_in_the_form(world: PageWorld, visit: Callable[..., Page]) -> None:
    delete = {"type": "actions", "elements": [{"type": "button", "action_id": "erase", "text": {"type": "plain_text", "text": "Slet"}}]}
    world.windows = {"answer": {**reply_form(), "blocks": [*reply_form()["blocks"], delete]}, "erase": said("Slettet", "Ordene er væk.")}
    world.ask()
    page = visit(AS_LEADER)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    field.fill("Mine ord")
    form(page).get_by_role("button", name="Slet").click()
    expect(page.get_by_role("dialog", name="Slettet")).to_be_visible()
    while page.get_by_role("dialog").count():
        page.keyboard.press("Escape")
        page.wait_for_timeout(100)
    press_answer(page)
    expect(field).to_have_value("")


def test_a_message_that_is_not_sent_outlives_a_reload_but_not_a_new_beginning(visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    composer = page.get_by_label("Skriv til Eftertanke")
    composer.fill("Er det her fortr")
    page.reload()
    expect(composer).to_have_value("Er det her fortr")
    page.goto(page.url.replace(LEADER.id, POLITICIAN.id) + "&place=direct")
    expect(composer).to_have_value("")  # another person's own
    page.go_back()
    expect(composer).to_have_value("Er det her fortr")
    page.get_by_role("button", name="Begynd forfra").click()
    page.get_by_role("dialog", name="Begynd forfra?").get_by_role("button", name="Begynd forfra").click()
    expect(composer).to_have_value("")
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]


def test_what_has_happened_is_told_once_and_shown_to_whoever_it_concerns(visit: Callable[..., Page]) -> None:
    page = visit(AS_POLITICIAN + "&place=direct")
    told = page.locator("#happened")
    expect(told).to_be_empty()
    page.get_by_role("button", name="Til næste").click()
    expect(page.get_by_role("status").filter(has_text="Ugens spørgsmål er gået ud.")).to_have_count(1)
    told.get_by_role("button", name="Se det som leder").click()
    expect(page.get_by_role("heading", name="Ugens spørgsmål")).to_be_visible()
    expect(told.get_by_role("button")).to_have_count(0)


def test_a_week_is_jumped_to_and_those_gone_by_are_shown(world: PageWorld, visit: Callable[..., Page]) -> None:
    page = visit(AS_LEADER)
    weeks = page.get_by_role("list", name="Hele forløbet")
    expect(weeks.get_by_role("button")).to_have_count(16)
    weeks.get_by_role("button", name="Uge 35 Borgeren først").click()
    expect(page.locator("article")).to_have_count(2)
    expect(weeks.locator("[aria-current=date]")).to_contain_text("35")
    expect(weeks.get_by_role("button")).to_have_count(14)
    assert world.clock.now() == START.replace(day=29)


def test_what_waits_for_the_visitor_is_said_and_can_be_handed_back(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.waits_for = "organiser"
    page = visit(AS_LEADER)
    box = page.locator(".waits")
    expect(box).to_contain_text("Det venter på dig som organisator.")
    box.get_by_role("button", name="Gå derhen").click()
    expect(page.locator(".me")).to_contain_text(ORGANISER.name)
    assert "place=C0ORGANISERS" in page.url
    box.get_by_role("button", name="Lad de andre gøre det").click()
    expect(box).to_have_count(0)
    assert world.visits == [("pick", ORGANISER.id), ("hand back", "organiser")]


def test_the_same_moment_is_seen_beside_as_it_happens_and_cannot_be_pressed(world: PageWorld, visit: Callable[..., Page]) -> None:
    page = visit(AS_POLITICIAN)
    page.get_by_role("link", name="leder", exact=True).click()
    beside = page.get_by_role("region", name="Det samme øjeblik, set af")
    world.ask()
    expect(beside.get_by_role("heading", name="Ugens spørgsmål")).to_be_in_viewport()
    expect(page.locator("#log").get_by_role("heading", name="Uge 34: Hvad lederne tænker")).to_be_in_viewport()
    expect(beside.get_by_role("button", name="Svar")).to_be_disabled()
    beside.get_by_role("link", name="Luk det, der står ved siden af").click()
    expect(beside).to_have_count(0)


def test_a_phone_leaves_room_to_read_says_whom_it_waits_for_and_shows_the_newest_beside(
    world: PageWorld, visit: Callable[..., Page]
) -> None:
    world.waits_for, world.happened = "organiser", (START, "held")
    for _ in range(3):
        world.ask()
    page = visit(AS_LEADER, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.querySelector('#log').getBoundingClientRect().top") <= 190
    expect(page.locator("#happened").get_by_text("Det venter på dig som organisator.")).to_be_in_viewport()
    expect(page.locator("#happened").get_by_role("button", name="Gå derhen")).to_be_in_viewport()
    page.goto(f"{page.url}&beside={POLITICIAN.id}#beside")
    expect(page.locator("#beside article").last.get_by_role("heading")).to_be_in_viewport()


def test_tab_comes_to_the_people_at_once_and_to_the_weeks_once(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Leder")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".week").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".week").nth(1)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Begynd forfra")).to_be_focused()


def wrong_by_day_or_night(page: Page) -> list[object]:
    """Whatever is wrong with what is shown, in light colours or in dark ones."""
    found = list[object](wrong(page))
    page.emulate_media(color_scheme="dark")
    found += wrong(page)
    page.emulate_media(color_scheme="light")
    return found


def test_every_view_is_in_order_on_the_smallest_screen_by_day_and_night(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.waits_for, world.happened = "organiser", (START, "round")
    world.ask()
    page = visit(viewport={"width": 320, "height": 640})
    odd = wrong_by_day_or_night(page)
    places = (AS_LEADER, f"{AS_LEADER}&beside={POLITICIAN.id}", f"{AS_LEADER}&place=home", AS_POLITICIAN, "people?sought=leder")
    for place in places:
        page.goto(world.workspace.address + place)
        odd += wrong_by_day_or_night(page)
    page.goto(world.workspace.address + AS_LEADER)
    for bar in (".who .bar", ".clock .bar"):
        page.locator(bar).click()
        odd += wrong_by_day_or_night(page)
    page.locator(".clock .bar").click()
    sheet = press_answer(page)
    sheet.get_by_role("button", name="Send svar").click()
    expect(sheet.get_by_role("alert")).to_be_in_viewport(ratio=1)
    expect(sheet.get_by_label("Dit svar", exact=True)).to_be_in_viewport(ratio=1)
    assert odd + wrong_by_day_or_night(page) == []


def test_at_twice_the_size_half_of_the_screen_is_left_to_read_in(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.happened = (START, "round")
    for _ in range(3):
        world.client.chat_postMessage(channel=LEADER.id, text="Spørgsmål", blocks=question())
    page = visit(AS_LEADER, viewport={"width": 640, "height": 400})
    assert page.evaluate(READABLE) >= 200
    expect(page.get_by_role("heading", name="Ugens spørgsmål").last).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    assert page.evaluate(READABLE) >= 200
