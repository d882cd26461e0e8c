"""What was typed and not sent stays in the browser: it comes back, says so, and goes when it is sent or its writer wants it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.page_visitor import PHONE, form, press_answer, wrong
from tests.support.page_world import LEADER, REPS, PageWorld
from tests.support.page_world import form as reply_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from bot.workspace.block_rules import Json

pytestmark = pytest.mark.browser

AS_LEADER = f"?person={LEADER.id}"
TYPED = "Vi har drøftet det i udvalget."
TOLD, DROP = "Her står det, du skrev sidst, men ikke sendte.", "Fjern det, jeg skrev"
NEWER = " ".join(["Nyt svar."] * 180)
STORED = "Men det her er gemt, og det gælder, til du sender:"


def opened(stored: str = "", **remembered: Any) -> Json:
    """The form as the bot opens it where an answer is stored, with what the form remembers."""
    about = {"language": "da", "about": 7, "place": None}
    view = reply_form() | {"private_metadata": json.dumps(about | remembered)}
    if stored:
        view["blocks"][1]["element"]["initial_value"] = stored
    return view


def typed_and_closed(page: Page, text: str = TYPED) -> None:
    press_answer(page).get_by_label("Dit svar", exact=True).fill(text)
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)


def test_what_comes_back_says_so_to_the_eye_and_the_ear_and_can_be_dropped(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.windows["answer"] = opened("Det, der er sendt.")
    world.ask()
    page = visit(AS_LEADER)
    typed_and_closed(page)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    expect(field).to_have_value(TYPED)
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(f"{TOLD} {DROP} Højst 3.000 tegn.")
    expect(form(page).get_by_text(TOLD)).to_be_visible()
    assert wrong(page) == []
    form(page).get_by_role("button", name=DROP).click()
    expect(field).to_have_value("Det, der er sendt.")
    expect(field).to_be_focused()
    expect(form(page).get_by_text(TOLD)).to_have_count(0)
    page.keyboard.press("Escape")
    press_answer(page)
    expect(field).to_have_value("Det, der er sendt.")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_form_as_it_began_says_nothing_of_an_earlier_text(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    typed_and_closed(page, "")
    press_answer(page)
    expect(form(page).get_by_text(TOLD)).to_have_count(0)


def test_it_comes_back_from_whichever_message_the_form_is_opened_and_whatever_is_stored_by_then(
    world: PageWorld, visit: Callable[..., Page]
) -> None:
    world.windows["answer"] = opened(place={"channel": "D1", "stamp": "1.0"}, fingerprint="")
    world.ask()
    page = visit(AS_LEADER)
    typed_and_closed(page)
    world.windows["answer"] = opened("Fra telefonen.", place={"channel": "", "stamp": ""}, fingerprint="0a1b")
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    expect(field).to_have_value(TYPED)
    expect(form(page).get_by_text(TOLD)).to_be_visible()
    expect(form(page).get_by_text(STORED)).to_be_visible()
    expect(form(page).get_by_role("blockquote")).to_have_text("Fra telefonen.")
    assert wrong(page) == []
    page.keyboard.press("Escape")
    world.windows["answer"] = opened(about=8)  # another question
    press_answer(page)
    expect(field).to_have_value("")


def test_a_long_newer_answer_and_its_marks_stand_beside_what_was_typed_without_pushing_it_away(
    world: PageWorld, visit: Callable[..., Page]
) -> None:
    world.windows["answer"] = opened(fingerprint="")
    world.ask()
    page = visit(AS_LEADER, viewport=PHONE)
    typed_and_closed(page)
    newer = opened(NEWER, fingerprint="0a1b")
    marks = newer["blocks"][2]["element"]
    marks["initial_options"] = marks["options"][:1]
    world.windows["answer"] = newer
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    stored = form(page).get_by_role("blockquote")
    expect(stored).to_contain_text("Nyt svar.")
    expect(stored).to_contain_text("✓ Det her er et ønske til politikerne")
    expect(field).to_have_value(TYPED)
    expect(field).to_be_in_viewport()
    assert wrong(page) == []
    form(page).get_by_role("button", name=DROP).click()
    expect(field).to_have_value(NEWER)
    expect(form(page).get_by_text(STORED)).to_have_count(0)


def test_another_person_never_sees_it(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    typed_and_closed(page)
    page.goto(page.url.replace(LEADER.id, REPS[0].id))
    expect(press_answer(page).get_by_label("Dit svar", exact=True)).to_have_value("")


def test_it_stays_until_it_is_taken(world: PageWorld, visit: Callable[..., Page]) -> None:
    world.ask()
    page = visit(AS_LEADER)
    field = press_answer(page).get_by_label("Dit svar", exact=True)
    field.fill(f"{TYPED}!")
    send = form(page).get_by_role("button", name="Send svar")
    send.click()
    expect(form(page).get_by_text("Skriv uden udråbstegn.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    press_answer(page)
    expect(field).to_have_value(f"{TYPED}!")
    field.fill(TYPED)
    newer = {"type": "section", "text": {"type": "plain_text", "text": "Du har sendt et andet svar imens."}}
    world.windows["reply"] = {**reply_form(), "blocks": [newer, *reply_form()["blocks"]]}
    send.click()
    expect(form(page).get_by_text("Du har sendt et andet svar imens.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    press_answer(page)
    expect(field).to_have_value(TYPED)
    send.click()
    expect(page.get_by_role("dialog", name="Tak")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_it_outlives_a_server_that_is_started_anew(visit: Callable[..., Page]) -> None:
    first = PageWorld()
    first.open()
    port = int(first.workspace.address.rstrip("/").rpartition(":")[2])
    first.ask()
    page = visit()
    page.goto(f"{first.workspace.address}{AS_LEADER}")
    press_answer(page).get_by_label("Dit svar", exact=True).fill(TYPED)
    page.goto("about:blank")  # an open page may keep a server waiting that is shut
    first.shut()
    second = PageWorld(port=port)
    second.open()
    second.ask()
    try:
        page.goto(f"{second.workspace.address}{AS_LEADER}")
        expect(press_answer(page).get_by_label("Dit svar", exact=True)).to_have_value(TYPED)
    finally:
        second.shut()
